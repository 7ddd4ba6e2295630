import base64
import hashlib
import json

import pytest

from api.service import Service
from api.settings import Settings, SettingsFault
from jobs.engine.job_functions import JobFunctions
from jobs.faults import StorageFault

KEY, OTHER = "key-of-a-0123456789-abc", "key-of-b-0123456789-abc"


def digest(key):
    return hashlib.sha256(key.encode()).hexdigest()


@pytest.fixture(scope="module")
def keyed(make_client, tmp_path_factory):
    keys = f"shop-a={digest(KEY)}, shop-b={digest(OTHER)}"
    with make_client(tmp_path_factory.mktemp("keyed"), api_keys=keys) as client:
        yield client


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "localhost", "[::1]:8000", "127.5.5.5"])
def test_this_machine_may_ask_by_its_own_names(client, host):
    assert client.get("/v1/packs", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.8", "localhost.evil:80", "[", ""])
def test_other_names_are_refused(client, host):
    answer = client.get("/v1/packs", headers={"host": host})
    assert (answer.status_code, answer.json()["code"]) == (403, "host-refused")
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_other_websites_are_refused(client, headers):
    answer = client.get("/v1/packs", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "origin-refused")


@pytest.mark.parametrize(
    "headers", [{"origin": "http://127.0.0.1:8000"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}]
)
def test_own_pages_may_ask(client, headers):
    assert client.get("/v1/packs", headers=headers).status_code == 200


def test_a_proxy_needs_a_key(client):
    answer = client.get("/v1/packs", headers={"x-forwarded-for": "1.2.3.4"})
    assert answer.json()["code"] == "proxy-needs-key"


def basic(key):
    return "Basic " + base64.b64encode(f"me:{key}".encode()).decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": f"Bearer {KEY}"},
        {"x-api-key": KEY},
        {"authorization": f"bearer {KEY}"},
        {"authorization": basic(KEY)},
    ],
)
def test_a_key_opens(keyed, headers):
    assert (
        keyed.get("/v1/packs", headers={**headers, "host": "packer.example", "x-forwarded-for": "1.2.3.4"}).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "key-missing"),
        ({"authorization": "Bearer wrong"}, "key-wrong"),
        ({"x-api-key": digest(KEY)}, "key-wrong"),
        ({"authorization": "Basic !!!"}, "key-missing"),
        ({"authorization": "Bearer "}, "key-missing"),
    ],
)
def test_without_the_right_key_nothing_opens(keyed, headers, code):
    answer = keyed.get("/v1/packs", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert answer.headers["www-authenticate"] == "Bearer"


def test_health_and_documentation_need_no_key(keyed):
    for path in ("/healthz", "/version", "/docs", "/openapi.json", "/static/docs.js"):
        assert keyed.get(path).status_code == 200, path
    assert keyed.get("/metrics").status_code == 401


def test_each_tenant_sees_its_own_packs_only(keyed, a_case):
    mine, other = {"x-api-key": KEY}, {"x-api-key": OTHER}
    made = keyed.post(
        "/v1/packs", data={"case": json.dumps(a_case())}, files=[("files", ("a.png", b"1"))], headers=mine
    )
    path = made.json()["links"]["self"]
    assert keyed.get(path, headers=mine).status_code == 200
    for method, below in (
        ("GET", ""), ("DELETE", ""), ("GET", "/archive"), ("GET", "/files/Letter.pdf"), ("PUT", "/outcome"), ("PUT", "/submission"),
    ):  # fmt: skip
        answer = keyed.request(method, path + below, headers=other)
        assert (answer.status_code, answer.json()["code"]) == (404, "pack-not-found"), (method, below)
    assert keyed.get("/v1/packs", headers=other).json()["items"] == []
    assert keyed.post("/v1/letters", json={"pack_id": made.json()["id"]}, headers=other).status_code == 404


def test_the_door_stays_shut_beyond_this_machine_without_a_key(tmp_path):
    with pytest.raises(SettingsFault, match="key-needed"):
        Service(Settings(data=tmp_path, host="0.0.0.0"), JobFunctions())
    Service(Settings(data=tmp_path, host="0.0.0.0", api_key="a-secret-of-more-than-20"), JobFunctions())
    service = Service(Settings(data=tmp_path, host="localhost"), JobFunctions())
    service.api_keys.add("shop-a", ("read",))
    service.database.close()
    Service(Settings(data=tmp_path, host="0.0.0.0"), JobFunctions())


def test_keys_of_the_database_open_what_their_scopes_say(make_client, tmp_path, a_case):
    with make_client(tmp_path) as client:
        service = client.app.state.service
        reader, writer = service.api_keys.add("shop-a", ("read",)), service.api_keys.add("shop-a", ("read", "write"))
        body = {"data": {"case": json.dumps(a_case())}, "files": [("files", ("a.png", b"1"))]}
        refused = client.post("/v1/packs", headers={"authorization": f"Bearer {reader}"}, **body)
        assert (refused.status_code, refused.json()["code"]) == (403, "scope-missing")
        assert client.post("/v1/packs", headers={"authorization": f"Bearer {writer}"}, **body).status_code == 201
        assert len(client.get("/v1/packs", headers={"x-api-key": reader}).json()["items"]) == 1
        (first, _) = service.api_keys.listed()
        assert service.api_keys.revoke(first.id)  # in force at once, in every process
        assert client.get("/v1/packs", headers={"x-api-key": reader}).status_code == 401
        with service.database.read() as connection:
            kept = str(list(connection.exec_driver_sql("SELECT * FROM api_keys")))
        assert reader not in kept


@pytest.mark.parametrize("keys", ["shop", "shop=short", "SHOP=" + "0" * 64, "=" + "0" * 64])
def test_malformed_keys_are_named(tmp_path, keys):
    with pytest.raises(SettingsFault, match="keys-malformed"):
        _ = Settings(data=tmp_path, api_keys=keys).keys


def test_two_services_never_share_a_data_folder(client, make_client):
    with pytest.raises(StorageFault, match="data-in-use"), make_client(client.app.state.service.settings.data):
        pass
