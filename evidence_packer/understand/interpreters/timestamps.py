"""Dates and times as pages write them, in twelve languages; an ambiguous one is marked, never guessed.

The order of day and month comes from the page where one of its dates proves it, else from the site and is marked as ambiguous
where both readings are dates. A day without a year takes it from the page's other dates if only one is near, else it stays open.
Relative words ("yesterday") are no timestamp; ``CST`` names two zones and is left open. The clock of a desktop is marked: it
says when the screenshot was taken, not when something happened.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from casefile import text_folding
from casefile.facts import TimestampSeen
from casefile.fields.files import Box
from casefile.reading import Line, ReadPage
from evidence_packer.understand.calendar_words import CalendarWords, calendar_words
from evidence_packer.understand.clocks import Clock, clock_at, clocks
from evidence_packer.understand.dates import (
    ParsedDate,
    can_begin,
    dates,
    on_day,
    prepared,
    shown_order,
    yearless,
)
from evidence_packer.understand.interpret import InterpretContext, Interpreter
from evidence_packer.understand.layout import below, beside

_BETWEEN = re.compile(
    r"(?:\s*(?:,|at|um|as|(?:hora|heure|uhrzeit|time|jam|时间|時間)\s*:?|(?:星期|[周週])[一二三四五六日天]"
    r"|a las|a la\(s\)|alle ore|alle|ore|a|luc|vao|pukul|เวลา|·|\||-|–|—|T|\([^)]{1,9}\))\s*"
    r"|\s*){1,3}",
    re.IGNORECASE,
)
_SAYS_TIME = re.compile(r"(?<!\w)(?:pukul|ore|alle|um|เวลา)(?!\w)", re.IGNORECASE)
"""Words before a time of day, which make 14.22 one."""
_YEAR_BEHIND = re.compile(r"\s+(20\d{2})(?!\d)")
_BEFORE = re.compile(r"(?:[\s,·|/-]|ngay|on the|on|del|le|am|em|のうち)*", re.IGNORECASE)
_CLOCK_TOP, _CLOCK_LEFT = 0.93, 0.8
_NEAR_DAYS = 200
_BEFORE_ORDER = dt.timedelta(days=3)
_MOST_LINES = 5


class _Page:
    """The reader of one page."""

    def __init__(self, page: ReadPage, words: CalendarWords, since: dt.date | None, *, day_first: bool) -> None:
        self._page, self._words, self._since = page, words, since
        orders = {order for line in page.lines for order in shown_order(prepared(line.text))}
        self._order_known = len(orders) == 1
        self._day_first = orders.pop() if self._order_known else day_first
        self._whole: list[dt.date] = []

    def seen(self) -> list[TimestampSeen]:
        """Every timestamp; those without a year need the dates of the others, so they come last."""
        found = [(line, seen) for line in self._page.lines for seen in self._of_line(line)]
        self._whole = [dt.date.fromisoformat(seen.at[:10]) for _, seen in found if seen.at]
        taken = {id(line) for line, _ in found}
        found += [(line, seen) for line in self._page.lines if id(line) not in taken for seen in self._yearless(line)]
        return [seen for _, seen in found]

    def _of_line(self, line: Line) -> Iterator[TimestampSeen]:
        """The dates that begin in this line; narrow columns break them, and their times, over several."""
        if not can_begin(line.text, self._words):
            return
        column = self._column(line)
        texts = [prepared(one.text) for one in column]
        joined = "\n".join(texts)
        found = dates(joined, self._words, day_first=self._day_first)
        for date in found:
            if date.start < len(texts[0]):
                clock = self._clock(joined, date, found, (line, len(texts[0])))
                yield self._timestamp(column, joined, date, clock)

    def _column(self, line: Line) -> tuple[Line, ...]:
        """The line and those below it in its column, as many as a broken date can take."""
        column = [line]
        while len(column) < _MOST_LINES and (lower := below(column[-1], self._page.lines)) is not None:
            column.append(lower)
        return tuple(column)

    def _clock(self, text: str, date: ParsedDate, others: list[ParsedDate], first: tuple[Line, int]) -> Clock | None:
        """The time of day of a date: behind or before it in its line, wrapped below it, in the next cell, or none.

        ``first`` is the line in which the date begins, and its length in ``text``.
        """
        line, end = first
        after = self._after(text, date)
        if after is not None and after.end <= end:
            return after
        known = clocks(text[: date.start], self._words)
        before = next((c for c in known if _BEFORE.fullmatch(text_folding.unaccented(text[c.end : date.start]))), None)
        if before is not None:
            return before
        # A time in a lower line that stands before a date of that line belongs to that one.
        later = [text[after.end : o.start] for o in others if o.start >= after.end] if after else []
        if after is not None and not any(
            "\n" not in gap and _BEFORE.fullmatch(text_folding.unaccented(gap)) for gap in later
        ):
            return after
        only = not text[: date.start].strip(" :") and not text[date.end : end].strip()
        return self._alone(beside(line, self._page.lines)) if only else None

    def _after(self, text: str, date: ParsedDate) -> Clock | None:
        gap = _BETWEEN.match(text_folding.unaccented(text), date.end)
        clock = clock_at(text, gap.end() if gap else date.end, self._words)
        if clock is None or (clock.dotted and not date.named and not _SAYS_TIME.search(text)):
            return None
        return clock

    def _alone(self, cell: Line | None) -> Clock | None:
        text = prepared(cell.text).strip() if cell else ""
        clock = clock_at(text, 0, self._words) if text else None
        if clock is None or clock.end < len(text) - 1 or clock.dotted:
            return None
        return replace(clock, start=-1, end=-1)  # it stands in another line

    def _yearless(self, line: Line) -> Iterator[TimestampSeen]:
        text = prepared(line.text)
        found = [] if not can_begin(text, self._words) else yearless(text, self._words, day_first=self._day_first)
        for date in found:
            clock = self._clock(text, date, found, (line, len(text)))
            if clock is None or date.day_month is None:
                continue
            behind = _YEAR_BEHIND.match(text, clock.end)
            day = on_day(int(behind[1]), *date.day_month) if behind else self._day(*date.day_month)
            seen = self._timestamp((line,), text, replace(date, date=day), clock)
            yield seen if day else replace(seen, ambiguous=True)

    def _day(self, month: int, day: int) -> dt.date | None:
        """The day in the year that the page's whole dates leave for it: the only one within months of all of them."""
        years = {known.year + step for known in self._whole for step in (-1, 0, 1)}
        moments = [moment for year in years if (moment := on_day(year, month, day))]
        fitting = [m for m in moments if all(abs((m - known).days) < _NEAR_DAYS for known in self._whole)]
        return fitting[0] if len(fitting) == 1 else None

    def _only(self, date: ParsedDate) -> bool:
        """Whether the other meaning of a date lies before the order, so that the site's own order of day and month holds."""
        if self._since is None or date.date is None or date.other is None:
            return False
        return date.other < self._since <= date.date

    def _timestamp(self, column: tuple[Line, ...], text: str, date: ParsedDate, clock: Clock | None) -> TimestampSeen:
        start, end = date.start, date.end
        if clock is not None and clock.start >= 0:
            start, end = min(start, clock.start), max(end, clock.end)
        at, where = _iso(date, clock)
        return TimestampSeen(
            text=" ".join(text[start:end].split()),
            at=at,
            ambiguous=date.other is not None and not self._order_known and not self._only(date),
            box=_box(column, start, end),
            page=self._page.number,
            has_time=clock is not None,
            zone=where,
            zone_asked=clock.asked if clock else None,
            desktop_clock=_is_desktop_clock(column[0], self._page),
        )


