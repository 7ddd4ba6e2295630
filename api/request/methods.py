"""HEAD, OPTIONS and the header ``Allow``, as RFC 9110 has them, for every address that there is.

HEAD is asked as GET and answered without its body; of a stream nothing but its head is made.
"""

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ASKED = ("GET", "POST", "PUT", "PATCH", "DELETE")


class _Enough(OSError):
    """The head was sent, and nobody wants more."""


class Methods:
    """ASGI middleware; ``routes`` are those of the application."""

    def __init__(self, app: ASGIApp, *, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer OPTIONS, pass HEAD on as GET, and tell with every 405 what is possible."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["method"] == "OPTIONS" and (allowed := self._allowed(scope)):
            await Response(status_code=204, headers={"allow": allowed})(scope, receive, send)
        elif scope["method"] == "HEAD" and "GET" in self._allowed(scope):
            await self._head(scope, receive, send)
        else:
            await self._app(scope, receive, self._telling(scope, send))

    async def _head(self, scope: Scope, receive: Receive, send: Send) -> None:
        ended = False

        async def without_body(message: Message) -> None:
            nonlocal ended
            if message["type"] != "http.response.body":
                await send(message)
            elif not ended:
                ended = True
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                if message.get("more_body"):
                    raise _Enough

        scope["method"] = "GET"
        try:
            await self._app(scope, receive, without_body)
        except (_Enough, ClientDisconnect):
            return
        finally:
            scope["method"] = "HEAD"

    def _telling(self, scope: Scope, send: Send) -> Send:
        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 405:
                MutableHeaders(raw=message.setdefault("headers", []))["allow"] = self._allowed(scope)
            await send(message)

        return told

    def _allowed(self, scope: Scope) -> str:
        """The methods that an address takes; empty where there is nothing."""
        found = [method for method in _ASKED if self._takes({**scope, "method": method})]
        more = ["HEAD"] if "GET" in found else []
        return ", ".join([*found, *more, "OPTIONS"]) if found else ""

    def _takes(self, scope: Scope) -> bool:
        return any(route.matches(scope)[0] is Match.FULL for route in self._routes)
