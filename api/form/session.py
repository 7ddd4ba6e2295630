"""Who is signed in through the browser: a signed cookie instead of a key in every request, and a token in every form.

The cookie holds tenant, end and a nonce, signed with a secret of this data folder; the token is signed from the cookie, so a page
of another site can neither read nor guess it. Failed attempts are slowed down per address and in all.
"""

import hashlib
import hmac
import secrets
import time
from collections import defaultdict, deque
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

from starlette.datastructures import Headers

from casefile.errors import RequestFault
from jobs.faults import Busy

COOKIE = "session"
FIELD = "csrf"
HEADER = "x-csrf-token"
LASTS_SECONDS = 12 * 3600
_WINDOW, _PER_ADDRESS, _IN_ALL = 60.0, 5, 60
_SECRET_BYTES = 32


class Sessions:
    """The sessions of one service. ``folder`` keeps the secret, so that a restart signs nobody out."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "session.key"
        self._secret: bytes = b""
        self._failed: defaultdict[str, deque[float]] = defaultdict(deque)

    def _key(self) -> bytes:
        if not self._secret:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if not self._path.exists():
                self._path.touch(mode=0o600)
                self._path.write_bytes(secrets.token_bytes(_SECRET_BYTES))
            self._secret = self._path.read_bytes()
        return self._secret

    def _sign(self, text: str) -> str:
        return hmac.new(self._key(), text.encode(), hashlib.sha256).hexdigest()

    def open(self, tenant: str) -> str:
        """The cookie of a new session."""
        text = f"{tenant}.{int(time.time()) + LASTS_SECONDS}.{secrets.token_hex(8)}"
        return f"{text}.{self._sign(text)}"

    def tenant(self, headers: Headers) -> str | None:
        """Whose session the cookie of a request is; ``None`` without one, or when it is over or not ours."""
        value = cookie_in(headers)
        text, _, signature = (value or "").rpartition(".")
        if not text or not hmac.compare_digest(self._sign(text), signature):
            return None
        tenant, end, _ = text.rsplit(".", 2)
        return tenant if int(end) > time.time() else None

    def token(self, headers: Headers) -> str:
        """The token that forms of this session carry; empty without a session."""
        value = cookie_in(headers)
        return self._sign(f"form:{value}")[:40] if value and self.tenant(headers) else ""

    def check(self, headers: Headers, fields: Mapping[str, str] | None = None) -> None:
        """Refuse a changing request of a session that does not carry its token.

        Raises:
            RequestFault: ``token-wrong`` (403).
        """
        token = self.token(headers)
        sent = headers.get(HEADER) or (fields or {}).get(FIELD, "")
        if token and not hmac.compare_digest(token, sent):
            raise RequestFault("token-wrong", status=403)

    def attempt(self, address: str) -> None:
        """Say no to an attempt to sign in after too many failed ones.

        Raises:
            Busy: ``sign-in-slowed`` (429).
        """
        for name, most in ((address, _PER_ADDRESS), ("", _IN_ALL)):
            failed = self._recent(name)
            if len(failed) >= most:
                raise Busy(
                    "sign-in-slowed", status=429, retry_after=max(1, int(_WINDOW - (time.monotonic() - failed[0])))
                )

    def failed(self, address: str) -> None:
        """Remember a failed attempt."""
        for name in (address, ""):
            self._recent(name).append(time.monotonic())

    def _recent(self, name: str) -> deque[float]:
        failed = self._failed[name]
        while failed and time.monotonic() - failed[0] > _WINDOW:
            failed.popleft()
        if not failed and name:
            self._failed.pop(name, None)
            failed = self._failed[name]
        return failed


def cookie_in(headers: Headers) -> str | None:
    """The session cookie of a request."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None
