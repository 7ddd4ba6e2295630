"""One running application for the tests of the doors, with a trade that does as the case says."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "jobs"))

BASE = "http://127.0.0.1:8000"


@pytest.fixture(scope="session")
def trade():
    from fake_trade import TRADE

    return TRADE


@pytest.fixture(scope="session")
def make_client(trade):
    from fastapi.testclient import TestClient

    from api.app import create_app
    from api.settings import Settings

    def make(folder, **settings):
        app = create_app(Settings(**{"data": folder, "workers": 1, "engine": "direct", **settings}), trade)
        return TestClient(app, base_url=BASE, client=("127.0.0.1", 50000))

    return make


@pytest.fixture(scope="session")
def client(make_client, tmp_path_factory):
    with make_client(tmp_path_factory.mktemp("data"), workers=2, body_bytes=2_000_000, wait_seconds=20) as client:
        yield client


@pytest.fixture(scope="session")
def a_case(house):
    """A case that some platform of the data folder takes, as a function of its ``extra``."""
    platform = next(
        platform
        for platform in house.platforms.values()
        if any(procedure.subject == "order" for procedure in platform.procedures.values())
    )
    procedure = next(key for key, procedure in platform.procedures.items() if procedure.subject == "order")

    def make(order="112-4829307-7716253", **extra):
        return {
            "schema_version": "1",
            "platform": platform.id,
            "procedure": procedure,
            "order": {"id": order},
            "as_of": "2026-11-19T09:00:00-05:00",
            "files": [{"name": "a.png", "kind": "tracking"}],
            "extra": extra,
        }

    return make


@pytest.fixture
def post(client, a_case):
    """Post a case with files to a path; keyword arguments go to the client."""

    def send(path="/v1/packs", files=(("a.png", b"picture"),), case=None, **more):
        parts = [("files", (name, data, "application/octet-stream")) for name, data in files]
        text = case if isinstance(case, (str, bytes)) else json.dumps(case or a_case())
        return client.post(path, data={"case": text}, files=parts or [("none", ("", b""))], **more)

    return send
