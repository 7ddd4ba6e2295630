"""One request to somebody else's address: resolved once, refused where it leads inside, no redirect followed, no proxy asked.

The address that was checked is the address that is connected to, so a name cannot change its mind in between. The whole of it
has a limit of time: who answers one byte at a time holds nobody up.
"""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from casefile.errors import RequestFault
from jobs.notify.hook_addresses import HookTarget, address_of, target_of

SECONDS = 15.0
"""Until something comes: an answer, or the next part of it."""
_WHOLE_SECONDS = 120.0
"""For a whole exchange; files of a help desk are large."""
_MOST_READ = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class HookReply:
    """What a receiver answered: its status (0: it could not be reached) and the beginning of its words."""

    status: int
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WireCall:
    """A request to somebody else: the answer is read up to ``most`` bytes."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    most: int = 1_000_000
    seconds: float = _WHOLE_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class WireReply:
    """What was answered; status 0 where nobody was reached."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    cut: bool = False
    """Whether there was more of it than was asked for."""


def check_url(url: str, *, private: bool) -> None:
    """Refuse an address that no webhook may have, as it is written and as it is looked up now.

    A name that is not known (yet) is taken: it is judged again at every sending.

    Raises:
        RequestFault: ``webhook-url-refused``.
    """
    address_of(target_of(url, private=private), private=private)


class _Pinned(http.client.HTTPSConnection):
    """A connection to an address that was looked up before, for the name it belongs to."""

    address = ""

    def connect(self) -> None:
        """Connect to the address; the certificate must be the name's."""
        plain = socket.create_connection((self.address, self.port), self.timeout)
        context: ssl.SSLContext = self._context  # type: ignore[attr-defined]  # set by the library
        self.sock = context.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()


class _PinnedPlain(http.client.HTTPConnection):
    address = ""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


@contextlib.contextmanager
def _no_longer(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Shut the connection once its time is over, whatever comes in.

    Raises:
        TimeoutError: it was; what was read until then is no answer.
    """
    over = threading.Event()

    def shut() -> None:
        over.set()
        sock: socket.socket | None = connection.sock
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if over.is_set():
        raise TimeoutError


def post(url: str, body: bytes, headers: Mapping[str, str], *, private: bool) -> HookReply:
    """Send ``body``; never raises for what the other side or the net does."""
    call = WireCall(method="POST", url=url, headers=headers, body=body, most=_MOST_READ, seconds=SECONDS)
    answer = exchange(call, private=private)
    return HookReply(status=answer.status, text=answer.body.decode("utf-8", "replace"))


def exchange(call: WireCall, *, private: bool) -> WireReply:
    """Ask somebody else's address once; never raises for what the other side or the net does."""
    try:
        target = target_of(call.url, private=private)
        address = address_of(target, private=private)
        if address is None:
            return WireReply(status=0)
        parts = urlsplit(call.url)
        connection: _Pinned | _PinnedPlain
        if target.secure:
            connection = _Pinned(target.host, target.port, timeout=SECONDS, context=ssl.create_default_context())
        else:
            connection = _PinnedPlain(target.host, target.port, timeout=SECONDS)
        connection.address = address
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with contextlib.closing(connection), _no_longer(connection, call.seconds):
            headers = {**call.headers, "host": _host(target, parts.port), "connection": "close"}
            connection.request(call.method, path, call.body or None, headers)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            body = answer.read(call.most + 1)
            if answer.length and len(body) <= call.most:
                return WireReply(status=0)  # the connection ended before the answer did
            return WireReply(status=answer.status, headers=told, body=body[: call.most], cut=len(body) > call.most)
    except (OSError, http.client.HTTPException, RequestFault, ValueError):
        return WireReply(status=0)


def _host(target: HookTarget, port: int | None) -> str:
    """The name in the request, with the port where it was written."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    return f"{host}:{port}" if port else host
