"""Request faults and file faults: what is refused, what is kept, and that nothing is answered with 5xx."""

import json
import re

import pytest

BOUNDARY = "----boundary"


def part(name, data, file_name=None, extra=""):
    if isinstance(data, str):
        data = data.encode()
    file = b"" if file_name is None else b'; filename="' + file_name + b'"'
    head = b'Content-Disposition: form-data; name="' + name.encode() + b'"' + file + extra.encode() + b"\r\n\r\n"
    return b"--" + BOUNDARY.encode() + b"\r\n" + head + data + b"\r\n"


def body(*parts, end=True):
    return b"".join(parts) + (b"--" + BOUNDARY.encode() + b"--\r\n" if end else b"")


@pytest.fixture
def send(client):
    def send(content, path="/v1/packs", **headers):
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        answer = client.post(path, content=content, headers={"content-type": kind, **headers})
        assert answer.status_code < 500, answer.text
        return answer

    return send


@pytest.fixture
def case_text(a_case):
    return json.dumps(a_case())


def problem(answer, status, code):
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert set(found) >= {"type", "title", "status", "detail", "instance", "code", "request_id", "errors"}
    assert found["title"]
    assert "{" not in found["title"] + found["detail"]
    assert found["request_id"] == answer.headers["x-request-id"]
    return found


def names_of(answer):
    assert answer.status_code == 201, answer.text
    return [file["name"] for file in answer.json()["report"]["files"]]


@pytest.mark.parametrize(
    "cut", ["in the second file", "before the closing boundary", "in the closing boundary", "in a header"]
)
def test_a_cut_body_is_refused_and_nothing_is_kept(send, client, a_case, cut):
    case = json.dumps(a_case("cut-short"))
    whole = body(part("case", case), part("files", b"1" * 999, b"a.png"), part("files", b"2" * 999, b"b.png"))
    at = {
        "in the second file": whole.index(b"222") + 500,
        "before the closing boundary": whole.rindex(b"--" + BOUNDARY.encode()),
        "in the closing boundary": len(whole) - 6,
        "in a header": whole.index(b'filename="b.png"') + 3,
    }[cut]
    problem(send(whole[:at]), 400, "upload-incomplete")
    assert client.get("/v1/packs", params={"order_id": "cut-short"}).json()["items"] == []


def test_a_cut_check_is_refused_too(send, case_text):
    problem(send(body(part("case", case_text), end=False), "/v1/checks"), 400, "upload-incomplete")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "upload-incomplete"),
        (b"garbage", 400, "multipart-malformed"),
        (body(part("files", b"x", b"a.png")), 400, "case-missing"),
        (body(part("case", "{}"), part("case", "{}")), 400, "case-twice"),
        (body(part("case", "{}"), part("file", b"x", b"a.png")), 400, "part-unknown"),
        (body(part("case", "{}"), part("note", "x")), 400, "part-unknown"),
        (body(part("case", "{}"), part("files", "no name")), 400, "file-name-missing"),
        (body(part("case", "{}"), part("files", b"x", b"")), 400, "file-name-missing"),
        (body(part("case", "{}"), part("files", b"x", b"a.png"), part("files", b"y", b"a.png")), 400, "file-name-twice"),
        (body(part("case", "{}"), part("files", b"x", b"d/a.png"), part("files", b"y", b"e/a.png")), 400, "file-name-twice"),
        (body(part("case", "")), 400, "case-invalid"),
        (body(part("case", "[1]")), 422, "case-invalid"),
        (body(part("case", '{"a": NaN}')), 422, "case-invalid"),
        (body(part("case", '{"a": 1, "a": 2}')), 422, "case-invalid"),
        (body(part("case", b'{"a": "\xff"}')), 400, "case-invalid"),
        (body(part("case", '{"a": "\\ud800"}')), 422, "case-invalid"),
        (body(part("case", "[" * 100_000)), 400, "case-invalid"),
        (body(part("case", '{"x": "' + "y" * 1_100_000 + '"}')), 413, "case-invalid"),
        (body(*[part("case", "{}"), *[part("files", b"", b"%d.png" % n) for n in range(201)]]), 413, "too-many-files"),
        (body(part("case", "{}"), part("files", b"z" * 2_100_000, b"a.png")), 413, "body-too-large"),
        (b"--" + BOUNDARY.encode() + b"\r\nX: " + b"y" * 9000, 400, "multipart-malformed"),
        (b"--" + BOUNDARY.encode() + b"\r\nContent-Type: text/plain\r\n\r\nx\r\n", 400, "multipart-malformed"),
    ],
)  # fmt: skip
def test_request_faults(send, content, status, code):
    problem(send(content), status, code)


