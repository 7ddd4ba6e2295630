"""The snippets of docs/clients.md do what they say, on a real connection."""

import csv
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "faults"))

from fleet import Fleet, case

ROOT = Path(__file__).resolve().parents[1]
ORDER = "112-4829307-7716253"


def snippet(language):
    text = (ROOT / "docs" / "clients.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)
    return found


@pytest.fixture(scope="module")
def fleet(tmp_path_factory):
    with Fleet(tmp_path_factory.mktemp("snippets"), engine="direct", workers="1") as fleet:
        fleet.start("all")
        fleet.ready()
        yield fleet


@pytest.fixture
def desk(tmp_path):
    """A folder with what the snippets send."""
    one = case(ORDER)
    (tmp_path / "case.json").write_text(json.dumps(one))
    (tmp_path / "draft.json").write_text(json.dumps({"case": one}))
    for name in ("tracking.png", "label.jpg"):
        (tmp_path / name).write_bytes(name.encode())
    with zipfile.ZipFile(tmp_path / "evidence.zip", "w") as archive:
        archive.writestr(f"{ORDER}/tracking.png", b"picture")
    (tmp_path / "cases.csv").write_text(f"platform,procedure,order_id\n{one['platform']},{one['procedure']},{ORDER}\n")
    return tmp_path


def test_curl(fleet, desk):
    script = snippet("sh").replace("http://127.0.0.1:8000", fleet.base)
    run = subprocess.run(
        ["bash", "-eux", "-c", script], cwd=desk, capture_output=True, text=True, check=False, timeout=90
    )
    assert run.returncode == 0, run.stderr[-2000:]
    for name in ("pack.zip", "packs.zip"):
        with zipfile.ZipFile(desk / name) as archive:
            assert archive.testzip() is None
    assert json.loads((desk / "pack.json").read_text())["status"] == "succeeded"
    assert (desk / "first-bytes").read_bytes() == b"PK\x03\x04"
    assert not (desk / "nothing-new").exists() or (desk / "nothing-new").read_bytes() == b""
    assert [
        row["_status"]
        for row in csv.DictReader((desk / "cases_result.csv").read_text(encoding="utf-8-sig").splitlines())
    ] == ["done"]
    assert "event: end" in run.stdout
    assert "batch-nothing-to-retry" in run.stdout


def test_python(fleet, desk, monkeypatch, capsys):
    import httpx2

    monkeypatch.chdir(desk)
    monkeypatch.setitem(sys.modules, "httpx", httpx2)
    exec(compile(snippet("python").replace("http://127.0.0.1:8000", fleet.base), "clients.md", "exec"), {})
    assert "ready" in capsys.readouterr().out
    with zipfile.ZipFile(desk / "pack.zip") as archive:
        assert archive.testzip() is None
