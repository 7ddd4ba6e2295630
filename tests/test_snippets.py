"""The snippets of the documents do what they say, on a real connection, also where the service is slow."""

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
EVIDENCE = (
    "tracking.png", "label.jpg", "messages.png", "proof_of_delivery.pdf", "order_page.png", "erp_record.pdf",
)  # fmt: skip
SLOW = {"wait_seconds": "0.3"}
"""A service that never waits as long as a pack takes: every request for one is answered 202."""


def snippet(file, language):
    text = (ROOT / file).read_text(encoding="utf-8")
    (found,) = re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)
    return found


@pytest.fixture(scope="module", params=[{}, SLOW], ids=["quick", "slow"])
def fleet(tmp_path_factory, request):
    with Fleet(tmp_path_factory.mktemp("snippets"), engine="direct", workers="1", **request.param) as fleet:
        fleet.start("all")
        fleet.ready()
        yield fleet


@pytest.fixture
def desk(tmp_path, fleet):
    """A folder with what the snippets send."""
    slow = {"do": "sleep", "seconds": 1} if "wait_seconds" in fleet.settings else {}
    one = case(ORDER, **slow)
    (tmp_path / "case.json").write_text(json.dumps(one))
    (tmp_path / "draft.json").write_text(json.dumps({"case": one}))
    for name in EVIDENCE:
        (tmp_path / name).write_bytes(name.encode())
    with zipfile.ZipFile(tmp_path / "evidence.zip", "w") as archive:
        archive.writestr(f"{ORDER}/tracking.png", b"picture")
    (tmp_path / "cases.csv").write_text(f"platform,procedure,order_id\n{one['platform']},{one['procedure']},{ORDER}\n")
    return tmp_path


def run(fleet, desk, script):
    script = script.replace("http://127.0.0.1:8000", fleet.base)
    done = subprocess.run(
        ["bash", "-eux", "-c", script], cwd=desk, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def is_whole(path):
    with zipfile.ZipFile(path) as archive:
        return archive.testzip() is None


def test_curl(fleet, desk):
    told = run(fleet, desk, snippet("docs/clients.md", "sh"))
    assert all(is_whole(desk / name) for name in ("pack.zip", "same-pack.zip", "packs.zip"))
    assert json.loads((desk / "pack.json").read_text())["status"] == "succeeded"
    assert (desk / "first-bytes").read_bytes() == b"PK\x03\x04"
    assert not (desk / "nothing-new").exists() or (desk / "nothing-new").read_bytes() == b""
    assert [
        row["_status"]
        for row in csv.DictReader((desk / "cases_result.csv").read_text(encoding="utf-8-sig").splitlines())
    ] == ["done"]
    assert "event: end" in told
    assert "batch-nothing-to-retry" in told


def test_the_readme(fleet, desk):
    run(fleet, desk, snippet("README.md", "sh"))
    assert is_whole(desk / "pack.zip")
    assert json.loads((desk / "pack.json").read_text())["verdict"] == "ready"


def test_the_quick_start(fleet, desk):
    script = snippet("docs/quick-start.md", "sh")
    sent = set(re.findall(r"files=@([\w.]+)", script))
    assert sent == {path.name for path in (ROOT / "examples/item-not-received").iterdir()} - {"case.json"}
    run(fleet, desk, script)
    assert is_whole(desk / "pack.zip")
    assert json.loads((desk / "pack.json").read_text())["verdict"] == "ready"


def test_a_refusal_ends_with_an_exit_code_and_its_reason(fleet, desk):
    (desk / "case.json").write_text('{"platform": "nowhere", "procedure": "x"}')
    script = snippet("README.md", "sh").replace("http://127.0.0.1:8000", fleet.base)
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=desk, capture_output=True, check=False)
    assert done.returncode == 22
    assert not (desk / "pack.zip").exists()
    assert json.loads((desk / "pack.json").read_text())["code"]


def test_python(fleet, desk, monkeypatch, capsys):
    import httpx2

    monkeypatch.chdir(desk)
    monkeypatch.setitem(sys.modules, "httpx", httpx2)
    code = snippet("docs/clients.md", "python").replace("http://127.0.0.1:8000", fleet.base)
    exec(compile(code, "clients.md", "exec"), {})
    assert "ready" in capsys.readouterr().out
    assert is_whole(desk / "pack.zip")
