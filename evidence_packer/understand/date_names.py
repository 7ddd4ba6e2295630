"""Dates whose month is a word, in every order in which day, month and year stand around it. Pure."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidence_packer.understand.calendar_words import CalendarWords, bare
from evidence_packer.understand.date_meanings import Calendars, DateMention, Meaning, dated, denied, is_day

_VIETNAMESE = re.compile(r"(?<=\d )Th(\d{1,2})(?=,? \d{4})")
"""A month of the Vietnamese calendar in its shortest form (6 Th11 2026)."""
_CODE = re.compile(r"[A-Z]{3}\d{1,2}-\d")
"""A code, though it begins like a month (NOV6-2026)."""
_CODE_ENDS = re.compile(r"-[A-Z]{2,}\d*\b")
"""What goes on behind a date is a code too (NOV-02-2026-BLK)."""
_WORD = re.compile(r"[^\W\d_\u0e00-\u0e7f]{3,}")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_REACH = 24
_BUDDHIST: Calendars = frozenset({"buddhist"})
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_WORD_BEHIND = re.compile(r"\s*[^\W\d_]")
_LAST_WORD = re.compile(r"([^\W\d_]{3,})\.?\s*\Z")
_NUMBER_BEHIND = re.compile(r"\s*(\d{1,2})(?!\d)")
_BUDDHIST_YEARS = 2400
_CENTURIES = range(1900, 2600)
"""Four digits that can be a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Month:
    """A name of a month at its place in a text."""

    start: int
    end: int
    number: int
    name: str
    capital: bool


@dataclass(frozen=True, slots=True)
class _Around:
    """What may stand before and behind the name of a month."""

    day: re.Pattern[str]
    year_before: re.Pattern[str]
    day_year: re.Pattern[str]
    year: re.Pattern[str]
    day_behind: re.Pattern[str]


@functools.lru_cache(maxsize=4)
def _around(words: CalendarWords) -> _Around:
    ordinal = r"(?:st|nd|rd|th|\.|º|ª|°|er|ere|:e|e|-?го|-?е)?(?![^\W\d_])"
    link = rf"(?:{words.links}\.?)?"
    near = r"(?:[ \t]*\.?[ \t]*|[-/'])"  # a dash between spaces parts two dates
    gap = rf"(?:[ \t.,]*{link}[ \t.,]*|[-/])"
    hour = rf"(?!\s?[:h]|[.:]?\d|\s?{words.half}|\s?{words.after_time})"
    return _Around(
        day=re.compile(
            r"(?<![\d$€£¥₩฿#№/_])(?<!\d[.,:-])(?:(?P<first>\d{1,2})\.?\s?[-–—~]\s?)?"
            rf"(?P<day>\d{{1,2}}){ordinal}{near}{link}[ \t]*\Z",
            re.IGNORECASE,
        ),
        year_before=re.compile(r"(?<![\d/.-])(?P<year>\d{4})(?:[ \t.,]*|[-/])\Z"),
        day_year=re.compile(
            rf"\.?{near}(?P<day>\d{{1,2}}){ordinal}(?:\s?[-–—~]\s?(?P<last>\d{{1,2}}){ordinal})?"
            rf"{gap}(?P<year>\d{{4}})(?!\d|:\d)",
            re.IGNORECASE,
        ),
        year=re.compile(rf"\.?,?{gap}(?:(?P<year>\d{{4}})(?!\d|:\d)|'?(?P<short>\d{{2}}){hour})", re.IGNORECASE),
        day_behind=re.compile(
            rf"\.?{near}(?P<day>\d{{1,2}})(?:-(?P<short>\d{{2}})(?!\d))?{ordinal}(?!\d|[:.]\d)(?!\s?{words.half})",
            re.IGNORECASE,
        ),
    )


def month_at(text: str, words: CalendarWords) -> Iterator[_Month]:
    """The names of months in a text."""
    for match in _WORD.finditer(text):
        start, word = match.start(), match[0]
        key = bare(word)
        if key in words.markers:
            behind = _NUMBER_BEHIND.match(text, match.end())
            if behind and 1 <= int(behind[1]) <= 12:
                yield _Month(start=start, end=behind.end(), number=int(behind[1]), name="", capital=True)
            continue
        if key not in words.months and (hump := _HUMP.search(word)):
            start, word = start + hump.start(), word[hump.start() :]
            key = bare(word)
        if key in words.months:
            yield _Month(start=start, end=match.end(), number=words.months[key], name=key, capital=word[0].isupper())
    for match in _VIETNAMESE.finditer(text):
        if 1 <= int(match[1]) <= 12:
            yield _Month(start=match.start(), end=match.end(), number=int(match[1]), name="", capital=True)
    if _THAI.search(text):
        for match in words.dense.finditer(text):
            yield _Month(
                start=match.start(), end=match.end(), number=words.months[bare(match[0])], name="", capital=True
            )


