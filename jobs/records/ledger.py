"""The rows of packs: accepted, running, finished; found by order, counted, noted upon, erased.

A pack is accepted in one transaction together with its idempotency key, and finished by the one update that finds it unfinished:
whoever comes second, a twin of a lost worker for instance, changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from casefile.plain_case import PlainCase
from casefile.turn import turn_of
from jobs.faults import AlreadyAsked
from jobs.records.database import Database
from jobs.records.notes import SubmissionRecord
from jobs.records.pack_filter import PackFilter
from jobs.records.pack_store import Accepted, Built, Result
from jobs.records.people import WHOLE, fold_order, marks_of
from jobs.records.tables import batch_rows, idempotency, pack_marks, pack_orders, packs, people

MAX_ATTEMPTS = 25
"""A pack is started this often, then it is failed as ``job-crashed``. Its own worker's death counts for itself (see ``Packs``);
this bound is for a pack that takes whole services down."""

OPEN = ("queued", "running")
POSTPONED = "postponed"
"""The stage of a pack that waits for room on the disk or for a server to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyClaim:
    """An idempotency key for something new: route, hash of the key, fingerprint of the request."""

    route: str
    key_sha256: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """The line of packs: how many wait, of how many tenants, of the one who has most, and since when the first waits."""

    packs: int
    tenants: int
    longest: int
    oldest_at: str | None


class RowOver(Exception):
    """The row of a batch is not to become a pack any more."""


