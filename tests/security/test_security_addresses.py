"""Hostile addresses: whatever stands in a path or a query, the answer is one of ours, and never a 5xx."""

import json
import re
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.routing import Route

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "jobs"))

BASE = "http://127.0.0.1:8000"
HOSTILE = (
    "", " ", "²", "١٢", "-1", "0", "00", "1_000", "1e5", "0x10", "9" * 10, "9" * 19, "9" * 30, "9" * 1500, "nan", "inf", "true",
    "null", "[]", "{lang}", "%s%n", "../../../../etc/passwd", "..\\..\\x", "/", "//evil.example", "http://evil.example/",
    "javascript:alert(1)", "'; DROP TABLE pack; --", '"><script>', "zh-Hans;q=²", "zh_CN", "en" * 200, "*", "-", "--", "\r\nX: y",
    "\t", "\x1b[0m", "\x7f", "\u202eabc", "\ufeff", "😀", "é", "e\u0301", "￾", "a" * 1900, "2026-13-45", "0000-00-00", "9999-12-31",
    "-0001-01-01", "2026-01-01T00:00:00Z", "amazon", "constructor", "__class__", "file:///etc/passwd", "con", "a,b,c", "1,2", "%",
    "%00", "%ff",
)  # fmt: skip
"""Texts that stand where an id, a number, a day, a language or a name belongs; they are percent-encoded as sent."""

UNREADABLE = ("%00", "a%00b", "%ff", "%c0%80", "%ed%a0%80", "%ed%b0%80", "%f4%90%80%80", "%80abc", "%e8%a2")
"""Percent signs that make NUL, half characters or no characters at all."""

NAMES = (
    "lang", "cursor", "after", "limit", "order_id", "platform", "since", "use", "scenario", "page", "part", "file", "next",
    "strict", "dry_run", "scope", "pictures", "reason", "site", "q",
)  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    from fake_trade import TRADE
    from fastapi.testclient import TestClient

    from api.app import create_app
    from api.settings import Settings

    settings = Settings(data=tmp_path_factory.mktemp("data"), workers=1, engine="direct")
    with TestClient(
        create_app(settings, TRADE), base_url=BASE, client=("127.0.0.1", 50000), raise_server_exceptions=False
    ) as client:
        yield client


def routes(app):
    """Every address that answers GET, of all routers."""

    def walk(all_routes):
        for route in all_routes:
            if isinstance(route, Route) and "GET" in (route.methods or ()):
                yield route.path
            inner = getattr(route, "original_router", None)
            if inner is not None:
                yield from walk(inner.routes)

    return sorted(set(walk(app.routes)))


@pytest.fixture(scope="module")
def known(client):
    """Ids of things that are there, so that addresses lead further than to a 404."""
    draft = client.post(
        "/v1/drafts", json={"case": {"platform": "amazon", "procedure": "a_to_z_response", "fields": {}}}
    ).json()
    case = {
        "schema_version": "1", "platform": "amazon", "procedure": "a_to_z_response", "order": {"id": "112-4829307-7716253"},
        "files": [{"name": "a.png", "kind": "tracking"}],
    }  # fmt: skip
    files = [("files", ("a.png", b"picture", "image/png"))]
    pack = client.post("/v1/packs", data={"case": json.dumps(case)}, files=files)
    assert pack.status_code == 201, pack.text
    sheet = [("sheet", ("a.csv", b"platform,order_id\namazon,112-4829307-7716253\n", "text/csv"))]
    batch = client.post("/v1/batches?dry_run=true", files=sheet)
    assert batch.status_code == 202, batch.text
    return {
        "draft_id": draft["id"], "pack_id": pack.json()["id"], "batch_id": batch.json()["id"], "platform_id": "amazon",
        "procedure_id": "a_to_z_response", "number": "1", "key": "0" * 12, "name": "a.png", "hook_id": "none",
    }  # fmt: skip


def filled(path, values):
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda match: values[match[1]], path)


