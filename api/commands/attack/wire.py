"""Requests written byte by byte, because no client library sends what an attacker sends."""

import http.client
import io
import json
import re
import socket
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from api.commands.attack.broken import Broken

LOOPBACK = "127.0.0.1"
SECONDS = 60.0
Headers = Iterable[tuple[str, str | bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer: what was asked, its status, headers (small letters) and bytes."""

    asked: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body as an object; empty when it is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def code(self) -> str:
        """The code of a problem; empty without one."""
        return str(self.json.get("code", ""))

    def among(self, *statuses: int) -> "Reply":
        """The reply itself, when its status is one of these.

        Raises:
            Broken: it is another.
        """
        if self.status not in statuses:
            got = " ".join(filter(None, (str(self.status), self.code)))
            raise Broken("answered", asked=self.asked, expected=", ".join(map(str, statuses)), got=got)
        return self

    def about(self, what: str) -> "Reply":
        """The same reply, named after what was tried with it."""
        return replace(self, asked=f"{self.asked} ({what})")


class _Bytes:
    """What the library's parser of answers wants instead of a socket."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, *_: object) -> io.BytesIO:
        """The bytes to parse."""
        return io.BytesIO(self._data)


def written(method: str, path: str | bytes, headers: Headers, body: bytes) -> bytes:
    """A request as bytes; ``Host`` and ``Content-Length`` are the caller's."""
    target = path if isinstance(path, bytes) else path.encode()
    lines = [method.encode() + b" " + target + b" HTTP/1.1"]
    for name, value in headers:
        lines.append(name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def exchange(port: int, data: bytes, *, source: str = LOOPBACK, cut: bool = False) -> bytes:
    """Send ``data``, with ``cut`` say that no more will come, and read to the end; empty when nothing was answered."""
    answer = bytearray()
    end = time.monotonic() + SECONDS
    try:
        with socket.create_connection((LOOPBACK, port), SECONDS, source_address=(source, 0)) as line:
            try:
                line.sendall(data)
                if cut:
                    line.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # refused before all was sent: what it says is still there to read
            while (left := end - time.monotonic()) > 0:
                line.settimeout(left)
                if not (part := line.recv(65_536)):
                    break
                answer += part
    except OSError:
        pass
    return bytes(answer)


def first_reply(asked: str, data: bytes) -> Reply:
    """The first answer in ``data``.

    Raises:
        Broken: there is none.
    """
    parser = http.client.HTTPResponse(_Bytes(data))  # type: ignore[arg-type]  # only makefile is used
    try:
        parser.begin()
        body = parser.read()
    except (http.client.HTTPException, ValueError, OSError):
        raise Broken("silent", asked=asked) from None
    headers = {name.lower(): value for name, value in parser.getheaders()}
    return Reply(asked=asked, status=parser.status, headers=headers, body=body)


def statuses(data: bytes) -> list[int]:
    """The status of every answer in ``data``."""
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", data)]


def multipart(parts: Sequence[tuple[str, str | None, bytes]], end: bytes = b"--drill--\r\n") -> bytes:
    """A form of (part, file name or none, bytes), with boundary ``drill``; ``end`` closes it."""
    body = b""
    for part, name, data in parts:
        file = f'; filename="{name}"' if name is not None else ""
        head = f'--drill\r\nContent-Disposition: form-data; name="{part}"{file}\r\n\r\n'
        body += head.encode() + data + b"\r\n"
    return body + end


FORM = ("content-type", "multipart/form-data; boundary=drill")
JSON = ("content-type", "application/json")
