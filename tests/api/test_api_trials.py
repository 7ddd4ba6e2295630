"""A test key gets made-up answers at once, and nothing is kept."""

import io
import json
import time
import zipfile

import pytest
from sqlalchemy import func, select

from jobs.records.tables import metadata


@pytest.fixture(scope="module")
def trying(make_client, tmp_path_factory):
    """A client, and the headers of a live key and of a test key of the same tenant."""
    with make_client(tmp_path_factory.mktemp("trials")) as client:
        keys = client.app.state.service.api_keys
        live, test = keys.add("shop-a", ("read", "write")), keys.add("shop-a", ("read", "write"), test=True)
        assert test.startswith("ept_")
        yield client, {"authorization": f"Bearer {live}"}, {"authorization": f"Bearer {test}"}


def rows(client):
    with client.app.state.service.database.read() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) for table in metadata.sorted_tables
        }


def body(case):
    return {"data": {"case": json.dumps(case)}, "files": [("files", ("a.png", b"picture"))]}


@pytest.mark.parametrize("verdict", ["ready", "review", "blocked"])
def test_a_made_up_pack_has_the_verdict_that_was_asked_for(trying, a_case, verdict):
    client, _, test = trying
    before, objects = rows(client), set(client.app.state.service.store.under(""))
    began = time.monotonic()
    answer = client.post("/v1/packs", headers=test, **body(a_case(test_verdict=verdict)))
    assert time.monotonic() - began < 1
    assert (answer.status_code, answer.json()["verdict"]) == (201, verdict)
    assert bool(answer.json()["report"]["checks"][0]["findings"]) == (verdict != "ready")
    path = answer.headers["location"]
    assert client.get(path, headers=test).json()["verdict"] == verdict
    with zipfile.ZipFile(io.BytesIO(client.get(f"{path}/archive", headers=test).content)) as archive:
        assert archive.testzip() is None
    file = answer.json()["files"][0]
    assert client.get(file["links"]["self"], headers=test).content.startswith(b"%PDF")
    assert client.post("/v1/checks", headers=test, **body(a_case(test_verdict=verdict))).json()["verdict"] == verdict
    assert rows(client) == before
    assert set(client.app.state.service.store.under("")) == objects


def test_it_answers_as_the_real_one_would(trying, a_case):
    client, _, test = trying
    zipped = client.post("/v1/packs", headers={**test, "accept": "application/zip"}, **body(a_case()))
    assert (zipped.status_code, zipped.headers["content-type"]) == (200, "application/zip")
    begun = client.post("/v1/packs", headers={**test, "prefer": "respond-async"}, **body(a_case()))
    assert (begun.status_code, begun.json()["status"]) == (202, "queued")
    assert client.get(begun.headers["location"], headers=test).json()["status"] == "succeeded"
    strict = client.post("/v1/packs?strict=true", headers=test, **body(a_case(test_verdict="blocked")))
    assert (strict.status_code, strict.json()["code"]) == (422, "case-blocked")
    for wrong, code in (
        ({**a_case(), "colour": 1}, "case-invalid"),
        (a_case(test_verdict="fine"), "test-verdict-unknown"),
    ):
        assert client.post("/v1/packs", headers=test, **body(wrong)).json()["code"] == code


def test_nothing_real_is_seen_with_it(trying, a_case):
    client, live, test = trying
    pack = client.post("/v1/packs", headers=live, **body(a_case())).json()
    assert client.get(pack["links"]["self"], headers=live).status_code == 200
    assert client.get(pack["links"]["self"], headers=test).status_code == 404
    assert client.get("/v1/packs", headers=test).json()["items"] == []
    made_up = client.post("/v1/packs", headers=test, **body(a_case())).json()
    assert client.get(made_up["links"]["self"], headers=live).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/drafts"), ("POST", "/v1/batches"), ("POST", "/v1/webhooks"), ("DELETE", "/v1/people?order_id=1"),
        ("DELETE", "/v1/packs/00000000000000000000test01"), ("PUT", "/v1/packs/00000000000000000000test01/outcome"),
        ("POST", "/form/x/y"), ("POST", "/drafts/x/delete"),
    ],
)  # fmt: skip
def test_what_would_keep_something_is_refused(trying, method, path):
    client, _, test = trying
    answer = client.request(method, path, headers=test)
    assert (answer.status_code, answer.json()["code"]) == (403, "test-key-only-tries")


def test_nobody_signs_in_with_it(trying):
    client, _, test = trying
    answer = client.post(
        "/sign-in", data={"key": test["authorization"].removeprefix("Bearer ")}, follow_redirects=False
    )
    assert answer.status_code == 403
