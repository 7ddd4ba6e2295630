"""Dates and times as pages write them, in twelve languages; an ambiguous one is told, never guessed.

The order of day and month comes from the page where one of its dates proves it, else from the site and is told as ambiguous
where both readings are dates. A day without a year takes it from the page's other dates if only one is near, else it stays open.
Relative words ("yesterday") are no timestamp; ``CST`` names two zones and is left open. The clock of a desktop is marked: it
tells when the screenshot was taken, not when something happened.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from casefile.facts import TimestampSeen
from casefile.reading import Line, ReadPage
from evidence_packer.calendar_words import CalendarWords, calendar_words
from evidence_packer.clocks import Clock, clock_at, clocks
from evidence_packer.dates import Written, dates, prepared, shown_order, yearless
from evidence_packer.interpret import Scene
from evidence_packer.layout import below, beside

_BETWEEN = re.compile(
    r"(?:\s*(?:,|at|um|às|as|à|a las|a la\(s\)|alle ore|alle|ore|lúc|vào|pukul|เวลา|·|\||-|–|—|T|\([^)]{1,9}\))\s*"
    r"|\s*){1,2}",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:[\s,·|/-]|ngày|on|on the|del|le|am|em|のうち)*", re.IGNORECASE)
_CLOCK_TOP, _CLOCK_LEFT = 0.93, 0.8
_NEAR_DAYS = 200


class _Page:
    """The reader of one page."""

    def __init__(self, page: ReadPage, words: CalendarWords, *, day_first: bool) -> None:
        self._page, self._words = page, words
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
        text = prepared(line.text)
        for date in dates(text, self._words, day_first=self._day_first):
            yield self._timestamp(line, text, date, self._clock(line, text, date))
        if (lower := below(line, self._page.lines)) is not None:
            yield from self._across(line, text, lower)

    def _across(self, line: Line, text: str, lower: Line) -> Iterator[TimestampSeen]:
        """Dates that a narrow column broke in two."""
        joined = f"{text} {prepared(lower.text)}"
        for date in dates(joined, self._words, day_first=self._day_first):
            if date.start < len(text) < date.end:
                clock = self._clock_in(joined, date)
                seen = self._timestamp(line, joined, date, clock)
                yield replace(seen, box=_around(line, lower))

    def _clock(self, line: Line, text: str, date: Written) -> Clock | None:
        """The time of day beside a date: in its line, wrapped below it, or in the next cell."""
        here = self._clock_in(text, date)
        lower = below(line, self._page.lines)
        rest = text[here.end if here and here.end > date.end else date.end :]
        if lower is not None and _BETWEEN.fullmatch(rest):
            joined = self._clock_in(f"{text} {prepared(lower.text)}", date)
            # A time at the end of a line may have its AM or PM in the next one.
            if joined is not None and joined.end > len(text) and (here is None or joined.time != here.time):
                return replace(joined, end=len(text))
        if here is not None:
            return here
        only = not text[: date.start].strip(" :") and not text[date.end :].strip()
        return self._alone(beside(line, self._page.lines)) if only else None

    def _clock_in(self, text: str, date: Written) -> Clock | None:
        gap = _BETWEEN.match(text, date.end)
        after = clock_at(text, gap.end() if gap else date.end, self._words)
        if after is not None and (not after.dotted or date.named or "pukul" in text.casefold()):
            return after
        for clock in clocks(text[: date.start], self._words):
            if _BEFORE.fullmatch(text[clock.end : date.start]):
                return clock
        return None

    def _alone(self, cell: Line | None) -> Clock | None:
        text = prepared(cell.text).strip() if cell else ""
        clock = clock_at(text, 0, self._words) if text else None
        return clock if clock and clock.end >= len(text) - 1 and not clock.dotted else None

    def _yearless(self, line: Line) -> Iterator[TimestampSeen]:
        text = prepared(line.text)
        for date in yearless(text, self._words, day_first=self._day_first):
            clock = self._clock(line, text, date)
            if clock is None or date.day_month is None:
                continue
            year = self._year(*date.day_month)
            if year is None:
                yield replace(self._timestamp(line, text, date, clock), ambiguous=True)
            else:
                whole = replace(date, date=dt.date(year, *date.day_month))
                yield self._timestamp(line, text, whole, clock)

    def _year(self, month: int, day: int) -> int | None:
        """The year that the page's whole dates leave for a day: the only one within months of all of them."""
        if not self._whole:
            return None
        years = {known.year + step for known in self._whole for step in (-1, 0, 1)}
        fitting = set()
        for year in years:
            try:
                moment = dt.date(year, month, day)
            except ValueError:
                continue
            if all(abs((moment - known).days) < _NEAR_DAYS for known in self._whole):
                fitting.add(year)
        return fitting.pop() if len(fitting) == 1 else None

    def _timestamp(self, line: Line, text: str, date: Written, clock: Clock | None) -> TimestampSeen:
        start = (
            min(date.start, clock.start)
            if clock and clock.start < date.start and clock.end <= date.start
            else date.start
        )
        end = max(date.end, min(clock.end, len(text))) if clock and clock.end > date.start else date.end
        at, where = _iso(date, clock)
        return TimestampSeen(
            text=text[start:end].strip(),
            at=at,
            ambiguous=date.other is not None and not self._order_known,
            box=line.part(start, end),
            page=self._page.number,
            has_time=clock is not None,
            zone=where,
            zone_asked=clock.asked if clock else None,
            desktop_clock=_is_desktop_clock(line, self._page),
        )


def _iso(date: Written, clock: Clock | None) -> tuple[str | None, Literal["page", "none"]]:
    if date.date is None:
        return None, "none"
    if clock is None:
        return date.date.isoformat(), "none"
    moment = dt.datetime.combine(date.date, clock.time)
    if clock.zone is not None:
        return moment.replace(tzinfo=clock.zone).isoformat(), "page"
    return moment.isoformat(), "none"


def _around(upper: Line, lower: Line) -> tuple[float, float, float, float]:
    return (
        min(upper.box[0], lower.box[0]),
        upper.box[1],
        max(upper.box[2], lower.box[2]),
        max(upper.box[3], lower.box[3]),
    )


def _is_desktop_clock(line: Line, page: ReadPage) -> bool:
    """The lower right corner of a wide screen, where systems show the time."""
    wide = page.width > 1.2 * page.height and page.text_source == "ocr"
    return wide and line.box[1] > _CLOCK_TOP and line.box[0] > _CLOCK_LEFT and len(line.text) < 24


def interpret(scene: Scene) -> dict[str, object]:
    """``timestamps`` of every page, in reading order."""
    site = scene.site
    words = calendar_words(scene.house.reading_words)
    day_first = site.day_first if site else True
    return {
        "timestamps": tuple(
            seen for page in scene.reading.pages for seen in _Page(page, words, day_first=day_first).seen()
        )
    }
