"""Business days and business hours of a site: public holidays and weekends come from the ``holidays`` library.

The library is imported when the first business day is counted, because most cases count hours or calendar days.
"""

import datetime as dt
import functools
from collections.abc import Callable

DAY = dt.timedelta(days=1)
Hours = tuple[dt.time, dt.time]
"""From and to, in local time; equal values mean the whole day."""


@functools.lru_cache(maxsize=64)
def _calendar(country: str) -> Callable[[dt.date], bool] | None:
    import holidays  # noqa: PLC0415  # slow to import, rarely needed

    if country not in holidays.list_supported_countries():
        return None
    return holidays.country_holidays(country).is_working_day


def is_business_day(day: dt.date, country: str | None) -> bool:
    """Whether people work on ``day`` in ``country`` (ISO 3166 alpha-2); without one, Monday to Friday."""
    working = _calendar(country) if country else None
    return working(day) if working else day.weekday() < 5


def add_business_days(start: dt.datetime, days: int, country: str | None) -> dt.datetime:
    """``start`` (local time) plus ``days`` business days, at the same time of day."""
    while days:
        start += DAY
        days -= is_business_day(start.date(), country)
    return start


def add_business_hours(start: dt.datetime, hours: float, country: str | None, open_hours: Hours) -> dt.datetime:
    """``start`` (local time) plus ``hours`` that run only on business days between the open hours."""
    left = dt.timedelta(hours=hours)
    while True:
        opens, closes = _window(start.date(), open_hours, start)
        begin = max(start, opens)
        if is_business_day(start.date(), country) and begin < closes:
            if left <= closes - begin:
                return begin + left
            left -= closes - begin
        start = dt.datetime.combine(start.date() + DAY, dt.time(), start.tzinfo)


def _window(day: dt.date, open_hours: Hours, near: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    first, last = open_hours
    opens = dt.datetime.combine(day, first, near.tzinfo)
    closes = dt.datetime.combine(day if first != last else day + DAY, last, near.tzinfo)
    return opens, closes
