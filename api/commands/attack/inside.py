"""The application without a socket: for a caller's address that loopback cannot have, and for keys that change in between."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from starlette.types import Message

from api.commands.attack.wire import Reply
from api.settings import SettingsAlone

Address = tuple[str, int]
HERE: Address = ("127.0.0.1", 40_000)


class Inside:
    """An application with a data folder of its own; nothing is started, so it answers but makes no pack."""

    def __init__(self, folder: Path) -> None:
        from api.app import create_app  # noqa: PLC0415  # loads the whole service

        self._app = create_app(SettingsAlone(data=folder, engine="direct"))
        self._service = self._app.state.service
        self._service.database.migrate()
        self._service.gate.settle()

    def close(self) -> None:
        """Let go of the database."""
        self._service.database.close()

    def add_key(self, tenant: str) -> str:
        """A new key for ``tenant``, in force at once."""
        key: str = self._service.api_keys.add(tenant, ("read", "write"))
        return key

    def revoke_all(self) -> None:
        """Revoke every key; in force at once."""
        for one in self._service.api_keys.listed():
            self._service.api_keys.revoke(one.id)

    def ask(
        self,
        method: str,
        path: str,
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
        caller: Address = HERE,
    ) -> Reply:
        """The answer to a request that comes from ``caller``."""
        lines = [(name.lower().encode(), value.encode()) for name, value in (("host", "127.0.0.1:8000"), *headers)]
        if body:
            lines.append((b"content-length", str(len(body)).encode()))
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "method": method,
            "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": lines,
            "client": caller, "server": ("127.0.0.1", 8000), "state": {},
        }  # fmt: skip
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        asyncio.run(self._app(scope, receive, send))
        start = next(message for message in sent if message["type"] == "http.response.start")
        found = {name.decode().lower(): value.decode("latin-1") for name, value in start["headers"]}
        data = b"".join(message.get("body", b"") for message in sent)
        return Reply(asked=f"{method} {path}", status=start["status"], headers=found, body=data)
