"""The dates of a page's lines with their times of day: behind or before a date in its line, wrapped below it, in the next cell.

A day is never put together from numbers of two lines: only a year behind a day and a named month, and the parts of a date that
carry their own signs, may stand in the line below.
"""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from casefile import text_folding
from casefile.fields.files import Box
from casefile.reading import Line, ReadPage
from evidence_packer.understand.calendar_words import CalendarWords, bare, is_dense_name
from evidence_packer.understand.clocks import Clock, clock_at, clocks, half_lost
from evidence_packer.understand.date_gaps import gaps
from evidence_packer.understand.date_meanings import Calendars, DateMention, years_of
from evidence_packer.understand.dates import can_begin, mentions, prepared
from evidence_packer.understand.layout import below, beside
from evidence_packer.understand.screen_clock import DatedLine

_YEAR_BEHIND = re.compile(r"\s+(20\d{2})(?!\d)")
_ENDS = r"(?=\s*(?:$|[,.·|-]|[^\W\d]{1,4}(?:\s*$|\s+\d)))"
"""What may follow a year: nothing, a sign, or a short word before the time, such as "at"."""
_YEAR_BELOW = re.compile(rf"\s*20\d{{2}}{_ENDS}")
_DAY_YEAR_BELOW = re.compile(rf"\s*\d{{1,2}}(?:st|nd|rd|th)?,\s*20\d{{2}}{_ENDS}")
_HOUR_LAST = re.compile(r"[日일]\s?\d{1,2}\Z")
_HOUR_SIGN_FIRST = re.compile(r"\s?[時时点點시]\s?\d{1,2}\s?[分분]")
_SIGNED_PART = re.compile(r"(?:[^\d]*[:：]\s?)?\d{4}(?:\s?[年년](?:\s?\d{1,2}(?:\s?[月월](?:\s?\d{1,2})?)?)?)?\s?")
_SIGN_FIRST = re.compile(r"\s?[年년月월日일]")
_SIGN_LAST = re.compile(r"[年년月월]\s?\Z")
_OPEN_ZONE = re.compile(r"(?<=[AaPp][Mm])\s?[ECMP]T$")
"""Zones of North America without a season ("2:47 PM ET"): the clock of a place, and no offset."""
_MOST_LINES = 5
_REACH = 24
_SHORT_NAME, _WHOLE_NAME = 3, 5
"""So many letters make a name of a weekday beside digits, and a whole name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLine:
    """A mention with its time of day, in the joined text of the lines in which it stands."""

    lines: tuple[Line, ...]
    text: str
    mention: DateMention
    clock: Clock | None
    weekday: int | None
    weekdays: tuple[int, ...] = ()

    @property
    def start(self) -> int:
        """Where it begins in ``text``, its time included."""
        return min(self.mention.start, self._times[0])

    @property
    def end(self) -> int:
        """Where it ends in ``text``."""
        return max(self.mention.end, self._times[1])

    @property
    def _times(self) -> tuple[int, int]:
        inside = self.clock is not None and self.clock.start >= 0
        return (self.clock.start, self.clock.end) if inside and self.clock else (self.mention.start, self.mention.end)

    @property
    def box(self) -> Box:
        """Its place on the page."""
        return _box(self.lines, self.start, self.end)

    @property
    def dated_line(self) -> DatedLine:
        """What the task bar is known by."""
        rest = (self.text[: self.start] + self.text[self.end :]).strip(" ,|·")
        first = self.clock is not None and 0 <= self.clock.start < self.mention.start
        return DatedLine(line=self.lines[0], alone=not rest, time_first=first, timed=self.clock is not None)


class DateLines:
    """Reads the dates of one page."""

    def __init__(self, page: ReadPage, words: CalendarWords, calendars: Calendars) -> None:
        self._words, self._calendars, self._gaps = words, calendars, gaps(words)
        self._texts = {id(line): prepared(line.text) for line in page.lines}
        self._sorted = sorted(page.lines, key=lambda line: line.box[1])
        self._tops = [line.box[1] for line in self._sorted]
        self._tallest = max((line.box[3] - line.box[1] for line in page.lines), default=0.0)
        self._page = page
        self._found: list[DateLine] = []
        self._known: dict[str, tuple[DateMention, ...]] = {}
        self._years = {
            key for key, text in self._texts.items() if _YEAR_BELOW.match(text) or _DAY_YEAR_BELOW.match(text)
        }

    def found(self) -> list[DateLine]:
        """Every mention of the page that counts, in reading order."""
        taken: set[int] = set()
        for line in self._page.lines:
            if id(line) in taken or not can_begin(self._texts[id(line)], self._words):
                continue
            lines = self._joined(line)
            taken |= {id(other) for other in lines[1:]}
            self._found += self._of(lines)
        return self._found

    def other_dated(self, one: DateLine) -> list[Line]:
        """The other lines that hold a date."""
        return [other.lines[0] for other in self._found if other.lines[0] is not one.lines[0]]

    def time_above(self, one: DateLine) -> tuple[Line, Clock] | None:
        """The time of day that stands alone right above a line in its column."""
        line = one.lines[0]
        for other in self._between(line.box[1] - 3 * self._tallest, line.box[1]):
            if other is not line and below(other, (line,)) is line and (clock := self._alone(other)):
                return other, clock
        return None

    def _between(self, top: float, bottom: float) -> list[Line]:
        """The lines that begin in a stretch of the page."""
        return self._sorted[bisect.bisect_left(self._tops, top) : bisect.bisect_right(self._tops, bottom)]

    def _below(self, line: Line) -> Line | None:
        height = line.box[3] - line.box[1]
        return below(line, self._between(line.box[1] + height * 0.5, line.box[3] + height * 1.2))

    def _joined(self, line: Line) -> tuple[Line, ...]:
        """The line, with those below it that hold the rest of a date which narrow columns break."""
        text, lines = self._texts[id(line)], [line]
        if _SIGNED_PART.fullmatch(text.strip()):
            while len(lines) < _MOST_LINES and (lower := self._below(lines[-1])):
                text, more = self._texts[id(lines[-1])], self._texts[id(lower)]
                if not (_SIGN_FIRST.match(more) or (_SIGN_LAST.search(text) and more[:1].isdigit())):
                    break
                lines.append(lower)
            return tuple(lines)
        lower = self._below(line) if _HOUR_LAST.search(text.rstrip()) else None
        if lower is not None and _HOUR_SIGN_FIRST.match(self._texts[id(lower)]):
            return (line, lower)
        return self._with_year(line)

    def _with_year(self, line: Line) -> tuple[Line, ...]:
        """The line and the one below it, where that begins with the year of the day at its end."""
        text = self._texts[id(line)].rstrip(" ,")
        lower = self._below(line) if self._years and text else None
        if lower is None or id(lower) not in self._years:
            return (line,)
        joined = self._mentions(f"{text} {self._texts[id(lower)]}")
        crossing = next((one for one in joined if one.start < len(text) < one.end and one.dated and one.named), None)
        if crossing is None:
            return (line,)
        if _YEAR_BELOW.match(self._texts[id(lower)]):
            ends = any(one.end == len(text) and one.named and not one.dated for one in self._mentions(text))
        else:  # the month stands alone, day and year below it
            ends = self._gaps.before.fullmatch(text_folding.unaccented(text[: crossing.start])) is not None
        return (line, lower) if ends else (line,)

    def _mentions(self, text: str) -> tuple[DateMention, ...]:
        if text not in self._known:
            self._known[text] = tuple(mentions(text, self._words, self._calendars))
        return self._known[text]

    def _of(self, lines: tuple[Line, ...]) -> Iterator[DateLine]:
        texts = [self._texts[id(line)] for line in lines]
        text = (" " if len(lines) == 2 and not _HOUR_SIGN_FIRST.match(texts[1]) else "").join(texts)
        found = self._mentions(text)
        if not found:
            return
        folded = text_folding.unaccented(text)
        for place, mention in enumerate(found):
            lower = self._lower(text, mention.end, lines) if place == len(found) - 1 else ""
            clock = self._clock(text + lower, folded + text_folding.unaccented(lower), mention, lines)
            unsure = (
                self._page.text_source == "ocr" and clock and half_lost(text + lower, mention.end, clock, self._words)
            )
            clock = None if unsure else clock
            year = _YEAR_BEHIND.match(text, clock.end) if clock and not mention.dated and mention.named else None
            whole = _in_year(mention, year[1]) if year else mention
            weekday = self._weekday(folded, whole)
            if not whole.weak or clock is not None or (weekday is not None and not whole.named):
                yield DateLine(
                    lines=lines, text=text + lower, mention=whole, clock=clock, weekday=weekday,
                    weekdays=self._weekdays(folded, whole),
                )  # fmt: skip

    def _lower(self, text: str, end: int, lines: tuple[Line, ...]) -> str:
        """The line below a date that ends its line, or below a time whose half of the day is wrapped."""
        lower = self._below(lines[-1])
        if lower is None:
            return ""
        more, rest = self._texts[id(lower)], text_folding.unaccented(text[end:])
        if self._gaps.half.fullmatch(text_folding.unaccented(more)):
            return "\n" + more
        gap = self._gaps.behind.fullmatch(rest) if rest.strip() else True
        clock = clock_at(more, 0, self._words) if gap else None
        if clock is None or (clock.dotted and clock.end < len(more.rstrip())):
            return ""
        later = next(iter(self._mentions(more)), None)
        if (
            later
            and later.start >= clock.end
            and self._gaps.before.fullmatch(text_folding.unaccented(more[clock.end : later.start]))
        ):
            return ""  # it is the time of the date that follows it
        return "\n" + more

    def _clock(self, text: str, folded: str, mention: DateMention, lines: tuple[Line, ...]) -> Clock | None:
        """The time of day of a date: behind or before it, or alone in the next cell."""
        after = self._after(folded, mention)
        own_line = "\n" not in text or (after is not None and after.end <= text.index("\n"))
        if after is not None and own_line:
            return after
        known = clocks(text[: mention.start], self._words) if any(map(str.isdigit, text[: mention.start])) else []
        before = next((c for c in known if self._gaps.before.fullmatch(folded[c.end : mention.start])), None)
        if before is not None or after is not None:
            return before or after
        if text[: mention.start].strip(" :") or text[mention.end :].strip():
            return None
        cells = (cell for line in dict.fromkeys((lines[-1], lines[0])) if (cell := self._beside(line)))
        clock = next(filter(None, map(self._alone, cells)), None)
        return replace(clock, start=-1, end=-1) if clock else None  # it stands in another line

    def _beside(self, line: Line) -> Line | None:
        """The next cell of a row."""
        middle = (line.box[1] + line.box[3]) / 2
        return beside(line, self._between(middle - self._tallest, middle))

    def _after(self, folded: str, mention: DateMention) -> Clock | None:
        gap = self._gaps.behind.match(folded, mention.end)
        start = gap.end() if gap else mention.end
        clock = clock_at(folded, start, self._words)
        if clock is None:
            return None
        if clock.dotted and not mention.named and not self._gaps.says_time.search(folded[mention.end : start]):
            return None
        if clock.dotted and (
            self._words.units.match(folded, clock.end) or folded[mention.end : start].endswith(tuple("$€£¥₩฿"))
        ):
            return None
        return clock

    def _alone(self, cell: Line) -> Clock | None:
        text = _OPEN_ZONE.sub("", self._texts[id(cell)].strip())
        clock = clock_at(text, 0, self._words) if text else None
        return None if clock is None or clock.end < len(text) - 1 or clock.dotted else clock

    def _weekday(self, folded: str, mention: DateMention) -> int | None:
        """The weekday beside a date that needs one."""
        if len(mention.meanings) == 1 and not mention.weak:
            return None
        name = next(self._weekday_names(folded, mention), None)
        return self._words.weekdays.get(name) if name else None

    def _weekdays(self, folded: str, mention: DateMention) -> tuple[int, ...]:
        """The weekdays whose whole names stand before and behind a date; shorter ones are words as well."""
        names = self._weekday_names(folded, mention)
        least = _SHORT_NAME if not mention.named and len(mention.meanings) > 1 else _WHOLE_NAME
        return tuple(self._words.weekdays[name] for name in names if len(name) >= least or is_dense_name(name))

    def _weekday_names(self, folded: str, mention: DateMention) -> Iterator[str]:
        """The name of a weekday before a date, then the one behind it."""
        before = self._gaps.weekday_before.search(folded[max(0, mention.start - _REACH) : mention.start])
        for found in (before, self._gaps.weekday_behind.match(folded, mention.end)):
            if found:
                yield bare(found["day"])


def _in_year(mention: DateMention, year: str) -> DateMention:
    years = years_of(year, frozenset())
    whole = tuple(replace(one, year=number) for one in mention.meanings for number in years)
    return (
        replace(mention, meanings=tuple(one for one in whole if one.date))
        if any(one.date for one in whole)
        else mention
    )


def _box(lines: tuple[Line, ...], start: int, end: int) -> Box:
    """The place of characters ``start`` to ``end`` of the lines' joined text."""
    if end <= len(lines[0].text) + 1:
        return lines[0].part(start, end)
    if len(lines) == 1:  # its time is in the line below
        return lines[0].part(start, len(lines[0].text))
    return (
        min(line.box[0] for line in lines),
        lines[0].box[1],
        max(line.box[2] for line in lines),
        max(line.box[3] for line in lines),
    )
