"""A sealed pack that comes back: whatever was touched is named, and nothing else."""

import hashlib
import io
import json

import pytest

from casefile.citation import BundlePlan
from casefile.errors import RequestFault
from evidence_packer.bind.bundle.manifest import manifest, sums
from jobs.records.archive import write_archive
from jobs.records.verification import told, verify_archive, verify_files, verify_folder


def sha(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def pack():
    files = {
        "originals/a.png": b"one",
        "originals/证据.png": b"two",
        "bundle.pdf": b"%PDF",
        "submission/UPLOAD.txt": b"x",
    }
    originals = [(name.split("/")[1], name, sha(files[name])) for name in files if name.startswith("originals/")]
    outputs = {name: sha(data) for name, data in files.items() if not name.startswith("originals/")}
    files["manifest.json"] = manifest(BundlePlan(), originals, outputs, "1")
    files["SHA256SUMS"] = sums({name: sha(data) for name, data in files.items()})
    return files


def zipped(files, folder="112-1_case"):
    sink = io.BytesIO()
    write_archive(sink, [(f"{folder}/{name}", data) for name, data in files.items()])
    sink.seek(0)
    return sink


def wrong(files):
    [result] = verify_archive(zipped(files))
    assert result.intact == all(file.state == "intact" for file in result.files)
    return {file.path: file.state for file in result.files if file.state != "intact"}


def test_a_pack_as_it_was_sealed_is_intact(pack, house, tmp_path):
    assert wrong(pack) == {}
    for name, data in pack.items():
        (tmp_path / "case" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "case" / name).write_bytes(data)
    for folder in (tmp_path, tmp_path / "case"):
        [result] = verify_folder(folder)
        assert (result.intact, result.folder) == (True, "case")
    body = told([result], house.catalogs.of("zh-Hans"))
    assert body.intact
    assert body.packs[0].case_digest == json.loads(pack["manifest.json"])["case_digest"]


def test_every_touch_is_named(pack):
    assert wrong({**pack, "originals/a.png": b"One"}) == {"originals/a.png": "altered"}
    assert wrong({**pack, "new.txt": b""}) == {"new.txt": "unlisted"}
    assert wrong({name: data for name, data in pack.items() if name != "bundle.pdf"}) == {"bundle.pdf": "missing"}
    forged = {**pack, "originals/a.png": b"One"}
    forged["SHA256SUMS"] = sums({name: sha(data) for name, data in forged.items() if name != "SHA256SUMS"})
    assert wrong(forged) == {"originals/a.png": "contradictory"}
    assert wrong({**pack, "SHA256SUMS": b"nonsense"})["SHA256SUMS"] == "unreadable"
    assert wrong({**pack, "manifest.json": b"[]"})["manifest.json"] == "unreadable"


def test_a_byte_that_changed_inside_a_zip_is_in_a_file_with_a_name(pack):
    whole = zipped(pack).getvalue()
    place = whole.index(b"%PDF")
    [result] = verify_archive(io.BytesIO(whole[:place] + b"X" + whole[place + 1 :]))
    assert {file.path: file.state for file in result.files if file.state != "intact"} == {"bundle.pdf": "altered"}


def test_an_original_swapped_in_manifest_and_sums_breaks_the_case_digest(pack):
    body = json.loads(pack["manifest.json"])
    body["originals"][0]["sha256"] = sha(b"One")
    forged = {**pack, "originals/a.png": b"One", "manifest.json": json.dumps(body).encode()}
    forged["SHA256SUMS"] = sums({name: sha(data) for name, data in forged.items() if name != "SHA256SUMS"})
    assert wrong(forged) == {"manifest.json": "contradictory"}


def test_a_manifest_with_single_files_says_which_hold(pack):
    [result] = verify_files([("manifest.json", pack["manifest.json"]), ("a.png", b"one"), ("bundle.pdf", b"%PDF-")])
    states = {file.path: file.state for file in result.files}
    assert states["originals/a.png"] == "intact"
    assert states["bundle.pdf"] == "altered"
    assert states["originals/证据.png"] == "not_given"
    assert not result.intact


def test_something_else_is_refused_by_name():
    with pytest.raises(RequestFault, match="nothing-to-verify"):
        verify_files([("a.png", b"one")])