class PackLedger:
    """The pack rows of every tenant. What happens together with a change is hung on ``on_finish`` and ``on_submission``."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.on_finish: list[Callable[[Connection, Row[Any], Built | None], None]] = []
        """Called in the transaction that finishes a pack, with its row and what was built."""
        self.on_submission: list[Callable[[Connection, Row[Any], SubmissionRecord], None]] = []
        """Called in the transaction that records a submission, with the row and the note."""

    def accept(self, asked: Accepted, claim: KeyClaim | None = None, batch_id: str | None = None) -> None:
        """Write down an accepted pack; durable on return.

        Raises:
            AlreadyAsked: the key of ``claim`` was taken meanwhile.
            RowOver: the row of the batch that it is made of was cancelled or erased meanwhile.
        """
        row = {
            name: getattr(asked, name)
            for name in ("id", "tenant", "created_at", "platform", "procedure", "subject", "due_at")
        }
        row |= {"reason": asked.case.get("reason"), "state": "queued", "batch_id": batch_id}
        keys = {fold_order(order_id) for order_id in [*asked.order_ids, asked.subject] if order_id.strip()}
        marks = sorted(marks_of(asked.tenant, PlainCase(asked.case), asked.subject))
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
            if batch_id is not None and not _row_waits(connection, batch_id, asked.id):
                raise RowOver
            connection.execute(insert(packs).values(**row))
            if keys:
                rows = [{"tenant": asked.tenant, "order_key": key, "pack_id": asked.id} for key in sorted(keys)]
                connection.execute(insert(pack_orders), rows)
            if marks:
                found = [
                    {"tenant": asked.tenant, "mark": mark, "target_id": asked.id, "number": WHOLE} for mark in marks
                ]
                connection.execute(insert(people), found)

    def begin(self, pack_id: str) -> bool:
        """Count one more attempt and mark the pack as running; false when it is finished or was tried often enough."""
        often = (packs.c.attempts >= MAX_ATTEMPTS) & (packs.c.stage != POSTPONED)
        where = (packs.c.id == pack_id) & packs.c.state.in_(OPEN) & ~often
        change = update(packs).where(where).values(attempts=packs.c.attempts + 1, state="running", stage="", share=0.0)
        with self.database.write() as connection:
            return bool(connection.execute(change).rowcount)

    def forgive(self, pack_id: str) -> None:
        """The attempt was ended by an orderly stop: it does not count, and the pack waits again."""
        where = (packs.c.id == pack_id) & packs.c.state.in_(OPEN)
        with self.database.write() as connection:
            connection.execute(update(packs).where(where).values(attempts=packs.c.attempts - 1, state="queued"))

    def requeue(self, pack_id: str) -> None:
        """The attempt met a full disk or a silent server: the pack waits again, however often that happens."""
        where = (packs.c.id == pack_id) & packs.c.state.in_(OPEN)
        with self.database.write() as connection:
            connection.execute(update(packs).where(where).values(state="queued", stage=POSTPONED, share=0.0))

    def progress(self, pack_id: str, stage: str, share: float) -> None:
        """How far a running pack is, for those who ask another process."""
        where = (packs.c.id == pack_id) & (packs.c.state == "running")
        with self.database.write() as connection:
            connection.execute(update(packs).where(where).values(stage=stage, share=share))

    def finish(self, pack_id: str, result: Result, built: Built | None = None) -> bool:
        """Record how a pack ended, and what a run built; false when an end was recorded before, which then stands."""
        marks = built.marks if built else ()
        values: dict[str, Any] = {
            "state": result.state,
            "finished_at": result.finished_at,
            "verdict": result.verdict,
            "folder": result.folder or None,
            "archive_sha256": result.archive_sha256 or None,
            "archive_bytes": result.archive_bytes or None,
            "problem": dict(result.problem) if result.problem else None,
            "run": built.run if built else None,
        }
        if built is not None:
            values["due_at"] = built.due_at
        with self.database.write() as connection:
            where = (packs.c.id == pack_id) & packs.c.state.in_(OPEN)
            if not connection.execute(update(packs).where(where).values(**values)).rowcount:
                return False
            rows = [{"pack_id": pack_id, "what": what, "value": value[:80]} for what, value in sorted(set(marks))]
            if rows:
                connection.execute(insert(pack_marks), rows)
            row = connection.execute(select(packs).where(packs.c.id == pack_id)).one()
            for listener in self.on_finish:
                listener(connection, row, built)
            return True

    def give_up(self, pack_id: str, result: Result) -> None:
        """Record a failure and nothing else: for a pack whose end could not be recorded with what goes with it."""
        where = (packs.c.id == pack_id) & packs.c.state.in_(OPEN)
        values = {"state": result.state, "finished_at": result.finished_at, "problem": dict(result.problem or {})}
        with self.database.write() as connection:
            connection.execute(update(packs).where(where).values(**values))

    def row(self, tenant: str, pack_id: str) -> Row[Any] | None:
        """The row of one pack of this tenant."""
        with self.database.read() as connection:
            return connection.execute(
                select(packs).where((packs.c.tenant == tenant) & (packs.c.id == pack_id))
            ).one_or_none()

    def turn(self, pack_id: str) -> str:
        """When a pack has its turn; nothing where there is none."""
        with self.database.read() as connection:
            wanted = select(packs.c.due_at, packs.c.created_at).where(packs.c.id == pack_id)
            row = connection.execute(wanted).one_or_none()
            return turn_of(row.due_at, row.created_at) if row is not None else ""

    def attempts(self, pack_id: str) -> int:
        """How often a pack was begun."""
        with self.database.read() as connection:
            return int(connection.scalar(select(packs.c.attempts).where(packs.c.id == pack_id)) or 0)

    def states(self, ids: Iterable[str]) -> dict[str, str]:
        """State by id, of those there are."""
        with self.database.read() as connection:
            found = connection.execute(select(packs.c.id, packs.c.state).where(packs.c.id.in_(list(ids))))
            return {row.id: row.state for row in found}

    def kept(self, ids: Iterable[str]) -> set[str]:
        """Those of these packs that are there and not erased."""
        wanted = select(packs.c.id).where(packs.c.id.in_(list(ids)) & packs.c.erased_at.is_(None))
        with self.database.read() as connection:
            return set(connection.scalars(wanted))

    def ends(self, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Tenant and state by id, of those there are."""
        with self.database.read() as connection:
            wanted = select(packs.c.id, packs.c.tenant, packs.c.state).where(packs.c.id.in_(list(ids)))
            return {row.id: (row.tenant, row.state) for row in connection.execute(wanted)}

    def counts(self) -> dict[tuple[str, str], int]:
        """How many packs there are by state and verdict, of everybody together."""
        verdict = func.coalesce(packs.c.verdict, "")
        with self.database.read() as connection:
            found = connection.execute(select(packs.c.state, verdict, func.count()).group_by(packs.c.state, verdict))
            return {(row[0], row[1]): int(row[2]) for row in found}

    def waiting(self, tenant: str) -> tuple[int, int]:
        """How many packs outside batches wait: of everybody, and of this tenant."""
        counted = select(packs.c.tenant, func.count()).where((packs.c.state == "queued") & packs.c.batch_id.is_(None))
        with self.database.read() as connection:
            by_tenant = {row[0]: int(row[1]) for row in connection.execute(counted.group_by(packs.c.tenant))}
        return sum(by_tenant.values()), by_tenant.get(tenant, 0)

    def line(self) -> WaitingLine:
        """What waits now, of everybody, rows of batches included."""
        counted = select(func.count(), func.min(packs.c.created_at)).where(packs.c.state == "queued")
        with self.database.read() as connection:
            found = list(connection.execute(counted.group_by(packs.c.tenant)))
        counts = [int(row[0]) for row in found]
        return WaitingLine(
            packs=sum(counts), tenants=len(counts), longest=max(counts, default=0),
            oldest_at=min((str(row[1]) for row in found), default=None),
        )  # fmt: skip

    def page(self, tenant: str, sought: PackFilter, *, after: str | None, limit: int) -> list[Row[Any]]:
        """Rows from the newest on that were not erased, at most ``limit``, older than the id ``after``."""
        wanted = sought.narrowed(select(packs).where((packs.c.tenant == tenant) & packs.c.erased_at.is_(None)), tenant)
        if after is not None:
            wanted = wanted.where(packs.c.id < after)
        with self.database.read() as connection:
            return list(connection.execute(wanted.order_by(packs.c.id.desc()).limit(limit)))

    def unfinished(self) -> list[Row[Any]]:
        """Tenant, id, attempts and time of every pack that waits or runs and belongs to no batch, the oldest first."""
        wanted = select(packs.c.tenant, packs.c.id, packs.c.attempts, packs.c.created_at).where(
            packs.c.state.in_(OPEN) & packs.c.batch_id.is_(None)
        )
        with self.database.read() as connection:
            return list(connection.execute(wanted.order_by(packs.c.id)))

    def note(self, pack_id: str, **values: object) -> None:
        """Keep or replace notes about a pack (``submission``, ``outcome`` …) that is not erased."""
        with self.database.write() as connection:
            connection.execute(update(packs).where(_kept(pack_id)).values(**values))

    def submitted(self, pack_id: str, note: SubmissionRecord) -> None:
        """Record that a pack was sent."""
        with self.database.write() as connection:
            change = update(packs).where(_kept(pack_id)).values(submission=note.plain())
            if not connection.execute(change).rowcount:
                return
            row = connection.execute(select(packs).where(packs.c.id == pack_id)).one()
            for listener in self.on_submission:
                listener(connection, row, note)

    def forget(self, pack_id: str) -> None:
        """Remove a pack's row altogether."""
        with self.database.write() as connection:
            connection.execute(delete(people).where(people.c.target_id == pack_id))
            connection.execute(delete(packs).where(packs.c.id == pack_id))


def _kept(pack_id: str) -> ColumnElement[bool]:
    return (packs.c.id == pack_id) & packs.c.erased_at.is_(None)


def _row_waits(connection: Connection, batch_id: str, pack_id: str) -> bool:
    mine = (batch_rows.c.batch_id == batch_id) & (batch_rows.c.pack_id == pack_id)
    state = connection.scalar(select(batch_rows.c.state).where(mine).with_for_update())
    return state is None or state in OPEN
