"""The wire under attack: costly bodies, half-sent requests, framings that read in two ways, hostile addresses."""

import concurrent.futures
import contextlib
import http.client
import json
import re
import socket
import subprocess
import sys
import time
import typing
from pathlib import Path

import pytest
from pydantic import BaseModel

from api.request import bodies
from api.request.address import MAX_PATH, MAX_QUERY
from api.request.multipart import FormLimits
from api.request.readers import case as read_case
from casefile import limits
from casefile.case import Case
from casefile.errors import RequestFault
from casefile.limits import MAX_ENTRIES, MAX_FAULTS, MAX_VALUES

ROOT = Path(__file__).resolve().parents[2]
OTHER = "127.0.0.2"
"""An address of this machine that the service under test counts."""

SERVICE = """
import asyncio, json, sys, time
sys.path[:0] = [sys.argv[3], sys.argv[4]]
from pathlib import Path
import uvicorn
from fake_trade import TRADE
from api.app import create_app
from api.serving import _listen, config_of
from api.settings import Settings

class Watched:
    '''The application, with the longest turn of its loop (processor time of the loop's own thread) told at /turn.'''

    def __init__(self, app):
        self.app, self.state, self.longest = app, app.state, 0.0

    async def watch(self):
        while True:
            before = time.thread_time()
            await asyncio.sleep(0)
            self.longest = max(self.longest, time.thread_time() - before)
            await asyncio.sleep(0.002)

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and scope["path"] == "/turn":
            self.task = getattr(self, "task", None) or asyncio.create_task(self.watch())
            told, self.longest = json.dumps([self.longest, time.process_time()]).encode(), 0.0
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(told))]})
            await send({"type": "http.response.body", "body": told})
            return
        await self.app(scope, receive, send)

if __name__ == "__main__":
    settings = Settings(data=Path(sys.argv[1]), port=int(sys.argv[2]), workers=1, engine="direct", header_seconds=2.0,
                        requests_per_address=40, exempt_addresses="127.0.0.1", read_idle_seconds=2.0)
    server = uvicorn.Server(config_of(Watched(create_app(settings, TRADE)), settings))
    server.run(sockets=[_listen(settings)])
"""


