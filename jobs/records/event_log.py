"""The events of a tenant in their order, for those who ask instead of being told; kept as long as the outbox is.

An event is listed once every transaction that began before it has ended, else a reader that went past it would never see it.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from jobs.records.database import Database
from jobs.records.events import AnyEvent, about, read_event
from jobs.records.pack_id import new_pack_id
from jobs.records.tables import events

SETTLED = dt.timedelta(seconds=2)
"""Events are listed when they are so old; no transaction that writes one takes longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent:
    """An event and its id, which is its place in the order."""

    id: str
    event: AnyEvent


class EventLog:
    """The events of every tenant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @staticmethod
    def write(connection: Connection, tenant: str, event: AnyEvent) -> None:
        """Write an event down in the caller's transaction."""
        now = dt.datetime.now(dt.UTC)
        row = {
            "id": new_pack_id(now),
            "tenant": tenant,
            "type": event.type,
            "event": event.plain(),
            "about": about(event),
        }
        connection.execute(insert(events).values(**row, created_at=now.isoformat(timespec="seconds")))

    def page(
        self, tenant: str, *, after: str | None, limit: int, type_: str | None = None
    ) -> tuple[tuple[LoggedEvent, ...], bool]:
        """Events from the oldest on, those after the id ``after``; and whether there are more."""
        before = new_pack_id(dt.datetime.now(dt.UTC) - SETTLED)
        wanted = select(events).where((events.c.tenant == tenant) & (events.c.id < before)).order_by(events.c.id)
        if after is not None:
            wanted = wanted.where(events.c.id > after)
        if type_ is not None:
            wanted = wanted.where(events.c.type == type_)
        with self._database.read() as connection:
            found = [
                LoggedEvent(id=row.id, event=read_event(row.event))
                for row in connection.execute(wanted.limit(limit + 1))
            ]
        return tuple(found[:limit]), len(found) > limit

    def expire(self, before: str) -> int:
        """Forget events that happened before this time; how many."""
        with self._database.write() as connection:
            return int(connection.execute(delete(events).where(events.c.created_at < before)).rowcount)