@pytest.mark.parametrize("name", ["file", "Case", "kase"])
def test_a_strange_part_is_named(send, name):
    answer = problem(send(body(part("case", "{}"), part(name, "x"))), 400, "part-unknown")
    assert answer["errors"][0]["pointer"] == f"/{name}"
    assert answer["detail"].startswith(f"{name} is no part of this form. Its parts are: case, files.")


def test_what_is_told_of_a_body_are_its_own_fields(client):
    answer = problem(client.post("/v1/packs", json={"case": {}, "fils": []}), 422, "case-invalid")
    told = {one["pointer"]: one["message"] for one in answer["errors"]}
    assert "Fields here: case, files." in told["/fils"]
    hook = problem(client.post("/v1/webhooks", json={"uri": "https://example.com"}), 422, "note-invalid")
    assert {"url", "events", "shape"} <= set(
        re.findall(r"\w+", {e["pointer"]: e["message"] for e in hook["errors"]}["/uri"])
    )


def test_wrong_content_types(client):
    for kind in ("application/xml", "application/x-www-form-urlencoded", "text/plain", ""):
        problem(client.post("/v1/packs", content=b"{}", headers={"content-type": kind}), 415, "multipart-needed")
    for kind in ("multipart/form-data", "multipart/form-data; boundary=" + "b" * 300):
        problem(client.post("/v1/packs", content=b"{}", headers={"content-type": kind}), 400, "multipart-malformed")


def test_a_body_without_length_is_counted_while_it_arrives(client):
    def chunks():
        for _ in range(60):
            yield b"x" * 50_000

    kind = f"multipart/form-data; boundary={BOUNDARY}"
    answer = client.post("/v1/packs", content=chunks(), headers={"content-type": kind})
    assert answer.status_code in {400, 413}


def test_every_wrong_field_is_named_at_once(send, a_case):
    case = {**a_case(), "procedur": "x", "order": {"id": 7}, "deadline": {"at": "2026-11-20T18:10:00"}}
    found = problem(send(body(part("case", json.dumps(case)))), 422, "case-invalid")
    pointers = {error["pointer"]: error["code"] for error in found["errors"]}
    assert pointers == {"/procedur": "field-unknown", "/order/id": "text-expected", "/deadline/at": "time-without-zone"}
    assert all(error["message"] for error in found["errors"])


def test_unknown_platform_and_procedure_name_the_known_ones(send, a_case):
    found = problem(send(body(part("case", json.dumps({**a_case(), "platform": "nowhere"})))), 422, "platform-unknown")
    assert a_case()["platform"] in found["detail"]
    found = problem(send(body(part("case", json.dumps({**a_case(), "procedure": "none"})))), 422, "procedure-unknown")
    assert a_case()["procedure"] in found["detail"]


def test_a_missing_subject_is_named(send, a_case):
    case = {key: value for key, value in a_case().items() if key != "order"}
    found = problem(send(body(part("case", json.dumps(case)))), 422, "subject-missing")
    assert found["errors"][0]["pointer"] == "/order/id"


def test_problems_in_chinese(send, client):
    content = body(part("files", b"x", b"a.png"))
    assert send(content, **{"accept-language": "zh-CN,zh;q=0.9"}).json()["title"] == "缺少案件"
    assert send(content, "/v1/packs?lang=zh-Hans").json()["title"] == "缺少案件"
    answer = send(content, "/v1/packs?lang=en", **{"accept-language": "zh"})
    assert (answer.json()["title"], answer.headers["content-language"]) == ("The case is missing", "en")


def test_nothing_the_customer_sent_is_echoed(send, a_case):
    secret = "Geheim-Wert-4711"
    for case in (
        {**a_case(), "platform": secret},
        {**a_case(), "site": secret},
        {**a_case(), "deadline": {"at": secret}},
        {**a_case(), "order": {"id": "1", "total": {"amount": secret, "currency": secret}}},
    ):
        answer = send(body(part("case", json.dumps(case)), part("files", b"x", secret.encode())))
        assert answer.status_code == 422
        assert secret.lower() not in answer.text.lower()


