"""Comparing moments of a case with what pages print, where pages often print no zone. Pure."""

import datetime as dt

from casefile.facts import TimestampSeen

_EAST = dt.timezone(dt.timedelta(hours=14))
_WEST = dt.timezone(dt.timedelta(hours=-12))
_DATE = len("2026-11-02")


def span(at: str) -> tuple[dt.datetime, dt.datetime]:
    """The earliest and latest moment that ``at`` (a date, a local time, or a time with offset) can mean on earth."""
    moment = dt.datetime.fromisoformat(at)
    if moment.tzinfo is not None:
        return moment, moment
    last = moment + dt.timedelta(days=1) if len(at) <= _DATE else moment
    return moment.replace(tzinfo=_EAST), last.replace(tzinfo=_WEST)


def possible(seen: TimestampSeen) -> tuple[dt.datetime, dt.datetime] | None:
    """The earliest and latest moment a timestamp can mean: any zone on earth where the page states none."""
    return span(seen.at) if seen.at is not None and not seen.ambiguous else None


def on_day_of(at: str, moment: dt.datetime) -> bool:
    """Whether ``at`` is on the day of ``moment`` in the moment's own zone, or could mean a time of that day."""
    printed = dt.datetime.fromisoformat(at)
    if printed.tzinfo is not None:
        return abs((printed - moment).total_seconds()) < 24 * 3600 and (
            printed.astimezone(moment.tzinfo).date() == moment.date() or printed.date() == moment.date()
        )
    return printed.date() == moment.date()


def same_day(seen: TimestampSeen, moment: dt.datetime) -> bool:
    """Whether a timestamp surely prints the day of ``moment`` in the moment's own zone, or could mean a time of that day."""
    return seen.at is not None and not seen.ambiguous and on_day_of(seen.at, moment)
