"""Which time and place of a tracking page belong to which thing that it says: the row's, the entry's, or the heading's. Pure.

Three layouts: both in one row; entries of several lines, the time above or below; and days as headings with times of day in the
rows below.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from casefile.facts import TimestampSeen
from casefile.fields.files import Box
from casefile.house import House
from casefile.reading import Line, ReadPage
from evidence_packer.understand.calendar_words import calendar_words
from evidence_packer.understand.clocks import clocks
from evidence_packer.understand.dates import prepared
from evidence_packer.understand.labels import label_words, labels
from evidence_packer.understand.layout import level
from evidence_packer.understand.pairing import paired
from evidence_packer.understand.whereabouts import PlaceEntry, place_of

_COLUMN = 0.12
"""Lines of one column begin within this share of the page's width."""
_EDGE = 0.012
"""Lines of one card begin within this share of the page's width."""
_BESIDE = 0.2
"""A value stands at most so far from its label."""
_LIST, _TALLER = 3, 1.25
"""So many things make a list; a headline is so much taller than most of them."""
_ALIKE = 0.35
"""Gaps that differ by less than so many line heights are alike."""
_PARTED = re.compile(r"\s?[·•|]\s?|\s[–—-]\s")
_PREFIX = 40
"""A place before a time has at most so many signs."""
_TELLING = re.compile(r"\b[a-zà-ÿ]{4,}\b")
_SENTENCE = 3
"""So many small words make a sentence: a place has none."""
_CLOSE = 0.1
"""A cell so close to the left of a time, as a share of the page's width, says what the time is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When and where something on a page happened.

    ``time``: the time that stands with it, also where it is uncertain (``at`` is ``None`` then). ``in_row``: it stands in the
    same row.
    """

    time: TimestampSeen | None = None
    at: str | None = None
    place: str | None = None
    in_row: bool = False


