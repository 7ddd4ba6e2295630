"""HTTP/1.1 as it comes in: read strictly, with a clock for the headers, and every refusal in the shape of the others.

The server's own protocol takes line ends and framings on which two readers may differ (RFC 9112, 6.3, 11.2), waits for headers
without end and counts half-sent requests as full ones; here each of these is refused with a code.
"""

import asyncio
import re
import secrets
import sys
from collections.abc import Mapping
from typing import Any

import h11
from h11._receivebuffer import ReceiveBuffer
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT, FlowControl
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from api.request.connections import Connections, Phase
from api.request.language import choose
from api.request.problems import MEDIA_TYPE, Problem, describe
from casefile.errors import EvidencePackerError, RequestFault
from casefile.wording import Catalogs

_LINE_ENDS = re.compile(rb"(?<!\r)\n|\r(?!\n)|\n[ \t]")
"""A bare line feed, a bare carriage return, or a header folded over two lines (RFC 9112, 2.2 and 5.2)."""

_SLICE = 2048
"""So much of a chunked body is taken at once: chunks of one byte cost the loop a hundred times what bytes cost."""

_NEVER_KEPT = {"x-content-type-options": "nosniff", "cache-control": "no-store", "connection": "close"}


class _StrictBuffer(ReceiveBuffer):
    """Bytes that came in; a head whose lines do not end as they must is refused."""

    def maybe_extract_lines(self) -> list[bytearray] | None:
        before = bytes(self)
        lines = super().maybe_extract_lines()
        if lines is not None and _LINE_ENDS.search(before[: len(before) - len(self)]):
            raise h11.LocalProtocolError("line ends")
        return lines


