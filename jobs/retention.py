"""What is kept how long, and its removal: packs 180 days, erased packs' records 180 days more, drafts 14 days, keys 72 hours."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, select

from jobs.database import Database
from jobs.drafts import Drafts
from jobs.keeper import days_ago
from jobs.keys import Keys
from jobs.pack_view import PackView
from jobs.packs import Packs
from jobs.store import Store
from jobs.tables import batches, packs

_AT_ONCE = 200
_OPEN = ("queued", "running")


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Removes what has been kept long enough, a few hundred things at a time."""

    database: Database
    store: Store
    packs: Packs
    drafts: Drafts
    keys: Keys
    pack_days: float = 180.0

    def tidy(self) -> dict[str, int]:
        """Remove what is due; how many of each."""
        now = dt.datetime.now(dt.UTC)
        return {
            "drafts": self.drafts.expire(now),
            "keys": self.keys.expire(now),
            "packs": self._erase_packs(),
            "records": self._drop_records(),
            "batches": self._drop_batches(),
        }

    def _erase_packs(self) -> int:
        due = packs.c.created_at < days_ago(self.pack_days)
        wanted = select(packs.c.tenant, packs.c.id).where(
            due & packs.c.erased_at.is_(None) & packs.c.state.not_in(_OPEN)
        )
        with self.database.read() as connection:
            found = list(connection.execute(wanted.limit(_AT_ONCE)))
        for tenant, pack_id in found:
            view = self.packs.view(tenant, pack_id)
            if isinstance(view, PackView):
                self.packs.erase(view)
        return len(found)

    def _drop_records(self) -> int:
        due = packs.c.erased_at < days_ago(self.pack_days)
        with self.database.read() as connection:
            found = list(connection.execute(select(packs.c.tenant, packs.c.id).where(due).limit(_AT_ONCE)))
        for tenant, pack_id in found:
            self.packs.shelf(tenant, pack_id).forget()
            self.packs.ledger.forget(pack_id)
        return len(found)

    def _drop_batches(self) -> int:
        due = (batches.c.created_at < days_ago(self.pack_days)) & batches.c.state.not_in(_OPEN)
        with self.database.read() as connection:
            found = list(connection.execute(select(batches.c.tenant, batches.c.id).where(due).limit(_AT_ONCE)))
        for tenant, batch_id in found:
            self.store.delete(self.store.under(f"batches/{tenant}/{batch_id}"))
            with self.database.write() as connection:
                connection.execute(delete(batches).where(batches.c.id == batch_id))
        return len(found)
