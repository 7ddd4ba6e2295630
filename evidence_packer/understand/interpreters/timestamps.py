"""Dates and times as pages write them, in eighteen languages; an ambiguous one is marked with its meanings, never guessed.

Every mention of a date yields all its meanings, and the page is solved as a whole (``date_puzzle.py``). A date is read within its
line; only a year, or a part of a date with its own sign, may stand in the next one. No hour is invented: a time belongs to a date
where it stands beside it. Relative words ("yesterday") are no timestamp; ``CST`` names two zones and is left open.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from casefile.case import Case
from casefile.facts import TimestampSeen
from casefile.reading import ReadPage
from evidence_packer.understand.calendar_words import CalendarWords, calendar_words
from evidence_packer.understand.clocks import Clock
from evidence_packer.understand.date_lines import DateLine, DateLines
from evidence_packer.understand.date_meanings import Calendar, Calendars
from evidence_packer.understand.date_puzzle import Course, DatePiece, Solved, solve
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter
from evidence_packer.understand.page_language import language_of
from evidence_packer.understand.screen_clock import in_corner, is_screen_clock

_TINY, _SURELY = 12, 0.97
"""Height in pixels of a line of type below nine pixels, and the score from which it is sure all the same."""
_BEFORE_ORDER = dt.timedelta(days=30)
_CALENDARS: dict[str, Calendar] = {"Asia/Bangkok": "buddhist", "Asia/Tokyo": "reiwa", "Asia/Taipei": "minguo"}
"""Zone of a site → the calendar whose short years its pages use."""


def _calendars(page: ReadPage, zone: str | None) -> Calendars:
    """The calendars that a page may use with short years: that of its site, and those whose signs it writes."""
    found: set[Calendar] = {_CALENDARS[zone]} if zone in _CALENDARS else set()
    text = "".join(line.text for line in page.lines if not line.text.isascii())
    if any("\u0e00" <= char <= "\u0e7f" for char in text):
        found.add("buddhist")
    if any("\u3040" <= char <= "\u30ff" for char in text):
        found.add("reiwa")
    if "民國" in text or "民国" in text:
        found.add("minguo")
    return frozenset(found)


def _dated(page: ReadPage, words: CalendarWords, calendars: frozenset[Calendar]) -> tuple[DateLines, list[DateLine]]:
    """The lines of a page with its dates as they are written, whatever they mean."""
    lines = DateLines(page, words, calendars)
    return lines, list(lines.found())


def _seen(page: ReadPage, scene: InterpretContext, course: Course, zone: str | None) -> Iterator[TimestampSeen]:
    """Every timestamp of a page, in reading order."""
    words, calendars = calendar_words(scene.house), _calendars(page, zone)
    surely = course.day_first and scene.once(("day first", page.number), lambda: _writes_day_first(page, scene))
    course = replace(course, surely=surely)
    lines, found = scene.once(("dates", page.number, calendars), lambda: _dated(page, words, calendars))
    pieces = [
        DatePiece(
            mention=one.mention,
            timed=one.clock is not None,
            weekday=one.weekday,
            weekdays=one.weekdays,
            left=one.lines[0].box[0],
            top=one.lines[0].box[1],
        )
        for one in found
    ]
    for one, solved in zip(found, solve(pieces, course), strict=True):
        yield _timestamp(one, _opened(solved) if _tiny(one, page) else solved, page, lines)


def _writes_day_first(page: ReadPage, scene: InterpretContext) -> bool:
    """Whether a page is written in a language in which the day stands before the month: English alone has both."""
    language = language_of((line.text for line in page.lines), scene.house)
    return language is not None and language != "en"


def _tiny(one: DateLine, page: ReadPage) -> bool:
    """Whether a date was read from type so small that its digits are not sure (2025 for 2026)."""
    tall = max(line.box[3] - line.box[1] for line in one.lines) * page.height
    return page.text_source == "ocr" and tall <= _TINY and min(line.score for line in one.lines) < _SURELY


def _opened(solved: Solved) -> Solved:
    """The same as a question."""
    return Solved(date=None, meanings=solved.meanings or ((solved.date,) if solved.date else ()))


def _timestamp(one: DateLine, solved: Solved, page: ReadPage, lines: DateLines) -> TimestampSeen:
    above = lines.time_above(one) if in_corner(one.lines[0], page) else None
    screen = is_screen_clock(one.dated_line, lines.other_dated(one), page, above[0] if above else None)
    clock = above[1] if screen and above and one.clock is None else one.clock
    at, where = _iso(solved.date or next(iter(solved.meanings), None), clock)
    return TimestampSeen(
        text=" ".join(one.text[one.start : one.end].split()),
        at=at if one.mention.dated or solved.date else None,
        ambiguous=solved.date is None,
        meanings=() if solved.date else tuple(str(_iso(day, clock)[0]) for day in solved.meanings),
        box=one.box,
        page=page.number,
        has_time=clock is not None,
        zone=where,
        zone_asked=clock.asked if clock else None,
        desktop_clock=screen,
    )


def _iso(day: dt.date | None, clock: Clock | None) -> tuple[str | None, Literal["page", "none"]]:
    if day is None:
        return None, "none"
    if clock is None:
        return day.isoformat(), "none"
    moment = dt.datetime.combine(day, clock.time)
    if clock.zone is not None:
        return moment.replace(tzinfo=clock.zone).isoformat(), "page"
    return moment.isoformat(), "none"


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``timestamps`` of every page, in reading order."""
    site, case = scene.site, scene.case
    placed = case.order.placed_at if case.order else None
    course = Course(
        since=placed.date() - _BEFORE_ORDER if placed else None,
        now=case.as_of.date() if case.as_of else None,
        day_first=site.day_first if site else True,
    )
    zone = site.zone if site else None
    return {"timestamps": tuple(seen for page in scene.reading.pages for seen in _seen(page, scene, course, zone))}


def _reads(case: Case) -> object:
    return case.order.placed_at if case.order else None, case.as_of, case.site


INTERPRETER = Interpreter(name="timestamps", interpret=_interpret, gives=("timestamps",), reads=_reads)
