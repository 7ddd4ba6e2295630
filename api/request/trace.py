"""The outermost ring of every request: its id, the gate, security headers, one log line, and no answer without a shape.

Logs hold method, route, status and time; never an address with its query, a name or a text.
"""

import functools
import re
import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.request.address import check_address
from api.request.gate import Gate, Knock
from casefile.care import log_failure

if TYPE_CHECKING:
    from opentelemetry.trace import Span

    from jobs.traces import Traces

log = structlog.get_logger("http")

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_TRACE_PARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "vary": "Accept, Accept-Language",
}
"""Set where the answer does not set its own."""

Answer = Callable[[Scope, BaseException], Response]
Record = Callable[[str, int, float], None]
Allowance = Callable[[str], tuple[int, int]]
"""Of a tenant: how many jobs may wait, and how many more would find a place."""


class Trace:
    """ASGI middleware; ``answer`` turns an error into a response, ``record`` hears of every answer: route, status, seconds.

    ``request.state.trace`` names the trace that what is accepted here belongs to.
    """

    def __init__(  # what is asked, and what is told
        self, app: ASGIApp, *, gate: Gate, answer: Answer, record: Record, allowance: Allowance,
        traces: "Traces | None" = None,
    ) -> None:  # fmt: skip
        self._app = app
        self._allowance = allowance
        self._traces = traces
        self._gate = gate
        self._answer = answer
        self._told = record

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an HTTP request on; anything else as it is."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        asked = headers.get("x-request-id", "")
        request_id = asked if _REQUEST_ID.fullmatch(asked) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        start, seen = time.perf_counter(), _Seen(send, request_id, functools.partial(self._limits, scope))
        span = self._begin(scope, headers)
        structlog.contextvars.bind_contextvars(request_id=request_id, **_trace_of(scope["state"]["trace"]))
        try:
            check_address(scope)
            admitted = await self._gate.admit(Knock.of(scope))
            scope["state"] |= {"admitted": admitted, "tenant": admitted.tenant, "session": admitted.session}
            await self._app(scope, receive, seen)
        except Exception as error:  # nothing may leave without an answer
            if seen.status:
                raise
            response = self._answer(scope, error)
            if response.status_code >= 500:
                log_failure("request-failed", error)
            await response(scope, receive, seen)
        finally:
            self._record(scope, seen.status, time.perf_counter() - start)
            if self._traces is not None and span is not None:
                self._traces.answered(span, route_of(scope), seen.status)
            structlog.contextvars.clear_contextvars()

    def _limits(self, scope: Scope) -> dict[str, str]:
        """How much more may be asked for, with every answer to something that makes work (draft-ietf-httpapi-ratelimit-headers)."""
        tenant = scope["state"].get("tenant")
        if scope["method"] != "POST" or not scope["path"].startswith("/v1/") or tenant is None:
            return {}
        most, left = self._allowance(tenant)
        return {"ratelimit-policy": f'"queue";q={most}', "ratelimit": f'"queue";r={left}'}

    def _begin(self, scope: Scope, headers: Headers) -> "Span | None":
        caller = headers.get("traceparent", "")
        scope["state"]["trace"] = caller if _TRACE_PARENT.fullmatch(caller) else ""
        if self._traces is None:
            return None
        span = self._traces.request(scope["method"], caller)
        scope["state"]["trace"] = self._traces.name(span)
        return span

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_of(scope)
        self._told(route, status, seconds)
        tenant = scope["state"].get("tenant", "")
        log.info(
            "request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1), tenant=tenant
        )


def _trace_of(name: str) -> dict[str, str]:
    """The trace a request belongs to (W3C Trace Context), so that its log lines are found beside those of its caller."""
    match = _TRACE_PARENT.fullmatch(name)
    return {"trace_id": match[1]} if match else {}


class _Seen:
    """Sends on, adds the headers, remembers the status."""

    def __init__(self, send: Send, request_id: str, limits: Callable[[], dict[str, str]]) -> None:
        self._send = send
        self._limits = limits
        self._request_id = request_id
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            headers["x-request-id"] = self._request_id
            for name, value in {**_HEADERS, **self._limits()}.items():
                headers.setdefault(name, value)
        await self._send(message)


def route_of(scope: Scope) -> str:
    """The route's pattern, or ``none``: never the address itself, which may name an order."""
    route: Any = scope.get("route")
    return str(getattr(route, "path", "none"))
