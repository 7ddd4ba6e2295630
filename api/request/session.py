"""Who is signed in through the browser: a signed cookie instead of a key in every request, and a token in every form.

The cookie names the key it was opened with, by its id, and the session; whether that key is still in force, and the session not
ended, is asked at each request by ``api.request.gate``. The token is made from the session, so a page of another site can
neither read nor guess it.
"""

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from api.request.secret_file import secret_of
from casefile.errors import RequestFault

COOKIE = "session"
FIELD = "csrf"
HEADER = "x-csrf-token"
LASTS_SECONDS = 12 * 3600
_FILE = "session.key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One signing-in: its id, the id of the key it was opened with, and when its cookie ends."""

    id: str
    key_id: str
    expires: dt.datetime


class Sessions:
    """The cookies of one service. ``folder`` keeps the secret, so that a restart signs nobody out."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._kept: tuple[bytes, URLSafeTimedSerializer] | None = None

    def prepare(self) -> None:
        """Read the secret, or make it, before anybody asks.

        Raises:
            SettingsFault: ``secret-damaged``.
        """
        secret = secret_of(self._path)
        signing = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        self._kept = secret, URLSafeTimedSerializer(secret, salt="evidence-packer session", signer_kwargs=signing)

    def _ready(self) -> tuple[bytes, URLSafeTimedSerializer]:
        if self._kept is None:
            self.prepare()
        assert self._kept is not None
        return self._kept

    def begin(self, key_id: str) -> str:
        """The cookie of a new session."""
        return str(self._ready()[1].dumps({"key": key_id, "id": secrets.token_hex(16)}))

    def known(self, headers: Headers) -> Session | None:
        """The session that the cookie of a request names; ``None`` without one, or when it is too old or not ours."""
        value = cookie_parser(headers.get("cookie", "")).get(COOKIE)
        if not value:
            return None
        try:
            held, since = self._ready()[1].loads(value, max_age=LASTS_SECONDS, return_timestamp=True)
            return Session(
                id=str(held["id"]), key_id=str(held["key"]), expires=since + dt.timedelta(seconds=LASTS_SECONDS)
            )
        except (BadData, KeyError, TypeError, ValueError):
            return None

    def token(self, session: Session | None) -> str:
        """The token that forms of this session carry; empty without a session."""
        if session is None:
            return ""
        return hmac.new(self._ready()[0], f"form:{session.id}".encode(), hashlib.sha256).hexdigest()[:40]

    def check(self, session: Session | None, headers: Headers, fields: Mapping[str, str] | None = None) -> None:
        """Refuse a changing request of a session that does not carry its token.

        Raises:
            RequestFault: ``token-wrong`` (403).
        """
        token = self.token(session)
        sent = headers.get(HEADER) or (fields or {}).get(FIELD, "")
        if token and not hmac.compare_digest(token.encode(), sent.encode("utf-8", "replace")):
            raise RequestFault("token-wrong", status=403)