def named_mentions(text: str, words: CalendarWords, calendars: Calendars) -> Iterator[DateMention]:
    """The dates around the names of months; ``text`` without accents."""
    for month in month_at(text, words):
        ordinary = month.name in words.ordinary or (month.name in words.capital and not month.capital)
        for found in _of(text, month, words, calendars):
            if not (denied(text, found, words) or _CODE.match(text, found.start) or _CODE_ENDS.match(text, found.end)):
                yield replace(found, weak=True) if ordinary and (found.short or not found.dated) else found


def _of(text: str, month: _Month, words: CalendarWords, calendars: Calendars) -> Iterator[DateMention]:
    around = _around(words)
    before = text[max(0, month.start - _REACH) : month.start]
    reach = month.start - len(before)
    ordinary = month.name in words.ordinary  # such names are of languages that write the day first
    if not ordinary and (found := around.day_year.match(text, month.end)):
        first_ends = found.end() if found["last"] is None else found.end("day")
        yield from _said(month, (found, "day"), (month.start, first_ends), calendars)
        yield from _said(month, (found, "last"), (found.start("last"), found.end()), calendars)
        if int(found["year"]) in _CENTURIES:
            return
    found, said = around.day.search(before), around.year.match(text, month.end)
    whole = said is not None and said["year"] is not None
    if found and (whole or not _of_month_before(before[: found.start()], words)):
        yield from _day_first(text, month, (found, reach), around, calendars)
        return
    if ordinary or not (found := around.day_behind.match(text, month.end)):
        return
    if year := around.year_before.search(before):
        meanings = tuple(_dated("ymd", year["year"], month, found["day"], calendars))
        if meanings:
            yield _mention(reach + year.start(), found.end(), meanings)
        return
    span = (month.start, found.end())
    if found["short"]:
        meanings = tuple(_dated("mdy", found["short"], month, found["day"], calendars))
        if meanings:
            yield _mention(*span, meanings, short=True)
    elif is_day(month.number, int(found["day"])):
        yield _mention(*span, (Meaning(order="md", month=month.number, day=int(found["day"])),))


def _dated(order: str, year: str, month: _Month, day: str, calendars: Calendars) -> Iterator[Meaning]:
    """The meanings of a day and a year; four digits of the Buddhist calendar stand only where a page uses it."""
    if len(year) < 4 or int(year) < _BUDDHIST_YEARS or "buddhist" in calendars:
        yield from dated(order, year, str(month.number), day, calendars)


def _said(
    month: _Month, part: tuple[re.Match[str], str], span: tuple[int, int], calendars: Calendars
) -> Iterator[DateMention]:
    found, day = part
    meanings = tuple(_dated("mdy", found["year"], month, found[day], calendars)) if found[day] else ()
    if meanings:
        yield _mention(*span, meanings)


def _of_month_before(before: str, words: CalendarWords) -> bool:
    """Whether a number stands behind another month, so that it is the day of that one (Oct 29 Nov 3)."""
    last = _LAST_WORD.search(before)
    return last is not None and bare(last[1]) in words.months


def _day_first(
    text: str, month: _Month, before: tuple[re.Match[str], int], around: _Around, calendars: Calendars
) -> Iterator[DateMention]:
    """The dates of a day that stands before the month, and of the one from which it reaches (2-12 November 2026)."""
    found, reach = before
    said = around.year.match(text, month.end)
    year = (said["year"] or said["short"]) if said else None
    if year and len(year) == 4 and int(year) not in _CENTURIES:
        year = None
    end = said.end() if said and year else month.end
    thai: Calendars = calendars | _BUDDHIST if _THAI.match(text, month.start) else calendars
    short = year is not None and len(year) == 2
    for part in ("first", "day"):
        day = found[part]
        if not day or not is_day(month.number, int(day)):
            continue
        meanings = tuple(_dated("dmy", year, month, day, thai)) if year else ()
        if not year or short:
            other = () if part == "first" else _behind(text, month, around)
            meanings = (*meanings, Meaning(order="dm", month=month.number, day=int(day)), *other)
        if meanings:
            span = (reach + found.start(part), end if part == "day" else reach + found.start("day"))
            yield _mention(
                *span, meanings, short=short, loose=thai is calendars and _WORD_BEHIND.match(text, end) is not None
            )


def _behind(text: str, month: _Month, around: _Around) -> tuple[Meaning, ...]:
    """The day that the number behind the month can be, where the one before it is something else."""
    found = around.day_behind.match(text, month.end)
    if (
        not found
        or found["short"]
        or _WORD_BEHIND.match(text, found.end())
        or not is_day(month.number, int(found["day"]))
    ):
        return ()
    return (Meaning(order="md", month=month.number, day=int(found["day"])),)


def _mention(
    start: int, end: int, meanings: tuple[Meaning, ...], *, short: bool = False, loose: bool = False
) -> DateMention:
    return DateMention(start=start, end=end, form="name", meanings=meanings, named=True, short=short, loose=loose)
