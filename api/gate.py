"""Who may come in: keys where keys are set, and without keys only this machine, asked for by its own name.

A service on loopback is reachable by every page the user's browser shows, so the rules against foreign pages hold there too;
with a key they keep a browser's stored password from being used by another site.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from api.form.session import Sessions
from api.settings import LOCAL_TENANT, is_loopback
from casefile.errors import RequestFault
from jobs.api_keys import Holder

_OPEN = {"/healthz", "/readyz", "/version", "/docs", "/openapi.json", "/sign-in"}
_ALL = frozenset({"read", "write", "admin"})
_HARMLESS = {"GET", "HEAD", "OPTIONS"}
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


class Gate:
    """The rules at the door. ``keys`` gives the tenant by SHA-256 of a key; those of the database are added with ``learn``.

    ``sessions`` knows who signed in with a browser.
    """

    def __init__(self, keys: Mapping[str, str], sessions: Sessions | None = None) -> None:
        self._set = {digest: Holder(tenant=tenant, scopes=_ALL) for digest, tenant in keys.items()}
        self._keys: Mapping[str, Holder] = self._set
        self._sessions = sessions

    def learn(self, holders: Mapping[str, Holder]) -> None:
        """Know these keys besides those of the settings, and no others."""
        self._keys = {**holders, **self._set}

    def admit(self, path: str, headers: Headers, method: str = "GET") -> str:
        """The tenant a request works for; paths without anybody's data belong to nobody in particular.

        Raises:
            RequestFault: ``host-refused``, ``origin-refused``, ``proxy-needs-key``, ``scope-missing`` (403), ``key-missing``,
                ``key-wrong`` (401), ``token-wrong`` (403: a session changed something without the token of its pages).
        """
        self._refuse_foreign(headers)
        if not self._keys:
            return LOCAL_TENANT
        key = key_in(headers)
        if key is not None:
            holder = self._holder(key)
            needed = "read" if method in _HARMLESS else "write"
            if needed not in holder.scopes and "admin" not in holder.scopes:
                raise RequestFault("scope-missing", status=403, scope=needed)
            return holder.tenant
        if self._sessions and (tenant := self._sessions.tenant(headers)):
            if method not in _HARMLESS and path.startswith("/v1/"):
                self._sessions.check(headers)
            return tenant
        if path in _OPEN or path.startswith("/static/"):
            return LOCAL_TENANT
        raise RequestFault("key-missing", status=401)

    def owner(self, key: str) -> str | None:
        """The tenant whose key this is, if it may write; without keys in force everybody is the local one."""
        if not self._keys:
            return LOCAL_TENANT
        try:
            holder = self._holder(key)
        except RequestFault:
            return None
        return holder.tenant if holder.scopes & {"write", "admin"} else None

    def _holder(self, key: str) -> Holder:
        digest = hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
        found = None
        for known, holder in self._keys.items():
            if hmac.compare_digest(known, digest):
                found = holder
        if found is None:
            raise RequestFault("key-wrong", status=401)
        return found

    def _refuse_foreign(self, headers: Headers) -> None:
        host = headers.get("host", "")
        if not self._keys:
            if not is_loopback(_parts(f"//{host}")[0]):
                raise RequestFault("host-refused", status=403)
            if any(name in headers for name in _FORWARDED):
                raise RequestFault("proxy-needs-key", status=403)
        origin = headers.get("origin")
        if origin is not None and _parts(origin)[1] != host.lower():
            raise RequestFault("origin-refused", status=403)
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            raise RequestFault("origin-refused", status=403)


def _parts(address: str) -> tuple[str, str]:
    """Host name, and host with port, of an address; empty when it is none."""
    try:
        parts = urlsplit(address)
        return parts.hostname or "", parts.netloc.lower()
    except ValueError:
        return "", ""


def key_in(headers: Headers) -> str | None:
    """The key a request carries: ``Authorization: Bearer``, ``X-API-Key``, or the password of HTTP Basic (browsers)."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and value.strip():
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2] or None
        except (binascii.Error, UnicodeDecodeError):
            return None
    return headers.get("x-api-key") or None
