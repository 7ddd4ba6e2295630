"""JSON compressed for clients that take gzip; files are packed already, and streams have to arrive at once.

An answer with an entity tag stays as it is: the tag is of these bytes.
"""

import functools
import gzip
import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LEAST = 1_000
"""Bytes below which it is not worth it."""
_LARGE = 32_000
"""Bytes from which it is done beside the loop that serves everybody."""
_JSON = re.compile(r"application/(?:[\w.-]+\+)?json\b")
_REFUSED = re.compile(r"q=0(?:\.0*)?\s*$")
_pack = functools.partial(gzip.compress, compresslevel=5, mtime=0)


def takes_gzip(header: str) -> bool:
    """Whether ``Accept-Encoding`` takes gzip (RFC 9110, 12.5.3)."""
    for part in header.lower().split(","):
        name, _, options = part.partition(";")
        if name.strip() in {"gzip", "x-gzip", "*"}:
            return not _REFUSED.match(options.strip())
    return False


class Packing:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Compress a JSON answer that comes in one piece."""
        if scope["type"] != "http" or not takes_gzip(Headers(scope=scope).get("accept-encoding", "")):
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Packed(send))


class _Packed:
    """Holds the head of a JSON answer back until its body is there."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._head: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_packable(Headers(raw=message.get("headers", []))):
            self._head = message
            return
        if self._head is not None and message["type"] == "http.response.body":
            head, self._head = self._head, None
            if not message.get("more_body"):
                message = await _packed(head, message)
            await self._send(head)
        await self._send(message)


def _is_packable(headers: Headers) -> bool:
    return bool(_JSON.match(headers.get("content-type", ""))) and not {"etag", "content-encoding"} & set(headers.keys())


async def _packed(head: Message, message: Message) -> Message:
    body = message.get("body", b"")
    if len(body) < _LEAST:
        return message
    small = await run_in_threadpool(_pack, body) if len(body) > _LARGE else _pack(body)
    headers = MutableHeaders(raw=head["headers"])
    headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(small))
    headers["vary"] = "Accept, Accept-Encoding, Accept-Language"
    return {**message, "body": small}
