"""What a mention of a date is: its place in a text and every day that it can mean, in every calendar. Pure."""

import datetime as dt
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from evidence_packer.understand.calendar_words import CalendarWords, bare

YEARS = range(2005, 2041)
"""Years of platforms: before and after, digits are something else."""
_BUDDHIST, _REIWA, _HEISEI, _MINGUO = 543, 2018, 1988, 1911
_LEAP = 2024

Calendar = Literal["buddhist", "reiwa", "minguo"]
Calendars = frozenset[Calendar]
"""The calendars besides the common one that a page may use with short years."""

_GLUED_BEFORE = re.compile(r"[a-z]{4,}\Z")
_NAME_BEFORE = re.compile(r"[A-Z][a-z]{1,3}")
_BREAKS_BEFORE = frozenset("_/\\=@#$€£¥₩฿§+*&?^№")
_BREAKS_BEHIND = frozenset("_\\@=%°€$£¥₩฿*")
_LETTER = re.compile(r"[^\W\d_\u0e00-\uffff]")
_DATE_BEFORE = re.compile(r"\d[-/.]\d{1,2}[-/.]\d{1,4}-\Z|(?<![\d.-])\d{1,2}\.\d{1,2}\.-\Z")
_DAY_BEFORE = re.compile(r"(?<![\d.,/-])\d{1,2}\.?\s?-\Z")
_NUMBER_BEHIND = re.compile(r"[-/.–]\d")
_FILE_BEHIND = re.compile(r"\.[a-z]{3,4}(?!\w)", re.IGNORECASE)
_SHORT_UNITS = frozenset({"in", "st", "un", "m", "h", "g", "l", "w", "v", "x"})
"""Units that are little words as well: they count where nothing follows."""
_ENDS = re.compile(r"\s*(?:$|[,.;:)x×])")
_AMOUNT = re.compile(r"\.?\s*\d")
_PRICED = re.compile(r"(?<![\d.,])(?<!\d\s)(?:[$€£¥₩฿]|\bRp\.?)\s*\Z")
"""A sign of money that no amount stands before."""
_SHORT_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,3})\.?,?\s\Z")
"""A word that may name a weekday, though it also stands for a number ("ma 2 nov. 2026")."""
_TELEPHONE = re.compile(r"\+\d[\d\s()-]*\Z|\(\d+\)\s?\Z|[#№]\s*\Z")
_REACH = 24
_RANGE = re.compile(r"[-–—~～]\s?(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[./]\d{1,2}(?![\d/.]))(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One way to read a mention: ``order`` is the order of its parts (``dmy``, ``mdy``, ``ymd``); ``year`` may be unsaid."""

    order: str
    month: int
    day: int
    year: int | None = None

    @property
    def date(self) -> dt.date | None:
        """The day, where a year is said."""
        return on_day(self.year, self.month, self.day) if self.year else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date from ``start`` to ``end`` of its text with its meanings, at least one.

    ``form`` is how it is written: on one page the same form means the same order. ``named``: the month is a word.
    ``weak``: it counts only with a time of day or a weekday beside it. ``short``: its year has two digits, which in a ``loose``
    one may be another number.
    """

    start: int
    end: int
    form: str
    meanings: tuple[Meaning, ...]
    named: bool = False
    weak: bool = False
    short: bool = False
    loose: bool = False

    @property
    def dated(self) -> bool:
        """Whether it says its year in every meaning."""
        return all(meaning.year for meaning in self.meanings)


def on_day(year: int, month: int, day: int) -> dt.date | None:
    """The date, where the year has that day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def is_day(month: int, day: int) -> bool:
    """Whether some year has that day."""
    return on_day(_LEAP, month, day) is not None


def years_of(digits: str, calendars: Calendars) -> tuple[int, ...]:
    """The years that digits can mean, in the common calendar."""
    number = int(digits)
    if len(digits) == 4:
        found = [number, number - _BUDDHIST]
    elif len(digits) == 3:
        found = [number + _MINGUO] if "minguo" in calendars else []
    else:
        found = [number + 2000] + ([number + 2500 - _BUDDHIST] if "buddhist" in calendars else [])
    return tuple(year for year in found if year in YEARS)


def era_year(era: str, digits: str) -> int | None:
    """The year of a Japanese era or of the Taiwanese one."""
    number = 1 if digits == "元" else int(digits)
    year = number + {"令和": _REIWA, "R": _REIWA, "平成": _HEISEI}.get(era, _MINGUO)
    return year if year in YEARS else None


def dated(order: str, year: str, month: str, day: str, calendars: Calendars = frozenset()) -> Iterator[Meaning]:
    """The meanings of digits in one order."""
    for number in years_of(year, calendars):
        if on_day(number, int(month), int(day)):
            yield Meaning(order=order, year=number, month=int(month), day=int(day))


def denied(text: str, found: DateMention, words: CalendarWords) -> bool:
    """Whether what stands around a mention makes it something else: a version, a size, a price, a part of a longer number."""
    before, behind = text[max(0, found.start - _REACH) : found.start], text[found.end : found.end + _REACH]
    whole = found.dated and not found.short
    if text[found.start].isdigit() and _denied_before(before, words, named=found.named, whole=whole):
        return True
    return _denied_behind(behind, words) or (
        (found.short or not found.named or not found.dated) and _has_unit(behind, words)
    )


def _denied_before(before: str, words: CalendarWords, *, named: bool, whole: bool) -> bool:
    last = before[-1:]
    if last == "-":
        return not (_DATE_BEFORE.search(before) or (named and _DAY_BEFORE.search(before)))
    if last == "|" and before[-2:-1].isdigit():
        return True
    if last and (last in _BREAKS_BEFORE or (last in ".,:" and before[-2:-1].isdigit())):
        return True
    if _LETTER.match(last) and not (_GLUED_BEFORE.search(before) or (whole and _glued_name(before, words))):
        return True
    weekday = _SHORT_WORD.search(before)
    numbered = words.numbers.search(before) and not (named and whole and weekday and bare(weekday[1]) in words.weekdays)
    return bool(numbered) or any(kind.search(before) for kind in (_TELEPHONE, _PRICED))


def _glued_name(before: str, words: CalendarWords) -> bool:
    """Whether nothing but a short name or role stands before a whole date ("You12 Nov 2026"), and no word for a number."""
    return _NAME_BEFORE.fullmatch(before) is not None and words.numbers.search(f"{before} ") is None


def _denied_behind(behind: str, words: CalendarWords) -> bool:
    if behind and behind[0] in _BREAKS_BEHIND:
        return True
    if _NUMBER_BEHIND.match(behind) and not _RANGE.match(behind):
        return True
    if _FILE_BEHIND.match(behind):
        return True
    return _LETTER.match(behind) is not None and not _glued(words).match(behind)


@functools.lru_cache(maxsize=4)
def _glued(words: CalendarWords) -> re.Pattern[str]:
    """What OCR leaves no space before."""
    return re.compile(rf"T\d|(?:{words.before_time})\s?\d|{words.links}", re.IGNORECASE)


def _has_unit(behind: str, words: CalendarWords) -> bool:
    unit = words.units.match(behind)
    if unit is None:
        return False
    if _AMOUNT.match(behind, unit.end()):
        return False  # the amount of the next column
    return unit[0].strip().casefold() not in _SHORT_UNITS or _ENDS.match(behind, unit.end()) is not None
