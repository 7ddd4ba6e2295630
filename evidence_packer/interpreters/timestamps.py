"""Dates and times as pages write them, in twelve languages; an ambiguous one is told, never guessed.

Own anchored patterns per language. O and l are repaired inside runs of digits only; the order of day and month comes from the
site and is told as ambiguous where both readings are dates and the site's order is not the page's; relative words
("yesterday") are no timestamp; ``CST`` names two zones and is left open.
"""

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from casefile.facts import TimestampSeen
from casefile.lexicon import ReadingWords
from casefile.reading import Line, ReadPage
from evidence_packer.interpret import Scene

_YEARS = range(2005, 2041)
_ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "PST": -8, "PDT": -7, "MST": -7, "MDT": -6, "CDT": -5, "EST": -5, "EDT": -4, "BST": 1,
    "CET": 1, "CEST": 2, "JST": 9, "KST": 9, "SGT": 8, "HKT": 8, "北京时间": 8,
}  # fmt: skip
"""Offsets in hours of the zone words that mean one thing only; CST (US or China) is left out on purpose."""

_REPAIR = re.compile(
    r"(?<![A-Za-z0-9])[lI](?=\d:\d)|(?<=\d)[OoIl](?=[\d:/.-])|(?<=[\d:/.-])[OoIl](?=\d)|(?<=\d)[OoIl](?=\d)"
)
_TIME = (
    r"(?P<half_before>{am}|{pm})?\s*(?P<hour>\d{{1,2}})\s*(?:[:：h時时点]|시\s?)\s*(?P<minute>\d{{2}})(?:分|분)?"
    r"(?:[:：](?P<second>\d{{2}}))?(?:\.\d+)?\s*(?P<half>{am}|{pm})?(?![\w])"
    r"\s*(?:\(?(?P<zone>UTC|GMT|[PMEC][SD]T|CES?T|BST|JST|KST|SGT|HKT|北京时间|Z)?(?P<offset>[+−-]\d{{1,2}}(?::?\d{{2}})?)?\)?)"
)
_GLUED = re.compile(
    r"(?<!\d)(?:\d{4}(?P<s>[-/.])\d{2}(?P=s)\d{2}|\d{2}(?P<t>[-/.])\d{2}(?P=t)\d{4}|[A-Za-z]{3,9}\.? ?\d{1,2}, ?\d{4})"
    r"(?=\d{2}:\d{2})"
)
"""A date whose time of day follows without a space, as OCR often reads it."""
_BETWEEN = r"(?:\s*(?:,|at|um|à|a las|alle ore|alle|às|lúc|pukul|เวลา|·|\||-|–|T|\([^)]{1,6}\))\s*|\s*)"
_NUMERIC = re.compile(
    r"(?<!\d)(?<!\d[/.:-])(?:(?P<y>\d{4})\s?(?P<s1>[-/.年년])\s?(?P<m>\d{1,2})\s?[-/.月월]\s?(?P<d>\d{1,2})(?:\s?[日일]|(?![\d/]))"
    r"|(?P<a>\d{1,2})(?P<s2>[-/.])(?P<b>\d{1,2})(?P=s2)(?P<y2>\d{4}|\d{2})(?![\d/]))"
)


@dataclass(frozen=True, slots=True)
class _Date:
    start: int
    end: int
    date: dt.date | None
    other: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    time: dt.time
    zone: dt.timezone | None
    end: int


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True)) or r"(?!)"


@functools.lru_cache(maxsize=8)
def _time_pattern(am: tuple[str, ...], pm: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_TIME.format(am=_either(am), pm=_either(pm)), re.IGNORECASE)


@functools.lru_cache(maxsize=8)
def _named_pattern(months: tuple[tuple[str, int], ...]) -> re.Pattern[str]:
    names = _either(name for name, _ in months)
    return re.compile(
        rf"(?<![\w])(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.|º|er)?\s*(?:de|of|del)?\s*(?P<n1>{names})\.?,?\s*(?:de|del|,|năm)?\s*(?P<y1>\d{{4}})"
        rf"|(?P<n2>{names})\.?\s*(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s*(?P<y2>\d{{4}}))(?!\d)",
        re.IGNORECASE,
    )


