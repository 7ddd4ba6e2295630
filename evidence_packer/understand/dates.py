"""Dates in a line of text, as pages of twelve languages write them; one that can be read in two ways keeps both. Pure."""

import datetime as dt
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from casefile import text_folding
from evidence_packer.understand.calendar_words import CalendarWords, either

_YEARS = range(2005, 2041)
_BUDDHIST, _THAI = 543, ("ม.ค", "ก.พ", "มี.ค", "เม.ย", "พ.ค", "มิ.ย", "ก.ค", "ส.ค", "ก.ย", "ต.ค", "พ.ย", "ธ.ค")
_REIWA, _THAI_YEARS = 2018, 2400

_REPAIR = re.compile(
    r"(?<![A-Za-z0-9])[lI](?=\d:\d)|(?<=\d)[OoIl](?=[\d:/.-])|(?<=[\d:/.-])[OoIl](?=\d)|(?<=\d)[OoIl](?=\d)"
)
_GLUED = re.compile(
    r"(?<!\d)(?:\d{4}(?P<s>[-/.])\d{2}(?P=s)\d{2}|\d{2}(?P<t>[-/.])\d{2}(?P=t)\d{4}|[^\W\d_]{3,10}\.? ?\d{1,2}, ?\d{4}"
    r"|\d{1,2}\.? ?[^\W\d_]{3,10}\.? ?\d{4})(?=\d{1,2}:\d{2})"
)
"""A date whose time of day follows without a space, as OCR often reads it."""
_NUMERIC = re.compile(
    r"(?<![\dvV])(?<!\d[/.-])(?<!\d:)(?:"
    r"(?:(?P<y>\d{4})|令和\s?(?P<reiwa>\d{1,2}))"
    r"\s?(?P<s1>[-/.年년])\s?(?P<m>\d{1,2})\s?[-/.月월]\s?(?P<d>\d{1,2})(?:\.?\s?[日일號号]|\.(?!\d)|(?![\d/]))"
    r"|(?P<a>\d{1,2})\s?(?P<s2>[-/.])\s?(?P<b>\d{1,2})\s?(?P=s2)\s?(?P<y2>\d{4}|\d{2})(?![\d/]|-\d))"
)
_NO_YEAR = re.compile(
    r"(?<![\d/.:年년-])(?:(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일號号]|(?P<a>\d{2})(?P<s>[-/])(?P<b>\d{2})(?![\d/-]))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDate:
    """A date from ``start`` to ``end`` of its text. ``other`` is its second meaning; ``date`` is missing without a year.

    ``named``: the month is a word. ``day_month``: what a date without a year says.
    """

    start: int
    end: int
    date: dt.date | None
    other: dt.date | None = None
    named: bool = False
    day_month: tuple[int, int] | None = None


def prepared(text: str) -> str:
    """``text`` with its signs in their plain form, letters in runs of digits repaired, glued times set apart."""
    plain = text_folding.in_place(text)
    return _GLUED.sub(r"\g<0> ", _REPAIR.sub(lambda match: text_folding.number(match[0]), plain))


@functools.lru_cache(maxsize=8)
def _named_patterns(words: CalendarWords) -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = either(text_folding.unaccented(name) for name, _ in words.months)
    day, year = r"\d{1,2}(?:st|nd|rd|th|\.|º|er)?", r"(?:\d{4}|(?:')?\d{2}(?![:.]?\d|\s?[h:]))"
    gap = r"[\s./-]*(?:de|of|del|ngay)?[\s./-]*"
    with_year = (
        rf"(?<![\w])(?:(?P<d1>{day}){gap}(?P<n1>{names})(?![^\W\d_])\.?,?{gap}(?:,|nam)?\s*(?P<y1>{year})"
        rf"|(?P<n2>{names})(?![^\W\d_])\.?\s*(?P<d2>{day}),?\s*(?P<y2>\d{{4}})"
        rf"|(?P<n4>{names})-(?P<d4>\d{{1,2}})-(?P<y4>\d{{2}})(?=\s|$)"
        rf"|(?P<y3>\d{{4}})[\s-]+(?P<n3>{names})(?![^\W\d_])\.?[\s-]*(?P<d3>{day}))(?!\d)"
    )
    without = (
        rf"(?<![\w])(?:(?P<d1>{day}){gap}(?P<n1>{names})(?![^\W\d_])\.?"
        rf"|(?P<n2>{names})(?![^\W\d_])\.?\s*(?P<d2>{day}))(?!\d|[:.]\d)"
    )
    return re.compile(with_year, re.IGNORECASE), re.compile(without, re.IGNORECASE)


@functools.lru_cache(maxsize=8)
def _month_numbers(words: CalendarWords) -> Mapping[str, int]:
    return {_bare(name): number for name, number in words.months}


@functools.lru_cache(maxsize=8)
def _month_names(words: CalendarWords) -> re.Pattern[str]:
    return re.compile(either(text_folding.unaccented(name) for name, _ in words.months), re.IGNORECASE)


def can_begin(text: str, words: CalendarWords) -> bool:
    """Whether a date can begin in a line: only where a digit or the name of a month stands. Most lines have neither."""
    return any(map(str.isdigit, text)) or _month_names(words).search(text_folding.unaccented(text)) is not None


def dates(text: str, words: CalendarWords, *, day_first: bool) -> list[ParsedDate]:
    """The dates of a prepared text with a year, in order; where both readings are dates, ``day_first`` says which is meant."""
    text = text_folding.unaccented(text)
    found = [date for match in _NUMERIC.finditer(text) if (date := _numeric(match, day_first=day_first))]
    numbers = _month_numbers(words)
    for match in _named_patterns(words)[0].finditer(text):
        named = _named(match, numbers)
        if named and not any(named.start < known.end and known.start < named.end for known in found):
            found.append(named)
    return sorted(found, key=lambda date: date.start)


def yearless(text: str, words: CalendarWords, *, day_first: bool) -> list[ParsedDate]:
    """Days and months without a year (``11月2日``, ``Nov 2``, ``11-02``)."""
    text = text_folding.unaccented(text)
    found, numbers = [], _month_numbers(words)
    for match in _named_patterns(words)[1].finditer(text):
        name, day = (match["n1"], match["d1"]) if match["n1"] else (match["n2"], match["d2"])
        found.append(_day_month(match, numbers[_bare(name)], int(re.sub(r"\D", "", day))))
    for match in _NO_YEAR.finditer(text):
        month, day = (match["m"], match["d"]) if match["m"] else (match["a"], match["b"])
        if match["s"] == "/" and day_first:
            month, day = day, month
        found.append(_day_month(match, int(month), int(day)))
    return [date for date in found if date]


def _day_month(match: re.Match[str], month: int, day: int) -> ParsedDate | None:
    if on_day(2024, month, day) is None:
        return None
    return ParsedDate(start=match.start(), end=match.end(), date=None, day_month=(month, day))


def shown_order(text: str) -> set[bool]:
    """Which orders of day and month a prepared text proves by a number over 12: ``True`` is day first."""
    return {
        int(match["a"]) > 12
        for match in _NUMERIC.finditer(text)
        if match["a"] and match["s2"] != "." and max(int(match["a"]), int(match["b"])) in range(13, 32)
    }


def on_day(year: int, month: int, day: int) -> dt.date | None:
    """The date, where the year has that day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _bare(name: str) -> str:
    return re.sub(r"[\s.]", "", text_folding.unaccented(name.casefold()))


def _date(year: int, month: int, day: int) -> dt.date | None:
    year = year - _BUDDHIST if year > _THAI_YEARS else year + 2000 if year < 100 else year
    return on_day(year, month, day) if year in _YEARS else None


def _numeric(match: re.Match[str], *, day_first: bool) -> ParsedDate | None:
    if match["y"] or match["reiwa"]:
        year = int(match["y"]) if match["y"] else _REIWA + int(match["reiwa"])
        found = _date(year, int(match["m"]), int(match["d"]))
        return ParsedDate(start=match.start(), end=match.end(), date=found) if found else None
    a, b, year = int(match["a"]), int(match["b"]), int(match["y2"])
    by_day, by_month = _date(year, b, a), _date(year, a, b)
    dotted = match["s2"] == "." or year > _THAI_YEARS  # both are written day first only
    first, second = (by_day, by_month) if day_first or dotted else (by_month, by_day)
    chosen = first or second
    other = second if first and second and first != second and not dotted else None
    return ParsedDate(start=match.start(), end=match.end(), date=chosen, other=other) if chosen else None


def _named(match: re.Match[str], numbers: Mapping[str, int]) -> ParsedDate | None:
    turn = next(turn for turn in "1234" if match[f"n{turn}"])
    name, day, year = match[f"n{turn}"], match[f"d{turn}"], re.sub(r"\D", "", match[f"y{turn}"])
    whole = int(year)
    if len(year) == 2 and _bare(name) in {_bare(short) for short in _THAI}:
        whole += 2500  # Thai pages shorten the Buddhist year
    found = _date(whole, numbers[_bare(name)], int(re.sub(r"\D", "", day)))
    return ParsedDate(start=match.start(), end=match.end(), date=found, named=True) if found else None
