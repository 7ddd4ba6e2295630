"""What a service does beside its work: heartbeats, takeovers, reminders, webhooks, a tidy-up; which of it depends on its role."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.settings import Settings
from casefile.house import House
from jobs.engine.liveness import Liveness
from jobs.engine.periodic import PeriodicTask, days_ago
from jobs.notify.hook_sending import Sender
from jobs.notify.hooks import Hooks
from jobs.notify.reminders import Reminders
from jobs.records.event_log import EventLog
from jobs.retention import Retention

if TYPE_CHECKING:
    from jobs.dispatch import Dispatch

_ENGINE_DAYS = 3.0
_TOLD_DAYS = 14.0
_TIDY_SECONDS = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """What they are done with."""

    settings: Settings
    house: House
    retention: Retention
    hooks: Hooks
    reminders: Reminders
    liveness: Liveness
    dispatch: "Dispatch | None"
    resume: Callable[[], int]
    forget: Callable[[], None]

    def groups(self) -> list[list[PeriodicTask]]:
        """Duties by threads: what must never be late, the sending of webhooks, and what may take its time."""
        working = self.settings.role != "api"
        return [self._watching(working), self._tidying(working), *([[self._sending()]] if working else [])]

    def _watching(self, working: bool) -> list[PeriodicTask]:
        duties = [PeriodicTask(name="forget", seconds=15, do=self.forget)]
        if working:
            duties.append(PeriodicTask(name="remind", seconds=20, do=lambda: self.reminders.remind(_now())))
        if (dispatch := self.dispatch) is None:
            return [*duties, PeriodicTask(name="resume", seconds=20, do=self.resume)]
        duties += [
            PeriodicTask(name="beat", seconds=min(5.0, self.settings.silent_seconds / 4), do=self.liveness.beat),
            PeriodicTask(name="notify-waiters", seconds=0.25, do=dispatch.notify_waiters),
            PeriodicTask(name="apply-cancellations", seconds=1, do=dispatch.apply_cancellations),
        ]
        if working:
            duties += [
                PeriodicTask(name="take-over", seconds=2, do=dispatch.take_over),
                PeriodicTask(name="reconcile", seconds=30, do=dispatch.reconcile),
            ]
        if self.settings.role != "all":
            duties.append(PeriodicTask(name="report", seconds=2, do=dispatch.report))
        return duties

    def _tidying(self, working: bool) -> list[PeriodicTask]:
        duties = [PeriodicTask(name="tidy", seconds=_TIDY_SECONDS, do=self.retention.tidy)]
        if working:
            duties.append(
                PeriodicTask(name="hooks-expire", seconds=3_600, do=lambda: self.hooks.expire(days_ago(_TOLD_DAYS)))
            )
            log = EventLog(self.retention.database)
            duties.append(
                PeriodicTask(name="events-expire", seconds=3_600, do=lambda: log.expire(days_ago(_TOLD_DAYS)))
            )
        if working and (dispatch := self.dispatch) is not None:
            duties += [
                PeriodicTask(name="purge", seconds=3_600, do=lambda: dispatch.engine.purge(days_ago(_ENGINE_DAYS))),
                PeriodicTask(name="forget-stale", seconds=3_600, do=self.liveness.forget_stale),
            ]
        return duties

    def _sending(self) -> PeriodicTask:
        """The outbox of webhooks emptied."""
        sender = Sender(
            database=self.retention.database, catalogs=self.house.catalogs, templates=self.house.templates,
            public_url=self.settings.public_url.rstrip("/"), private=self.settings.hook_private,
        )  # fmt: skip
        return PeriodicTask(name="send", seconds=0.5, do=sender.send_due)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
