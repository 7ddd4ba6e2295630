"""Idempotency keys: for which request a key stands, and when it is free again."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, select

from jobs.records.database import Database
from jobs.records.ledger import OPEN, KeyClaim
from jobs.records.tables import batches, drafts, idempotency, packs

KEPT = dt.timedelta(hours=72)
"""How long a key stands for its request (published limit)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a key stands for: the pack or batch of an earlier request, and whether that is finished."""

    fingerprint: str
    target_id: str
    finished: bool


class Keys:
    """The keys of every tenant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, tenant: str, claim: KeyClaim, now: dt.datetime) -> Held | None:
        """What a key stands for; a key that is old, or whose pack failed or is gone, is freed and stands for nothing."""
        where = (
            (idempotency.c.tenant == tenant)
            & (idempotency.c.route == claim.route)
            & (idempotency.c.key_sha256 == claim.key_sha256)
        )
        with self._database.read() as connection:
            row = connection.execute(select(idempotency).where(where)).one_or_none()
            if row is None:
                return None
            state = connection.scalar(select(packs.c.state).where(packs.c.id == row.target_id)) or connection.scalar(
                select(batches.c.state).where(batches.c.id == row.target_id)
            )
        fresh = now - dt.datetime.fromisoformat(row.at) <= KEPT
        if fresh and state not in {None, "failed"}:
            return Held(fingerprint=row.fingerprint, target_id=row.target_id, finished=state not in OPEN)
        with self._database.write() as connection:
            connection.execute(delete(idempotency).where(where & (idempotency.c.target_id == row.target_id)))
        return None

    def release(self, target_id: str) -> None:
        """Free the key of something whose answer is not kept."""
        with self._database.write() as connection:
            connection.execute(delete(idempotency).where(idempotency.c.target_id == target_id))

    def expire(self, now: dt.datetime) -> int:
        """Remove keys that are too old; how many. What a connector made a draft of is known as long as the draft."""
        with self._database.write() as connection:
            old = idempotency.c.at < (now - KEPT).isoformat()
            draft = select(drafts.c.id).where(drafts.c.id == idempotency.c.target_id).exists()
            return int(connection.execute(delete(idempotency).where(old & ~draft)).rowcount)