class Service:
    """A service of its own process, on a port of its own."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        script = folder / "service.py"
        script.write_text(SERVICE)
        command = [sys.executable, script, folder / "data", self.port, ROOT, ROOT / "tests" / "jobs"]
        self.process = subprocess.Popen([str(part) for part in command])
        end = time.monotonic() + 120
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                if self.ask("GET", "/readyz")[0] == 200:
                    return
            time.sleep(0.1)
        self.process.kill()
        raise AssertionError("the service did not start")

    def ask(self, method, path, body=None, headers=None, source="127.0.0.1"):
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(source, 0))
        try:
            wire.request(method, path, body, headers or {})
            answer = wire.getresponse()
            return answer.status, answer.read()
        finally:
            wire.close()

    def open(self, data=b"", source="127.0.0.1"):
        wire = socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(source, 0))
        wire.sendall(data)
        return wire

    def raw(self, data, source="127.0.0.1"):
        """Everything that is answered until the service closes."""
        with self.open(data, source) as wire:
            answer = b""
            with contextlib.suppress(ConnectionResetError):
                while chunk := wire.recv(65536):
                    answer += chunk
        return answer


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    found = Service(tmp_path_factory.mktemp("wire"))
    yield found
    found.process.terminate()
    found.process.wait(60)


def _many(text, count):
    return b"[" + b",".join([text] * count) + b"]"


WORST = {
    "deep lists": b'{"extra":' + b"[" * 400_000 + b"]" * 400_000 + b"}",
    "deep objects": b'{"a":' * 150_000 + b"1" + b"}" * 150_000,
    "entries": b'{"files":' + _many(b"{}", 250_000) + b"}",
    "union errors": b'{"contacts":' + _many(b'{"text":[1],"at":2}', 40_000) + b"}",
    "texts that are none": b'{"account":{"linked":' + _many(b"1", 400_000) + b"}}",
    "small lists of small lists": b'{"orders":' + _many(b'{"files":' + _many(b"1", 300) + b"}", 900) + b"}",
    "names": b"{" + b",".join(b'"n%d":1' % n for n in range(80_000)) + b"}",
    "one name": b"{" + b",".join([b'"n":1'] * 150_000) + b"}",
    "digits": b'{"extra":{"n":' + b"9" * 900_000 + b"}}",
    "digits behind the point": b'{"extra":{"n":0.' + b"1" * 900_000 + b"}}",
    "long numbers": b'{"extra":' + _many(b"9" * 4_000, 220) + b"}",
    "huge numbers": b'{"extra":' + _many(b"1e999", 150_000) + b"}",
    "no numbers": b'{"extra":' + _many(b"NaN", 200_000) + b"}",
    "half characters": b'{"extra":' + _many(rb'"\ud800"', 90_000) + b"}",
}


@pytest.mark.parametrize("name", WORST)
def test_a_body_of_nonsense_is_refused_with_few_faults(name):
    assert len(WORST[name]) < 1_000_000
    before = time.process_time()
    with pytest.raises(RequestFault) as refused:
        read_case(WORST[name])
    assert refused.value.status in {400, 413, 422}
    assert 1 <= len(refused.value.faults) <= MAX_FAULTS
    assert time.process_time() - before < 4


def list_limits(model):
    """Every list of a model by its pointer (``/parcels/*/items``) with the most entries it may have."""
    return dict(_lists(model, ""))


def _lists(model, path):
    for name, field in model.model_fields.items():
        pointer = f"{path}/{field.alias or name}"
        lengths = [length for mark in field.metadata if (length := getattr(mark, "max_length", None)) is not None]
        for inner, is_list in _kinds(field.annotation):
            if is_list:
                yield pointer, min([MAX_ENTRIES, *lengths])
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from _lists(inner, f"{pointer}/*" if is_list else pointer)


def _kinds(annotation):
    """The types inside an annotation, and whether they stand in a list."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is tuple and inner[1:] == (Ellipsis,):
        yield _bare(inner[0]), True
    elif origin is not None and origin is not typing.Literal:
        for one in inner:
            yield from _kinds(one)
    else:
        yield annotation, False


def _bare(annotation):
    return typing.get_args(annotation)[0] if typing.get_origin(annotation) is typing.Annotated else annotation


def test_lists_are_capped_before_anything_is_validated():
    caps = list_limits(Case)
    assert (caps["/files"], caps["/parcels/*/items"]) == (200, MAX_ENTRIES)
    assert max(caps.values()) <= MAX_ENTRIES < MAX_VALUES
    for count, code in ((MAX_ENTRIES, None), (MAX_ENTRIES + 1, "list-too-long")):
        with pytest.raises(RequestFault) as refused:
            read_case(b'{"contacts":' + _many(b"{}", count) + b"}")
        found = {(fault.pointer, fault.code) for fault in refused.value.faults}
        assert (("/contacts", code) in found) == (code is not None)
        assert (("/platform", "field-missing") in found) == (code is None)
    with pytest.raises(RequestFault) as refused:
        read_case(b'{"platform":"x","procedure":"y","files":' + _many(b'{"name":"a"}', 201) + b"}")
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [("/files", "list-too-long")]


@pytest.mark.parametrize("value", ["1e999999999", "-1e999999999", "1e-999999999", "9" * 5_000, "0." + "1" * 5_000])
def test_no_number_is_longer_than_a_letter_can_print(value):
    sent = {"platform": "x", "procedure": "y", "metric": {"name": "odr", "value": value, "target": value}}
    with pytest.raises(RequestFault) as refused:
        read_case(json.dumps(sent).encode())
    assert {fault.pointer for fault in refused.value.faults} == {"/metric/value", "/metric/target"}
    money = {"amount": value, "currency": "USD"}
    with pytest.raises(RequestFault):
        read_case(json.dumps({**sent, "metric": None, "order": {"total": money}}).encode())


def test_the_published_limits_are_the_ones_in_force():
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").partition("## Limits of a request")[2]
    for value in (
        limits.MAX_BYTES,
        MAX_ENTRIES,
        MAX_VALUES,
        limits.MAX_TEXT,
        MAX_PATH,
        MAX_QUERY,
        bodies.SMALL_BYTES,
        bodies.SMALL_SIGNS,
    ):
        assert f"{value:,}" in page
    for value in (limits.MAX_DEPTH, limits.MAX_DIGITS, limits.MAX_FILES, MAX_FAULTS, FormLimits().fields):
        assert re.search(rf"\b{value}\b", page), value
    assert FormLimits().fields_bytes == 4_000_000


def _form(**parts):
    lines = [
        b'--xx\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), data)
        for name, data in parts.items()
    ]
    return b"".join(lines) + b"--xx--\r\n", {"content-type": "multipart/form-data; boundary=xx"}


def _doors(body):
    """The ways by which a body comes in: method, path, content, headers."""
    kind = {"content-type": "application/json"}
    yield "POST", "/v1/packs", *_form(case=body)
    yield "POST", "/v1/checks", *_form(case=body)
    yield "POST", "/v1/letters", body, kind
    yield "POST", "/v1/drafts", b'{"case":' + body + b"}", kind
    yield "POST", "/v1/webhooks", body, kind


def _others():
    yield "POST", "/mail", b"mail=" + b"%41" * 330_000, {"content-type": "application/x-www-form-urlencoded"}
    yield "POST", "/mail", b"&".join(b"a%d=%%" % n for n in range(100_000)), {}
    yield "POST", "/v1/packs", *_form(case=b"\r\n--x" * 190_000)
    yield "POST", "/v1/packs", *_form(**{f"n{n}": b"-" * 9_000 for n in range(399)})
    many = {f"/parcels/{n}/tracking_number": b"," * 900 for n in range(390)}
    yield "POST", "/form/amazon/a_to_z_response", *_form(**many)


def test_the_loop_goes_on_while_twenty_clients_send_the_worst(service):
    asked = [door for body in WORST.values() for door in _doors(body)] + list(_others())
    service.ask("GET", "/turn")
    _, cpu = json.loads(service.ask("GET", "/turn")[1])
    with concurrent.futures.ThreadPoolExecutor(20) as clients:
        answers = list(clients.map(lambda door: service.ask(*door), asked))
    longest, after = json.loads(service.ask("GET", "/turn")[1])
    for (method, path, *_), (status, text) in zip(asked, answers, strict=True):
        assert status < 500, (method, path, status, text[:300])
        if path.startswith("/v1/") and status >= 400:
            assert len(json.loads(text)["errors"]) <= MAX_FAULTS
    assert longest < 0.2, f"one turn of the loop took {longest:.3f} s of the processor"
    assert (after - cpu) / len(asked) < 0.25, "bodies are read in the process that serves"


def test_chunks_of_one_byte_do_not_hold_the_loop(service):
    head = b"POST /v1/letters HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    body = b"1\r\n \r\n" * 20_000 + b"2\r\n{}\r\n0\r\n\r\n"
    service.ask("GET", "/turn")
    with concurrent.futures.ThreadPoolExecutor(4) as clients:
        answers = list(clients.map(service.raw, [head + body] * 4))
    longest, _ = json.loads(service.ask("GET", "/turn")[1])
    assert [answer[:12] for answer in answers] == [b"HTTP/1.1 422"] * 4
    assert longest < 0.2


HALF = b"GET /v1/packs HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


@pytest.mark.parametrize("source", ["127.0.0.1", OTHER])
def test_half_sent_requests_take_nobody_elses_place(service, source):
    held = [service.open(HALF, source) for _ in range(650)]
    try:
        assert service.ask("GET", "/healthz", source=source)[0] == 200
        assert service.ask("GET", "/v1/packs", source=source)[0] == 200
        assert service.ask("POST", "/v1/letters", b"{}", source=source)[0] == 422
        end = time.monotonic() + 15
        for wire in held:
            wire.settimeout(max(0.1, end - time.monotonic()))
            answer = wire.recv(65536)
            assert answer.startswith(b"HTTP/1.1 408 ")
            assert b"headers-too-slow" in answer
    finally:
        for wire in held:
            wire.close()


def test_silent_connections_are_closed_and_slow_headers_are_told(service):
    with service.open() as silent, service.open(b"GET /healthz HTTP/1.1\r\nHost:") as slow:
        start = time.monotonic()
        assert silent.recv(10) == b""
        assert b"headers-too-slow" in slow.recv(65536)
        assert time.monotonic() - start < 120


def test_one_address_may_have_so_many_requests_open_and_health_is_told_all_the_same(service):
    waiting = b"POST /v1/letters HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\n"
    held = [service.open(waiting, OTHER) for _ in range(41)]
    try:
        answer = next(text for wire in reversed(held) if (text := wire.recv(65536)))
        assert answer.startswith((b"HTTP/1.1 429 ", b"HTTP/1.1 408 "))
        assert service.ask("GET", "/healthz", source=OTHER)[0] == 200
        assert service.ask("GET", "/v1/packs")[0] == 200
    finally:
        for wire in held:
            wire.close()


POST = b"POST /v1/letters HTTP/1.1\r\nHost: 127.0.0.1\r\n"
TWO_WAYS = {
    "two framings": POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345",
    "two lengths in one": POST + b"Content-Length: 5, 6\r\n\r\n12345",
    "signed length": POST + b"Content-Length: +5\r\n\r\n12345",
    "length in hexadecimal": POST + b"Content-Length: 0x5\r\n\r\n12345",
    "coding twice": POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "unknown coding": POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "chunks in HTTP/1.0": POST.replace(b"1.1", b"1.0") + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "bare line feed": b"GET /healthz HTTP/1.1\nHost: 127.0.0.1\n\n",
    "one bare line feed": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\nX-A: b\r\n\r\n",
    "bare carriage return": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\rc\r\n\r\n",
    "folded header": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\r\n c\r\n\r\n",
    "blank before colon": b"GET /healthz HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n",
    "two hosts": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\n\r\n",
    "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
    "NUL in a header": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\x00c\r\n\r\n",
    "raw bytes in the target": b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "no version": b"GET /healthz\r\nHost: 127.0.0.1\r\n\r\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "chunk without a number": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("name", TWO_WAYS)
def test_what_two_readers_may_read_in_two_ways_is_refused(service, name):
    head, _, text = service.raw(TWO_WAYS[name]).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 "), head
    assert b"application/problem+json" in head
    assert json.loads(text)["status"] == 400
    assert json.loads(text)["code"]


ODD_HEADERS = (
    b"Accept", b"Accept-Language", b"Cookie", b"Authorization", b"X-API-Key", b"X-CSRF-Token", b"Prefer", b"Idempotency-Key",
    b"If-None-Match", b"Range", b"If-Range", b"Content-Type", b"traceparent", b"X-Request-Id", b"Last-Event-ID",
)  # fmt: skip


def test_what_is_sound_is_taken(service):
    close = b"Connection: close\r\n"
    assert service.raw(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n" + close + b"\r\n").startswith(b"HTTP/1.1 200 ")
    assert service.raw(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n").startswith(b"HTTP/1.1 200 ")
    two = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    assert service.raw(two * 3 + two[:-2] + close + b"\r\n").count(b"HTTP/1.1 200 ") == 4
    whole = POST + close + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
    assert b'"case-invalid"' in service.raw(whole)
    odd = b"GET /v1/platforms HTTP/1.1\r\nHost: 127.0.0.1\r\n" + close
    for name in ODD_HEADERS:
        for value in (b"\xff\xfe\xb2", "标志²".encode(), b"session=\xe9; language=\xb2"):
            answer = service.raw(odd + name + b": " + value + b"\r\n\r\n")
            assert answer[9:10] in {b"2", b"4"}, (name, value, answer[:200])


def test_headers_without_end_are_refused(service):
    head, _, text = service.raw(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: " + b"a" * 40_000).partition(
        b"\r\n\r\n"
    )
    assert head.startswith(b"HTTP/1.1 431 ")
    assert json.loads(text)["code"] == "headers-too-large"


@pytest.mark.parametrize("method", ["BREW", "TRACE", "PROPFIND", "DELETE", "get"])
@pytest.mark.parametrize("path", ["/healthz", "/v1/platforms", "/static/icon.svg", "/packs"])
def test_a_method_that_is_not_there_is_told_in_the_usual_shape(service, method, path):
    head, _, text = service.raw(
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
    ).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 405 ")
    assert b"application/problem+json" in head
    assert json.loads(text)["code"] == "method-not-allowed"


def test_long_addresses_are_refused(service):
    for address, status in (
        ("/" + "a" * MAX_PATH, 414),
        ("/v1/packs?a=" + "b" * MAX_QUERY, 414),
        ("/" + "a" * 1_000, 404),
    ):
        assert service.ask("GET", address)[0] == status
