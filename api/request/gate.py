"""Who may come in: keys where keys are set, and without keys only this machine, over loopback and asked for by its own name.

To be without keys is a state that a service starts in; it ends for good with the first key, and no header can bring it about.
A service on loopback is reachable by every page the user's browser shows, so the rules against foreign pages hold there too;
with a key they keep a browser's stored password from being used by another site.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Scope

from api.request.attempts import Attempts
from api.request.session import Session, Sessions
from api.settings import FEWEST_SIGNS, LOCAL_TENANT, is_loopback, is_loopback_address
from casefile.errors import RequestFault
from jobs.records.api_keys import ApiKeys, Holder, digest_of
from jobs.records.ended_sessions import EndedSessions

log = structlog.get_logger("gate")

SIGN_OUT = "/sign-out"
CONNECTED = "/v1/connectors/"
"""What comes in there is proved by its own signature."""

_OPEN = {"/healthz", "/readyz", "/version", "/docs", "/openapi.json", "/sign-in"}
_ALL = frozenset({"read", "write", "admin"})
_TRIED = {("POST", f"/v1/{name}") for name in ("packs", "checks", "letters", "proposals", "verify")}
"""What a test key may send: packs and checks are made up, the others keep nothing anyway."""
_NOBODY = "~test"
"""No tenant's name ends so."""
_HARMLESS = {"GET", "HEAD", "OPTIONS"}
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
_WRONG_KEYS, _WRONG_SIGN_INS = 20, 5
"""Failures a minute before an address is slowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """A request as the gate sees it. ``peer`` and ``listener`` are addresses of the connection itself, empty when unknown."""

    path: str
    method: str
    headers: Headers
    peer: str = ""
    listener: str = ""

    @classmethod
    def of(cls, scope: Scope) -> "Knock":
        """The knock of an ASGI scope."""
        peer, listener = ((scope.get(name) or ("",))[0] or "" for name in ("client", "server"))
        headers = Headers(scope=scope)
        return cls(path=scope["path"], method=scope["method"], headers=headers, peer=peer, listener=listener)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """Whom a request works for, the key it came with, by its id, and the session, if it came with one."""

    tenant: str
    session: Session | None = None
    key_id: str = ""
    test: bool = False
    """Made-up answers are wanted, and nothing may be kept."""


class Gate:
    """The rules at the door. ``keys`` gives the tenant by SHA-256 of a key of the settings; ``api_keys`` are those of the database.

    Nobody comes in without a key before ``settle`` found that there never was one.
    """

    def __init__(self, keys: Mapping[str, str], api_keys: ApiKeys, sessions: Sessions, ended: EndedSessions) -> None:
        self._set = {
            digest: Holder(key_id=_name(digest), tenant=tenant, scopes=_ALL) for digest, tenant in keys.items()
        }
        self._set_by_id = {holder.key_id: holder for holder in self._set.values()}
        self._api_keys = api_keys
        self._sessions = sessions
        self._ended = ended
        self._keyless = False
        self._keys_tried = Attempts("key-slowed", _WRONG_KEYS)
        self._sign_ins = Attempts("sign-in-slowed", _WRONG_SIGN_INS)

    def settle(self) -> bool:
        """Look once, at start, whether this is a service without keys, and keep for good when it is not."""
        if self._set:
            self._api_keys.remember()
        self._keyless = not self._api_keys.ever()
        return self._keyless

    async def admit(self, knock: Knock) -> Admitted:
        """Whom a request works for; paths without anybody's data belong to nobody in particular.

        Raises:
            RequestFault: ``host-refused``, ``origin-refused``, ``proxy-needs-key``, ``scope-missing`` (403), ``key-missing``,
                ``key-wrong``, ``key-too-short`` (401), ``token-wrong`` (403: a session changed something without the token of
                its pages).
            Busy: ``key-slowed`` (429).
        """
        self._refuse_foreign(knock)
        if knock.path in _OPEN or knock.path.startswith(("/static/", CONNECTED)) or await self._without_keys():
            return Admitted(tenant=LOCAL_TENANT)
        key = key_in(knock.headers)
        if key is not None:
            holder = await self._holder(key, knock.peer, self._keys_tried)
            _refuse_scope(holder, knock.method)
            if holder.test:
                return _trying(holder, knock)
            return Admitted(tenant=holder.tenant, key_id=holder.key_id)
        session = self._sessions.known(knock.headers)
        holder_of_session = await run_in_threadpool(self._signed_in, session) if session else None
        if session is None or holder_of_session is None:
            raise RequestFault("key-missing", status=401)
        if knock.path != SIGN_OUT:
            _refuse_scope(holder_of_session, knock.method)
        if knock.method not in _HARMLESS and knock.path.startswith("/v1/"):
            self._sessions.check(session, knock.headers)
        return Admitted(tenant=holder_of_session.tenant, session=session, key_id=session.key_id)

    def still_admits(self, admitted: Admitted) -> bool:
        """Whether who was let in would be let in now: for answers that go on. Asks the database."""
        if admitted.session is not None:
            return self._signed_in(admitted.session) is not None
        if admitted.key_id:
            return admitted.key_id in self._set_by_id or self._api_keys.holder(admitted.key_id) is not None
        return self._keyless and not self._api_keys.ever()

    async def sign_in(self, key: str, peer: str) -> Holder | None:
        """Who signs in with ``key``; ``None`` where nobody needs to.

        Raises:
            RequestFault: ``key-wrong`` or ``key-too-short`` (401).
            Busy: ``sign-in-slowed`` (429).
        """
        if await self._without_keys():
            return None
        holder = await self._holder(key.encode("utf-8", "replace"), peer, self._sign_ins)
        if holder.test:
            raise RequestFault("test-key-only-tries", status=403)
        return holder

    async def _without_keys(self) -> bool:
        """Whether there is still no key; the first one, wherever it was added, ends that for good."""
        if self._keyless and await run_in_threadpool(self._api_keys.ever):
            self._keyless = False
            log.warning("keyless-ended")
        return self._keyless

    async def _holder(self, key: bytes, peer: str, tried: Attempts) -> Holder:
        digest = digest_of(key)
        tried.check(peer, digest)
        holder = self._set.get(digest) or await run_in_threadpool(self._api_keys.find, digest)
        tried.check(
            peer, digest
        )  # others failed from here meanwhile: many guesses at once tell no more than one by one
        if holder is None:
            tried.failed(peer, digest)
            raise RequestFault("key-wrong", status=401)
        if len(key.decode("utf-8", "replace")) < FEWEST_SIGNS:
            raise RequestFault("key-too-short", status=401, fewest=FEWEST_SIGNS)
        tried.succeeded(peer, digest)
        return holder

    def _signed_in(self, session: Session) -> Holder | None:
        """Who holds the key of a session, if that key is in force and the session was not ended."""
        holder = self._set_by_id.get(session.key_id) or self._api_keys.holder(session.key_id)
        return None if holder is None or self._ended.has(session.id) else holder

    def _refuse_foreign(self, knock: Knock) -> None:
        headers = knock.headers
        host = headers.get("host", "")
        if self._keyless:
            own = is_loopback_address(knock.peer) and is_loopback_address(knock.listener)
            if not own or not is_loopback(_parts(f"//{host}")[0]):
                raise RequestFault("host-refused", status=403)
            if any(name in headers for name in _FORWARDED):
                raise RequestFault("proxy-needs-key", status=403)
        origin = headers.get("origin")
        if origin is not None and _parts(origin)[1] != host.lower():
            raise RequestFault("origin-refused", status=403)
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            raise RequestFault("origin-refused", status=403)


def _trying(holder: Holder, knock: Knock) -> Admitted:
    """Who comes with a test key reads as a tenant who has nothing, and may only send what keeps nothing.

    Raises:
        RequestFault: ``test-key-only-tries`` (403).
    """
    if knock.method not in _HARMLESS and (knock.method, knock.path) not in _TRIED:
        raise RequestFault("test-key-only-tries", status=403)
    return Admitted(tenant=f"{holder.tenant}{_NOBODY}"[:40], key_id=holder.key_id, test=True)


def _refuse_scope(holder: Holder, method: str) -> None:
    needed = "read" if method in _HARMLESS else "write"
    if needed not in holder.scopes and "admin" not in holder.scopes:
        raise RequestFault("scope-missing", status=403, scope=needed)


def _name(digest: str) -> str:
    """The id of a key of the settings: says which one it is, and nothing that helps to guess it or opens anything."""
    return "set-" + hashlib.sha256(f"key id of {digest}".encode()).hexdigest()[:32]


def _parts(address: str) -> tuple[str, str]:
    """Host name, and host with port, of an address; empty when it is none."""
    try:
        parts = urlsplit(address)
        return parts.hostname or "", parts.netloc.lower()
    except ValueError:
        return "", ""


def key_in(headers: Headers) -> bytes | None:
    """The bytes of the key a request carries: ``Authorization: Bearer``, ``X-API-Key``, or the password of HTTP Basic."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and value.strip():
        return value.strip().encode("latin-1", "replace")
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).partition(b":")[2] or None
        except (binascii.Error, ValueError):
            return None
    return headers.get("x-api-key", "").strip().encode("latin-1", "replace") or None
