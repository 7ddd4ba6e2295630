"""What is left until a deadline now, and how pressing that is: one rule for the desk and for the result page."""

import datetime as dt
from dataclasses import dataclass

from api.form.words import PageWords
from evidence_packer.report.shape import ReportDeadline

_SOON_HOURS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLeft:
    """A deadline that still runs: what is left, in words and as a tone; ``there`` is the moment in the site's ``zone``.

    The tone is ``bad`` when it is over, ``warn`` when its warning has come or less than a day is left, else empty.
    """

    name: str
    at: str
    left: str
    tone: str
    there: str
    zone: str
    zone_name: str


def due_now(due: ReportDeadline, words: PageWords, zone: str, now: dt.datetime) -> TimeLeft | None:
    """A deadline of a report as it stands ``now``, not as it stood then; ``None`` where nothing runs."""
    if due.at is None or due.hours_left is None:
        return None
    hours = (dt.datetime.fromisoformat(due.at) - now).total_seconds() / 3600
    warned = due.warn_at is not None and dt.datetime.fromisoformat(due.warn_at) <= now
    return TimeLeft(
        name=due.name, at=due.at, left=words.left(hours), there=words.moment(due.at, zone), zone=zone,
        zone_name=words.zone(zone),
        tone="bad" if hours < 0 else "warn" if warned or hours < _SOON_HOURS else "",
    )  # fmt: skip
