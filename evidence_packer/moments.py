"""Comparing moments of a case with what pages print, where pages often print no zone. Pure."""

import datetime as dt

from casefile.facts import TimestampSeen

_EAST = dt.timezone(dt.timedelta(hours=14))
_WEST = dt.timezone(dt.timedelta(hours=-12))


def possible(seen: TimestampSeen) -> tuple[dt.datetime, dt.datetime] | None:
    """The earliest and latest moment a timestamp can mean: any zone on earth where the page states none."""
    if seen.at is None or seen.ambiguous:
        return None
    moment = dt.datetime.fromisoformat(seen.at)
    if moment.tzinfo is not None:
        return moment, moment
    last = moment if seen.has_time else moment + dt.timedelta(days=1)
    return moment.replace(tzinfo=_EAST), last.replace(tzinfo=_WEST)


def same_day(seen: TimestampSeen, moment: dt.datetime) -> bool:
    """Whether a timestamp prints the day of ``moment`` in the moment's own zone, or could mean a time of that day."""
    if seen.at is None:
        return False
    printed = dt.datetime.fromisoformat(seen.at)
    if printed.tzinfo is not None:
        return abs((printed - moment).total_seconds()) < 24 * 3600 and (
            printed.astimezone(moment.tzinfo).date() == moment.date() or printed.date() == moment.date()
        )
    return printed.date() == moment.date()
