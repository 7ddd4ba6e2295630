"""Drills of the wire: connections that stay half open, bodies that lie about their end, signs that no address may hold."""

import contextlib
import json
import socket
import time

from api.commands.attack.broken import Broken
from api.commands.attack.drill import Drill
from api.commands.attack.target import AttackTarget
from api.commands.attack.wire import FORM, LOOPBACK, exchange, multipart, statuses, written

_HALF_OPEN = 200
_MOST_SECONDS = 1.5
_WATCHED_SECONDS = 2.0


def _half_open(target: AttackTarget) -> None:
    with contextlib.ExitStack() as lines:

        def hold() -> None:
            for number in range(_HALF_OPEN):
                line = lines.enter_context(socket.create_connection((LOOPBACK, target.open.port), 5))
                head = b"POST /v1/packs HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: " if number % 2 else b"G"
                with contextlib.suppress(OSError):
                    line.sendall(head)
            time.sleep(_WATCHED_SECONDS)

        target.alive_while(hold, _MOST_SECONDS)


_SECOND = b"GET /version HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
_CHUNKED = ("transfer-encoding", "chunked")
_FRAMINGS: tuple[tuple[str, list[tuple[str, str]], bytes], ...] = (
    ("length and chunks", [("content-length", "4"), _CHUNKED], b"0\r\n\r\n" + _SECOND),
    ("chunks and length", [_CHUNKED, ("content-length", str(5 + len(_SECOND)))], b"0\r\n\r\n" + _SECOND),
    ("two lengths", [("content-length", "0"), ("content-length", str(len(_SECOND)))], _SECOND),
    ("a list of lengths", [("content-length", f"0, {len(_SECOND)}")], _SECOND),
    ("a signed length", [("content-length", "+0")], _SECOND),
    ("a negative length", [("content-length", "-1")], _SECOND),
    ("an odd coding", [("transfer-encoding", "xchunked")], b"0\r\n\r\n" + _SECOND),
    ("chunks twice", [_CHUNKED, ("transfer-encoding", "identity")], b"0\r\n\r\n" + _SECOND),
    ("a blank before the colon", [("content-length ", "0")], _SECOND),
    ("a chunk without a size", [_CHUNKED], b"zz\r\n\r\n" + _SECOND),
)


def _double_framing(target: AttackTarget) -> None:
    """A request whose end two readers would see in two places is refused, and what hides behind it is never answered."""
    for name, lines, body in _FRAMINGS:
        head = [("host", f"{LOOPBACK}:{target.open.port}"), *lines]
        answer = exchange(target.open.port, written("GET", "/version", head, body), cut=True)
        got = statuses(answer)
        if len(got) > 1 or any(status < 400 or status >= 500 for status in got):
            raise Broken("answered", asked=f"GET /version ({name})", expected="400", got=" ".join(map(str, got)))


def _nul(target: AttackTarget) -> None:
    paths = (
        "/v1/packs/%00", "/v1/packs/a%00b/archive", "/v1/packs?order_id=%00", "/v1/packs?cursor=%00", "/v1/packs?limit=%00",
        "/static/%00", "/static/a%00.js", "/v1/platforms/%00", "/v1/drafts/%00/files/%00", "/v1/batches/%00/sheet",
        "/v1/webhooks/%00", "/packs/%00", "/?lang=%00", "/v1/insights?platform=%00", "/%00", "/v1/sentences?kind=%00",
        "/v1/packs/%ff%fe", "/v1/packs?order_id=%ff", "/v1/packs/%ed%a0%80", "/v1/packs?order_id=%ed%a0%80",
    )  # fmt: skip
    for path in paths:
        target.ask("GET", path).among(200, 303, 307, 400, 404, 405, 422)
    raw = written("GET", b"/v1/packs/\0", [("host", f"{LOOPBACK}:{target.open.port}")], b"")
    if any(status < 400 or status >= 500 for status in statuses(exchange(target.open.port, raw, cut=True))):
        raise Broken("answered", asked="GET /v1/packs/<NUL>", expected="400", got="2xx / 5xx")


def _cut(target: AttackTarget) -> None:
    """A body that ends too early is no success, wherever it is cut, and leaves nothing."""
    case = target.case(1).json
    kept = f"/v1/packs?order_id={case['order']['id']}"
    parts = [("case", None, json.dumps(case).encode()), ("files", "a.txt", b"text " * 200)]
    whole = multipart(parts)
    for body in (multipart(parts, end=b""), whole[: len(whole) // 2], whole[:-4], b"--drill\r\n", b""):
        target.ask("POST", "/v1/packs", headers=[FORM, ("content-length", str(len(body)))], body=body).among(400)
    lines = [("host", f"{LOOPBACK}:{target.open.port}"), FORM, ("content-length", str(len(whole)))]
    exchange(target.open.port, written("POST", "/v1/packs", lines, whole[:-20]), cut=True)
    if items := target.ask("GET", kept).among(200).json["items"]:
        raise Broken("kept", count=len(items))


DRILLS = (
    Drill(name="half-open", attempt=_half_open, stage="alone"),
    Drill(name="double-framing", attempt=_double_framing),
    Drill(name="nul", attempt=_nul),
    Drill(name="cut-upload", attempt=_cut),
)
