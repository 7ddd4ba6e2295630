"""What a connector is: it proves that a service sent something, makes of it what a case is known by, and takes a pack back.

A connector is thin: no loops of its own over time, no state, no files. It asks the service through ``Wire`` only, so a test
answers with recorded payloads.
"""

import base64
import datetime as dt
import hashlib
import hmac
import itertools
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from pydantic import JsonValue

from casefile.errors import RequestFault
from casefile.plug_ins import NAME, expect_takes
from jobs.connect.dispute import Dispute
from jobs.connect.told import ServiceJson
from jobs.notify.hook_wire import WireCall, WireReply

_MOST_FILES = 50
_MOST_BYTES = 50_000_000
_HOST_PART = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


Wire = Callable[[WireCall], WireReply]
"""How the service is asked: one call, one answer; nobody reached is status 0."""


def ask(wire: Wire, call: WireCall) -> ServiceJson:
    """The answer of a service as JSON.

    Raises:
        RequestFault: ``connector-away`` (502): nobody was reached, or it is refused there; ``connector-not-understood``.
    """
    reply = wire(call)
    if not 200 <= reply.status < 300:
        raise RequestFault("connector-away", status=502, answer=reply.status)
    return ServiceJson.read(reply.body)


def ask_json(wire: Wire, call: WireCall, value: JsonValue) -> ServiceJson:
    """As ``ask``, with a value as its JSON body."""
    headers = {**call.headers, "content-type": "application/json"}
    return ask(wire, replace(call, headers=headers, body=json.dumps(value).encode()))


def basic(user: str, password: str) -> dict[str, str]:
    """The header of somebody who names himself by user and password (RFC 7617)."""
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAccount:
    """One account at a service: whose tenant it is, and the settings that its connector names."""

    name: str
    kind: str
    tenant: str
    values: Mapping[str, str] = field(repr=False)

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def host(self, name: str, domain: str) -> str:
        """The account's own host in ``domain``.

        Raises:
            RequestFault: ``connector-settings``: it cannot be a part of a host name.
        """
        part = self.values[name].lower()
        if not _HOST_PART.fullmatch(part):
            raise RequestFault("connector-settings", status=500, account=self.name, setting=name)
        return f"{part}.{domain}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came in: headers in small letters, the body byte for byte, and when."""

    headers: Mapping[str, str]
    body: bytes
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file at the service, and how it is asked for."""

    name: str
    call: WireCall

    @classmethod
    def at(cls, url: str, name: str, headers: Mapping[str, str]) -> "Attachment":
        """A file at an address."""
        return cls(name=name, call=WireCall(method="GET", url=url, headers=headers, most=_MOST_BYTES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What a case is known by: the id there, what a processor says of it, or what was written, the files."""

    id: str
    dispute: Dispute | None = None
    text: str = ""
    attachments: tuple[Attachment, ...] = ()

    @classmethod
    def ticket(cls, number: str, texts: Iterable[str], files: Iterable[Attachment]) -> "Incoming":
        """A ticket: what was written in it, and its first files."""
        text = "\n\n".join(filter(None, texts))
        return cls(id=number, text=text, attachments=tuple(itertools.islice(files, _MOST_FILES)))

    @classmethod
    def of(cls, dispute: Dispute) -> "Incoming":
        """A dispute."""
        return cls(id=dispute.id, dispute=dispute)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a case came from: the account, and the id there."""

    account: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingFile:
    """A file of a pack: its name, what it is for there, and its bytes when they are wanted."""

    name: str
    role: str
    read: Callable[[], bytes] = field(repr=False)

    @property
    def plain_name(self) -> str:
        """The name without its folder."""
        return self.name.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A pack that goes back to ``id`` there: a note in the reader's language, and its files."""

    id: str
    note: str
    files: tuple[GoingFile, ...]

    @property
    def documents(self) -> tuple[GoingFile, ...]:
        """What people read: bundle and letter."""
        return self._of("bundle", "letter", "letter_text")

    @property
    def submission(self) -> tuple[GoingFile, ...]:
        """What is uploaded there, each file where it belongs."""
        return tuple(file for file in self._of("submission") if not file.name.endswith((".json", ".txt")))

    @property
    def sheet(self) -> bytes | None:
        """The fields of the submission as JSON, where the platform has such."""
        return next((file.read() for file in self._of("submission") if file.name.endswith(".json")), None)

    def _of(self, *roles: str) -> tuple[GoingFile, ...]:
        return tuple(file for file in self.files if file.role in roles)


Check = Callable[[Sent, ServiceAccount, Wire], None]
Read = Callable[[Sent, ServiceAccount, Wire], Incoming | None]
HandOver = Callable[[Outgoing, ServiceAccount, Wire], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """A service. ``settings`` are the names an account must have, ``docs`` what its page of settings says of each."""

    name: str
    settings: Mapping[str, str]
    check: Check
    """Raises ``connector-not-proved`` (401) for what the service did not send, or not just now."""
    read: Read
    """What the message is about; ``None`` where it is about no case."""
    hand_over: HandOver
    """Puts a pack back, because a person said so; the names of the files that went. What can wait there for a last look waits."""

    def __post_init__(self) -> None:
        """Refuse a malformed one when it is made."""
        if not NAME.fullmatch(self.name):
            raise ValueError(self.name)
        for function in (self.check, self.read, self.hand_over):
            expect_takes(function, 3)


def not_proved() -> RequestFault:
    """The refusal of what the service did not send."""
    return RequestFault("connector-not-proved", status=401)


def hmac_of(secret: str, data: bytes) -> bytes:
    """The HMAC-SHA256 with which services sign."""
    return hmac.new(secret.encode(), data, hashlib.sha256).digest()


def same(one: str, other: str) -> bool:
    """Whether two signatures are the same, in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def fresh(sent: Sent, signed_at: dt.datetime, within: dt.timedelta = dt.timedelta(minutes=5)) -> bool:
    """Whether something was signed so lately that it is no copy of an old message."""
    return abs(sent.at - signed_at) <= within
