"""Whose turn it is: what is due first goes first, and what has no deadline counts as due some days after it came.

Turns are times as text, in UTC to the second, so that they sort on every database; ``rank`` is the same as a number.
"""

import datetime as dt

from casefile.case import Case
from casefile.deadline import due_dates, effective_deadline
from casefile.platform import Platform
from casefile.procedure import Procedure

UNDATED = dt.timedelta(days=5)
"""A case without a deadline waits no longer than one that is due so long after it came: it is never overtaken for ever."""

_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_HIGHEST = 2**31 - 1


def due_at(case: Case, platform: Platform, procedure: Procedure) -> str | None:
    """When the deadline that counts ends; ``None`` where the case starts no clock."""
    due = effective_deadline(due_dates(case, platform, procedure))
    return _text(due.ends) if due is not None and due.ends is not None else None


def turn_of(due: str | None, came: str) -> str:
    """The turn of what is due then (or never) and came at ``came``, both ISO 8601."""
    return due or _text(dt.datetime.fromisoformat(came) + UNDATED)


def rank(turn: str) -> int:
    """The turn in minutes from 1 on, smaller first, for engines that order by whole numbers."""
    minutes = (dt.datetime.fromisoformat(turn) - _EPOCH) // dt.timedelta(minutes=1)
    return min(max(minutes, 1), _HIGHEST)


def _text(time: dt.datetime) -> str:
    return time.astimezone(dt.UTC).isoformat(timespec="seconds")
