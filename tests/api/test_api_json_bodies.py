"""A case with its files as one JSON body: the same pack as from a form, and every mistake by its place."""

import base64
import hashlib

import pytest


def file(name="a.png", data=b"picture", **more):
    return {"name": name, "content": base64.b64encode(data).decode(), **more}


def originals(pack):
    return {one["name"].rpartition("/")[2]: one["sha256"] for one in pack["files"] if one["role"] == "original"}


def test_a_body_makes_the_same_pack_as_a_form(client, post, a_case):
    answer = client.post("/v1/packs", json={"case": a_case(), "files": [file()]})
    assert answer.status_code == 201, answer.text
    assert originals(answer.json()) == {"a.png": hashlib.sha256(b"picture").hexdigest()} == originals(post().json())


def test_the_same_body_under_the_same_key_is_done_once(client, post, a_case):
    sent = {"json": {"case": a_case(), "files": [file()]}, "headers": {"idempotency-key": "as-json"}}
    first, second = client.post("/v1/packs", **sent), client.post("/v1/packs", **sent)
    assert first.json()["id"] == second.json()["id"]
    assert (
        post(headers={"idempotency-key": "as-json"}).json()["id"] == first.json()["id"]
    )  # nor does the form of the body matter
    sent["json"]["files"] = [file(data=b"other")]
    assert client.post("/v1/packs", **sent).json()["code"] == "idempotency-key-reused"


def test_files_of_a_draft_are_named_by_their_address(client, a_case):
    draft = client.post("/v1/drafts", json={}).json()
    kept = client.put(f"{draft['links']['files']}/证据 1.png", content=b"from the draft").json()
    files = [{"draft_file": kept["links"]["self"]}, {"draft_file": kept["links"]["self"], "name": "b.png"}]
    pack = client.post("/v1/packs", json={"case": a_case(), "files": files}).json()
    digest = hashlib.sha256(b"from the draft").hexdigest()
    assert originals(pack) == {"证据 1.png": digest, "b.png": digest}


def test_a_check_takes_a_body_too(client, a_case):
    answer = client.post("/v1/checks", json={"case": a_case(), "files": [file()]})
    assert (answer.status_code, answer.json()["verdict"]) == (200, "ready")


WRONG = [
    ({"files": []}, 422, "case-invalid", "/case"),
    ({"case": 1}, 422, "case-invalid", "/case"),
    ({"case": {}, "more": 1}, 422, "case-invalid", "/more"),
    ({"case": {}, "files": [{"name": "a"}]}, 400, "file-content-unclear", "/files/0"),
    ({"case": {}, "files": [file(draft_file="/v1/drafts/x/files/a")]}, 400, "file-content-unclear", "/files/0"),
    ({"case": {}, "files": [{"draft_file": "https://elsewhere.example/a.png"}]}, 400, "draft-file-wrong", "/files/0"),
    ({"case": {}, "files": [{"draft_file": "/v1/drafts/../packs/files/x"}]}, 400, "draft-file-wrong", "/files/0"),
    ({"case": {}, "files": [file(), {"name": "b", "content": "%%%"}]}, 400, "base64-malformed", "/files/1"),
    ({"case": {}, "files": [{"name": "b", "content": "YQ==\nYQ=="}]}, 400, "base64-malformed", "/files/0"),
    ({"case": {}, "files": [{"content": "YQ=="}]}, 400, "file-name-missing", "/files/0"),
    ({"case": {}, "files": [file("a"), file("x/a")]}, 400, "file-name-twice", "/files/1"),
    ({"case": {"colour": 1}, "files": []}, 422, "case-invalid", "/colour"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "status", "code", "pointer"), WRONG)
def test_a_mistake_is_named_by_its_place(client, body, status, code, pointer):
    answer = client.post("/v1/packs", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert pointer in {one["pointer"] for one in answer.json()["errors"]}


def test_a_file_of_a_draft_that_is_not_there_is_not_found(client, a_case):
    draft = client.post("/v1/drafts", json={}).json()
    none = {
        f"/v1/drafts/{draft['id']}/files/a.png": "file-not-found",
        f"/v1/drafts/{'0' * 26}/files/a": "draft-not-found",
    }
    for address, code in none.items():
        answer = client.post("/v1/packs", json={"case": a_case(), "files": [{"draft_file": address}]})
        assert (answer.status_code, answer.json()["code"]) == (404, code)


def test_a_body_larger_than_a_body_may_be_is_refused(client, a_case):
    answer = client.post("/v1/packs", json={"case": a_case(), "files": [file(data=bytes(2_100_000))]})
    assert answer.status_code == 413


def test_a_body_with_large_files_is_read_apart(client, a_case):
    data = bytes(range(256)) * 5_000
    pack = client.post("/v1/packs", json={"case": a_case(), "files": [file(data=data)]}).json()
    assert originals(pack) == {"a.png": hashlib.sha256(data).hexdigest()}
