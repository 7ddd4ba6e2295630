import hashlib
import io
import json
import time
import zipfile

import pytest


def finished(client, location):
    for _ in range(200):
        pack = client.get(location).json()
        if pack["status"] not in {"queued", "running"}:
            return pack
        time.sleep(0.05)
    raise AssertionError(pack)


def test_a_pack_as_json(post, client):
    answer = post()
    assert answer.status_code == 201, answer.text
    pack = answer.json()
    assert (pack["status"], pack["verdict"], answer.headers["location"]) == (
        "succeeded",
        "ready",
        pack["links"]["self"],
    )
    assert pack["report"]["pack_id"] == pack["id"]
    seen = [(file["name"], file["sha256"]) for file in pack["report"]["files"]]
    assert seen == [("a.png", hashlib.sha256(b"picture").hexdigest())]
    again = client.get(pack["links"]["self"], headers={"x-request-id": pack["request_id"]}).json()
    assert again == pack
    original = next(file for file in pack["files"] if file["role"] == "original")
    assert client.get(original["links"]["self"]).content == b"picture"


def test_a_pack_as_zip(post, client):
    answer = post(headers={"accept": "application/zip"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    path = answer.headers["content-location"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        roots = {name.split("/")[0] for name in archive.namelist()}
    assert roots == {client.get(path).json()["folder"]}
    assert client.get(f"{path}/archive").content == answer.content
    assert f'"{hashlib.sha256(answer.content).hexdigest()}"' == answer.headers["etag"]


def test_the_same_request_gives_the_same_bytes(post):
    zips = {post(headers={"accept": "application/zip"}).content for _ in range(2)}
    assert len(zips) == 1


@pytest.mark.parametrize("as_file", [False, True])
def test_the_case_may_be_a_field_or_a_file(client, a_case, as_file):
    text = json.dumps(a_case())
    files = [("files", ("a.png", b"x", "image/png"))]
    if as_file:
        files.insert(0, ("case", ("case.json", text, "application/json")))
    answer = client.post("/v1/packs", data={} if as_file else {"case": text}, files=files)
    assert answer.status_code == 201, answer.text


def test_prefer_respond_async_answers_at_once(post, client, a_case):
    answer = post(case=a_case(do="sleep", seconds=0.5), headers={"prefer": "respond-async"})
    assert answer.status_code == 202
    assert int(answer.headers["retry-after"]) > 0
    pack = finished(client, answer.headers["location"])
    assert (pack["status"], pack["verdict"]) == ("succeeded", "ready")


def test_waiting_is_limited_by_prefer_wait(post, client, a_case):
    answer = post(case=a_case(do="sleep", seconds=2), headers={"prefer": "wait=1"})
    assert answer.status_code == 202
    assert answer.json()["status"] in {"running", "queued"}
    assert finished(client, answer.headers["location"])["status"] == "succeeded"


def test_many_files_are_answered_202(post):
    files = [(f"{number}.png", b"x%d" % number) for number in range(11)]
    assert post(files=files).status_code == 202


def test_many_pages_are_answered_202(post):
    pdf = b"%PDF-1.7\n" + b"<</Type /Page>>\n" * 21
    assert post(files=[("a.pdf", pdf)]).status_code == 202


def test_strict_answers_422_with_findings_and_keeps_nothing(post, client, a_case):
    order = "strict-1"
    answer = post("/v1/packs?strict=true", case=a_case(order, verdict="blocked"))
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["verdict"]) == (422, "case-blocked", "blocked")
    assert [finding["code"] for finding in problem["findings"]] == ["planted"]
    assert client.get("/v1/packs", params={"order_id": order}).json()["items"] == []
    assert post("/v1/packs?strict=true", case=a_case(order)).status_code == 201


def test_blocked_without_strict_makes_the_files_all_the_same(post, a_case):
    answer = post(case=a_case(verdict="blocked"))
    assert (answer.status_code, answer.json()["verdict"]) == (201, "blocked")
    assert answer.json()["files"]


@pytest.mark.parametrize(("do", "code"), [("crash", "job-crashed"), ("raise", "job-failed")])
def test_a_failure_of_ours_is_told_without_inside(post, client, a_case, do, code):
    answer = post(case=a_case(do, do=do))
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (500, code)
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    (item,) = client.get("/v1/packs", params={"order_id": do}).json()["items"]
    pack = client.get(item["links"]["self"]).json()
    assert (pack["status"], pack["problem"]["code"]) == ("failed", code)


def test_files_come_with_etag_range_and_both_names(post, client):
    pack = post(files=[("签收截图.png", b"0123456789")]).json()
    url = next(file["links"]["self"] for file in pack["files"] if file["role"] == "original")
    whole = client.get(url)
    assert whole.content == b"0123456789"
    assert whole.headers["etag"] == f'"{hashlib.sha256(whole.content).hexdigest()}"'
    assert whole.headers["content-type"] == "image/png"
    assert 'filename="download.png"' in whole.headers["content-disposition"]
    assert "filename*=UTF-8''%E7%AD%BE%E6%94%B6%E6%88%AA%E5%9B%BE.png" in whole.headers["content-disposition"]
    assert "sandbox" in whole.headers["content-security-policy"]
    assert client.get(url, headers={"if-none-match": whole.headers["etag"]}).status_code == 304
    for asked, status, body in (
        ("bytes=2-4", 206, b"234"),
        ("bytes=-3", 206, b"789"),
        ("bytes=8-", 206, b"89"),
        ("bytes=8-99", 206, b"89"),
        ("bytes=0-1,3-4", 200, b"0123456789"),
        ("bytes=5-2", 200, b"0123456789"),
        ("pages=1", 200, b"0123456789"),
    ):
        part = client.get(url, headers={"range": asked})
        assert (part.status_code, part.content) == (status, body), asked
    behind = client.get(url, headers={"range": "bytes=50-"})
    assert (behind.status_code, behind.json()["code"]) == (416, "range-outside")
    assert behind.headers["content-range"] == "bytes */10"
    assert client.get(url, headers={"range": "bytes=2-4", "if-range": '"other"'}).status_code == 200
    head = client.head(url)
    assert (head.status_code, head.headers["content-length"], head.content) == (200, "10", b"")


@pytest.mark.parametrize("name", ["nothing.pdf", "../accepted.json", "%2e%2e/accepted.json", "originals", "a/../../x"])
def test_a_file_that_is_not_there(post, client, name):
    pack = post().json()
    answer = client.get(f"{pack['links']['self']}/files/{name}")
    assert answer.status_code in {404, 405}
    assert answer.headers["content-type"] == "application/problem+json"


def test_cancel_then_erase(post, client, a_case):
    running = post(case=a_case(do="hang"), headers={"prefer": "respond-async"}).headers["location"]
    assert client.get(f"{running}/archive").json()["code"] == "pack-not-finished"
    answer = client.delete(running)
    assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    assert client.get(f"{running}/archive").json()["code"] == "pack-without-files"
    assert client.delete(running).status_code == 204
    gone = client.get(running)
    assert (gone.status_code, gone.json()["code"]) == (410, "pack-erased")
    assert client.delete(running).status_code == 410


def test_list_by_order_with_cursor(post, client, a_case):
    made = [post(case=a_case("listed-7")).json()["id"] for _ in range(3)]
    first = client.get("/v1/packs", params={"order_id": "listed-7", "limit": 2}).json()
    rest = client.get("/v1/packs", params={"order_id": "listed-7", "limit": 2, "cursor": first["next_cursor"]}).json()
    assert len(first["items"]) == 2
    assert rest["next_cursor"] is None
    assert {item["id"] for item in first["items"] + rest["items"]} == set(made)
    assert "report" not in first["items"][0]
    assert client.get("/v1/packs", params={"order_id": "none"}).json() == {"items": [], "next_cursor": None}
    assert client.get("/v1/packs", params={"limit": 0}).json()["code"] == "query-invalid"
    assert client.get("/v1/packs", params={"cursor": "../x"}).json()["code"] == "cursor-wrong"


def test_submission_and_outcome_are_recorded_and_outlive_the_files(post, client):
    path = post().json()["links"]["self"]
    sent = client.put(f"{path}/submission", json={"case_id": "CASE-1", "at": "2026-11-19T10:00:00-05:00"})
    assert sent.status_code == 200
    files = {"screenshot": ("done.png", b"shot", "image/png")}
    again = client.put(f"{path}/submission", data={"submission": '{"case_id": "CASE-2"}'}, files=files)
    assert again.json()["screenshot"]["sha256"] == hashlib.sha256(b"shot").hexdigest()
    assert client.get(f"{path}/submission/screenshot").content == b"shot"
    assert client.put(f"{path}/outcome", json={"outcome": "won", "why": {"zh-Hans": "签收证明"}}).status_code == 200
    pack = client.get(path).json()
    assert (pack["submission"]["case_id"], pack["outcome"]["outcome"]) == ("CASE-2", "won")
    wrong = client.put(f"{path}/outcome", json={"outcome": "maybe", "x": 1})
    assert (wrong.status_code, {error["pointer"] for error in wrong.json()["errors"]}) == (422, {"/outcome", "/x"})
    assert client.put("/v1/packs/00000000000000000000000000/outcome", json={"outcome": "won"}).status_code == 404


def test_an_idempotency_key_gives_the_same_pack(post, a_case):
    key = {"idempotency-key": '"1f0e-a"'}
    first = post(headers=key)
    second = post(headers={"idempotency-key": "1f0e-a", "accept-language": "zh"})
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json()["id"] == first.json()["id"]
    assert second.headers["idempotency-replayed"] == "true"
    zipped = post(headers={**key, "accept": "application/zip"})
    assert zipped.headers["content-location"] == first.headers["location"]
    other = post(headers=key, files=[("a.png", b"another")])
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert post(headers=key, case=a_case("another")).status_code == 422


def test_a_key_at_work_answers_its_202_again_and_a_failure_frees_it(post, client, a_case):
    key = {"idempotency-key": "at-work"}
    slow = a_case(do="hang")
    location = post(case=slow, headers={**key, "prefer": "respond-async"}).headers["location"]
    again = post(case=slow, headers=key)
    assert (again.status_code, again.headers["location"], again.headers["idempotency-replayed"]) == (
        202,
        location,
        "true",
    )
    assert again.json()["status"] in {"queued", "running"}
    assert int(again.headers["retry-after"]) > 0
    assert post(case=a_case("another"), headers=key).json()["code"] == "idempotency-key-reused"
    client.delete(location)
    crash = {"idempotency-key": "crash"}
    assert [post(case=a_case(do="raise"), headers=crash).status_code for _ in range(2)] == [500, 500]
    assert post(headers={"idempotency-key": "crash"}).status_code == 201
    assert post(headers={"idempotency-key": "k" * 300}).json()["code"] == "idempotency-key-malformed"


def test_checks_keep_nothing(post, client):
    before = client.get("/v1/packs", params={"limit": 100}).json()["items"]
    answer = post("/v1/checks?scope=file&pictures=true")
    assert answer.status_code == 200, answer.text
    assert answer.json()["assumptions"][:2] == ["scope file", "pictures True"]
    assert post("/v1/checks").json()["assumptions"][0] == "scope all"
    assert post("/v1/checks?scope=all").status_code == 422
    assert client.get("/v1/packs", params={"limit": 100}).json()["items"] == before


def test_checks_know_the_packs_of_before_and_judging_files_does_not_ask(post, a_case):
    post(case=a_case("112-0000001-0000001"))
    assert "112-0000001-0000001" in post("/v1/checks").json()["assumptions"]
    assert post("/v1/checks?scope=file").json()["assumptions"][2:] == []


@pytest.mark.parametrize(
    ("accept", "kind", "start"),
    [
        ("application/pdf", "application/pdf", b"%PDF"),
        ("text/html", "text/html; charset=utf-8", b"<p>"),
        ("text/plain", "text/plain; charset=utf-8", b"draft"),
        ("*/*", "application/pdf", b"%PDF"),
    ],
)
def test_a_letter_in_its_forms(client, a_case, accept, kind, start):
    answer = client.post("/v1/letters", json=a_case(), headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.content.startswith(start)


def test_another_kind_of_letter_is_asked_for_by_name(client, a_case):
    plain = {"accept": "text/html"}
    assert client.post("/v1/letters?letter=follow_up", json=a_case(), headers=plain).status_code == 200
    assert client.post("/v1/letters", json=a_case() | {"letter": "follow_up"}, headers=plain).status_code == 200
    refused = client.post("/v1/letters?letter=love_letter", json=a_case(), headers=plain)
    assert (refused.status_code, refused.json()["code"]) == (422, "letter-unknown")


def test_the_letter_of_a_pack(post, client):
    pack_id = post().json()["id"]
    pdf = client.post("/v1/letters", json={"pack_id": pack_id})
    text = client.post("/v1/letters", json={"pack_id": pack_id}, headers={"accept": "text/plain"})
    assert (pdf.content, text.text) == (b"%PDF-1.7 letter", "信 letter")
    page = client.post("/v1/letters", json={"pack_id": pack_id}, headers={"accept": "text/html"})
    assert page.text == "<p>['a.png']</p>"
    wrong = client.post("/v1/letters", json={"pack_id": "none"})
    assert (wrong.status_code, wrong.json()["code"]) == (404, "pack-not-found")
    assert client.post("/v1/letters", json={"pack_id": pack_id}, headers={"accept": "image/png"}).status_code == 406
