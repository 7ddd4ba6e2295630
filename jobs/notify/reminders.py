"""Durable reminders: before a deadline, when a follow-up is due, when the platform waits for an answer; muted per pack."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import Field
from sqlalchemy import Connection, select, update

from casefile.json_model import JsonModel
from evidence_packer.report.shape import ReportDeadline
from jobs.notify.hooks import Announcement, Hooks
from jobs.records.database import Database
from jobs.records.events import ReminderEvent, ReminderEventData
from jobs.records.notes import SubmissionRecord
from jobs.records.tables import packs, reminders

BEFORE_BLOCK = dt.timedelta(hours=6)
FOLLOW_UP = dt.timedelta(hours=72)
WAITING = dt.timedelta(hours=12)
_BEFORE_SENDING = {"warn", "block"}


def planned(deadlines: Iterable[ReportDeadline]) -> tuple[tuple[str, str], ...]:
    """Name and time of the reminders that a report's deadlines ask for."""
    found: list[tuple[str, str]] = []
    for place, line in enumerate(deadlines):
        if line.warn_at:
            found.append((f"warn:{place}", _utc(line.warn_at)))
        if line.block_at:
            at = dt.datetime.fromisoformat(line.block_at) - BEFORE_BLOCK
            found.append((f"block:{place}", _utc(at.isoformat())))
    return tuple(found)


def first_due(deadlines: Iterable[ReportDeadline]) -> str | None:
    """When the first of a report's deadlines ends (ISO 8601, UTC); ``None`` without one."""
    return min((_utc(line.block_at) for line in deadlines if line.block_at), default=None)


def after_sending(note: SubmissionRecord) -> tuple[tuple[str, str], ...]:
    """The same for the record of a submission."""
    found: list[tuple[str, str]] = []
    if note.at:
        found.append(("follow_up:0", _utc((dt.datetime.fromisoformat(note.at) + FOLLOW_UP).isoformat())))
    if note.waiting_since:
        at = dt.datetime.fromisoformat(note.waiting_since) + WAITING
        found.append(("waiting_for_you:0", _utc(at.isoformat())))
    return tuple(found)


def _utc(text: str) -> str:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC).isoformat(timespec="seconds")


class ReminderLine(JsonModel):
    """One reminder of a pack."""

    kind: str = Field(description="What it is about: warn, block, follow_up or waiting_for_you")
    at: str = Field(description="When it is due (ISO 8601)")
    sent_at: str | None = Field(default=None, description="When it was sent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """The reminders of every pack."""

    database: Database
    hooks: Hooks

    def plan(self, connection: Connection, tenant: str, pack_id: str, wanted: Iterable[tuple[str, str]]) -> None:
        """Write down reminders that lie ahead, in the caller's transaction; one of the same name is replaced."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        for name, at in wanted:
            if at <= now:
                continue
            row = self.database.insert(reminders).values(pack_id=pack_id, name=name, tenant=tenant, at=at)
            change = {"at": at, "sent_at": None}
            connection.execute(row.on_conflict_do_update(index_elements=["pack_id", "name"], set_=change))

    def listed(self, pack_id: str) -> tuple[ReminderLine, ...]:
        """The reminders of a pack in order of time."""
        with self.database.read() as connection:
            found = connection.execute(select(reminders).where(reminders.c.pack_id == pack_id).order_by(reminders.c.at))
            return tuple(ReminderLine(kind=row.name.partition(":")[0], at=row.at, sent_at=row.sent_at) for row in found)

    def remind(self, now: dt.datetime) -> int:
        """Announce what is due, unless the pack is muted, ended, or the reminder has lost its point; how many."""
        wanted = (
            select(
                reminders, packs.c.muted, packs.c.outcome_name, packs.c.submission, packs.c.subject, packs.c.platform
            )
            .join(packs, packs.c.id == reminders.c.pack_id)
            .where(reminders.c.sent_at.is_(None) & (reminders.c.at <= now.isoformat()))
            .limit(200)
        )
        with self.database.read() as connection:
            due = list(connection.execute(wanted))
        told = 0
        for row in due:
            kind = row.name.partition(":")[0]
            quiet = row.muted or row.outcome_name or (kind in _BEFORE_SENDING and row.submission)
            links = {"self": f"/v1/packs/{row.pack_id}"}
            due_data = ReminderEventData(
                pack_id=row.pack_id, subject=row.subject, platform=row.platform, at=row.at, links=links
            )
            body = ReminderEvent.kept({"type": f"reminder.{kind}", "timestamp": now.isoformat(), "data": due_data})
            event = Announcement(event=body, about=f"{row.pack_id} {row.name} {row.at}", at=now)
            where = (
                (reminders.c.pack_id == row.pack_id) & (reminders.c.name == row.name) & reminders.c.sent_at.is_(None)
            )
            with self.database.write() as connection:
                taken = connection.execute(update(reminders).where(where).values(sent_at=now.isoformat())).rowcount
                if taken and not quiet:
                    told += self.hooks.announce(connection, row.tenant, event)
        return told
