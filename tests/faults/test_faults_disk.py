"""A disk that fills: at every write point the answer is coded, nothing is half kept, and everything goes on once there is room.

A real file system of a few megabytes is filled to within some kilobytes, more each time, so that the end comes at each write in
turn: upload, draft, object, row, journal, archive, result, temporary file. Where none may be mounted, a failing file layer does it.
"""

import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import structlog

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "jobs"))

from fake_trade import TRADE
from fleet import case

from jobs.logs import configure
from jobs.records.store_check import examine

SIZE = 24 << 20
LEFT = (0, 8, 64, 72, 120, 130, 160, 190, 220, 300)
"""Kilobytes left at each step."""
PICTURE = os.urandom(60_000)


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a file system of its own, ``SIZE`` bytes large."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here; the failing file layer below does the rest")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def serve(data, **settings):
    from fastapi.testclient import TestClient

    from api.app import create_app
    from api.settings import Settings

    app = create_app(Settings(**{"data": data, "workers": 1, "free_bytes": 0, **settings}), TRADE)
    return TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000))


def send(client, order, **headers):
    body = {"data": {"case": json.dumps(case(order))}, "files": [("files", ("a.png", PICTURE))]}
    return client.post("/v1/packs", headers=headers, **body)


def fill(folder, left):
    """Fill the disk until ``left`` bytes are free."""
    free = os.statvfs(folder)
    with (folder / "ballast").open("wb") as ballast:
        ballast.write(b"\0" * max(0, free.f_bavail * free.f_frsize - left))


def damage(client):
    service = client.app.state.service
    return [one for one in examine(service.database, service.store) if one.code != "object-without-row"]


def test_the_end_of_the_disk_at_every_write(small_disk, monkeypatch):
    (small_disk / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(small_disk / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    codes, kept = set(), {}
    with serve(small_disk / "data", engine="direct") as client:
        draft = client.post("/v1/drafts").json()["links"]["self"]
        send(client, "room")
        for step, left in enumerate(LEFT):
            fill(small_disk, left * 1024)
            answers = [
                send(client, f"F-{step}", **{"idempotency-key": f"F-{step}"}),
                client.put(f"{draft}/files/{step}.png", content=PICTURE[: 50_000 + step]),
            ]
            for answer in answers:
                codes.add(answer.status_code if answer.status_code < 300 else answer.json()["code"])
                if answer.status_code >= 300:
                    assert (answer.status_code, int(answer.headers["retry-after"]) > 0) == (503, True), answer.text
            if answers[0].status_code < 300:
                kept[f"F-{step}"] = answers[0].json()["id"]
            assert client.get("/v1/packs").status_code == 200
            (small_disk / "ballast").unlink()
            client.app.state.service.packs.resume_waiting()
        assert {201, "disk-full"} <= codes
        # What was accepted and could not even be begun waits for a minute otherwise: its request might still be at it.
        monkeypatch.setattr("jobs.engine.packs._JUST_ACCEPTED", 0.0)
        end = time.monotonic() + 30
        for order, pack_id in kept.items():
            while (pack := client.get(f"/v1/packs/{pack_id}").json())["status"] in {"queued", "running"}:
                client.app.state.service.packs.resume_waiting()
                assert time.monotonic() < end, order
                time.sleep(0.1)
            assert pack["status"] == "succeeded", pack
        for order in (f"F-{step}" for step in range(len(LEFT))):
            answer = send(client, order, **{"idempotency-key": order})
            assert answer.status_code == 201, answer.text
            assert len(client.get(f"/v1/packs?order_id={order}").json()["items"]) == 1
        assert damage(client) == []
        assert list((small_disk / "data" / "spool").iterdir()) == []


FULL = OSError(errno.ENOSPC, "No space left on device")


class FullFile:
    """A file on a full disk."""

    def __init__(self, *_, **__):
        raise FULL


@pytest.fixture
def client(tmp_path):
    with serve(tmp_path, engine="direct") as client:
        yield client


@pytest.mark.parametrize(
    "point",
    [
        "api.request.multipart.FormReader._flush",  # an upload being spooled
        "jobs.records.store.Store._put_file",  # an object
        "jobs.records.store.Store._sync_folders",  # the name of an object
        "jobs.records.pack_store.PackShelf._write",  # the record of what was asked
        "jobs.records.ledger.PackLedger.accept",  # the row
    ],
)
def test_a_pack_at_a_full_disk(client, monkeypatch, point):
    with monkeypatch.context() as patch:
        patch.setattr(point, FullFile)
        answer = send(client, "P-1")
    assert (answer.status_code, answer.json()["code"]) == (503, "disk-full")
    assert client.get("/v1/packs").json()["items"] == []
    service = client.app.state.service
    assert list(examine(service.database, service.store)) == []
    assert send(client, "P-1").status_code == 201


@pytest.mark.parametrize("point", ["jobs.records.store.Store._put_file", "jobs.records.drafts._place_file"])
def test_a_draft_at_a_full_disk(client, monkeypatch, point):
    draft = client.post("/v1/drafts", json={"case": {"platform": "x"}}).json()["links"]["self"]
    with monkeypatch.context() as patch:
        patch.setattr(point, FullFile)
        answer = client.put(f"{draft}/files/a.png", content=PICTURE)
    assert (answer.status_code, answer.json()["code"]) == (503, "disk-full")
    assert client.get(draft).json()["files"] == []
    assert client.put(f"{draft}/files/a.png", content=PICTURE).status_code == 201


@pytest.mark.parametrize(
    "point",
    [
        "jobs.batch.batches.Batches._lines",
        "jobs.records.batch_ledger.BatchLedger.begin_row",
        "jobs.batch.batches.keys_of",
    ],
)
def test_a_batch_at_a_full_disk_waits_and_goes_on(client, monkeypatch, point):
    one = case("x")
    sheet = "platform,procedure,order_id\n" + "".join(f"{one['platform']},{one['procedure']},B-{n}\n" for n in range(3))
    monkeypatch.setattr("jobs.batch.batch_rows._LATER", 0.3)
    with monkeypatch.context() as patch:
        patch.setattr(point, FullFile)
        answer = client.post("/v1/batches", files={"sheet": ("s.csv", sheet)})
        if answer.status_code == 503:
            assert answer.json()["code"] == "disk-full"
        time.sleep(1)
    if answer.status_code == 503:
        answer = client.post("/v1/batches", files={"sheet": ("s.csv", sheet)})
    path, end = answer.headers["location"], time.monotonic() + 20
    while (batch := client.get(path).json())["status"] in {"queued", "running"}:
        client.app.state.service.batches.resume()
        assert time.monotonic() < end
        time.sleep(0.1)
    assert (batch["status"], batch["counts"]) == ("succeeded", {"done": 3})
    assert damage(client) == []


class FullLog:
    """Standard error on a full disk."""

    def write(self, _):
        raise FULL

    def flush(self):
        raise FULL


def test_a_log_that_is_full_ends_nothing(client, monkeypatch):
    configure()
    try:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", FullLog())
            assert client.get("/healthz").status_code == 200
            assert send(client, "L-1").status_code == 201
    finally:
        structlog.reset_defaults()
