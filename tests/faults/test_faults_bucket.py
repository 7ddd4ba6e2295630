"""A bucket that fails, drags or cuts the line: a coded answer, nothing half written, and everything goes on afterwards."""

import json
import sys
import threading
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "jobs"))

from fake_trade import TRADE
from fleet import case
from proxy import Proxy

from jobs.records.store_check import examine

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def moto():
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield server.get_host_and_port()[1]
    server.stop()


@pytest.fixture
def proxy(moto):
    proxy = Proxy(moto)
    yield proxy
    proxy.close()


@pytest.fixture
def client(tmp_path, proxy, moto, monkeypatch, request):
    import boto3
    from fastapi.testclient import TestClient

    from api.app import create_app
    from api.settings import Settings

    bucket = "evidence-" + request.node.name.replace("[", "-").strip("]").replace("_", "-")[-40:].lower().strip("-")
    keys = {"aws_access_key_id": "k", "aws_secret_access_key": "s", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=f"http://127.0.0.1:{moto}", **keys).create_bucket(Bucket=bucket)
    told = {"ENDPOINT": f"http://127.0.0.1:{proxy.port}", "ALLOW_HTTP": "true", "REGION": "us-east-1"}
    for name, value in {**told, "ACCESS_KEY_ID": "k", "SECRET_ACCESS_KEY": "s"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    app = create_app(Settings(data=tmp_path, workers=1, engine="direct", objects=f"s3://{bucket}/packs"), TRADE)
    with TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)) as client:
        yield client


def send(client, order, key=None, **extra):
    body = {"data": {"case": json.dumps(case(order, **extra))}, "files": [("files", ("a.png", b"picture"))]}
    return client.post("/v1/packs", headers={"idempotency-key": key} if key else {}, **body)


def whole(client):
    service = client.app.state.service
    return list(examine(service.database, service.store))


@pytest.mark.parametrize("mode", ["error", "cut"])
def test_a_bucket_that_fails_is_told_of_and_keeps_nothing_half(client, proxy, mode):
    assert send(client, "S-0").status_code == 201
    proxy.set(mode)
    start = time.monotonic()
    answer = send(client, "S-1", key="once")
    assert (answer.status_code, answer.json()["code"]) == (503, "storage-away")
    assert int(answer.headers["retry-after"]) > 0
    assert time.monotonic() - start < 200
    proxy.set("pass")
    assert client.get("/v1/packs?order_id=S-1").json()["items"] == []
    assert send(client, "S-1", key="once").status_code == 201
    assert len(client.get("/v1/packs?order_id=S-1").json()["items"]) == 1
    assert [one for one in whole(client) if one.code != "object-without-row"] == []


def test_one_lost_answer_is_asked_again_and_nobody_notices(client, proxy):
    proxy.set("slow")
    assert send(client, "S-2").status_code == 201
    proxy.set("error")
    threading.Timer(0.25, proxy.set, args=["pass"]).start()
    assert send(client, "S-3").status_code == 201
    assert whole(client) == []


def test_a_worker_whose_bucket_fails_puts_the_pack_back(client, proxy):
    body = {"data": {"case": json.dumps(case("S-4", do="sleep", seconds=1.5))}, "files": [("files", ("a.png", b"1"))]}
    answer = client.post("/v1/packs", headers={"prefer": "respond-async"}, **body)
    path, ledger = answer.json()["links"]["self"], client.app.state.service.packs.ledger
    until(lambda: ledger.row("local", answer.json()["id"]).state == "running")
    proxy.set("error")
    until(lambda: ledger.row("local", answer.json()["id"]).state == "queued")
    proxy.set("pass")
    client.app.state.service.packs.resume_waiting()
    until(lambda: client.get(path).json()["status"] == "succeeded")
    assert whole(client) == []


def until(holds, seconds=300):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
