"""API keys: 256 random bits with a readable beginning, kept as SHA-256, each for one tenant and for reading, writing or both.

Rows are never removed: a service that had a key once is never open without one again, however few keys are left.
"""

import datetime as dt
import hashlib
import re
import secrets
from dataclasses import dataclass

from sqlalchemy import ColumnElement, insert, select, update

from casefile.errors import RequestFault
from casefile.json_model import JsonModel
from jobs.records.database import Database
from jobs.records.pack_id import new_pack_id
from jobs.records.tables import api_keys, service_facts

SCOPES = frozenset({"read", "write", "admin"})
_TENANT = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SHOWN = 10
_KEYED = "keyed"
LIVE, TEST = "live", "test"
"""Kinds of keys."""


def digest_of(key: bytes) -> str:
    """What is kept of a key: the SHA-256 of its bytes, in hex."""
    return hashlib.sha256(key).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose key it is and what it may be used for; ``key_id`` names the key without telling it.

    ``test``: it gets made-up answers, and nothing is kept.
    """

    key_id: str
    tenant: str
    scopes: frozenset[str]
    test: bool = False


class KeyLine(JsonModel):
    """A key as lists show it: never the key itself."""

    id: str
    tenant: str
    prefix: str
    scopes: tuple[str, ...]
    created_at: str
    kind: str = LIVE


class ApiKeys:
    """The keys in the database; those of the settings are added by the gate."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, tenant: str, scopes: tuple[str, ...], *, test: bool = False) -> str:
        """A new key, told this once; a ``test`` key gets made-up answers.

        Raises:
            RequestFault: ``tenant-malformed`` or ``scope-unknown``.
        """
        if not _TENANT.fullmatch(tenant):
            raise RequestFault("tenant-malformed", status=400)
        if not scopes or set(scopes) - SCOPES:
            raise RequestFault("scope-unknown", status=400, allowed=", ".join(sorted(SCOPES)))
        now = dt.datetime.now(dt.UTC)
        key = f"{'ept' if test else 'ep'}_{secrets.token_urlsafe(32)}"
        row = {"sha256": digest_of(key.encode()), "id": new_pack_id(now), "tenant": tenant}
        row |= {"prefix": key[:_SHOWN], "created_at": now.isoformat(timespec="seconds"), "kind": TEST if test else LIVE}
        with self._database.write() as connection:
            connection.execute(insert(api_keys).values(**row, scopes=sorted(set(scopes))))
        return key

    def listed(self) -> tuple[KeyLine, ...]:
        """Every key that opens something, without the key."""
        shown = (
            api_keys.c.id,
            api_keys.c.tenant,
            api_keys.c.prefix,
            api_keys.c.scopes,
            api_keys.c.created_at,
            api_keys.c.kind,
        )
        with self._database.read() as connection:
            found = connection.execute(select(*shown).where(api_keys.c.revoked_at.is_(None)).order_by(api_keys.c.id))
            return tuple(KeyLine(**row._mapping) for row in found)  # noqa: SLF001  # the library's public name for it

    def revoke(self, key_id: str) -> bool:
        """Revoke a key; false when there is none of this id."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        change = update(api_keys).where((api_keys.c.id == key_id) & api_keys.c.revoked_at.is_(None))
        with self._database.write() as connection:
            return bool(connection.execute(change.values(revoked_at=now)).rowcount)

    def find(self, sha256: str) -> Holder | None:
        """Who holds the key with this SHA-256; ``None`` when it opens nothing, also because it was revoked."""
        return self._one(api_keys.c.sha256 == sha256)

    def holder(self, key_id: str) -> Holder | None:
        """As ``find``, by the id of the key."""
        return self._one(api_keys.c.id == key_id)

    def _one(self, where: ColumnElement[bool]) -> Holder | None:
        with self._database.read() as connection:
            row = connection.execute(select(api_keys).where(where & api_keys.c.revoked_at.is_(None))).first()
        return (
            Holder(key_id=row.id, tenant=row.tenant, scopes=frozenset(row.scopes), test=row.kind == TEST)
            if row
            else None
        )

    def in_force(self) -> bool:
        """Whether any key of the database opens something now."""
        with self._database.read() as connection:
            some = select(api_keys.c.id).where(api_keys.c.revoked_at.is_(None)).limit(1)
            return connection.execute(some).first() is not None

    def ever(self) -> bool:
        """Whether this service ever had a key, in the database or in its settings; revoked ones count."""
        with self._database.read() as connection:
            some = connection.execute(select(api_keys.c.id).limit(1)).first()
            return bool(some or connection.execute(select(service_facts).where(service_facts.c.name == _KEYED)).first())

    def remember(self) -> None:
        """Keep for good that this service has a key, for those that stand in the settings and may leave them again."""
        since = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        fact = self._database.insert(service_facts).values(name=_KEYED, since=since)
        with self._database.write() as connection:
            connection.execute(fact.on_conflict_do_nothing())