class _StrictConnection(h11.Connection):
    """The stock reader without what may be read in two ways."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__(h11.SERVER, most_bytes)
        self._receive_buffer = _StrictBuffer()

    def next_event(self) -> Any:  # noqa: ANN401  # as the stock one
        event = super().next_event()
        if isinstance(event, h11.Request):
            names = {name for name, _ in event.headers}
            framed_twice = {b"content-length", b"transfer-encoding"} <= names
            if framed_twice or (b"transfer-encoding" in names and event.http_version < b"1.1"):
                raise h11.RemoteProtocolError("two framings")
        return event

    @property
    def waiting_bytes(self) -> int:
        """How many bytes came in that are not read yet."""
        return len(self._receive_buffer)


class _Flow(FlowControl):
    """Reading stays paused while there is something that is not taken yet, whoever asks for more."""

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__(transport)
        self.behind = False

    def resume_reading(self) -> None:
        if not self.behind:
            super().resume_reading()


class Wire(H11Protocol):
    """One connection. ``connections`` is shared by all of a server; ``catalogs`` hold the words of refusals."""

    conn: _StrictConnection
    flow: _Flow

    def __init__(self, *arguments: Any, connections: Connections, catalogs: Catalogs, **named: Any) -> None:  # noqa: ANN401  # as the stock one
        super().__init__(*arguments, **named)
        self.conn = _StrictConnection(self.config.h11_max_incomplete_event_size or 16_384)
        self._peer = self.address = ""
        self._inner: ASGIApp = self.app
        self.app = self._admitted
        self._connections = connections
        self._catalogs = catalogs
        self._clock: asyncio.TimerHandle | None = None
        self._backlog = bytearray()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the stock one
        """Count it; its first request has to be there in time."""
        super().connection_made(transport)
        self.flow = _Flow(transport)
        self._peer = self.address = self.client[0] if self.client else ""
        self._start_clock()
        self._connections.note(self, "idle")

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stop_clock()
        self._connections.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came in; of a chunked body a piece at a time, the others' turn in between."""
        self._unset_keepalive_if_required()
        self._backlog += data
        if len(self._backlog) == len(data):
            self._take()

    def _take(self) -> None:
        if self.transport.is_closing():
            self._backlog.clear()
            return
        size = _SLICE if self._in_chunks() else len(self._backlog)
        data = bytes(self._backlog[:size])
        del self._backlog[:size]
        super().data_received(data)
        self._note()
        if self._backlog:
            self.flow.behind = True
            self.flow.pause_reading()
            self.loop.call_soon(self._take)
        elif self.flow.behind:
            self.flow.behind = False
            if not self._full():
                self.flow.resume_reading()

    def _full(self) -> bool:
        """Whether the one who answers has to take something first."""
        next_one_waits = self.conn.their_state is h11.DONE and self.conn.waiting_bytes > 0
        return next_one_waits or (self.cycle is not None and len(self.cycle.body) > HIGH_WATER_LIMIT)

    def _in_chunks(self) -> bool:
        """Whether what comes next may be a chunked body, or a head before one."""
        return self.conn.their_state is not h11.SEND_BODY or type(self.conn._reader).__name__ == "ChunkedReader"  # noqa: SLF001  # nowhere else said

    def on_response_complete(self) -> None:
        """The next request may come."""
        super().on_response_complete()
        self._note()

    def _phase(self) -> Phase:
        if self.cycle is not None and not self.cycle.response_complete:
            return "served"
        return "opening" if self.conn.waiting_bytes else "idle"

    def _note(self) -> None:
        if self.transport.is_closing():
            return
        phase = self._phase()
        if phase == "opening":
            self._start_clock()
        elif phase == "served":
            self._stop_clock()
        proxies = self._connections.limits.proxies
        self.address = proxies.caller(self._peer, self.scope["headers"]) if phase == "served" else self._peer
        self._connections.note(self, phase)

    def _start_clock(self) -> None:
        if self._clock is None:
            self._clock = self.loop.call_later(self._connections.limits.header_seconds, self.give_up)

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def give_up(self) -> None:
        """End a connection whose request did not come in time."""
        self._stop_clock()
        if self.conn.waiting_bytes:
            self._refuse(RequestFault("headers-too-slow", status=408))
        else:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  # says less than the error
        """Refuse what is no request; called where the reader has just said why."""
        hint = getattr(sys.exc_info()[1], "error_status_hint", 400)
        code, status = _MALFORMED.get(hint, ("request-malformed", 400))
        self._refuse(RequestFault(code, status=status))

    def _refuse(self, fault: EvidencePackerError) -> None:
        """The last answer on this connection, if one can still be given."""
        self._stop_clock()
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            problem = describe(fault, self._catalogs.of("en"))
            reply = _reply(problem, secrets.token_hex(8))
            headers = [*self.server_state.default_headers, *reply.raw_headers]
            status = reply.status_code
            head = h11.Response(status_code=status, headers=headers, reason=STATUS_PHRASES[status])
            events = (head, h11.Data(data=bytes(reply.body)), h11.EndOfMessage())
            self.transport.write(b"".join(self.conn.send(event) or b"" for event in events))
        self.transport.close()

    async def _admitted(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a whole request on as its caller's, unless too many are being answered."""
        proxies = self._connections.limits.proxies
        if proxies.known and self._peer:
            scope["scheme"] = proxies.scheme(self._peer, scope["headers"], scope["scheme"])
            caller = proxies.caller(self._peer, scope["headers"])
            scope["client"] = scope["client"] if caller == self._peer else (caller, 0)
        fault = self._connections.refusal(self, scope["path"])
        if fault is None:
            await self._inner(scope, receive, send)
            return
        headers = Headers(scope=scope)
        catalog = choose(self._catalogs, None, headers.get("accept-language"))
        await _reply(describe(fault, catalog), secrets.token_hex(8))(scope, receive, send)


_MALFORMED: Mapping[int, tuple[str, int]] = {431: ("headers-too-large", 431), 501: ("coding-unknown", 400)}
"""Code and status by what the reader proposes; a coding that is not known is the sender's fault, and no 5xx."""


def _reply(problem: Problem, request_id: str) -> Response:
    headers = {**_NEVER_KEPT, "x-request-id": request_id}
    if problem.retry_after is not None:
        headers["retry-after"] = str(problem.retry_after)
    text = problem.answer(instance="", request_id=request_id).to_json()
    return Response(text, status_code=problem.status, headers=headers, media_type=MEDIA_TYPE)
