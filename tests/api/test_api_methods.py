"""HEAD, OPTIONS and Allow as programs expect them, and answers that are compressed for those who take them."""

import gzip
import json

import pytest


@pytest.fixture(scope="module")
def pack(client, a_case):
    return client.post(
        "/v1/packs", data={"case": json.dumps(a_case())}, files=[("files", ("a.png", b"picture"))]
    ).json()


@pytest.mark.parametrize(
    "path", ["/v1/packs", "/v1/platforms", "/healthz", "/openapi.json", "/", "/static/app.css", "/docs"]
)
def test_head_is_get_without_its_body(client, path):
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.headers.get("content-length") == whole.headers.get("content-length")


def test_head_of_a_download_tells_its_size_and_tag(client, pack):
    whole, head = client.get(pack["links"]["archive"]), client.head(pack["links"]["archive"])
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-length", "etag", "accept-ranges", "content-disposition"):
        assert head.headers[name] == whole.headers[name]
    part = client.head(pack["links"]["archive"], headers={"range": "bytes=0-3"})
    assert (part.status_code, part.headers["content-length"]) == (206, "4")


def test_head_of_a_stream_ends(client, pack):
    answer = client.head(f"{pack['links']['self']}/events")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/packs", "GET, POST, HEAD, OPTIONS"),
        ("/v1/checks", "POST, OPTIONS"),
        ("/v1/drafts/01hzzzzzzzzzzzzzzzzzzzzzzz", "GET, PUT, DELETE, HEAD, OPTIONS"),
        ("/v1/platforms", "GET, HEAD, OPTIONS"),
    ],
)
def test_what_an_address_takes_is_told(client, path, allowed):
    asked = client.options(path)
    assert (asked.status_code, asked.headers["allow"], asked.content) == (204, allowed, b"")
    refused = client.patch(path)
    assert (refused.status_code, refused.headers["allow"], refused.json()["code"]) == (
        405,
        allowed,
        "method-not-allowed",
    )


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "GET"])
def test_where_nothing_is_there_is_nothing(client, method):
    assert client.request(method, "/v1/nothing").status_code == 404


def test_head_of_what_is_only_sent_is_refused(client):
    answer = client.head("/v1/checks")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST, OPTIONS")


def test_json_is_compressed_for_those_who_take_it(client):
    plain = client.get("/v1/platforms", headers={"accept-encoding": "identity"})
    with client.stream("GET", "/v1/platforms", headers={"accept-encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert (packed.headers["content-encoding"], gzip.decompress(raw)) == ("gzip", plain.content)
    assert "Accept-Encoding" in packed.headers["vary"]
    assert len(raw) < len(plain.content) / 3
    assert "content-encoding" not in plain.headers
    refused = client.get("/v1/platforms", headers={"accept-encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers


def test_what_is_packed_already_or_small_is_not_packed_again(client, pack):
    takes = {"accept-encoding": "gzip"}
    assert "content-encoding" not in client.get(pack["links"]["archive"], headers=takes).headers
    assert "content-encoding" not in client.get("/healthz", headers=takes).headers
    events = client.get(f"{pack['links']['self']}/events", headers=takes)
    assert "content-encoding" not in events.headers
