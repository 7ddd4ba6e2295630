"""One request to somebody else's address: resolved once, refused where it leads inside, no redirect followed, no proxy asked.

The address that was checked is the address that is connected to, so a name cannot change its mind in between.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from casefile.errors import RequestFault

SECONDS = 15.0
_PORTS = {443, 8443}
_MOST_READ = 65_536
_MOST_URL = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a receiver answered: its status (0: it could not be reached) and the beginning of its words."""

    status: int
    text: str = ""


def check_url(url: str, *, private: bool) -> None:
    """Refuse an address that no webhook may have.

    Raises:
        RequestFault: ``webhook-url-refused``.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise RequestFault("webhook-url-refused", status=422) from None
    fine = parts.scheme == "https" or (private and parts.scheme == "http")
    if not fine or not parts.hostname or parts.username or len(url) > _MOST_URL or not url.isprintable() or " " in url:
        raise RequestFault("webhook-url-refused", status=422)
    if not private and (port not in {None, *_PORTS} or _is_inside(parts.hostname)):
        raise RequestFault("webhook-url-refused", status=422)


def _is_inside(host: str) -> bool:
    """Whether ``host`` is written as an address that is not public; names are looked up when they are used."""
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return host.rstrip(".").lower() in {"localhost", "localhost.localdomain"}


def _address(host: str, port: int, *, private: bool) -> str:
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not found or (not private and any(not ipaddress.ip_address(one.split("%")[0]).is_global for one in found)):
        raise PermissionError("not a public address")
    return min(found, key=lambda one: (":" in one, one))


class _Pinned(http.client.HTTPSConnection):
    """A connection to an address that was looked up before, for the name it belongs to."""

    address = ""

    def connect(self) -> None:
        """Connect to the address; the certificate must be the name's."""
        plain = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)  # type: ignore[attr-defined]  # set by the library


class _PinnedPlain(http.client.HTTPConnection):
    address = ""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


def post(url: str, body: bytes, headers: Mapping[str, str], *, private: bool) -> Told:
    """Send ``body``; never raises for what the other side or the net does."""
    try:
        check_url(url, private=private)
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        host, port = str(parts.hostname), parts.port or (443 if secure else 80)
        address = _address(host, port, private=private)
        connection: _Pinned | _PinnedPlain
        if secure:
            connection = _Pinned(host, port, timeout=SECONDS, context=ssl.create_default_context())
        else:
            connection = _PinnedPlain(host, port, timeout=SECONDS)
        connection.address = address
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request("POST", path, body, {**headers, "host": parts.netloc, "connection": "close"})
            answer = connection.getresponse()
            return Told(status=answer.status, text=answer.read(_MOST_READ).decode("utf-8", "replace"))
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, RequestFault, ValueError):
        return Told(status=0)
