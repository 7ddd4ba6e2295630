"""The rows of batches: accepted, planned, looked up, listed, ended; each change is one transaction."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, insert, select, update

from casefile.errors import RequestFault
from jobs.faults import AlreadyAsked
from jobs.records.batch_values import (
    AcceptedBatch,
    BatchOptions,
    BatchPart,
    BatchPlan,
    BatchResult,
    PlannedRow,
    RowEnd,
    RowMade,
    RowTurn,
)
from jobs.records.database import Database
from jobs.records.ledger import KeyClaim
from jobs.records.pack_id import is_pack_id
from jobs.records.people import SOMEWHERE
from jobs.records.tables import batch_rows, batches, idempotency, people

OPEN = ("queued", "running")
UNDONE = ("failed", "cancelled")
_PAGE = 500
_FEW = 50

BatchState = Literal["queued", "running", "succeeded", "failed", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """Everything known about one batch now; ``counts`` by state of row and ``verdicts`` of what was made."""

    id: str
    tenant: str
    state: BatchState
    created_at: str
    finished_at: str | None
    sheet_name: str
    options: BatchOptions
    rows: int
    counts: Mapping[str, int]
    verdicts: Mapping[str, int]
    parts: tuple[BatchPart, ...]
    result: BatchResult
    stale: int = 0
    """Erasures that its sheet does not show yet."""


class BatchLedger:
    """The batch rows of every tenant, and the rows of their sheets."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.on_end: list[Callable[[Connection, Row[Any]], None]] = []
        """Called in the transaction that ends a batch."""

    def accept(self, asked: AcceptedBatch, claim: KeyClaim | None) -> None:
        """Write down an accepted batch; durable on return.

        Raises:
            AlreadyAsked: the key of ``claim`` was taken meanwhile.
        """
        with self.database.write() as connection:
            if claim is not None:
                held = {"tenant": asked.tenant, "route": claim.route, "key_sha256": claim.key_sha256}
                held |= {"fingerprint": claim.fingerprint, "target_id": asked.id, "at": asked.created_at}
                taken = self.database.insert(idempotency).values(**held).on_conflict_do_nothing()
                if not connection.execute(taken).rowcount:
                    raise AlreadyAsked
            row = insert(batches).values(
                id=asked.id, tenant=asked.tenant, state="queued", created_at=asked.created_at,
                sheet_name=asked.sheet_name, options=asked.options.plain(),
            )  # fmt: skip
            connection.execute(row)

    def state(self, batch_id: str) -> str:
        """The state of a batch; ``cancelled`` where there is none any more."""
        with self.database.read() as connection:
            return str(connection.scalar(select(batches.c.state).where(batches.c.id == batch_id)) or "cancelled")

    def options(self, batch_id: str) -> BatchOptions:
        """How a batch is to be done."""
        with self.database.read() as connection:
            kept = connection.scalar(select(batches.c.options).where(batches.c.id == batch_id))
            return BatchOptions.kept(kept or {})

    def sheet_name(self, batch_id: str) -> str:
        """What the sheet was called."""
        with self.database.read() as connection:
            return str(connection.scalar(select(batches.c.sheet_name).where(batches.c.id == batch_id)))

    def unfinished(self) -> list[Row[Any]]:
        """Tenant, id and attempts of every batch that waits or runs, the oldest first."""
        wanted = select(batches.c.tenant, batches.c.id, batches.c.attempts).where(batches.c.state.in_(OPEN))
        with self.database.read() as connection:
            return list(connection.execute(wanted.order_by(batches.c.id)))

    def count_start(self, batch_id: str) -> int:
        """Count one more start of a batch; how many there were."""
        with self.database.write() as connection:
            change = update(batches).where(batches.c.id == batch_id).values(attempts=batches.c.attempts + 1)
            connection.execute(change)
            return connection.scalar(select(batches.c.attempts).where(batches.c.id == batch_id)) or 1

    def starts(self, batch_id: str) -> int:
        """How often a batch was started."""
        with self.database.read() as connection:
            return connection.scalar(select(batches.c.attempts).where(batches.c.id == batch_id)) or 1

    def turns(self, batch_id: str) -> list[RowTurn]:
        """The rows that can become packs, what is due first at the beginning; always in the same order."""
        mine = (batch_rows.c.batch_id == batch_id) & (batch_rows.c.state != "invalid")
        wanted = select(batch_rows.c.number, batch_rows.c.turn, batch_rows.c.state).where(mine)
        with self.database.read() as connection:
            found = connection.execute(wanted.order_by(batch_rows.c.turn, batch_rows.c.number))
            return [RowTurn(number=row.number, turn=row.turn, open=row.state in OPEN) for row in found]

    def has_open_rows(self, batch_id: str) -> bool:
        """Whether a row waits or runs; never once the batch is over."""
        mine = (batch_rows.c.batch_id == batch_id) & batch_rows.c.state.in_(OPEN)
        with self.database.read() as connection:
            if connection.scalar(select(batches.c.state).where(batches.c.id == batch_id)) not in OPEN:
                return False
            return connection.scalar(select(batch_rows.c.number).where(mine).limit(1)) is not None

    def rows_waiting(self) -> int:
        """Rows of all batches that wait or run."""
        with self.database.read() as connection:
            return int(connection.scalar(select(func.count()).where(batch_rows.c.state.in_(OPEN))) or 0)

    def begin_row(self, row: Row[Any], pack_id: str) -> bool:
        """A row becomes this pack; false when it was cancelled or erased meanwhile."""
        where = (batch_rows.c.batch_id == row.batch_id) & (batch_rows.c.number == row.number)
        change = update(batch_rows).where(where & batch_rows.c.state.in_(OPEN))
        with self.database.write() as connection:
            return bool(connection.execute(change.values(pack_id=pack_id, state="running")).rowcount)

    def end_row(self, row: Row[Any], end: RowEnd) -> None:
        """Record what became of a row, unless that was recorded before."""
        values = {**end.model_dump(exclude={"made"}), "told": end.made.plain()}
        where = (batch_rows.c.batch_id == row.batch_id) & (batch_rows.c.number == row.number)
        with self.database.write() as connection:
            connection.execute(update(batch_rows).where(where & batch_rows.c.state.in_(OPEN)).values(**values))

    def begin(self, batch_id: str) -> bool:
        """Mark a batch as running; whether its rows are yet to be planned."""
        with self.database.write() as connection:
            where = (batches.c.id == batch_id) & batches.c.state.in_(OPEN)
            connection.execute(update(batches).where(where).values(state="running"))
            return not connection.scalar(select(batches.c.rows).where(batches.c.id == batch_id))

    def plan(self, tenant: str, batch_id: str, lines: list[PlannedRow]) -> None:
        """Write down rows, and under which marks of people they are found; those that stand already stay as they are."""
        with self.database.write() as connection:
            rows = [
                {
                    "batch_id": batch_id, "number": line.number, "state": "queued" if line.valid else "invalid",
                    "subject": line.subject, "work": line.work().plain(), "told": RowMade(told=line.told).plain(),
                    "attempts": 0, "turn": line.turn,
                }
                for line in lines
            ]  # fmt: skip
            connection.execute(self.database.insert(batch_rows).on_conflict_do_nothing(), rows)
            marks = {(mark, line.number) for line in lines for mark in line.marks}
            self._mark(connection, tenant, batch_id, marks)

    def mark_sheet(self, tenant: str, batch_id: str, marks: Iterable[str]) -> None:
        """Write down whom a sheet tells of besides its cases."""
        with self.database.write() as connection:
            self._mark(connection, tenant, batch_id, {(mark, SOMEWHERE) for mark in marks})

    def _mark(self, connection: Connection, tenant: str, batch_id: str, marks: set[tuple[str, int]]) -> None:
        told = [{"tenant": tenant, "mark": mark, "target_id": batch_id, "number": n} for mark, n in sorted(marks)]
        if told:
            connection.execute(self.database.insert(people).on_conflict_do_nothing(), told)

    def planned(self, batch_id: str, plan: BatchPlan) -> None:
        """Every row is written down; what was cancelled meanwhile is cancelled with them."""
        with self.database.write() as connection:
            values = {"rows": plan.rows, "result": BatchResult(plan=plan).plain()}
            connection.execute(update(batches).where(batches.c.id == batch_id).values(**values))
            if connection.scalar(select(batches.c.state).where(batches.c.id == batch_id)) not in OPEN:
                mine = (batch_rows.c.batch_id == batch_id) & batch_rows.c.state.in_(OPEN)
                connection.execute(update(batch_rows).where(mine).values(state="cancelled"))

    def end(self, batch_id: str, state: str, made: BatchResult, parts: Iterable[BatchPart] | None = None) -> None:
        """Record how a batch ended, unless that was recorded before; the plan of ``made`` is the one that is kept."""
        with self.database.write() as connection:
            there = connection.scalar(select(batches.c.result).where(batches.c.id == batch_id))
            where = (batches.c.id == batch_id) & batches.c.state.in_(OPEN)
            result = made.but(plan=BatchResult.kept(there or {}).plan).plain()
            kept = None if parts is None else [part.plain() for part in parts]
            values = {"state": state, "finished_at": _now(), "result": result, "parts": kept}
            if connection.execute(update(batches).where(where).values(**values)).rowcount:
                row = connection.execute(select(batches).where(batches.c.id == batch_id)).one()
                for listener in self.on_end:
                    listener(connection, row)

    def some_rows(self, batch_id: str, numbers: Sequence[int]) -> Iterator[Row[Any]]:
        """Those of these rows that wait or run, in the order of ``numbers``, a few at a time."""
        for at in range(0, len(numbers), _FEW):
            part = numbers[at : at + _FEW]
            where = (batch_rows.c.batch_id == batch_id) & batch_rows.c.number.in_(part) & batch_rows.c.state.in_(OPEN)
            with self.database.read() as connection:
                found = {row.number: row for row in connection.execute(select(batch_rows).where(where))}
            yield from (found[number] for number in part if number in found)

    def rows(self, batch_id: str, *, after: int = 0, state: tuple[str, ...] = ()) -> Iterator[Row[Any]]:
        """The rows of a batch in order, a few hundred at a time."""
        while True:
            where = (batch_rows.c.batch_id == batch_id) & (batch_rows.c.number > after)
            if state:
                where &= batch_rows.c.state.in_(state)
            with self.database.read() as connection:
                page = list(
                    connection.execute(select(batch_rows).where(where).order_by(batch_rows.c.number).limit(_PAGE))
                )
            yield from page
            if len(page) < _PAGE:
                return
            after = page[-1].number

    def folders_before(self, batch_id: str, number: int) -> set[str]:
        """The folders of rows before this one, without difference of case."""
        where = (batch_rows.c.batch_id == batch_id) & (batch_rows.c.number < number) & batch_rows.c.folder.is_not(None)
        with self.database.read() as connection:
            return {str(folder).casefold() for folder in connection.scalars(select(batch_rows.c.folder).where(where))}

    def view(self, tenant: str, batch_id: str) -> BatchView:
        """One batch as it is now.

        Raises:
            RequestFault: ``batch-not-found`` or ``batch-erased`` (410).
        """
        where = (batches.c.tenant == tenant) & (batches.c.id == batch_id)
        with self.database.read() as connection:
            row = connection.execute(select(batches).where(where)).one_or_none() if is_pack_id(batch_id) else None
            if row is None:
                raise RequestFault("batch-not-found", status=404)
            if row.erased_at is not None:
                raise RequestFault("batch-erased", status=410, erased_at=row.erased_at)
            mine = batch_rows.c.batch_id == batch_id
            counted = select(batch_rows.c.state, func.count()).where(mine).group_by(batch_rows.c.state)
            judged = select(batch_rows.c.verdict, func.count()).where(mine & batch_rows.c.verdict.is_not(None))
            counts = {row[0]: row[1] for row in connection.execute(counted)}
            verdicts = {row[0]: row[1] for row in connection.execute(judged.group_by(batch_rows.c.verdict))}
        told = {
            name: getattr(row, name) for name in ("id", "tenant", "state", "created_at", "finished_at", "sheet_name")
        }
        return BatchView(
            **told, options=BatchOptions.kept(row.options or {}), rows=row.rows, counts=counts, verdicts=verdicts,
            parts=tuple(map(BatchPart.kept, row.parts or ())), result=BatchResult.kept(row.result or {}), stale=row.stale,
        )  # fmt: skip

    def page(self, tenant: str, *, after: str | None, limit: int) -> tuple[list[BatchView], bool]:
        """Batches from the newest on, older than the id ``after``; and whether there are more."""
        mine = (batches.c.tenant == tenant) & batches.c.erased_at.is_(None)
        wanted = select(batches.c.id).where(mine).order_by(batches.c.id.desc()).limit(limit + 1)
        if after is not None:
            wanted = wanted.where(batches.c.id < after)
        with self.database.read() as connection:
            ids = list(connection.scalars(wanted))
        return [self.view(tenant, batch_id) for batch_id in ids[:limit]], len(ids) > limit

    def cancel(self, batch_id: str) -> list[str]:
        """Record that no more rows are to be done; the packs that were being made."""
        with self.database.write() as connection:
            where = (batches.c.id == batch_id) & batches.c.state.in_(OPEN)
            values = {"state": "cancelled", "finished_at": _now()}
            if not connection.execute(update(batches).where(where).values(**values)).rowcount:
                return []
            mine = (batch_rows.c.batch_id == batch_id) & batch_rows.c.state.in_(OPEN)
            wanted = select(batch_rows.c.pack_id).where(mine & batch_rows.c.pack_id.is_not(None))
            running = list(connection.scalars(wanted))
            connection.execute(update(batch_rows).where(mine).values(state="cancelled"))
            return running

    def queue_undone(self, batch_id: str) -> int:
        """Let the rows wait again that failed or were cancelled; how many."""
        with self.database.write() as connection:
            where = (batch_rows.c.batch_id == batch_id) & batch_rows.c.state.in_(UNDONE)
            values = {"state": "queued", "pack_id": None, "told": None, "attempts": batch_rows.c.attempts + 1}
            count = int(connection.execute(update(batch_rows).where(where).values(**values)).rowcount)
            if count:
                again = {"state": "queued", "finished_at": None, "parts": None}
                connection.execute(update(batches).where(batches.c.id == batch_id).values(**again))
            return count


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