def _iso(date: ParsedDate, clock: Clock | None) -> tuple[str | None, Literal["page", "none"]]:
    if date.date is None:
        return None, "none"
    if clock is None:
        return date.date.isoformat(), "none"
    moment = dt.datetime.combine(date.date, clock.time)
    if clock.zone is not None:
        return moment.replace(tzinfo=clock.zone).isoformat(), "page"
    return moment.isoformat(), "none"


def _box(column: tuple[Line, ...], start: int, end: int) -> Box:
    """The place of characters ``start`` to ``end`` of the lines' joined text."""
    if end <= len(column[0].text) + 1:
        return column[0].part(start, end)
    taken: list[Box] = []
    reached = 0
    for line in column:
        if reached < end:
            taken.append(line.box)
        reached += len(line.text) + 1
    return (min(b[0] for b in taken), taken[0][1], max(b[2] for b in taken), max(b[3] for b in taken))


def _is_desktop_clock(line: Line, page: ReadPage) -> bool:
    """The lower right corner of a wide screen, where systems show the time."""
    wide = page.width > 1.2 * page.height and page.text_source == "ocr"
    return wide and line.box[1] > _CLOCK_TOP and line.box[0] > _CLOCK_LEFT and len(line.text) < 24


def _interpret(scene: InterpretContext) -> dict[str, object]:
    """``timestamps`` of every page, in reading order."""
    site = scene.site
    words = calendar_words(scene.house)
    day_first = site.day_first if site else True
    placed = scene.case.order.placed_at if scene.case.order else None
    since = placed.date() - _BEFORE_ORDER if placed else None
    return {
        "timestamps": tuple(
            seen for page in scene.reading.pages for seen in _Page(page, words, since, day_first=day_first).seen()
        )
    }


INTERPRETER = Interpreter(name="timestamps", interpret=_interpret, gives=("timestamps",))
