"""Times of cells: serials and dates of office programs, and what programs and people write, each with all that it may mean.

Where day and month could be either, the other cells of the sheet decide (``day_order``), or nothing does and the cell is told.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from casefile.as_printed import of_day
from jobs.batch.sheet.cells import Cell, CellFault, text_of

DAY_FIRST, MONTH_FIRST = "day", "month"
_DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a zone follows
_SERIALS = (36_526, 73_050)
"""Office programs count days from there; these numbers are the years 2000 to 2099."""
_YEARS = range(2000, 2100)
_NOON = 12
_CLOCK = re.compile(
    r"(?:^|[T ,，]+|(?<=日)|(?<=\d))(?P<half>上午|下午|中午|午前|午後|오전|오후)?\s*(?P<h>\d{1,2})[:：时時](?P<m>\d{2})分?"
    r"(?:[:：](?P<s>\d{2})(?:\.\d+)?秒?)?\s*(?P<ampm>[AaPp]\.?[Mm]\.?)?\s*"
    r"(?P<zone>Z|(?:UTC|GMT)?\s*[+\-−]\d{1,2}:?(?:\d{2})?|UTC|GMT|P[SD]T|E[SD]T|JST|CES?T|MES?Z|BST)?\s*$"
)
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "JST": 9,
    "EST": -5, "EDT": -4, "PST": -8, "PDT": -7,
}  # fmt: skip
"""Zones by the short names that platforms' reports write."""
_AFTERNOON = frozenset({"下午", "午後", "오후"})
_YEAR_FIRST = re.compile(r"(\d{4})[-/.年년](\d{1,2})[-/.月월](\d{1,2})[日일]?")
_WEEKDAY = re.compile(r"^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,? |^(?:周|星期)[一二三四五六日天][,，]? ")
_SECONDS = re.compile(r"1[5-9]\d{8}(\d{3})?")
"""Seconds, or thousandths of them, since 1970: what programs write that keep times for machines; 2017 to 2033."""
_PACKED = re.compile(r"(20\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_EITHER = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4}|\d{2})")
_NAMED = re.compile(
    r"(?:(?P<d>\d{1,2})[ -]?(?P<m>[A-Za-z]{3,9})\.?|(?P<m2>[A-Za-z]{3,9})\.?[ -](?P<d2>\d{1,2}))[, -]+(?P<y>\d{4}|\d{2})"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWays:
    """How a sheet writes times: the zone where none is written, the formats of its export, whether the day stands first."""

    zone: str
    formats: Sequence[str] = ()
    order: str | None = None


def day_order(cells: Iterable[Cell]) -> str | None:
    """Whether the cells of one sheet write the day or the month first, where some of them can only be one of both."""
    found = set()
    for cell in cells:
        if isinstance(cell, str) and (match := _EITHER.match(cell.strip().removeprefix("'"))):
            first, second = int(match[1]), int(match[3])
            if (first > _NOON) != (second > _NOON):
                found.add(DAY_FIRST if first > _NOON else MONTH_FIRST)
    return found.pop() if len(found) == 1 else None


def time_of(value: Cell, ways: TimeWays) -> tuple[str, bool]:
    """The cell as an ISO 8601 time with offset, and whether the zone was assumed; a day without an hour stays a day.

    Raises:
        CellFault: ``time-malformed``, also where day and month could be either.
    """
    if isinstance(value, dt.datetime):
        return _zoned(_likely(value), ways.zone)
    if isinstance(value, dt.date):
        return of_day(_likely(value), ZoneInfo(ways.zone)).isoformat(), True
    if isinstance(value, (int, float)) and not isinstance(value, bool) and _SERIALS[0] <= value < _SERIALS[1]:
        moment = _DAY_ZERO + dt.timedelta(seconds=round(value * 86_400))
        return time_of(moment if value % 1 else moment.date(), ways)
    text = _WEEKDAY.sub("", re.sub(r"\s+", " ", text_of(value)).strip())
    if _SECONDS.fullmatch(text):
        return dt.datetime.fromtimestamp(int(text[:10]), dt.UTC).isoformat(timespec="seconds"), False
    moments = set(_meanings(text, ways))
    if len(moments) != 1:
        raise CellFault("time-malformed")
    return time_of(moments.pop(), ways)


def _likely(value: dt.date) -> dt.date:
    if value.year not in _YEARS:
        raise CellFault("time-malformed")
    return value


def _meanings(text: str, ways: TimeWays) -> Iterator[dt.datetime | dt.date]:
    for form in ways.formats:
        try:
            moment = dt.datetime.strptime(text, form)  # noqa: DTZ007  # a zone follows
        except ValueError:
            continue
        yield moment if "%H" in form or "%I" in form else moment.date()
        return
    clock = _CLOCK.search(text)
    at = _clock(clock) if clock else None
    day_text = text[: clock.start()] if clock and at else text
    for day in _days(day_text.strip(" ,T，"), ways.order):
        yield dt.datetime.combine(day, at) if at else day
    if packed := _PACKED.fullmatch(text):
        yield from _packed(packed)


def _packed(match: re.Match[str]) -> Iterator[dt.datetime | dt.date]:
    numbers = [int(part) for part in match.groups() if part]
    try:
        yield dt.datetime(*numbers) if match[4] else dt.date(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001  # a zone follows
    except ValueError:
        return


def _clock(match: re.Match[str]) -> dt.time | None:
    hour, half = int(match["h"]), (match["ampm"] or "").lower().replace(".", "")
    afternoon = half == "pm" or match["half"] in _AFTERNOON
    if (half or match["half"]) and hour <= _NOON and match["half"] != "中午":
        hour = hour % _NOON + _NOON * afternoon
    try:
        return dt.time(hour, int(match["m"]), int(match["s"] or 0), tzinfo=_zone(match["zone"]))
    except ValueError:
        return None


def _zone(text: str | None) -> dt.timezone | None:
    if not text:
        return None
    plain = text.replace("−", "-").replace(" ", "")
    if plain in _ZONES:
        return dt.timezone(dt.timedelta(hours=_ZONES[plain]))
    sign, digits = re.sub(r"UTC|GMT|:", "", plain)[:1], re.sub(r"\D", "", plain)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)  # hhmm
    span = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-span if sign == "-" else span)


def _days(text: str, order: str | None) -> Iterator[dt.date]:
    if match := _YEAR_FIRST.fullmatch(text):
        yield from _day(match[1], match[2], match[3])
    elif match := _DOTTED.fullmatch(text):
        yield from _day(match[3], match[2], match[1])
    elif match := _EITHER.fullmatch(text):
        if order != MONTH_FIRST:
            yield from _day(match[4], match[3], match[1])
        if order != DAY_FIRST:
            yield from _day(match[4], match[1], match[3])
    elif match := _NAMED.fullmatch(text):
        name = (match["m"] or match["m2"]).lower()
        months = [number for number, month in enumerate(_MONTHS, start=1) if name.startswith(month)]
        for month in months:
            yield from _day(match["y"], month, match["d"] or match["d2"])


def _day(year: str, month: str | int, day: str) -> Iterator[dt.date]:
    whole = int(year) + (2000 if len(year) == 2 else 0)  # two digits of a year
    try:
        found = dt.date(whole, int(month), int(day))
    except ValueError:
        return
    if found.year in _YEARS:
        yield found


def _zoned(value: dt.date, zone: str) -> tuple[str, bool]:
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    if moment.tzinfo is not None:
        return moment.isoformat(timespec="seconds"), False
    return moment.replace(tzinfo=ZoneInfo(zone)).isoformat(timespec="seconds"), True