class Entries:
    """Pairs the things that one page says with its times."""

    def __init__(self, page: ReadPage, boxes: Sequence[Box], times: Sequence[TimestampSeen], house: House) -> None:
        """``boxes``: where the things stand, in reading order; ``times``: the times of the page, without a screen's clock."""
        self._lines, self._words, self._things = page.lines, calendar_words(house), boxes
        named = labels(page, label_words(house))
        bare = [label.line for label in named if not label.rest]
        self._bare, self._named = {id(line) for line in bare}, {id(label.line) for label in named}
        self._busy = (*boxes, *(seen.box for seen in times), *(line.box for line in bare))
        self._times: list[TimestampSeen] = [time for time in times if not self._has_label(time.box)]

    def moments(self) -> list[Moment]:
        """One for each thing."""
        in_rows = self._in_rows()
        under = {p: at for p, box in enumerate(self._things) if p not in in_rows and (at := self._of_heading(box))}
        in_list = self._in_list({*in_rows, *under}, [time for time in self._times if time not in in_rows.values()])
        found = []
        for place, box in enumerate(self._things):
            time = in_rows.get(place) or in_list.get(place)
            at = (None if time.ambiguous else time.at) if time else under.get(place)
            where = None
            if at is not None or time is not None:
                entry = PlaceEntry(status=box, time=in_list[place].box if place in in_list else None, busy=self._busy)
                where = place_of(entry, self._lines)
            found.append(Moment(time=time, at=at, place=where, in_row=place in in_rows or place in under))
        return found

    def _has_label(self, box: Box) -> bool:
        """Whether something is the value of a label close to its left that is no status ("Purchase date")."""
        left = [line for line in self._row(box) if line.box[2] <= box[0] + 0.002]
        if not left or id(left[-1]) not in self._bare or box[0] - left[-1].box[2] > _BESIDE:
            return False
        return not any(level(left[-1].box, box) and _apart(left[-1].box, box) == 0 for box in self._things)

    def _in_rows(self) -> dict[int, TimestampSeen]:
        """Thing → the time of its row that stands nearer to it than to any other."""
        found: dict[int, TimestampSeen] = {}
        for time in self._times:
            clock = self._clock(time)
            row = [place for place, box in enumerate(self._things) if level(box, clock) and not self._beside(box, time)]
            card = self._card(clock)
            row = [place for place in row if _apart(self._things[place], card) == 0] or row
            nearest = min(row, key=lambda place: _apart(self._things[place], clock), default=None)
            if nearest is not None:
                box = self._things[nearest]
                known = found.get(nearest)
                if known is None or _apart(box, clock) < _apart(box, known.box):
                    found[nearest] = time
        return found

    def _beside(self, box: Box, time: TimestampSeen) -> bool:
        """Whether a thing and a time only stand in neighbouring cards: its own time is below it, and the other ends its card.

        In a column of times, as tables have it, a time stands above.
        """
        own = any(_flush(one.box, box) and 0 <= one.box[1] - box[3] < box[3] - box[1] for one in self._times)
        above = [line.box for line in self._lines if _flush(line.box, time.box) and line.box[3] <= time.box[1] + 0.002]
        near = [one for one in above if time.box[1] - one[3] < time.box[3] - time.box[1]]
        in_table = any(level(one, other.box) and _flush(one, other.box) for one in near for other in self._times)
        return own and bool(near) and not in_table

    def _clock(self, time: TimestampSeen) -> Box:
        """Where the time of day stands: of a day that stands alone above its row, in that row; else where the time stands."""
        if any(level(box, time.box) for box in self._things):
            return time.box
        under = [line for line in self._lines if 0 <= line.box[1] - time.box[3] < time.box[3] - time.box[1]]
        own = (line for line in under if _in_column(line.box, time.box) and time.text.endswith(line.text.strip()))
        line = next(own, None) if time.has_time else None
        return line.box if line and line.text.strip() != time.text else time.box

    def _card(self, box: Box) -> Box:
        """``box`` with the cells of its row that stand close to each other: a page has cards and tables side by side."""
        left, right = box[0], box[2]
        row = self._row(box)
        for line in row:
            if line.box[0] - right < _BESIDE:
                right = max(right, line.box[2])
        for line in row[::-1]:
            if left - line.box[2] < _BESIDE:
                left = min(left, line.box[0])
        return (left, box[1], right, box[3])

    def _in_list(self, dated: set[int], times: list[TimestampSeen]) -> dict[int, TimestampSeen]:
        """Thing → the time above or below it in its column, for those that have none in their row."""
        alone = [time for time in times if self._begins_row(time) and not (dated and self._tells_more(time))]
        free = (place for place in range(len(self._things)) if place not in dated)
        left = [place for place in free if not self._has_label(self._things[place])]
        boxes = [self._line_of(self._things[place]) for place in left]
        found = {}
        for column in _columns(boxes):
            near = [time for time in alone if _in_column(boxes[column[0]], self._line_of(time.box))]
            pairs = paired([boxes[index] for index in column], [time.box for time in near], self._step(near))
            held = {what: time for what, time in pairs.items() if not self._heads(boxes[column[what]], near[time].box)}
            found.update({left[column[what]]: near[time] for what, time in held.items()})
        return found

    def _heads(self, box: Box, time: Box) -> bool:
        """Whether something is a headline in larger type than the list, and a line of the list stands before the time."""
        tall = sorted(thing[3] - thing[1] for thing in self._things)
        if len(tall) < _LIST or box[3] - box[1] < _TALLER * tall[len(tall) // 2]:
            return False
        between = (line.box for line in self._lines if box[3] - 0.002 <= line.box[1] and line.box[3] <= time[1] + 0.002)
        return any(_in_column(one, time) for one in between)

    def _step(self, times: Sequence[TimestampSeen]) -> int:
        """1 where the words of an entry stand close above its time, -1 where close below, 0 where all lines stand alike."""
        votes = [vote for time in times if (vote := self._vote(time.box))]
        return max(set(votes), key=votes.count) if len(votes) > 1 and votes.count(votes[0]) == len(votes) else 0

    def _vote(self, box: Box) -> int:
        """To which side of a time the next line stands much nearer."""
        column = [line.box for line in self._lines if not level(line.box, box) and _in_column(line.box, box)]
        above = min((box[1] - one[3] for one in column if one[3] <= box[1] + 0.002), default=None)
        below = min((one[1] - box[3] for one in column if one[1] >= box[3] - 0.002), default=None)
        if above is None or below is None:
            return 0
        least = _ALIKE * (box[3] - box[1])
        return 1 if above + least < below else -1 if below + least < above else 0

    def _line_of(self, box: Box) -> Box:
        """The box of the line in which a thing stands."""
        return next((line.box for line in self._row(box) if _apart(line.box, box) == 0), box)

    def _begins_row(self, time: TimestampSeen) -> bool:
        """Whether nothing stands close to the left of a time, of which it would be: no cell, no words of its line."""
        return not any(
            line.box[0] < time.box[0] - _CLOSE and time.box[0] - line.box[2] < _CLOSE and not self._opens(line, time)
            for line in self._row(time.box)
        )

    def _tells_more(self, time: TimestampSeen) -> bool:
        """Whether the line of a time says something of its own behind it: then the time is of that, where rows have their times."""
        own = next((line.text for line in self._row(time.box) if _apart(line.box, time.box) == 0), "")
        return len(_TELLING.findall(own.rpartition(time.text)[2])) >= _SENTENCE

    def _opens(self, line: Line, time: TimestampSeen) -> bool:
        """Whether a line has before its time only the weekday, or a place set apart by a dot or a bar."""
        if id(line) in self._named or any(level(line.box, box) and _apart(line.box, box) == 0 for box in self._things):
            return False
        whole = time.text if time.text in line.text else time.text.split()[0]
        before, found, _ = line.text.rpartition(whole)
        *places, last = _PARTED.split(before)
        day = (
            last.strip(" ,.(") == "" or re.fullmatch(self._words.weekday, last.strip(" ,.("), re.IGNORECASE) is not None
        )
        return bool(found) and day and len(before) <= _PREFIX and not any(map(str.isdigit, "".join(places[1:])))

    def _of_heading(self, box: Box) -> str | None:
        """The time of day in the row of a thing, on the day that heads its part of the page."""
        if any(level(box, time.box) for time in self._times):
            return None
        days = [time for time in self._times if time.box[3] <= box[1] + 0.002]
        day = max(days, key=lambda time: time.box[1], default=None)
        if day is None or day.at is None or day.ambiguous:
            return None
        clock = next((clock for line in self._row(box) for clock in clocks(prepared(line.text), self._words)), None)
        if clock is None:
            return None
        return dt.datetime.combine(dt.date.fromisoformat(day.at[:10]), clock.time, clock.zone).isoformat()

    def _row(self, box: Box) -> list[Line]:
        return sorted((line for line in self._lines if level(box, line.box)), key=lambda line: line.box[0])


def _apart(one: Box, other: Box) -> float:
    return max(one[0] - other[2], other[0] - one[2], 0.0)


def _flush(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) < _EDGE


def _in_column(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) < _COLUMN or _apart(one, other) == 0


def _columns(boxes: Sequence[Box]) -> list[list[int]]:
    """Indexes of boxes that begin at one height of the page's width, column by column."""
    found: list[list[int]] = []
    for index, box in enumerate(boxes):
        column = next((known for known in found if abs(boxes[known[0]][0] - box[0]) < _COLUMN), None)
        if column is None:
            found.append([index])
        else:
            column.append(index)
    return found
