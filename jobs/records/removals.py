"""Objects that are to go: noted in the transaction that erases their rows, removed after it, forgotten when they are gone.

Whoever dies in between leaves the note, and another process does what it says; rows and objects agree in the end whatever happens.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Connection, delete, func, select, update

from jobs.records.database import Database
from jobs.records.store import Store
from jobs.records.tables import removals

LEASE = dt.timedelta(minutes=10)
"""So long the one who noted a removal has for it, then it is anybody's."""

AGAIN = dt.timedelta(hours=1)
"""What was still being made when it was erased is looked after once more then: its maker may have written last."""

_AT_ONCE = 500
_LINES = 16
"""Folders removed at a time: a disk or a bucket is waited for, nothing is calculated."""


class Removals:
    """The objects of every tenant that are still to go."""

    def __init__(self, database: Database, store: Store) -> None:
        self._database = database
        self._store = store

    def note(self, connection: Connection, wanted: Mapping[str, Sequence[str]], at: dt.datetime) -> None:
        """Note folders to remove (each with the folders in it that stay), in the caller's transaction."""
        due = (at + LEASE).isoformat(timespec="seconds")
        rows = [{"prefix": prefix, "keep": list(keep), "due_at": due} for prefix, keep in wanted.items()]
        if rows:
            change = self._database.insert(removals)
            change = change.on_conflict_do_update(
                index_elements=["prefix"], set_={"keep": change.excluded.keep, "due_at": due}
            )
            connection.execute(change, rows)

    def do(self, wanted: Mapping[str, Sequence[str]], again: Iterable[str] = ()) -> None:
        """Remove what was noted, and the notes; those of ``again`` are done once more later."""
        if len(wanted) == 1:
            self._store.clear(*next(iter(wanted.items())))
        elif wanted:
            with ThreadPoolExecutor(_LINES) as pool:
                list(pool.map(lambda one: self._store.clear(*one), wanted.items()))
        later = set(again)
        due = (dt.datetime.now(dt.UTC) + AGAIN).isoformat(timespec="seconds")
        with self._database.write() as connection:
            done = [prefix for prefix in wanted if prefix not in later]
            for at in range(0, len(done), _AT_ONCE):
                connection.execute(delete(removals).where(removals.c.prefix.in_(done[at : at + _AT_ONCE])))
            if later:
                connection.execute(update(removals).where(removals.c.prefix.in_(later)).values(due_at=due))

    def sweep(self, now: dt.datetime) -> int:
        """Do what was noted and not done by whoever noted it; how many folders."""
        with self._database.write() as connection:
            late = removals.c.due_at <= now.isoformat(timespec="seconds")
            wanted = select(removals.c.prefix).where(late).order_by(removals.c.due_at).limit(_AT_ONCE)
            mine = removals.c.prefix.in_(wanted.with_for_update(skip_locked=True).scalar_subquery())
            lease = update(removals).where(mine).values(due_at=(now + LEASE).isoformat(timespec="seconds"))
            found = {
                row.prefix: row.keep for row in connection.execute(lease.returning(removals.c.prefix, removals.c.keep))
            }
        if found:
            self.do(found)
        return len(found)

    def waiting(self) -> int:
        """How many folders are still to go."""
        with self._database.read() as connection:
            return int(connection.scalar(select(func.count()).select_from(removals)) or 0)
