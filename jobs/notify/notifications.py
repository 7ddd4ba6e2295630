"""What is told when something ends: events for webhooks and reminders, written in the transaction of what they tell of."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from jobs.notify.hooks import Announcement, Hooks
from jobs.notify.reminders import Reminders, after_sending
from jobs.records.events import BatchEvent, BatchEventData, PackEvent, PackEventData
from jobs.records.ledger import PackLedger
from jobs.records.notes import SubmissionRecord
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
            told = PackEventData(
                pack_id=row.id, status=row.state, verdict=row.verdict, platform=row.platform, procedure=row.procedure,
                subject=row.subject, links={"self": f"/v1/packs/{row.id}"},
            )  # fmt: skip
            now = _now()
            event = PackEvent.kept({"type": f"pack.{row.state}", "timestamp": now.isoformat(), "data": told})
            self.hooks.announce(connection, row.tenant, Announcement(event=event, about=row.id, at=now))

    def pack_sent(self, connection: Connection, row: Row[Any], note: SubmissionRecord) -> None:
        """Plan what follows a submission."""
        self.reminders.plan(connection, row.tenant, row.id, after_sending(note))

    def batch_ended(self, connection: Connection, row: Row[Any]) -> None:
        """Tell of a batch's end."""
        links = {"self": f"/v1/batches/{row.id}"}
        told = BatchEventData(batch_id=row.id, status=row.state, rows=row.rows, sheet=row.sheet_name, links=links)
        now = _now()
        event = BatchEvent.kept({"type": f"batch.{row.state}", "timestamp": now.isoformat(), "data": told})
        about = f"{row.id}.{row.finished_at}"
        self.hooks.announce(connection, row.tenant, Announcement(event=event, about=about, at=now))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
