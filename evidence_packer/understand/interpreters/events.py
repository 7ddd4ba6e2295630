"""What a tracking page says happened when and where: each status with the time of its row or of its entry in the list.

Three layouts: status and time in one row; entries of several lines, the time above or below the status; and days as headings with
times of day in the rows below. A status whose time is uncertain, or has no year, is no event.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casefile.facts import EventSeen, StatusSeen, TimestampSeen
from casefile.fields.files import Box
from casefile.reading import Line, ReadPage
from evidence_packer.understand.calendar_words import calendar_words
from evidence_packer.understand.clocks import clocks
from evidence_packer.understand.dates import prepared
from evidence_packer.understand.interpret import InterpretContext, Interpreter
from evidence_packer.understand.labels import label_words, labels
from evidence_packer.understand.pairing import paired
from evidence_packer.understand.whereabouts import PlaceEntry, place_of

_COLUMN = 0.12
"""Lines of one column begin within this share of the page's width."""
_BESIDE = 0.2
"""A value stands at most so far from its label."""
_CLOSE = 0.1
"""A cell so close to the left of a time, as a share of the page's width, says what the time is of."""


def _in_row(box: Box, other: Box) -> bool:
    middle = (box[1] + box[3]) / 2
    return other[1] < middle < other[3] or box[1] < (other[1] + other[3]) / 2 < box[3]


class _Page:
    """Pairs the statuses of one page with its times."""

    def __init__(self, page: ReadPage, scene: InterpretContext) -> None:
        self._lines, self._words = page.lines, calendar_words(scene.house)
        self.statuses: list[StatusSeen] = [seen for seen in scene.found["statuses"] if seen.page == page.number]
        times = [t for t in scene.found["timestamps"] if t.page == page.number and not t.desktop_clock]
        bare = [label.line for label in labels(page, label_words(scene.house)) if not label.rest]
        self._bare = {id(line) for line in bare}
        self._busy = (*(seen.box for seen in (*self.statuses, *times)), *(line.box for line in bare))
        self._times: list[TimestampSeen] = [time for time in times if not self._has_label(time.box)]

    def events(self) -> Iterator[EventSeen]:
        """One event per status, moment and page, from top to bottom."""
        found: dict[tuple[str, str], EventSeen] = {}
        in_rows = self._in_rows()
        under = {p: at for p, s in enumerate(self.statuses) if p not in in_rows and (at := self._of_heading(s))}
        in_list = self._in_list({*in_rows, *under}, [time for time in self._times if time not in in_rows.values()])
        for place, status in enumerate(self.statuses):
            time = in_rows.get(place) or in_list.get(place)
            at = (None if time.ambiguous else time.at) if time else under.get(place)
            if at is not None:
                apart = in_list[place].box if place in in_list else None
                entry = PlaceEntry(status=status.box, time=apart, busy=self._busy)
                where = place_of(entry, self._lines)
                event = EventSeen(status=status.status, at=at, box=status.box, page=status.page, place=where)
                if (known := found.setdefault((status.status, at), event)).place is None:
                    found[status.status, at] = replace(known, place=event.place)
        yield from found.values()

    def _has_label(self, box: Box) -> bool:
        """Whether something is the value of a label close to its left that is no status ("Purchase date")."""
        left = [line for line in self._row(box) if line.box[2] <= box[0] + 0.002]
        if not left or id(left[-1]) not in self._bare or box[0] - left[-1].box[2] > _BESIDE:
            return False
        return not any(
            _in_row(left[-1].box, seen.box) and _apart(left[-1].box, seen.box) == 0 for seen in self.statuses
        )

    def _in_rows(self) -> dict[int, TimestampSeen]:
        """Status → the time of its row that stands nearer to it than to any other status."""
        found: dict[int, TimestampSeen] = {}
        for time in self._times:
            row = [place for place, status in enumerate(self.statuses) if _in_row(status.box, time.box)]
            card = self._card(time.box)
            row = [place for place in row if _apart(self.statuses[place].box, card) == 0] or row
            nearest = min(row, key=lambda place: _apart(self.statuses[place].box, time.box), default=None)
            if nearest is not None:
                status = self.statuses[nearest].box
                known = found.get(nearest)
                if known is None or _apart(status, time.box) < _apart(status, known.box):
                    found[nearest] = time
        return found

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
        """Status → the time above or below it in its column, for those that have none in their row."""
        alone = [time for time in times if self._begins_row(time)]
        free = (place for place in range(len(self.statuses)) if place not in dated)
        left = [place for place in free if not self._has_label(self.statuses[place].box)]
        boxes = [self._line_of(self.statuses[place]) for place in left]
        found = {}
        for column in _columns(boxes):
            near = [time for time in alone if _in_column(boxes[column[0]], time.box)]
            pairs = paired([boxes[index] for index in column], [time.box for time in near])
            found.update({left[column[what]]: near[time] for what, time in pairs.items()})
        return found

    def _line_of(self, status: StatusSeen) -> Box:
        """The box of the line in which a status stands."""
        return next((line.box for line in self._row(status.box) if _apart(line.box, status.box) == 0), status.box)

    def _begins_row(self, time: TimestampSeen) -> bool:
        """Whether nothing stands close to the left of a time, of which it would be: no cell, no words of its line."""
        return not any(
            line.box[0] < time.box[0] - _CLOSE and time.box[0] - line.box[2] < _CLOSE for line in self._row(time.box)
        )

    def _of_heading(self, status: StatusSeen) -> str | None:
        """The time of day in the row of a status, on the day that heads its part of the page."""
        if any(_in_row(status.box, time.box) for time in self._times):
            return None
        days = [time for time in self._times if time.box[3] <= status.box[1] + 0.002]
        day = max(days, key=lambda time: time.box[1], default=None)
        if day is None or day.at is None or day.ambiguous:
            return None
        clock = next(
            (clock for line in self._row(status.box) for clock in clocks(prepared(line.text), self._words)), None
        )
        if clock is None:
            return None
        return dt.datetime.combine(dt.date.fromisoformat(day.at[:10]), clock.time, clock.zone).isoformat()

    def _row(self, box: Box) -> list[Line]:
        return sorted((line for line in self._lines if _in_row(box, line.box)), key=lambda line: line.box[0])


def _apart(one: Box, other: Box) -> float:
    return max(one[0] - other[2], other[0] - one[2], 0.0)


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


def _interpret(scene: InterpretContext) -> dict[str, object]:
    """``events`` in reading order."""
    pages = (_Page(page, scene) for page in scene.reading.pages)
    return {"events": tuple(event for page in pages if page.statuses for event in page.events())}


INTERPRETER = Interpreter(name="events", interpret=_interpret, gives=("events",), needs=("statuses", "timestamps"))
