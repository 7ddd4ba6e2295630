"""By when a mail that says "within 48 hours" or "in three business days" has to be answered. Pure.

Counted from the minute at which it was sent, where it prints one. Nobody invents an hour: from a day alone, and in business days,
it is the end of the day in the platform's zone, and that is told.
"""

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from casefile.lexicon import MailWords
from casefile.workdays import add_business_days

_DAY = len("2026-11-18")
_A_DAY = 24
_END = "T23:59"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """So many hours, days or business days."""

    count: int
    unit: Literal["hours", "days", "business"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDue:
    """Local to the site; ``end_of_day``: no hour was said, and the day ends."""

    at: str
    end_of_day: bool = False


def period_in(text: str, words: Iterable[MailWords]) -> Period | None:
    """The first period that the text gives for an answer, in any language."""
    for one in words:
        if match := re.search(one.within, text, re.IGNORECASE):
            unit = match["unit"].casefold()
            if any(word in unit for word in one.business):
                return Period(count=int(match["n"]), unit="business")
            hours = any(word in unit for word in one.hours)
            return Period(count=int(match["n"]), unit="hours" if hours else "days")
    return None


def due_of(period: Period, sent: str, country: str | None) -> MailDue:
    """When a period ends that began as the mail was sent (``sent``: a local time, or a day alone)."""
    start = dt.datetime.fromisoformat(sent)
    if period.unit == "business":
        end = add_business_days(start, period.count, country)
        return MailDue(at=end.date().isoformat() + _END, end_of_day=True)
    if len(sent) == _DAY:
        days = math.ceil(period.count / _A_DAY) if period.unit == "hours" else period.count
        return MailDue(at=(start.date() + dt.timedelta(days=days)).isoformat() + _END, end_of_day=True)
    hours = period.count * (1 if period.unit == "hours" else _A_DAY)
    return MailDue(at=(start + dt.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M"))
