"""What the dates of one page mean, solved together: one meaning left is stated, several stay open. Pure.

In this order: a date with one meaning; the same form means the same order, which another date of the page proves; the weekday
beside it; rows of a list run one way; where the site's own order of day and month lies between order and clock while the other does
not, which then holds for the whole page; and the language of a page on whose site, and by whose writers, the month is never put
first. The site's habit alone, and the course of the order alone, decide nothing. A weekday that none of the meanings has leaves a
date open.
"""

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence_packer.understand.date_meanings import DateMention, Meaning, on_day

_ANNOUNCED = dt.timedelta(days=60)
"""How far ahead of the clock a page announces a delivery."""
_SLACK = dt.timedelta(days=1)
_NEAR_DAYS = 200
_ROWS = 4
"""So many rows of a list, each with its time, prove its order."""
_COLUMN = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Between which days the dates of the case lie: from some time before the order to the clock; either may be unknown."""

    since: dt.date | None = None
    now: dt.date | None = None
    day_first: bool = True
    surely: bool = False
    """Whether the page is written in a language in which nobody writes the month first, on a site that does not either."""

    def holds(self, day: dt.date, *, timed: bool) -> bool:
        """Whether a day lies between order and clock; a day without a time may be an announced one."""
        return (self.since is None or self.since <= day) and not self.is_ahead(day, timed=timed)

    def is_ahead(self, day: dt.date, *, timed: bool) -> bool:
        """Whether a day has not come yet, and is none that a page announces."""
        return self.now is not None and day > self.now + (_SLACK if timed else _ANNOUNCED)

    def near(self, year: int) -> bool:
        """Whether two digits may mean this year."""
        known = [day.year for day in (self.since, self.now) if day]
        return not known or min(known) - 1 <= year <= max(known) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePiece:
    """A mention at its place of the page: where its line begins, whether a time stands with it, and the weekday beside it.

    ``weekdays``: those whose whole names stand before and behind it; one of them is its own.
    """

    mention: DateMention
    timed: bool = False
    weekday: int | None = None
    weekdays: tuple[int, ...] = ()
    left: float = 0.0
    top: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """``date`` is what the page states; where it is open, ``meanings`` are the days it can mean, the likeliest first."""

    date: dt.date | None
    meanings: tuple[dt.date, ...] = ()


def solve(pieces: Sequence[DatePiece], course: Course) -> list[Solved]:
    """What each piece means, in their order."""
    page = _Page(pieces, course)
    with_year = {place: page.solved(place) for place in range(len(pieces)) if page.is_dated(place)}
    with_year |= {place: page.solved(place) for place, one in with_year.items() if one.date is None}
    known = [solved.date for solved in with_year.values() if solved.date]
    return [with_year.get(place) or page.in_year(place, known) for place in range(len(pieces))]


class _Page:
    def __init__(self, pieces: Sequence[DatePiece], course: Course) -> None:
        self._pieces, self._course = pieces, course
        self._options = [self._plausible(piece) for piece in pieces]
        self._proven: dict[str, set[str]] = {}
        for piece, options in zip(pieces, self._options, strict=True):
            if not piece.mention.named and len({(o.year, o.month, o.day) for o in options}) == 1:
                orders = {_short(option.order) for option in options}
                if len(orders) == 1:
                    self._proven.setdefault(piece.mention.form[-1], set()).update(orders)
        self._usual: dict[str, set[str]] = {}

    def _plausible(self, piece: DatePiece) -> tuple[Meaning, ...]:
        """The meanings whose two digits can be a year of this case; with one of them, those without a year are no more."""
        meanings = piece.mention.meanings
        if not piece.mention.short:
            return meanings
        whole = tuple(one for one in meanings if one.year and self._course.near(one.year))
        yearless = tuple(one for one in meanings if one.year is None)
        if piece.mention.loose and not piece.timed:
            return (*whole, *yearless) or meanings
        held = any(self._course.holds(one.date, timed=piece.timed) for one in whole if one.date)
        if held or not self._course.now:
            return whole or meanings
        return (*whole, *yearless) or meanings

    def is_dated(self, place: int) -> bool:
        """Whether a piece says its year in every meaning that is left."""
        return all(option.year for option in self._options[place])

    def solved(self, place: int) -> Solved:
        """What a date with its year means."""
        piece, options = self._pieces[place], self._options[place]
        days = {option.order: option.date for option in options if option.date}
        if piece.weekdays and not any(day.weekday() in piece.weekdays for day in days.values()):
            inside = {order: day for order, day in days.items() if self._course.holds(day, timed=piece.timed)}
            return Solved(date=None, meanings=self._likeliest(days, inside))
        return self._decided(piece, days)

    def _decided(self, piece: DatePiece, days: dict[str, dt.date]) -> Solved:
        if len(set(days.values())) == 1:
            day = next(iter(days.values()))
            sure = not piece.mention.short or self._course.near(day.year)  # 12-14-16 is a row of sizes
            return Solved(date=day) if sure else Solved(date=None, meanings=(day,))
        inside = {order: day for order, day in days.items() if self._course.holds(day, timed=piece.timed)}
        for chosen in (self._by_form(piece, days), _by_weekday(piece, days), self._by_rows(piece, days)):
            if chosen is not None and (not inside or chosen in inside):
                return Solved(date=days[chosen])
            if chosen is not None:
                return Solved(date=None, meanings=self._likeliest(days, inside))
        dotted = not piece.mention.named and piece.mention.form[-1] == "."
        told = self._course.surely and "dmy" in days and "ymd" not in days and (not inside or "dmy" in inside)
        near = not piece.mention.short or ("dmy" in days and self._course.near(days["dmy"].year))
        if near and (told or (dotted and self._is_day_first(days, inside))):
            return Solved(date=days["dmy"])
        habit = "dm" if self._course.day_first or dotted else "md"
        if len(set(inside.values())) == 1 and any(_short(order) in {habit, "ymd"} for order in inside):
            self._usual.setdefault(piece.mention.form[-1], set()).update(map(_short, inside))
            return Solved(date=next(iter(inside.values())))
        return Solved(date=None, meanings=self._likeliest(days, inside))

    def _is_day_first(self, days: dict[str, dt.date], inside: dict[str, dt.date]) -> bool:
        """Whether numbers parted by dots, which are written day first, may be so by the course of the order."""
        rivals = set(inside) - {"dmy"}
        if "dmy" in inside or self._course.day_first:
            rivals -= {"mdy", "ymd"} if self._course.day_first else {"mdy"}
        return "dmy" in days and not rivals

    def _likeliest(self, days: dict[str, dt.date], inside: dict[str, dt.date]) -> tuple[dt.date, ...]:
        habit = "dm" if self._course.day_first else "md"
        first = sorted(days, key=lambda order: (order not in inside, _short(order) != habit))
        return tuple(dict.fromkeys(days[order] for order in first))

    def _by_form(self, piece: DatePiece, days: dict[str, dt.date]) -> str | None:
        """The order that another date of the page, written the same way, proves, or has by the site's habit."""
        form = piece.mention.form[-1]
        proven = self._proven.get(form) or self._usual.get(form, set())
        if piece.mention.named or len(proven) != 1:
            return None
        return next((order for order in days if _short(order) in proven), None)

    def _by_rows(self, piece: DatePiece, days: dict[str, dt.date]) -> str | None:
        """The only order in which the dates of a list run one way."""
        rows = [
            self._options[place]
            for place, other in sorted(enumerate(self._pieces), key=lambda one: one[1].top)
            if other.mention.form == piece.mention.form and other.timed and abs(other.left - piece.left) < _COLUMN
        ]
        if not piece.timed or len(rows) < _ROWS:
            return None
        running = [order for order in days if _runs([_in_order(options, order) for options in rows])]
        return running[0] if len(running) == 1 else None

    def in_year(self, place: int, known: Sequence[dt.date]) -> Solved:
        """What a date without a year means: the year that the page's whole dates leave for it, if one."""
        piece = self._pieces[place]
        said = {one.order: one.date for one in self._options[place] if one.date}
        if said:
            return Solved(date=None, meanings=tuple(dict.fromkeys(said.values())))
        options = self._options[place]
        days = {one.order: day for one in options if (day := _near(one, known))}
        if known and len(days) == len(options) and self._fits(piece, days, known):
            return self._decided(piece, days)
        return Solved(
            date=None, meanings=tuple(dict.fromkeys((*days.values(), *self._between(options, timed=piece.timed))))
        )

    def _fits(self, piece: DatePiece, days: dict[str, dt.date], known: Sequence[dt.date]) -> bool:
        """Whether one of the days lies where the page's whole dates lie: between order and clock, if one of them does."""
        inside = any(self._course.holds(day, timed=False) for day in known)
        if inside:
            return any(self._course.holds(day, timed=piece.timed) for day in days.values())
        return not all(self._course.is_ahead(day, timed=piece.timed) for day in days.values())

    def _between(self, options: Iterable[Meaning], *, timed: bool) -> tuple[dt.date, ...]:
        """The days between order and clock."""
        if self._course.since is None or self._course.now is None:
            return ()
        years = range(self._course.since.year, self._course.now.year + 2)
        days = (on_day(year, one.month, one.day) for one in options for year in years)
        return tuple(day for day in days if day and self._course.holds(day, timed=timed))


def _short(order: str) -> str:
    return {"dmy": "dm", "mdy": "md"}.get(order, order)


def _by_weekday(piece: DatePiece, days: dict[str, dt.date]) -> str | None:
    fitting = [order for order, day in days.items() if day.weekday() == piece.weekday]
    return fitting[0] if len(fitting) == 1 else None


def _in_order(options: Iterable[Meaning], order: str) -> dt.date | None:
    return next((one.date for one in options if one.order == order), None)


def _runs(days: Sequence[dt.date | None]) -> bool:
    """Whether days run one way."""
    known = [day for day in days if day]
    if len(known) < len(days) or len(set(known)) < _ROWS:
        return False
    pairs = list(itertools.pairwise(known))
    return all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs)


def _near(one: Meaning, known: Sequence[dt.date]) -> dt.date | None:
    """The day in the only year that lies within months of every whole date of the page."""
    years = {day.year + step for day in known for step in (-1, 0, 1)}
    days = [day for year in years if (day := on_day(year, one.month, one.day))]
    fitting = [day for day in days if all(abs((day - other).days) < _NEAR_DAYS for other in known)]
    return fitting[0] if len(fitting) == 1 else None
