"""A time of day and its zone as readers of a site write them: 2:22 p.m. in the United States, 14:22 elsewhere. Pure."""

import datetime as dt

from babel import Locale
from babel.dates import format_skeleton, format_time

from casefile.as_printed import is_clock_alone

_HALVES = {"AM": "a.m.", "PM": "p.m."}
"""The halves of a day as English prose writes them, where CLDR has the letters of a clock."""


def time_in_words(moment: dt.datetime, locale: Locale) -> str:
    """The time of day. English follows the site's country, which may count twelve hours; other languages count twenty-four."""
    if locale.language != "en":
        return str(format_skeleton("Hm", moment.time(), locale=locale))
    text = str(format_time(moment.time(), "short", locale=locale)).replace("\u202f", " ")
    clock, _, half = text.partition(" ")
    return f"{clock} {_HALVES.get(half, half)}" if half else clock


def zone_in_words(moment: dt.datetime) -> str:
    """The offset: UTC-5, UTC+5:30, UTC; empty for a local time of which no zone is known."""
    offset = "" if is_clock_alone(moment) else moment.strftime("%z")
    if not offset:
        return ""
    hours, minutes = int(offset[:3]), offset[3:5]
    if not hours and minutes == "00":
        return "UTC"
    return f"UTC{offset[0]}{abs(hours)}" + (f":{minutes}" if minutes != "00" else "")
