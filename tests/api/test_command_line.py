import json
import os
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.commands.command_line import app, asked_language
from api.commands.direct import write_pack
from api.commands.verbosity import Verbosity, choose, taken
from jobs.case_work.pack import Pack, PackFile

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.setenv("EVIDENCE_PACKER_DATA", str(tmp_path / "data"))

    def run(*arguments, text=None):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=text)

    return run


@pytest.fixture
def case_file(a_case, tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps({**a_case(), "files": []}))
    return path


def test_a_pack_is_written_as_folder_and_zip(run, case_file, tmp_path):
    note = tmp_path / "note.png"
    note.write_bytes(b"not a picture")
    result = run("pack", case_file, note, "-o", tmp_path / "out", "--json")
    assert result.exit_code == 3, result.output
    found = json.loads(result.stdout)
    folder, archive = Path(found["folder"]), Path(found["archive"])
    assert (folder / "originals" / "note.png").read_bytes() == b"not a picture"
    assert [line["file"] for line in found["report"]["not_included"]] == ["note.png"]
    with zipfile.ZipFile(archive) as opened:
        in_zip = {name: opened.read(name) for name in opened.namelist()}
    on_disk = {
        path.relative_to(folder.parent).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    assert in_zip == on_disk
    before = archive.read_bytes()
    assert run("pack", case_file, note, "-o", tmp_path / "out", "--json").exit_code == 3
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([folder.name, archive.name])
    assert archive.read_bytes() == before


def test_strict_writes_nothing_while_blocked(run, case_file, tmp_path):
    result = run("pack", case_file, "-o", tmp_path / "out", "--strict")
    assert result.exit_code == 3
    assert not (tmp_path / "out").exists()


def test_a_letter_as_text_and_as_pdf(run, case_file, tmp_path):
    text = run("letter", case_file)
    assert (text.exit_code, "112-4829307-7716253" in text.stdout) == (0, True)
    assert run("letter", case_file, "-o", tmp_path / "l.pdf").exit_code == 0
    assert (tmp_path / "l.pdf").read_bytes().startswith(b"%PDF-")
    assert run("letter", case_file, "-o", tmp_path / "l.docx").exit_code == 2
    asked = run("letter", case_file, "--letter", "carrier_request")
    assert "Please" in asked.stdout
    assert "Dear Sir or Madam," in asked.stdout


def test_check_shows_tables_in_chinese(run, case_file):
    result = run("check", case_file, "--lang", "zh-Hans")
    assert result.exit_code == 3, result.output
    assert "结论" in result.stdout
    assert json.loads(run("check", case_file, "--json").stdout)["verdict"] == "blocked"


def test_a_folder_stands_for_its_case_and_its_files(run, case_file, tmp_path):
    folder = tmp_path / "dispute"
    folder.mkdir()
    (folder / "case.json").write_bytes(case_file.read_bytes())
    (folder / "notes.txt").write_text("Tracking number 1Z999AA10123456784\nDelivered November 2, 2026 2:22 PM\n")
    (folder / ".hidden").write_text("no evidence")
    report = json.loads(run("check", folder, "--json").stdout)
    assert [exhibit["file"] for exhibit in report["exhibits"]] == ["notes.txt"]
    shown = run("check", folder).stdout
    assert "notes.txt" in shown
    assert "1Z999AA10123456784" in shown


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("pack", "/nowhere/case.json"), "/nowhere/case.json"),
        (("pack", "-", "--now", "yesterday"), "2026-11-18T18:03:00-05:00"),
        (("platforms", "none"), "Known platforms"),
        (("check", "-", "a/x.png", "b/x.png"), "not there"),
    ],
)
def test_usage_errors_say_what_to_do(run, a_case, arguments, says):
    result = run(*arguments, text=json.dumps(a_case()))
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_wrong_fields_are_listed_in_the_language_asked_for(run):
    result = run("pack", "-", "--lang", "zh", text='{"platform": "x", "procedur": 1}')
    assert result.exit_code == 2
    assert "/procedur" in result.stderr
    assert "没有字段" in result.stderr


