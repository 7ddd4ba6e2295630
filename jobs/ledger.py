"""The rows of packs: accepted, running, finished; found by order, counted, noted upon, erased.

A pack is accepted in one transaction together with its idempotency key, and finished by the one update that finds it unfinished:
whoever comes second, a twin of a lost worker for instance, changes nothing.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select, update

from jobs.database import Database
from jobs.faults import AlreadyAsked
from jobs.shelf import Accepted, Result
from jobs.tables import idempotency, pack_marks, pack_orders, packs

MAX_ATTEMPTS = 3
"""A pack whose worker dies is tried this often, then it is failed as ``job-crashed``."""

OPEN = ("queued", "running")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An idempotency key for something new: route, hash of the key, fingerprint of the request."""

    route: str
    key_sha256: str
    fingerprint: str


def order_key(order_id: str) -> str:
    """The form under which an order id is found: without outer blanks, without difference of case."""
    return order_id.strip().casefold()[:200]


class Ledger:
    """The pack rows of every tenant."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def accept(self, asked: Accepted, claim: Claim | None = None, batch_id: str | None = None) -> None:
        """Write down an accepted pack; durable on return.

        Raises:
            AlreadyAsked: the key of ``claim`` was taken meanwhile.
        """
        row = {
            name: getattr(asked, name) for name in ("id", "tenant", "created_at", "platform", "procedure", "subject")
        }
        row |= {"reason": asked.case.get("reason"), "state": "queued", "batch_id": batch_id}
        keys = {order_key(order_id) for order_id in [*asked.order_ids, asked.subject] if order_id.strip()}
        with self.database.write() as connection:
            if claim is not None:
                held = self.database.insert(idempotency).values(
                    tenant=asked.tenant,
                    route=claim.route,
                    key_sha256=claim.key_sha256,
                    fingerprint=claim.fingerprint,
                    target_id=asked.id,
                    at=asked.created_at,
                )
                if not connection.execute(held.on_conflict_do_nothing()).rowcount:
                    raise AlreadyAsked
            connection.execute(insert(packs).values(**row))
            if keys:
                rows = [{"tenant": asked.tenant, "order_key": key, "pack_id": asked.id} for key in sorted(keys)]
                connection.execute(insert(pack_orders), rows)

    def begin(self, pack_id: str) -> bool:
        """Count one more attempt and mark the pack as running; false when it is finished or was tried often enough."""
        where = (packs.c.id == pack_id) & packs.c.state.in_(OPEN) & (packs.c.attempts < MAX_ATTEMPTS)
        change = update(packs).where(where).values(attempts=packs.c.attempts + 1, state="running", stage="", share=0.0)
        with self.database.write() as connection:
            return bool(connection.execute(change).rowcount)

    def forgive(self, pack_id: str) -> None:
        """The attempt was ended by an orderly stop: it does not count, and the pack waits again."""
        where = (packs.c.id == pack_id) & packs.c.state.in_(OPEN)
        with self.database.write() as connection:
            connection.execute(update(packs).where(where).values(attempts=packs.c.attempts - 1, state="queued"))

    def progress(self, pack_id: str, stage: str, share: float) -> None:
        """How far a running pack is, for those who ask another process."""
        where = (packs.c.id == pack_id) & (packs.c.state == "running")
        with self.database.write() as connection:
            connection.execute(update(packs).where(where).values(stage=stage, share=share))

    def finish(self, pack_id: str, result: Result, run: str = "", marks: Iterable[tuple[str, str]] = ()) -> bool:
        """Record how a pack ended; false when that was recorded before, which then stands."""
        values: dict[str, Any] = {
            "state": result.state,
            "finished_at": result.finished_at,
            "verdict": result.verdict,
            "folder": result.folder or None,
            "archive_sha256": result.archive_sha256 or None,
            "archive_bytes": result.archive_bytes or None,
            "problem": dict(result.problem) if result.problem else None,
            "run": run or None,
        }
        with self.database.write() as connection:
            where = (packs.c.id == pack_id) & packs.c.state.in_(OPEN)
            if not connection.execute(update(packs).where(where).values(**values)).rowcount:
                return False
            rows = [{"pack_id": pack_id, "what": what, "value": value[:80]} for what, value in sorted(set(marks))]
            if rows:
                connection.execute(insert(pack_marks), rows)
            return True

    def row(self, tenant: str, pack_id: str) -> Row[Any] | None:
        """The row of one pack of this tenant."""
        with self.database.read() as connection:
            return connection.execute(
                select(packs).where((packs.c.tenant == tenant) & (packs.c.id == pack_id))
            ).one_or_none()

    def states(self, ids: Iterable[str]) -> dict[str, str]:
        """State by id, of those there are."""
        with self.database.read() as connection:
            found = connection.execute(select(packs.c.id, packs.c.state).where(packs.c.id.in_(list(ids))))
            return {row.id: row.state for row in found}

    def page(self, tenant: str, *, order_id: str | None, after: str | None, limit: int) -> list[Row[Any]]:
        """Rows from the newest on that were not erased, at most ``limit``, older than the id ``after``."""
        wanted: Select[Any] = select(packs).where((packs.c.tenant == tenant) & packs.c.erased_at.is_(None))
        if order_id:
            here = (pack_orders.c.tenant == tenant) & (pack_orders.c.order_key == order_key(order_id))
            wanted = wanted.join(pack_orders, pack_orders.c.pack_id == packs.c.id).where(here)
        if after is not None:
            wanted = wanted.where(packs.c.id < after)
        with self.database.read() as connection:
            return list(connection.execute(wanted.order_by(packs.c.id.desc()).limit(limit)))

    def unfinished(self) -> list[Row[Any]]:
        """Tenant and id of every pack that waits or runs and belongs to no batch, the oldest first."""
        wanted = select(packs.c.tenant, packs.c.id).where(packs.c.state.in_(OPEN) & packs.c.batch_id.is_(None))
        with self.database.read() as connection:
            return list(connection.execute(wanted.order_by(packs.c.id)))

    def note(self, pack_id: str, **values: object) -> None:
        """Keep or replace notes about a pack (``submission``, ``outcome`` …)."""
        with self.database.write() as connection:
            connection.execute(update(packs).where(packs.c.id == pack_id).values(**values))

    def erase(self, pack_id: str, record: Mapping[str, Any], at: dt.datetime) -> None:
        """Leave of a pack only ``record`` and its notes."""
        values = {"erased": dict(record), "erased_at": at.isoformat(timespec="seconds"), "problem": None}
        with self.database.write() as connection:
            connection.execute(update(packs).where(packs.c.id == pack_id).values(**values))

    def forget(self, pack_id: str) -> None:
        """Remove a pack's row altogether."""
        with self.database.write() as connection:
            connection.execute(delete(packs).where(packs.c.id == pack_id))
