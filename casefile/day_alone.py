"""A day without an hour, in fields that hold moments: noon and one microsecond, which no clock prints and no page states.

A page that says "Delivered 2 November" states no hour, and nobody may make one up. Whoever says such a moment says the day.
"""

import datetime as dt

_MARK = dt.time(12, 0, 0, 1)


def of_day(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """The moment that stands for a day in ``zone``."""
    return dt.datetime.combine(day, _MARK, zone)


def is_day_alone(at: dt.datetime) -> bool:
    """Whether a moment stands for its day."""
    return at.timetz().replace(tzinfo=None) == _MARK
