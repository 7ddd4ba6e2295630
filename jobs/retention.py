"""What is kept how long, and its removal: packs 180 days, erased packs' records 180 days more, drafts 14 days, keys 72 hours.

Work is taken in rounds: some hundred due things of one tenant are claimed, the oldest first, in one statement over an index;
what one has claimed no other takes, until the claim is old because its holder died. Tenants take turns. A batch goes as a
whole once its newest pack is due, at most a day late; packs that would wait longer for it go alone.
"""

import datetime as dt
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, and_, func, or_, select, update

from jobs.erasing import Erasing
from jobs.records.batch_ledger import OPEN
from jobs.records.database import Database
from jobs.records.drafts import Drafts
from jobs.records.keys import Keys
from jobs.records.tables import batches, packs

AT_ONCE = 500
"""Packs of one claim."""

_BATCHES_AT_ONCE = 5
_LEASE = dt.timedelta(minutes=15)
_ROUND_SECONDS = 300.0
"""A tidy-up ends after so long and goes on at the next turn: other duties of the same thread wait for it."""

_MOST_COUNTED = 100_000
_GRACE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Removes what has been kept long enough, a few hundred things at a time, beside any number of others that do the same."""

    database: Database
    erasing: Erasing
    drafts: Drafts
    keys: Keys
    pack_days: float = 180.0
    days_of: Mapping[str, float] = field(default_factory=dict)
    """Days by tenant, where they are others."""
    ending: Callable[[], bool] = lambda: False
    """Whether the process is about to end: then a tidy-up stops between two rounds."""

    def tidy(self, seconds: float = _ROUND_SECONDS) -> dict[str, int]:
        """Remove what is due, as long as there is something and ``seconds`` are not over; how many of each."""
        now, end = dt.datetime.now(dt.UTC), time.monotonic() + seconds
        done = {
            "removals": self.erasing.removals.sweep(now), "unended": self.erasing.catch_up(),
            "drafts": 0, "keys": self.keys.expire(now), "batches": 0, "packs": 0, "records": 0,
        }  # fmt: skip
        while time.monotonic() < end and not self.ending():
            found = self.round(now)
            for name, count in found.items():
                done[name] += count
            if not any(found.values()):
                break
        if done["packs"] or done["batches"] or done["drafts"]:
            self.erasing.settle()
        return done

    def round(self, now: dt.datetime) -> dict[str, int]:
        """One claim of every kind for every tenant; how many were removed."""
        found = {"drafts": self.drafts.expire(now), "batches": 0, "packs": 0, "records": 0}
        for tenant in self._tenants(packs):
            found["packs"] += self._packs(tenant, now)
            found["records"] += self._records(tenant, now)
        for tenant in self._tenants(batches):
            found["batches"] += self._batches(tenant, now)
        return found

    def _tenants(self, table: Table) -> Iterator[str]:
        """Every tenant with rows, one look into the index each."""
        last = ""
        while True:
            with self.database.read() as connection:
                found = connection.scalar(select(func.min(table.c.tenant)).where(table.c.tenant > last))
            if found is None:
                return
            yield found
            last = found

    def _before(self, tenant: str, now: dt.datetime, more: dt.timedelta = dt.timedelta()) -> str:
        """What is older than this time is due."""
        return (now - dt.timedelta(days=self._days(tenant)) - more).isoformat(timespec="seconds")

    def _days(self, tenant: str) -> float:
        return self.days_of.get(tenant, self.pack_days)

    def _grace(self, tenant: str) -> dt.timedelta:
        return min(_GRACE, dt.timedelta(days=self._days(tenant) / 100))

    def _due(self, tenant: str, now: dt.datetime) -> ColumnElement[bool]:
        """Packs of no batch that are due, and packs of a batch that have waited a day for it."""
        alone = and_(packs.c.batch_id.is_(None), packs.c.created_at < self._before(tenant, now))
        late = packs.c.created_at < self._before(tenant, now, self._grace(tenant))
        return and_(
            packs.c.tenant == tenant, packs.c.erased_at.is_(None), packs.c.created_at < self._before(tenant, now),
            or_(alone, late), packs.c.state.not_in(OPEN),
        )  # fmt: skip

    def _packs(self, tenant: str, now: dt.datetime) -> int:
        claim, rows = self._claimed(packs, self._due(tenant, now), now, AT_ONCE)
        if not rows:
            return 0
        gone = self.erasing.packs([(tenant, row.id) for row in rows], claim)
        self.erasing.refresh_all(tenant, gone.batches)
        return len(gone.packs)

    def _batches(self, tenant: str, now: dt.datetime) -> int:
        before = self._before(tenant, now)
        newer = select(packs.c.id).where(and_(packs.c.batch_id == batches.c.id, packs.c.created_at >= before)).exists()
        due = and_(
            batches.c.tenant == tenant, batches.c.created_at < before, batches.c.erased_at.is_(None),
            batches.c.state.not_in(OPEN), ~newer,
        )  # fmt: skip
        claim, rows = self._claimed(batches, due, now, _BATCHES_AT_ONCE)
        for row in rows:
            self.erasing.erase_due_batch(tenant, row.id, claim)
        return len(rows)

    def _records(self, tenant: str, now: dt.datetime) -> int:
        """Forget the records of packs and batches that were erased long ago."""
        before, count = self._before(tenant, now), 0
        for table, forget in ((packs, self.erasing.forget_records), (batches, self.erasing.forget_batches)):
            old = and_(table.c.tenant == tenant, table.c.erased_at < before)
            _, rows = self._claimed(table, old, now, AT_ONCE)
            count += forget(rows)
        return count

    def _claimed(
        self, table: Table, due: ColumnElement[bool], now: dt.datetime, most: int
    ) -> tuple[str, list[Row[Any]]]:  # which table, what is due, when, how many
        """Rows that are due and nobody's, the oldest first, now ours; in one statement, so that two never take the same."""
        claim, time_ = uuid.uuid4().hex, now.isoformat(timespec="seconds")
        until = (dt.datetime.now(dt.UTC) + _LEASE).isoformat(timespec="seconds")
        free = or_(table.c.claim_until.is_(None), table.c.claim_until < time_)
        first = select(table.c.id).where(and_(due, free)).order_by(table.c.erased_at, table.c.created_at).limit(most)
        mine = table.c.id.in_(first.with_for_update(skip_locked=True).scalar_subquery())
        change = update(table).where(mine).values(claim=claim, claim_until=until)
        with self.database.write() as connection:
            return claim, list(connection.execute(change.returning(table.c.tenant, table.c.id, table.c.erased)))

    def backlog(self, now: dt.datetime) -> tuple[int, float]:
        """How many packs are due and still here (counted to a bound), and for how many seconds the oldest of them has been."""
        count, oldest = 0, 0.0
        for tenant in self._tenants(packs):
            some = select(packs.c.created_at).where(self._due(tenant, now)).limit(_MOST_COUNTED).subquery()
            oldest_first = packs.c.erased_at, packs.c.created_at
            first_of = select(packs.c.created_at).where(self._due(tenant, now)).order_by(*oldest_first).limit(1)
            with self.database.read() as connection:
                due = int(connection.scalar(select(func.count()).select_from(some)) or 0)
                first = connection.scalar(first_of)
            count += due
            if first is not None:
                age = now - dt.datetime.fromisoformat(first) - dt.timedelta(days=self._days(tenant))
                oldest = max(oldest, age.total_seconds())
        return count, oldest
