"""What is told when something ends: events for webhooks and reminders, written in the transaction of what they tell of."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from jobs.notify.hooks import Event, Hooks
from jobs.notify.reminders import Reminders, after_sending
from jobs.records.ledger import PackLedger
from jobs.records.pack_store import Built


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Hangs itself on the ledger."""

    hooks: Hooks
    reminders: Reminders

    def follow(self, ledger: PackLedger) -> None:
        """Be there when packs end and are sent."""
        ledger.on_finish.append(self.pack_ended)
        ledger.on_submission.append(self.pack_sent)

    def pack_ended(self, connection: Connection, row: Row[Any], built: Built | None) -> None:
        """Tell of a pack's end; packs of a batch are told of as a batch."""
        if built is not None:
            self.reminders.plan(connection, row.tenant, row.id, built.reminders)
        if row.batch_id is None:
            data = {
                "pack_id": row.id,
                "status": row.state,
                "verdict": row.verdict,
                "platform": row.platform,
                "procedure": row.procedure,
                "subject": row.subject,
                "links": {"self": f"/v1/packs/{row.id}"},
            }
            self.hooks.announce(connection, row.tenant, _event(f"pack.{row.state}", row.id, data))

    def pack_sent(self, connection: Connection, row: Row[Any], note: Mapping[str, Any]) -> None:
        """Plan what follows a submission."""
        self.reminders.plan(connection, row.tenant, row.id, after_sending(note))

    def batch_ended(self, connection: Connection, row: Row[Any]) -> None:
        """Tell of a batch's end."""
        data = {"batch_id": row.id, "status": row.state, "rows": row.rows, "sheet": row.sheet_name}
        data["links"] = {"self": f"/v1/batches/{row.id}"}
        event = _event(f"batch.{row.state}", f"{row.id}.{row.finished_at}", data)
        self.hooks.announce(connection, row.tenant, event)


def _event(type_: str, about: str, data: Mapping[str, Any]) -> Event:
    return Event(type=type_, about=about, data=data, at=dt.datetime.now(dt.UTC).replace(microsecond=0))
