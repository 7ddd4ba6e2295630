"""Verification at the doors: HTTP and command line name the altered file, in both languages."""

import hashlib
import io

import pytest
from typer.testing import CliRunner

from api.commands.command_line import app
from casefile.citation import BundlePlan
from evidence_packer.bind.bundle.manifest import manifest, sums
from jobs.records.archive import write_archive


def sha(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def pack():
    files = {"originals/a.png": b"one", "bundle.pdf": b"%PDF"}
    files["manifest.json"] = manifest(
        BundlePlan(), [("a.png", "originals/a.png", sha(b"one"))], {"bundle.pdf": sha(b"%PDF")}, "1"
    )
    files["SHA256SUMS"] = sums({name: sha(data) for name, data in files.items()})
    return files


def zipped(files):
    sink = io.BytesIO()
    write_archive(sink, [(f"case/{name}", data) for name, data in files.items()])
    return sink.getvalue()


def test_an_archive_is_verified_as_body_or_as_part(client, pack):
    whole = zipped(pack)
    body = client.post("/v1/verify", content=whole, headers={"content-type": "application/zip"})
    part = client.post("/v1/verify", files=[("files", ("pack.zip", whole, "application/zip"))])
    assert (body.status_code, part.status_code) == (200, 200)
    assert body.json()["intact"]
    assert part.json()["intact"]


def test_what_was_altered_is_named_in_the_readers_language(client, pack):
    altered = zipped({**pack, "bundle.pdf": b"%PDF-x"})
    answer = client.post("/v1/verify?lang=zh-Hans", files=[("files", ("pack.zip", altered, "application/zip"))]).json()
    [file] = [file for file in answer["packs"][0]["files"] if file["state"] != "intact"]
    assert not answer["intact"]
    assert (file["path"], file["state"], file["found"]) == ("bundle.pdf", "altered", sha(b"%PDF-x"))
    assert "改动" in file["text"]


def test_a_manifest_with_files_is_enough(client, pack):
    files = [("files", ("manifest.json", pack["manifest.json"])), ("files", ("a.png", b"one"))]
    assert client.post("/v1/verify", files=files).json()["intact"]


def test_what_is_no_pack_is_refused(client):
    assert client.post("/v1/verify", files=[("files", ("a.png", b"one"))]).json()["code"] == "nothing-to-verify"
    broken = client.post("/v1/verify", content=b"PK\x03\x04", headers={"content-type": "application/zip"})
    assert broken.status_code == 422


def test_the_command_line_says_it_and_ends_with_it(pack, tmp_path):
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    good.write_bytes(zipped(pack))
    bad.write_bytes(zipped({**pack, "originals/a.png": b"two"}))
    assert CliRunner().invoke(app, ["verify", str(good)]).exit_code == 0
    told = CliRunner().invoke(app, ["verify", str(bad)])
    assert told.exit_code == 3
    assert "originals/a.png" in told.output
    assert CliRunner().invoke(app, ["verify", str(tmp_path / "none.zip")]).exit_code == 2
