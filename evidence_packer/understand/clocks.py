"""Times of day and their zones, as pages write them. Pure."""

import datetime as dt
import functools
import re
from dataclasses import dataclass

from casefile import text_folding
from evidence_packer.understand.calendar_words import CalendarWords, bare, either

_HOURS = {
    "UTC": 0, "GMT": 0, "Z": 0, "PST": -8, "PDT": -7, "MST": -7, "MDT": -6, "CDT": -5, "EST": -5, "EDT": -4, "BRT": -3, "BST": 1,
    "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "ICT": 7, "WIB": 7, "WITA": 8, "SGT": 8, "HKT": 8, "MYT": 8, "PHT": 8, "AWST": 8,
    "北京时间": 8, "WIT": 9, "JST": 9, "KST": 9, "日本時間": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
"""Offsets in hours of the zone words that mean one thing only."""
ASKED = ("CST", "IST")
"""Zone words that mean several zones (China or central America; India, Ireland or Israel): left open, and asked about."""

_TIME = (
    r"(?P<before>{half})?\s*(?<![\d.])(?P<hour>\d{{1,2}})"
    r"(?:\s*(?P<mark>[:：h時时点點]|시\s?)\s*(?P<minute>\d{{2}})\s?(?:分|분)?"
    r"(?:(?:[:：]|(?<=[分분])\s?)(?P<second>\d{{2}})(?:秒|초)?)?(?:\.\d{{1,6}})?"
    r"|\.(?P<dotted>\d{{2}})(?:\.(?P<dotted_second>\d{{2}}))?"
    r"|[時时点點시](?P<minute_of_one>\d)(?:分|분))"
    r"(?!\d|[:/.]\d)(?:\s*(?P<half>{half}(?!\w))|(?<=\d)(?P<letter>[ap](?![\w.])))?\s*(?P<sure>{after})?"
    r"\s*(?:[(（]?(?:(?P<zone>{zones})(?![A-Za-z]))?\s?(?P<offset>[+−-]\d{{1,2}}(?::?\d{{2}})?(?!\d|[/.-]))?[)）]?)"
)
_WHOLE = r"\s*(?P<hour>\d{{1,2}})\s?(?P<half>{half}(?!\w))(?P<zone>(?!))?(?P<offset>(?!))?"
_WHOLE_BEFORE = r"\s*(?P<before>{half})\s*(?P<hour>\d{{1,2}})\s?[点點时時시](?!\s?\d)(?P<zone>(?!))?(?P<offset>(?!))?"
_LETTERS = {"a": "am", "p": "pm"}
"""Halves of the day as they follow a time without a space (4:08p)."""
_NIGHT = 6
"""The first hour of a clock of twelve that is before midnight when it is called night."""
_NOON = 10
_HANGUL, _LATIN, _DIGITS = re.compile("[가-힣]"), re.compile("[A-SU-Za-z]"), re.compile(r"\d{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day, where it stands in its text, and its zone: known, or named but unclear (``asked``)."""

    time: dt.time
    start: int
    end: int
    zone: dt.timezone | None = None
    asked: str | None = None
    dotted: bool = False
    """Written as 14.22, which elsewhere is an amount or a section."""


@functools.lru_cache(maxsize=8)
def _patterns(words: CalendarWords) -> tuple[re.Pattern[str], ...]:
    parts = {"half": words.half, "after": words.after_time, "zones": either((*_HOURS, *ASKED))}
    return tuple(re.compile(form.format(**parts), re.IGNORECASE) for form in (_TIME, _WHOLE, _WHOLE_BEFORE))


@functools.lru_cache(maxsize=8)
def _span(words: CalendarWords) -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:[-–—~〜～]|{words.to})\s*(?:{words.half}\s*)?\d{{1,2}}(?:\s?[:.h時时点點시]\s?\d{{2}}|\s?{words.half})",
        re.IGNORECASE,
    )


