"""What is left of rows when they are erased: hashes, sizes, times and the record of the submission; no name, order or text.

Everything here happens in the caller's transaction, for many rows at a time.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, select, update

from jobs.records.batch_values import BatchPart, BatchResult, row_work
from jobs.records.events import nameless, read_event
from jobs.records.ledger import OPEN
from jobs.records.notes import OutcomeRecord, PackRemains, SubmissionRecord
from jobs.records.tables import batch_rows, batches, deliveries, idempotency, pack_orders, packs, people, reminders
from jobs.records.tables import events as happened

ERASED = "erased"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What a transaction erased: packs, the batches whose rows they were, and the events and keys that told of them."""

    packs: tuple[str, ...] = ()
    batches: tuple[str, ...] = ()
    events: int = 0
    keys: int = 0


def erase_packs(
    connection: Connection, records: Mapping[str, PackRemains], at: dt.datetime, claim: str | None = None
) -> Gone:
    """Erase the rows of finished packs that are not erased yet (and are held by ``claim``, where one is given).

    ``records`` says by pack what stays of its files. What tells of a pack elsewhere goes with it: orders, marks of people,
    reminders, idempotency keys, names in events, its row in a batch.
    """
    found: list[str] = []
    events = keys = 0
    touched: set[str] = set()
    for part in _parts(list(records)):
        rows = list(connection.execute(_erasable(part, claim)))
        ids = [row.id for row in rows]
        if not ids:
            continue
        values = [
            {
                "which": row.id,
                "record": records[row.id].plain(),
                "sent": SubmissionRecord.kept(row.submission).erased().plain() if row.submission else None,
                "end": OutcomeRecord.kept(row.outcome).erased().plain() if row.outcome else None,
            }
            for row in rows
        ]
        change = update(packs).where(packs.c.id == bindparam("which")).values(
            erased=bindparam("record"), submission=bindparam("sent"), outcome=bindparam("end"), subject="", folder=None,
            problem=None, claim=None, claim_until=None, erased_at=at.isoformat(timespec="seconds"),
        )  # fmt: skip
        connection.execute(change, values)
        connection.execute(delete(pack_orders).where(pack_orders.c.pack_id.in_(ids)))
        connection.execute(delete(reminders).where(reminders.c.pack_id.in_(ids)))
        gone = forget_about(connection, ids)
        events, keys = events + gone.events, keys + gone.keys
        touched |= _erase_rows_of(connection, ids)
        found += ids
    return Gone(packs=tuple(found), batches=tuple(sorted(touched)), events=events, keys=keys)


def _erasable(ids: Sequence[str], claim: str | None) -> Any:  # noqa: ANN401  # a select
    where = packs.c.id.in_(ids) & packs.c.erased_at.is_(None) & packs.c.state.not_in(OPEN)
    if claim is not None:
        where &= packs.c.claim == claim
    return select(packs.c.id, packs.c.submission, packs.c.outcome).where(where).with_for_update()


def forget_about(connection: Connection, ids: Sequence[str]) -> Gone:
    """Drop marks of people and idempotency keys of packs or batches, and what names them in events of the outbox."""
    connection.execute(delete(people).where(people.c.target_id.in_(ids)))
    keys = connection.execute(delete(idempotency).where(idempotency.c.target_id.in_(ids))).rowcount
    nameless_ones = sum(_without_names(connection, table, ids) for table in (deliveries, happened))
    return Gone(events=nameless_ones, keys=keys)


def _without_names(connection: Connection, table: Table, ids: Sequence[str]) -> int:
    """Take what names these packs or batches out of the events of a table; how many events that were."""
    told = list(connection.execute(select(table.c.id, table.c.event).where(table.c.about.in_(ids))))
    if told:
        change = update(table).where(table.c.id == bindparam("which")).values(event=bindparam("blank"))
        blank = [{"which": row.id, "blank": nameless(read_event(row.event)).plain()} for row in told]
        connection.execute(change, blank)
    return len(told)


def _erase_rows_of(connection: Connection, pack_ids: Sequence[str]) -> set[str]:
    """The rows of batches that these packs were; the batches that must show it."""
    wanted = select(batch_rows.c.batch_id, batch_rows.c.number, batch_rows.c.work)
    rows = list(connection.execute(wanted.where(batch_rows.c.pack_id.in_(pack_ids))))
    erase_rows(connection, rows)
    return {row.batch_id for row in rows}


def erase_rows(connection: Connection, rows: Sequence[Any]) -> None:
    """Leave of rows of batches (``batch_id``, ``number``, ``work``) only where they stood in the sheet."""
    if not rows:
        return
    where = (batch_rows.c.batch_id == bindparam("which")) & (batch_rows.c.number == bindparam("place"))
    change = update(batch_rows).where(where).values(
        state=ERASED, subject="", verdict=None, folder=None, sha256=None, told=None, work=bindparam("left"),
    )  # fmt: skip
    left = [{"which": row.batch_id, "place": row.number, "left": {"rows": list(row_work(row).rows)}} for row in rows]
    connection.execute(change, left)
    for row in rows:
        where = (people.c.target_id == row.batch_id) & (people.c.number == row.number)
        connection.execute(delete(people).where(where))
    touched = sorted({row.batch_id for row in rows})
    connection.execute(update(batches).where(batches.c.id.in_(touched)).values(stale=batches.c.stale + 1))


def erase_batch(connection: Connection, row: Any, at: dt.datetime) -> Gone:  # noqa: ANN401  # a row of batches
    """Erase a finished batch with its rows; its packs are to be erased after it."""
    sheet = BatchResult.kept(row.result or {}).sheet
    parts = [BatchPart.kept(part) for part in row.parts or []]
    record = {
        "created_at": row.created_at, "finished_at": row.finished_at, "rows": row.rows, "state": row.state,
        "sheet": {"bytes": sheet.bytes, "sha256": sheet.sha256} if sheet else {},
        "parts": [{"bytes": part.bytes, "sha256": part.sha256} for part in parts],
    }  # fmt: skip
    values = {
        "state": "erasing", "erased": record, "erased_at": at.isoformat(timespec="seconds"), "sheet_name": "",
        "options": {}, "parts": None, "result": {}, "stale": 0, "needles": None,
    }  # fmt: skip
    connection.execute(update(batches).where(batches.c.id == row.id).values(**values))
    connection.execute(delete(batch_rows).where(batch_rows.c.batch_id == row.id))
    return forget_about(connection, [row.id])


def _parts(ids: list[str]) -> list[list[str]]:
    return [ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)]
