"""Days and spans of days as a reader writes them: one place for bundle, names of exhibits and front pages. Pure."""

import datetime as dt

from babel import Locale
from babel.dates import format_interval, format_skeleton

_DAY = "yMMMd"


def day(moment: dt.date, locale: Locale) -> str:
    """``2 Nov 2026``, ``2026年11月2日``."""
    return str(format_skeleton(_DAY, moment, locale=locale))


def period(first: dt.date, last: dt.date, locale: Locale) -> str:
    """``3–10 Nov 2026``; a single day where both are one."""
    if first == last:
        return day(first, locale)
    return str(format_interval(first, last, _DAY, locale=locale)).replace("\u2009", "")