def clock_at(text: str, start: int, words: CalendarWords) -> Clock | None:
    """The time of day that begins at ``start`` (spaces skipped); the beginning of a span of hours is none."""
    text = text_folding.unaccented(text)
    for pattern in _patterns(words):
        match = pattern.match(text, start)
        found = _clock(match, words) if match else None
        if found:
            return None if _span(words).match(text, found.end) else found
    return None


def clocks(text: str, words: CalendarWords) -> list[Clock]:
    """Every time of day in ``text``; dotted ones count only with a half-day or a zone word."""
    text = text_folding.unaccented(text)
    found = (_clock(match, words) for match in _patterns(words)[0].finditer(text))
    return [clock for clock in found if clock and not clock.dotted]


def half_lost(text: str, behind: int, clock: Clock, words: CalendarWords) -> bool:
    """Whether a Korean time behind a date may have lost its half of the day: OCR leaves it out, or reads it as Latin letters."""
    if not _HANGUL.search(text) or not behind <= clock.start:
        return False
    between, hour = text[behind : clock.end], _DIGITS.match(text, clock.start)
    said = re.search(words.half, between, re.IGNORECASE) is not None
    return not said and (hour is None or len(hour[0]) == 1 or _LATIN.search(between) is not None)


def _clock(match: re.Match[str], words: CalendarWords) -> Clock | None:
    parts = match.groupdict()
    half = words.halves.get(bare(parts.get("half") or parts.get("before") or "")) or _LETTERS.get(
        (parts.get("letter") or "").lower()
    )
    half = None if half and _goes_on(match, words) else half
    hour = _hour(int(parts["hour"]), half)
    minute = int(parts.get("minute") or parts.get("dotted") or parts.get("minute_of_one") or 0)
    second = int(parts.get("second") or parts.get("dotted_second") or 0)
    try:
        time = dt.time(hour, minute, second)
    except ValueError:
        return None
    word, offset = (parts.get("zone") or "").upper(), parts.get("offset")
    if offset and not word and _ends_a_span(match):
        return None
    return Clock(
        time=time,
        start=match.start() + len(match[0]) - len(match[0].lstrip()),
        end=match.start() + len(match[0].rstrip()),
        zone=_zone(word, offset),
        asked=word if word in ASKED else None,
        dotted=bool(parts.get("dotted")) and not (half or word or parts.get("sure")),
    )


def _goes_on(match: re.Match[str], words: CalendarWords) -> bool:
    """Whether a word for a half of the day only begins what follows: "04:00 em São Paulo" is Portuguese, not Swedish."""
    word = match.groupdict().get("half")
    if not word or not re.fullmatch(words.before_date, word, re.IGNORECASE):
        return False
    return match["hour"].startswith("0") or match.string[match.end() :].lstrip()[:1].islower()


def _hour(hour: int, half: str | None) -> int:
    """The hour of a clock of twenty-four; -1 where the words leave it open."""
    if half == "am":
        return 0 if hour == 12 else hour
    if half == "pm" or (half == "noon" and hour < _NOON):
        return hour + 12 if hour < 12 else hour
    if half == "night" and hour <= 12:
        return -1 if hour == 12 else hour + 12 if hour >= _NIGHT else hour
    return hour


def _ends_a_span(match: re.Match[str]) -> bool:
    """Whether what looks like an offset is the second time of a span (9:00-12:00)."""
    offset = match["offset"]
    return (
        offset[0] != "+"
        and ":" in offset
        and match["second"] is None
        and match.string[match.start() - 1 : match.start()] != "T"
    )


def _zone(word: str, offset: str | None) -> dt.timezone | None:
    if word in ASKED or (not word and not offset):
        return None
    if not offset or word not in {"", "UTC", "GMT"}:
        hours = float(_HOURS[word])
    else:
        digits = offset[1:].replace(":", "")
        whole, part = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
        hours = (-1 if offset[0] in "-−" else 1) * (int(whole) + int(part) / 60)
    return dt.timezone(dt.timedelta(hours=hours)) if abs(hours) <= 14 else None
