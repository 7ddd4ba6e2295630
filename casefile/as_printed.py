"""Moments that a page prints in part, in fields that hold whole ones: a day without an hour, a clock without a zone.

A page that says "Delivered 2 November" states no hour, one that says "14:22" no zone, and nobody may make them up. Both are kept
with a microsecond that no clock prints: whoever says such a moment says the day, or day and time, and no more.
"""

import datetime as dt

_DAY = dt.time(12, 0, 0, 1)
_CLOCK = 2


def of_day(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """The moment that stands for a day in ``zone``."""
    return dt.datetime.combine(day, _DAY, zone)


def of_clock(local: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The moment that stands for a local time of which no zone is known; ``zone`` is the likeliest."""
    return local.replace(tzinfo=zone, microsecond=_CLOCK)


def is_day_alone(at: dt.datetime) -> bool:
    """Whether a moment stands for its day."""
    return at.timetz().replace(tzinfo=None) == _DAY


def is_clock_alone(at: dt.datetime) -> bool:
    """Whether a moment stands for a local time without zone."""
    return at.microsecond == _CLOCK


def told(at: dt.datetime) -> str:
    """ISO 8601 as far as it is known: a day, a local time, or a time with its offset."""
    if is_day_alone(at):
        return at.date().isoformat()
    return at.replace(tzinfo=None, microsecond=0).isoformat() if is_clock_alone(at) else at.isoformat()


def shown(at: dt.datetime) -> str:
    """``told`` as a message shows it: no T, no seconds."""
    if is_day_alone(at):
        return at.date().isoformat()
    return (at.replace(tzinfo=None) if is_clock_alone(at) else at).isoformat(sep=" ", timespec="minutes")


def plain(printed: str) -> str:
    """``shown`` for what a page prints (a day, a local time, or a time with offset): its clock as it stands there."""
    return printed.replace("T", " ")[: len("2026-11-02 14:22")]


def on_day(printed: str, moment: dt.datetime) -> bool:
    """Whether what a page prints (a day, a local time, or a time with offset) can be on the day of ``moment``."""
    at = dt.datetime.fromisoformat(printed)
    if at.tzinfo is not None:
        return moment.date() in {at.date(), at.astimezone(moment.tzinfo).date()}
    return at.date() == moment.date()