def _date(year: int, month: int, day: int) -> dt.date | None:
    year = year - 543 if year > 2400 else year + 2000 if year < 100 else year
    try:
        return dt.date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _numeric(match: re.Match[str], *, day_first: bool) -> _Date | None:
    if match["y"]:
        found = _date(int(match["y"]), int(match["m"]), int(match["d"]))
        return _Date(*match.span(), found) if found else None
    a, b, year = int(match["a"]), int(match["b"]), int(match["y2"])
    if match["s2"] == "." and not match["y2"].startswith("20") and len(match["y2"]) == 2 and max(a, b) > 31:
        return None
    by_day, by_month = _date(year, b, a), _date(year, a, b)
    first, second = (by_day, by_month) if day_first or match["s2"] == "." else (by_month, by_day)
    chosen = first or second
    other = second if first and second and first != second and match["s2"] != "." else None
    return _Date(*match.span(), chosen, other) if chosen else None


def _dates(text: str, months: tuple[tuple[str, int], ...], *, day_first: bool) -> list[_Date]:
    found = [date for match in _NUMERIC.finditer(text) if (date := _numeric(match, day_first=day_first))]
    numbers = dict(months)
    for match in _named_pattern(months).finditer(text):
        name, day, year = (
            (match["n1"], match["d1"], match["y1"]) if match["n1"] else (match["n2"], match["d2"], match["y2"])
        )
        named = _date(int(year), numbers[name.casefold()], int(day))
        if named:
            found.append(_Date(*match.span(), named))
    return sorted(found, key=lambda date: date.start)


def _zone(match: re.Match[str]) -> dt.timezone | None:
    word, offset = match["zone"], match["offset"]
    if word and word.upper() == "CST":
        return None
    hours = float(_ZONES.get((word or "").upper(), _ZONES.get(word or "", 0)))
    if offset and (word in {None, "UTC", "GMT"}):
        digits = offset[1:].replace(":", "")
        sign = -1 if offset[0] in "-−" else 1
        whole, part = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
        hours = sign * (int(whole) + int(part) / 60)
    elif not word:
        return None
    return dt.timezone(dt.timedelta(hours=hours)) if abs(hours) <= 14 else None


def _clock(match: re.Match[str], pm: tuple[str, ...], am: tuple[str, ...]) -> _Clock | None:
    hour, minute = int(match["hour"]), int(match["minute"])
    half = (match["half"] or match["half_before"] or "").casefold()
    if half in {word.casefold() for word in pm} and hour < 12:
        hour += 12
    elif half in {word.casefold() for word in am} and hour == 12:
        hour = 0
    try:
        time = dt.time(hour, minute, int(match["second"] or 0))
    except ValueError:
        return None
    return _Clock(time=time, zone=_zone(match), end=match.end())