def test_two_files_of_one_name_are_refused(run, case_file, tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.png").write_bytes(b"1")
    result = run("pack", case_file, tmp_path / "a" / "x.png", tmp_path / "b" / "x.png", "-o", tmp_path / "out")
    assert (result.exit_code, "one name" in result.stderr) == (2, True)


def test_platforms_as_table_and_as_data(run, house):
    listed = json.loads(run("platforms", "--json").stdout)["items"]
    assert {item["id"] for item in listed} == set(house.platforms)
    table = run("platforms").stdout
    assert all(platform in table for platform in house.platforms)
    assert json.loads(run("platforms", listed[0]["id"]).stdout)["sources"]


def test_doctor_finds_everything_working(run):
    result = run("doctor", "--json")
    assert result.exit_code == 0, result.output
    assert all(one["works"] for one in json.loads(result.stdout))


def test_serving_beyond_this_machine_needs_a_key(run):
    result = run("serve", "--host", "0.0.0.0", "--port", "8999")
    assert (result.exit_code, "EVIDENCE_PACKER_API_KEY" in result.stderr) == (2, True)


def test_help_is_fast_because_nothing_heavy_is_imported():
    code = (
        "import sys; from api.commands import command_line; print([m for m in sys.modules if m.split('.')[0] in HEAVY])"
    )
    heavy = "HEAVY = {'weasyprint', 'fastapi', 'numpy', 'pikepdf', 'PIL', 'pydantic', 'obstore', 'babel'};"
    found = subprocess.run([sys.executable, "-c", heavy + code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "[]"


def test_a_different_pack_of_the_same_name_is_the_second_version(tmp_path):
    def pack(data):
        return Pack(folder="1_p", files=(PackFile(path="a.txt", role="original", data=data),), report={})

    first, second, third = (write_pack(pack(data), tmp_path) for data in (b"1", b"2", b"1"))
    assert (first.folder.name, second.folder.name, third.folder.name) == ("1_p", "1_p_v2", "1_p")
    assert (first.folder / "a.txt").read_bytes() == b"1"


@pytest.mark.parametrize(
    ("arguments", "language", "passed_on"),
    [
        (["pack", "c.json", "--lang", "zh"], "zh", ["pack", "--lang", "zh", "c.json"]),
        (["--lang=zh", "pack", "--help"], "zh", ["pack", "--lang=zh", "--help"]),
        (["--lang", "zh", "--help"], "zh", ["--help"]),
        (["pack", "c.json"], None, ["pack", "c.json"]),
    ],
)
def test_the_language_may_stand_anywhere(arguments, language, passed_on):
    assert asked_language(arguments) == (language, passed_on)


@pytest.mark.parametrize("command", [(), ("pack",), ("check",), ("letter",), ("platforms",), ("serve",), ("doctor",)])
def test_help_in_chinese_leaves_no_english(command):
    program = [sys.executable, "-m", "api.commands.command_line", "--lang", "zh", *command, "--help"]
    shown = subprocess.run(program, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert "选项" in shown
    for english in ("Options", "Show this", "Language of", "The case as", "Address to"):
        assert english not in shown


def test_the_release_is_told_at_once():
    assert CliRunner().invoke(app, ["--version"]).stdout == f"evidence-packer {version('evidence-packer')}\n"


@pytest.mark.parametrize("tag", ["fr", "xx", "chinese", ""])
def test_a_language_without_messages_is_refused(run, tag):
    result = run("platforms", "--lang", tag)
    assert result.exit_code == 2
    assert "zh-Hans" in result.stderr


@pytest.mark.parametrize("tag", ["en", "zh-Hans", "zh", "zh_CN", "en-GB"])
def test_a_language_with_messages_is_taken(run, tag):
    assert run("platforms", "--json", "--lang", tag).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "wanted", "rest"),
    [
        (["-q", "pack", "a"], Verbosity.QUIET, ["pack", "a"]),
        (["pack", "--quiet", "a"], Verbosity.QUIET, ["pack", "a"]),
        (["pack", "a", "-v"], Verbosity.VERBOSE, ["pack", "a"]),
        (["-q", "pack", "-v"], Verbosity.VERBOSE, ["pack"]),
        (["pack", "--", "-v"], Verbosity.USUAL, ["pack", "--", "-v"]),
        (["pack"], Verbosity.USUAL, ["pack"]),
    ],
)
def test_how_much_is_said_stands_before_or_after_the_command(arguments, wanted, rest):
    assert taken(arguments) == (wanted, rest)


def test_quiet_says_only_results(run, case_file, tmp_path):
    try:
        loud, silent = (run(*how, "pack", case_file, "-o", tmp_path / "out") for how in ((), ("-q",)))
    finally:
        choose(Verbosity.USUAL)
    assert loud.exit_code == silent.exit_code == 3
    assert len(silent.output) < len(loud.output)
    assert str(tmp_path / "out") not in silent.output.replace("\n", "")


def test_the_shell_completes_commands():
    words = {"_EVIDENCE_PACKER_COMPLETE": "complete_bash", "COMP_WORDS": "evidence-packer pa", "COMP_CWORD": "1"}
    done = subprocess.run(
        [Path(sys.executable).with_name("evidence-packer")], capture_output=True, text=True, check=False,
        env={**os.environ, **words},
    )  # fmt: skip
    assert done.stdout.split() == ["pack"]


def test_doctor_names_the_package_of_a_language_that_is_not_read(run, monkeypatch):
    monkeypatch.setattr("reading.ocr.tesseract.models", lambda: frozenset({"eng", "osd", "kor", "tha"}))
    result = run("doctor", "--json")
    (ocr,) = [one for one in json.loads(result.stdout) if not one["works"]]
    assert "tesseract_russian" in str(ocr)
    assert "tesseract-ocr-rus" in str(ocr)
