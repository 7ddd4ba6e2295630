"""The command line never writes over what it was given, nor over what is not its own."""

import csv
import json
import os
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.commands.command_line import app
from api.request.targets import WriteTargets, keep_off, keep_out
from casefile.errors import RequestFault


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.setenv("EVIDENCE_PACKER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return run


@pytest.fixture
def november(tmp_path, house):
    """A sheet of one case and its evidence."""
    platform = next(p for p in house.platforms.values() if any(x.subject == "order" for x in p.procedures.values()))
    procedure = next(key for key, one in platform.procedures.items() if one.subject == "order")
    sheet = f"platform,procedure,order_id\n{platform.id},{procedure},112-4829307-7716253\n"
    (tmp_path / "nov.csv").write_text(sheet)
    with zipfile.ZipFile(tmp_path / "nov.zip", "w") as archive:
        archive.writestr("112-4829307-7716253/a.txt", "Delivered")
    return tmp_path


def everything(folder, but=("cache",)):
    """Every file below a folder with its bytes."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        name: path.read_bytes() if path.is_file() else None for name, path in found.items() if not name.startswith(but)
    }


@pytest.mark.parametrize("more", [(), ("--dry-run",), ("--force",), ("--dry-run", "--force")])
@pytest.mark.parametrize(
    "target", ["nov.zip", "nov.csv", "./nov.zip", "NOV.zip", "hard.zip", "soft.zip", "sub/../nov.zip"]
)
def test_a_batch_onto_its_own_input_changes_nothing(run, november, target, more):
    os.link("nov.zip", "hard.zip")
    Path("soft.zip").symlink_to("nov.zip")
    (november / "sub").mkdir()
    before = everything(november)
    result = run("batch", "nov.csv", "nov.zip", *more, "-o", target)
    assert (result.exit_code, everything(november)) == (2, before)
    assert Path(target).name in result.stderr
    assert "Traceback" not in result.output


def test_a_batch_whose_returned_sheet_would_be_its_input_changes_nothing(run, november):
    (november / "nov.csv").rename(november / "x_result.csv")
    Path("x_result_result.csv").symlink_to("x_result.csv")
    before = everything(november)
    assert run("batch", "x_result.csv", "nov.zip", "-o", "out.zip").exit_code == 2
    assert everything(november) == before


def test_a_batch_into_the_folder_of_its_evidence_changes_nothing(run, november):
    (november / "evidence" / "deep").mkdir(parents=True)
    for target in ("evidence/out.zip", "evidence/deep/out.zip", "EVIDENCE/out.zip"):
        assert run("batch", "nov.csv", "evidence", "-o", target).exit_code == 2, target
    assert list((november / "evidence").rglob("*.zip")) == []


def test_a_dry_run_writes_its_sheet_and_nothing_else(run, november):
    before = everything(november)
    result = run("batch", "nov.csv", "nov.zip", "--dry-run", "-o", "out.zip")
    assert result.exit_code == 0, result.output
    after = everything(november)
    assert set(after) - set(before) == {"nov_result.csv"}
    assert {name: after[name] for name in before} == before


def test_a_batch_leaves_its_inputs_and_replaces_only_its_own_results(run, november):
    before = everything(november)
    assert run("batch", "nov.csv", "nov.zip", "-o", "out.zip").exit_code in {0, 3}
    after = everything(november, but=("cache", "data"))
    assert set(after) - set(before) == {"nov_result.csv", "out.zip"}
    assert {name: after[name] for name in before} == before
    assert run("batch", "nov.csv", "nov.zip", "-o", "out.zip").exit_code in {0, 3}
    rows = list(csv.DictReader((november / "nov_result.csv").read_text().splitlines()))
    assert rows[0]["_status"] == "done"
    (november / "nov_result.csv").write_text("my own corrections")
    edited = run("batch", "nov.csv", "nov.zip", "-o", "out.zip")
    assert (edited.exit_code, (november / "nov_result.csv").read_text()) == (2, "my own corrections")
    assert run("batch", "nov.csv", "nov.zip", "--dry-run", "-o", "out.zip", "--force").exit_code == 0
    assert (november / "nov_result.csv").read_text() != "my own corrections"


def test_a_letter_replaces_its_own_result_and_nothing_else(run, a_file, tmp_path):
    out = tmp_path / "letter.txt"
    assert run("letter", a_file, "-o", a_file.with_suffix(".txt")).exit_code == 0
    for _ in range(2):
        assert run("letter", a_file, "-o", out).exit_code == 0
    out.write_text("mine")
    result = run("letter", a_file, "-o", out)
    assert (result.exit_code, out.read_text()) == (2, "mine")
    assert run("letter", a_file, "-o", out, "--force").exit_code == 0
    assert out.read_text() != "mine"
    text = tmp_path / "case.txt"
    text.write_bytes(a_file.read_bytes())
    assert run("letter", text, "-o", text, "--force").exit_code == 2
    assert text.read_bytes() == a_file.read_bytes()


def test_a_template_is_not_written_over_a_file(run, tmp_path):
    mine = tmp_path / "sheet.xlsx"
    mine.write_bytes(b"mine")
    assert run("batch-template", "-o", mine).exit_code == 2
    assert mine.read_bytes() == b"mine"
    assert run("batch-template", "-o", mine, "--force").exit_code == 0
    assert run("batch-template", "-o", mine).exit_code == 0


@pytest.fixture
def a_file(tmp_path, house):
    platform = next(p for p in house.platforms.values() if any(x.subject == "order" for x in p.procedures.values()))
    procedure = next(key for key, one in platform.procedures.items() if one.subject == "order")
    path = tmp_path / "case.json"
    path.write_text(
        json.dumps({"platform": platform.id, "procedure": procedure, "order": {"id": "112-4829307-7716253"}})
    )
    return path


def test_a_pack_is_not_written_among_the_evidence(run, a_file, tmp_path):
    folder = tmp_path / "dispute"
    (folder / "originals").mkdir(parents=True)
    (folder / "case.json").write_bytes(a_file.read_bytes())
    (folder / "a.txt").write_text("Delivered")
    before = everything(folder)
    for target in (folder, folder / "originals", folder / "new" / "deep"):
        assert run("pack", folder, "-o", target).exit_code == 2
        assert run("pack", a_file, folder, "-o", target).exit_code == 2
    assert everything(folder) == before


def test_a_backup_goes_neither_into_the_data_nor_over_what_is_no_backup(run, tmp_path):
    run("keys", "add", "shop")
    data = tmp_path / "data"
    before = everything(data)
    for target in (data, data / "objects", data / "objects" / "backup"):
        assert run("backup", target).exit_code == 2, target
    mine = tmp_path / "mine"
    (mine / "objects").mkdir(parents=True)
    (mine / "objects" / "photo.jpg").write_bytes(b"mine")
    assert run("backup", mine).exit_code == 2
    assert (mine / "objects" / "photo.jpg").read_bytes() == b"mine"
    assert set(everything(data)) == set(before)
    assert run("backup", tmp_path / "copy").exit_code == 0
    assert run("backup", tmp_path / "copy").exit_code == 0


TABLE = [
    ("in.zip", "in.zip", "target-is-input"),
    ("IN.zip", "in.zip", "target-is-input"),
    ("cafe\u0301.zip", "caf\u00e9.zip", "target-is-input"),
    ("folder", "folder", "target-is-input"),
    ("folder/x/out.zip", "folder", "target-in-input"),
    ("way/out.zip", "folder", "target-in-input"),
    ("in2.zip", "in.zip", None),
    ("folder2/out.zip", "folder", None),
    ("out.zip", "folder/in.zip", None),
]


@pytest.mark.parametrize(("output", "source", "code"), TABLE)
def test_what_counts_as_an_input(tmp_path, output, source, code):
    (tmp_path / "folder").mkdir()
    (tmp_path / "way").symlink_to(tmp_path / "folder")
    for name in ("in.zip", "folder/in.zip", "caf\u00e9.zip"):
        (tmp_path / name).write_bytes(b"1")
    if code is None:
        keep_off([tmp_path / output], [tmp_path / source])
    else:
        with pytest.raises(RequestFault, match=code):
            keep_off([tmp_path / output], [tmp_path / source])


def test_a_folder_beside_single_files_may_be_filled(tmp_path):
    (tmp_path / "a.png").write_bytes(b"1")
    keep_out(tmp_path, [tmp_path / "a.png"])
    with pytest.raises(RequestFault, match="target-in-input"):
        keep_out(tmp_path, [tmp_path])


def test_a_write_that_breaks_off_leaves_what_was_there(tmp_path, monkeypatch):
    place, path = WriteTargets(tmp_path / "notes"), tmp_path / "out.txt"
    place.write(path, b"first")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(RequestFault, match="folder-not-writable"):
        place.write(path, b"second")
    assert path.read_bytes() == b"first"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["out.txt"]
