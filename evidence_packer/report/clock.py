"""Deadlines as a person reads them: the day in words, the same moment at home, what is left, a bar that empties."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from babel.dates import format_date

from casefile.babel_locale import babel_locale
from casefile.clock_words import zone_in_words
from casefile.wording import Catalog
from evidence_packer.report.shape import ReportDeadline

_PATTERNS = {"zh-Hans": "y年M月d日 EEE", "en": "EEE d MMM y"}
_FULL_HOURS = 72
"""The bar is full with three days or more left."""
SEGMENTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineClock:
    """One deadline in words; ``filled`` of ``SEGMENTS`` are left, ``left`` is empty where the clock has stopped."""

    name: str
    when: str
    at_home: str | None
    left: str
    filled: int
    past: bool
    source: str


def moment(at: str, catalog: Catalog) -> str:
    """An ISO 8601 moment in words with its offset."""
    time = dt.datetime.fromisoformat(at)
    day = _day(time, catalog)
    if "T" not in at:
        return day
    zone = zone_in_words(time)
    return f"{day} {time:%H:%M}" + (f" ({zone})" if zone else "")


def _at_home(at: str, catalog: Catalog) -> str | None:
    """The moment on the clock of the operator's language, where that differs."""
    time = dt.datetime.fromisoformat(at)
    home = time.astimezone(ZoneInfo(catalog.text("report.home_zone")))
    if time.utcoffset() == home.utcoffset():
        return None
    return catalog.text("report.home", time=f"{_day(home, catalog)} {home:%H:%M}")


def _day(time: dt.datetime, catalog: Catalog) -> str:
    pattern = _PATTERNS.get(catalog.language, _PATTERNS["en"])
    return str(format_date(time.date(), format=pattern, locale=babel_locale(catalog.language)))


def _left(hours: float, catalog: Catalog) -> str:
    side = "left" if hours >= 0 else "past"
    days, rest = divmod(math.floor(abs(hours)), 24)
    if days >= 2:
        return catalog.text(f"report.days_{side}", days=days, hours=rest)
    return catalog.text(f"report.hours_{side}", hours=math.floor(abs(hours)))


def _source(due: ReportDeadline, catalog: Catalog) -> str:
    """The user's own date by where it was read, a counted one by its source and how sure that is."""
    key = f"deadline_source.{due.source}"
    return catalog.text(key) if catalog.own(key) else f"{due.source} ({due.confidence})"


def _clock(due: ReportDeadline, at: str, catalog: Catalog) -> DeadlineClock:
    hours = due.hours_left
    return DeadlineClock(
        name=due.name,
        when=moment(at, catalog),
        at_home=_at_home(at, catalog),
        left=catalog.text("report.met") if hours is None else _left(hours, catalog),
        filled=SEGMENTS if hours is None else max(0, min(SEGMENTS, math.ceil(SEGMENTS * hours / _FULL_HOURS))),
        past=hours is not None and hours < 0,
        source=_source(due, catalog),
    )


def clocks(deadlines: Sequence[ReportDeadline], catalog: Catalog) -> list[DeadlineClock]:
    """Every dated deadline, the one that decides first: the platform's own date, else the earliest still running."""

    def rank(due: ReportDeadline) -> tuple[bool, bool, float]:
        return due.hours_left is None, due.counts_from is not None, due.hours_left or 0.0

    return [_clock(due, due.at, catalog) for due in sorted(deadlines, key=rank) if due.at]