def unsound(client, address):
    """What is wrong with the answer to GET, if anything."""
    answer = client.get(address, follow_redirects=False)
    if answer.status_code >= 500:
        return f"{answer.status_code} {address[:400]}"
    is_problem = answer.headers.get("content-type") == "application/problem+json"
    if answer.status_code >= 400 and address.startswith("/v1/") and not (is_problem and answer.json()["code"]):
        return f"{answer.status_code} without a problem: {address[:400]}"
    return None


def all_sound(client, addresses):
    wrong = [found for address in addresses if (found := unsound(client, address))]
    assert not wrong, "\n".join(wrong)


PRETENDED = ("/packs/{pack_id}", "/packs/{pack_id}/pages/{number}")
"""Pages that show a whole report; the pack of these tests has only the beginning of one."""

COSTLY = ("/form/", "/drafts/{draft_id}")
"""Pages that take so long that a few texts have to do."""


def all_names(text):
    return "&".join(f"{name}={quote(text, safe='')}" for name in NAMES)[:7_900].removesuffix("%").removesuffix("%2")


def test_no_query_is_answered_with_5xx(client, known):
    paths = [path for path in routes(client.app) if not path.endswith("/events") and path not in PRETENDED]
    assert len(paths) > 30
    all_sound(client, queries(paths, known, 12, 4))


def queries(paths, known, costly, cheap):
    """Each path with one text in so many, every path with others."""
    for place, path in enumerate(paths):
        step = costly if path.startswith(COSTLY) else cheap
        yield from (f"{filled(path, known)}?{all_names(text)}" for text in HOSTILE[place % step :: step])


@pytest.mark.long
def test_no_query_of_all_is_answered_with_5xx(client, known):
    paths = [path for path in routes(client.app) if not path.endswith("/events") and path not in PRETENDED]
    all_sound(client, queries(paths, known, 6, 1))


def test_no_single_parameter_is_answered_with_5xx(client, known):
    lists = (
        "/v1/packs",
        "/v1/batches/{batch_id}",
        "/v1/insights",
        "/packs",
        "/batches/{batch_id}",
        "/v1/packs/{pack_id}",
    )
    texts = [quote(text, safe="") for text in ("²", "-1", "9" * 30, "nan", "", "é")]
    asked = [(filled(path, known), name) for path in lists for name in NAMES]
    all_sound(client, [f"{path}?{name}={texts[place % 6]}" for place, (path, name) in enumerate(asked)])
    all_sound(client, [f"{path}?{name}={texts[place // 20 % 6]}" for place, (path, name) in enumerate(asked)])


def paths_of(client, known, step):
    """Each path with one text in so many where an id belongs, every path with others."""
    for place, path in enumerate(path for path in routes(client.app) if "{" in path):
        for text in HOSTILE[place % step :: step]:
            yield filled(path, dict.fromkeys(known, quote(text, safe="") or "%20"))


def test_no_path_is_answered_with_5xx(client, known):
    all_sound(client, paths_of(client, known, 3))


@pytest.mark.long
def test_no_path_of_all_is_answered_with_5xx(client, known):
    all_sound(client, paths_of(client, known, 1))


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_cannot_be_read_is_told_with_a_code(client, known, text):
    file = f"/v1/drafts/{known['draft_id']}/files/{text}"
    paths = (f"/v1/packs/{text}", f"/v1/platforms/{text}?lang=en", f"/form/{text}/x", f"/static/{text}", file)
    for address in (*paths, f"/v1/packs?order_id={text}", f"/packs?order_id={text}", f"/?{text}=1"):
        answer = client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (400, "address-unreadable"), address
    assert client.put(f"/v1/drafts/{known['draft_id']}/files/{text}", content=b"x").status_code == 400
    assert client.delete(f"/v1/packs/{text}").status_code == 400


def test_no_nonsense_in_a_language_is_answered_with_5xx(client):
    all_sound(client, [f"/v1/packs/none?lang={quote(text, safe='')}" for text in HOSTILE])
    for text in HOSTILE:
        answer = client.get(
            "/", headers={"cookie": f"language={quote(text, safe='')}", "accept-language": quote(text, safe="")}
        )
        assert answer.status_code < 500, text