@pytest.mark.parametrize(
    ("file_name", "clean"),
    [
        ("订单.png".encode(), "订单.png"),
        ("订单.png".encode("gb18030"), "订单.png"),
        (b"=?UTF-8?B?6K6i5Y2VLnBuZw==?=", "订单.png"),
        (b"../../etc/passwd.png", "passwd.png"),
        (b"C:\\Users\\me\\a.png", "a.png"),
        (b'a\\"b.png', "a_b.png"),
        (b"a%22b.png", "a_b.png"),
        ("\u202egnp.a.png".encode(), "gnp.a.png"),
        (b"con.png", "_con.png"),
        (b"a;b.png", "a;b.png"),
        ("e\u0301.png".encode(), "é.png"),
    ],
)
def test_file_names_in_every_dress(send, case_text, file_name, clean):
    assert names_of(send(body(part("case", case_text), part("files", b"1", file_name)))) == [clean]


def test_an_extended_file_name_alone_is_a_file(send, case_text):
    content = body(part("case", case_text), part("files", b"1", None, "; filename*=UTF-8''%E8%AE%A2%E5%8D%95.png"))
    assert names_of(send(content)) == ["订单.png"]


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "zip", "x" * 900, "utf-8%00"]
)
def test_a_charset_that_no_browser_uses_is_passed_over(send, case_text, charset):
    extended = f"; filename*={charset}''%5Cud800%ff-a.png"
    for content in (
        part("files", b"1", None, extended),
        part("files", b"1", f"=?{charset}?q?a-=5Cud800?=.png".encode()),
    ):
        (name,) = names_of(send(body(part("case", case_text), content)))
        assert name.endswith(".png")
        assert name.isprintable()


def test_long_names_are_shortened_and_stay_apart(send, case_text):
    names = [("签" * 60 + str(n) + ".png").encode() for n in range(2)]
    seen = names_of(
        send(body(part("case", case_text), *[part("files", b"%d" % n, name) for n, name in enumerate(names)]))
    )
    assert len(set(seen)) == 2
    assert all(len(name.encode()) <= 72 and name.endswith(".png") for name in seen)


def test_names_in_the_case_are_cleaned_alike(send, a_case, client):
    case = a_case()
    case["files"] = [{"name": "dir/a:b.png", "kind": "tracking"}]
    pack = send(body(part("case", json.dumps(case)), part("files", b"1", b"dir/a:b.png"))).json()
    assert pack["report"]["files"][0]["name"] == "a_b.png"


def test_what_a_browser_sends_when_nothing_is_chosen_is_no_file(send, case_text):
    assert names_of(send(body(part("case", case_text), part("files", b"", b"")))) == []


def test_an_empty_file_is_a_fault_of_the_file_not_of_the_request(send, case_text):
    assert names_of(send(body(part("case", case_text), part("files", b"", b"empty.png")))) == ["empty.png"]


def test_a_byte_order_mark_before_the_case_is_passed_over(send, case_text):
    assert send(body(part("case", b"\xef\xbb\xbf" + case_text.encode()))).status_code == 201


def test_boundaries_inside_files_and_odd_line_ends_survive(send, case_text):
    data = b"\r\n--" + BOUNDARY.encode()[:-1] + b"X\r\n--\r\n\r\r\n"
    answer = send(body(part("case", case_text), part("files", data, b"a.png")))
    import hashlib

    assert answer.json()["report"]["files"][0]["sha256"] == hashlib.sha256(data).hexdigest()


def test_letters_refuse_what_packs_refuse(client, a_case):
    problem(client.post("/v1/letters", content=b"{", headers={"content-type": "application/json"}), 400, "case-invalid")
    problem(client.post("/v1/letters", content=b"{}", headers={"content-type": "text/csv"}), 415, "json-needed")
    problem(client.post("/v1/letters", json={**a_case(), "platform": "x"}), 422, "platform-unknown")
    problem(client.post("/v1/letters", json={"pack_id": "x", "other": 1}), 422, "note-invalid")


def test_nothing_is_left_in_the_spool(client, send, case_text):
    send(body(part("case", case_text), part("files", b"1", b"a.png")))
    send(body(part("case", case_text), part("files", b"1", b"a.png"), end=False))
    spool = client.app.state.service.settings.data / "spool"
    assert list(spool.iterdir()) == []