class _Page:
    """The reader of one page: patterns of every language, and the site's habits."""

    def __init__(self, page: ReadPage, words: Mapping[str, ReadingWords], *, day_first: bool) -> None:
        self._page, self._day_first, self._order_known = page, day_first, False
        self._months = tuple(
            dict.fromkeys(
                (name.casefold(), int(number))
                for language in words.values()
                for number, names in language.months.items()
                for name in names
            )
        )
        self._am = tuple(dict.fromkeys(word for language in words.values() for word in language.am))
        self._pm = tuple(dict.fromkeys(word for language in words.values() for word in language.pm))
        self._times = _time_pattern(self._am, self._pm)

    def seen(self) -> list[TimestampSeen]:
        orders = self._orders_shown()
        if len(orders) == 1:
            self._day_first, self._order_known = orders.pop(), True
        return [seen for line in self._page.lines for seen in self._of_line(line)]

    def _orders_shown(self) -> set[bool]:
        """Which orders of day and month the page proves by a number over 12: ``True`` is day first."""
        found = set()
        for line in self._page.lines:
            for match in _NUMERIC.finditer(self._prepared(line.text)):
                if match["a"] and match["s2"] != "." and max(int(match["a"]), int(match["b"])) in range(13, 32):
                    found.add(int(match["a"]) > 12)
        return found

    def _of_line(self, line: Line) -> list[TimestampSeen]:
        text = self._prepared(line.text)
        found = []
        for date in _dates(text, self._months, day_first=self._day_first):
            clock = (
                self._clock_after(text, date)
                or self._clock_before(text, date)
                or self._clock_beside(line, text, date)
                or self._clock_below(line, text, date)
            )
            end = max(date.end, min(clock.end, len(text))) if clock and clock.end > date.start else date.end
            found.append(self._timestamp(line, text, date, clock, end))
        return found

    @staticmethod
    def _prepared(text: str) -> str:
        plain = "".join(c if len(n := unicodedata.normalize("NFKC", c)) != 1 else n for c in text)
        return _GLUED.sub(r"\g<0> ", _REPAIR.sub(lambda match: "0" if match[0] in "Oo" else "1", plain))

    def _clock_after(self, text: str, date: _Date) -> _Clock | None:
        gap = re.compile(_BETWEEN, re.IGNORECASE).match(text, date.end)
        match = self._times.match(text, gap.end() if gap else date.end)
        return _clock(match, self._pm, self._am) if match else None

    def _clock_before(self, text: str, date: _Date) -> _Clock | None:
        for match in self._times.finditer(text[: date.start]):
            if re.fullmatch(r"[\s,·|-]*", text[match.end() : date.start]):
                found = _clock(match, self._pm, self._am)
                return _Clock(time=found.time, zone=found.zone, end=date.end) if found else None
        return None

    def _clock_beside(self, line: Line, text: str, date: _Date) -> _Clock | None:
        """A time alone in the next cell of the same row, for a line that is a date and nothing else."""
        if text[: date.start].strip() or text[date.end :].strip():
            return None
        middle = (line.box[1] + line.box[3]) / 2
        row = [o for o in self._page.lines if o.box[1] < middle < o.box[3] and o.box[0] >= line.box[2] - 0.002]
        for other in sorted(row, key=lambda o: o.box[0])[:1]:
            match = self._times.fullmatch(self._prepared(other.text).strip())
            found = _clock(match, self._pm, self._am) if match else None
            return _Clock(time=found.time, zone=found.zone, end=date.end) if found else None
        return None

    def _clock_below(self, line: Line, text: str, date: _Date) -> _Clock | None:
        """A time alone in the next line of the same column, where a narrow cell wrapped it."""
        if not re.fullmatch(_BETWEEN, text[date.end :], re.IGNORECASE):
            return None
        height = line.box[3] - line.box[1]
        below = [
            other
            for other in self._page.lines
            if other.box[1] >= line.box[3] - height / 3 and other.box[0] < line.box[2] and line.box[0] < other.box[2]
        ]
        for other in sorted(below, key=lambda o: o.box[1])[:1]:
            if other.box[1] - line.box[3] > height or abs(other.box[0] - line.box[0]) > height:
                return None
            match = self._times.fullmatch(self._prepared(other.text).strip())
            found = _clock(match, self._pm, self._am) if match else None
            return _Clock(time=found.time, zone=found.zone, end=date.end) if found else None
        return None

    def _timestamp(self, line: Line, text: str, date: _Date, clock: _Clock | None, end: int) -> TimestampSeen:
        at: str | None = None
        where: Literal["page", "none"] = "none"
        if date.date:
            at = date.date.isoformat()
        if date.date and clock:
            moment = dt.datetime.combine(date.date, clock.time)
            if clock.zone is not None:
                at, where = moment.replace(tzinfo=clock.zone).isoformat(), "page"
            else:
                at = moment.isoformat()
        return TimestampSeen(
            text=text[date.start : end].strip(),
            at=at,
            ambiguous=date.other is not None and not self._order_known,
            box=line.part(date.start, end),
            page=self._page.number,
            has_time=clock is not None,
            zone=where,
        )


def interpret(scene: Scene) -> dict[str, object]:
    """``timestamps`` of every page, in reading order."""
    site = scene.site
    found = [
        seen
        for page in scene.reading.pages
        for seen in _Page(
            page,
            scene.house.reading_words,
            day_first=site.day_first if site else True,
        ).seen()
    ]
    return {"timestamps": tuple(found)}
