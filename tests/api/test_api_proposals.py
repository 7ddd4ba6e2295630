"""Proposals over HTTP: files and a mail in, a case out, nothing kept; what cannot be understood is refused with a code."""

import json

import pytest

PATH = "/v1/proposals"
PICTURE = ("files", ("a.png", b"picture", "image/png"))


def test_files_a_mail_and_what_is_known_make_a_case(client):
    before = client.get("/v1/packs").json()["items"]
    known = {"platform": "amazon", "order": {"id": "112-4829307-7716253"}}
    answer = client.post(PATH, data={"case": json.dumps(known), "text": "A claim was opened."}, files=[PICTURE])
    assert answer.status_code == 200
    (case,) = answer.json()["cases"]
    assert case["files"] == ["a.png"]
    assert (case["case"]["platform"], case["case"]["order"]) == ("amazon", known["order"])
    assert case["case"]["request"] == "A claim was opened."
    told = answer.json()
    assert [told[name] for name in ("case", "filled", "questions", "missing")] == [
        case[name] for name in ("case", "filled", "questions", "missing")
    ]
    assert client.get("/v1/packs").json()["items"] == before


def test_a_mail_alone_may_come_as_json(client):
    answer = client.post(PATH, json={"text": "A claim was opened.", "case": {}})
    assert answer.json()["cases"][0]["case"]["request"] == "A claim was opened."


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({"json": {"text": " "}}, 400, "proposal-empty"),
        ({"json": {}}, 400, "proposal-empty"),
        ({"json": {"text": 5}}, 422, "proposal-malformed"),
        ({"json": {"text": "x", "cases": []}}, 422, "proposal-malformed"),
        ({"json": {"text": "x", "case": {"order": {"id": 5}}}}, 422, "case-invalid"),
        ({"json": {"text": "x", "case": {"nonsense": 1}}}, 422, "case-invalid"),
        ({"data": {"case": "{"}, "files": [PICTURE]}, 400, "case-invalid"),
        ({"data": {"strange": "1"}, "files": [PICTURE]}, 400, "part-unknown"),
        ({"data": {"text": ""}, "files": [("none", ("", b""))]}, 400, None),
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_code(client, request_, status, code):
    answer = client.post(PATH, **request_)
    assert answer.status_code == status
    assert code in {None, answer.json()["code"]}
