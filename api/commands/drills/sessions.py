"""Drills of sessions: cookies that are made up, used again or stolen by another page."""

import hashlib
import hmac
import re
import time
from collections.abc import Iterable
from urllib.parse import urlencode

from api.commands.attack.broken import Broken
from api.commands.attack.drill import Drill
from api.commands.attack.target import KEYED, AttackTarget, Caller
from api.commands.attack.wire import JSON, Reply

_LIST = "/v1/packs"
_TYPED = ("content-type", "application/x-www-form-urlencoded")
_TOKEN = re.compile(rb'name="csrf"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="csrf"')


def _cookie(reply: Reply) -> str:
    found = re.search(r"session=([^;]*)", reply.headers.get("set-cookie", ""))
    if found is None:
        raise Broken("no-session", asked=reply.asked, got=str(reply.status))
    return found[1].strip('"')


def _signed_in(target: AttackTarget, tenant: str) -> str:
    body = urlencode({"key": target.keys[tenant]}).encode()
    return _cookie(target.ask("POST", "/sign-in", headers=[_TYPED], body=body, by=KEYED).among(303))


def _with(cookie: str) -> tuple[str, str]:
    return ("cookie", f"session={cookie}")


def _refused(target: AttackTarget, cookies: Iterable[str]) -> None:
    for place, cookie in enumerate(cookies):
        reply = target.ask("GET", _LIST, headers=[_with(cookie)], by=Caller(keyed=True, source="127.0.0.70"))
        reply.about(f"cookie {place}").among(400, 401, 403, 429)


def _forged(target: AttackTarget) -> None:
    """Whatever is changed in a cookie, and whatever is signed with a secret that anybody would try, opens nothing."""
    good, other = _signed_in(target, "first"), _signed_in(target, "second")
    target.ask("GET", _LIST, headers=[_with(good)], by=KEYED).among(200)
    text, _, signature = good.rpartition(".")
    content, _, since = text.rpartition(".")
    later = f"second.{int(time.time()) + 3600}.0011223344556677"
    guessed = [
        hmac.new(key, later.encode(), hashlib.sha256).hexdigest() for key in (b"", b"secret", bytes(32), b"session.key")
    ]
    changed = [f"{sign}{good[1:]}" for sign in "eXa0" if sign != good[0]]
    mixed = [
        f"{other.rpartition('.')[0]}.{signature}",
        f"{other.rsplit('.', 2)[0]}.{since}.{signature}",
        f"{content}.{since[::-1]}.{signature}",
        f"{text}.",
        text,
        f"{text}.{signature[:-2]}",
        f"{text}.{signature[::-1]}",
        f"{text}.{signature.swapcase()}",
    ]
    _refused(target, (*changed, *mixed, *(f"{later}.{one}" for one in guessed)))


def _signed_out(target: AttackTarget) -> None:
    """What a thief copied ends with the session."""
    cookie = _signed_in(target, "first")
    page = target.ask("GET", "/", headers=[_with(cookie)], by=KEYED).among(200)
    token = _TOKEN.search(page.body)
    if token is None:
        raise Broken("no-session", asked=page.asked, got="no token")
    value = (token[1] or token[2]).decode()
    target.ask(
        "POST", "/sign-out", headers=[_with(cookie), _TYPED], body=urlencode({"csrf": value}).encode(), by=KEYED
    ).among(303)
    _refused(target, (cookie,))


def _revoked(target: AttackTarget) -> None:
    """Who signed in with a key is out when the key is revoked."""
    inside = target.inside
    key = inside.add_key("drill")
    inside.add_key("other")
    reply = inside.ask("POST", "/sign-in", [_TYPED], urlencode({"key": key}).encode())
    cookie = _cookie(reply)
    inside.ask("GET", _LIST, [_with(cookie)]).among(200)
    inside.revoke_all()
    inside.ask("GET", _LIST, [_with(cookie)]).among(401, 403)


def _without_token(target: AttackTarget) -> None:
    cookie = _signed_in(target, "first")
    for method, path in (
        ("POST", "/v1/drafts"), ("POST", "/v1/webhooks"), ("DELETE", "/v1/packs/01m8p127f8p0axyscd8e1pv47b"),
        ("POST", "/sign-out"),
    ):  # fmt: skip
        for token in ([], [("x-csrf-token", "0" * 40)], [("x-csrf-token", "签".encode())]):
            lines = [_with(cookie), JSON if path.startswith("/v1/") else _TYPED, *token]
            target.ask(method, path, headers=lines, body=b"{}", by=KEYED).among(400, 403)
    target.ask("GET", _LIST, headers=[_with(cookie)], by=KEYED).among(200)


def _other_pages(target: AttackTarget) -> None:
    cookie = _signed_in(target, "first")
    foreign: tuple[tuple[str, str], ...] = (
        ("origin", "https://evil.example"), ("origin", "null"), ("origin", f"http://127.0.0.1:{target.open.port + 1}"),
        ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"),
    )  # fmt: skip
    for line in foreign:
        for method, path in (("POST", "/v1/drafts"), ("POST", "/v1/webhooks"), ("GET", _LIST)):
            target.ask(method, path, headers=[line, JSON], body=b"{}").among(403)
            target.ask(method, path, headers=[line, JSON, _with(cookie)], body=b"{}", by=KEYED).among(403)


DRILLS = (
    Drill(name="forged-session", attempt=_forged),
    Drill(name="signed-out-session", attempt=_signed_out),
    Drill(name="session-of-revoked-key", attempt=_revoked),
    Drill(name="session-without-token", attempt=_without_token),
    Drill(name="foreign-pages", attempt=_other_pages),
)
