"""Which packs a list shows: by order, state, verdict, platform, reason, and by when they were made and are due."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from jobs.records.pack_store import State
from jobs.records.people import fold_order
from jobs.records.tables import pack_orders, packs


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFilter:
    """What a pack has to be to stand in a list; what is left open holds of every pack.

    ``order_id`` is the beginning of an order's id; ``due_before`` holds of packs of which a deadline is known.
    """

    order_id: str | None = None
    state: State | None = None
    verdict: str | None = None
    platform: str | None = None
    reason: str | None = None
    created_after: dt.datetime | None = None
    created_before: dt.datetime | None = None
    due_before: dt.datetime | None = None

    def narrowed(self, wanted: Select[Any], tenant: str) -> Select[Any]:
        """``wanted``, a select of packs of ``tenant``, with these conditions."""
        exact = {"state": self.state, "verdict": self.verdict, "platform": self.platform, "reason": self.reason}
        for name, value in exact.items():
            if value is not None:
                wanted = wanted.where(packs.c[name] == value)
        for condition in self._times():
            wanted = wanted.where(condition)
        if self.order_id and (begin := fold_order(self.order_id)):
            mine = pack_orders.c.order_key.startswith(begin, autoescape=True) & (pack_orders.c.tenant == tenant)
            wanted = wanted.where(packs.c.id.in_(select(pack_orders.c.pack_id).where(mine)))
        return wanted

    def _times(self) -> list[ColumnElement[bool]]:
        found = []
        if self.created_after is not None:
            found.append(packs.c.created_at >= _utc(self.created_after))
        if self.created_before is not None:
            found.append(packs.c.created_at < _utc(self.created_before))
        if self.due_before is not None:
            found.append(packs.c.due_at < _utc(self.due_before))
        return found


EVERY_PACK = PackFilter()
"""No condition."""


def _utc(moment: dt.datetime) -> str:
    """A time as rows hold it; one without a zone is meant in UTC."""
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return zoned.astimezone(dt.UTC).isoformat(timespec="seconds")
