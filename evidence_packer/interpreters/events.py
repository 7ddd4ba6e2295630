"""What a tracking page says happened when and where: each status with the time of its row or of its entry in the list.

Three layouts: status and time in one row; entries of several lines, the time above or below the status; and days as headings with
times of day in the rows below. A status whose time is uncertain, or has no year, is no event.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from casefile.facts import EventSeen, StatusSeen, TimestampSeen
from casefile.fields.files import Box
from casefile.reading import Line, ReadPage
from evidence_packer.calendar_words import CalendarWords, calendar_words
from evidence_packer.clocks import clocks
from evidence_packer.dates import prepared
from evidence_packer.interpret import Scene
from evidence_packer.pairing import paired
from evidence_packer.whereabouts import Entry, place_of

REQUIRES = ("statuses", "timestamps")


def _in_row(box: Box, other: Box) -> bool:
    middle = (box[1] + box[3]) / 2
    return other[1] < middle < other[3] or box[1] < (other[1] + other[3]) / 2 < box[3]


class _Page:
    """Pairs the statuses of one page with its times."""

    def __init__(self, page: ReadPage, scene: Scene, words: CalendarWords) -> None:
        self._lines, self._words = page.lines, words
        self.statuses: list[StatusSeen] = [seen for seen in scene.found["statuses"] if seen.page == page.number]
        times = [t for t in scene.found["timestamps"] if t.page == page.number and not t.desktop_clock]
        self._times: list[TimestampSeen] = times
        self._busy = tuple(seen.box for seen in (*self.statuses, *times))

    def events(self) -> Iterator[EventSeen]:
        """One event per status, moment and page, from top to bottom."""
        found: dict[tuple[str, str], EventSeen] = {}
        at_once = {place: self._of_row(status) for place, status in enumerate(self.statuses)}
        left = [place for place, at in at_once.items() if at is None]
        taken = {
            id(t)
            for place in at_once
            for t in self._times
            if at_once[place] and _in_row(self.statuses[place].box, t.box)
        }
        times = [t for t in self._times if id(t) not in taken]
        pairs = paired([self.statuses[place].box for place in left], [t.box for t in times])
        later = {left[what]: times[time] for what, time in pairs.items()}
        for place, status in enumerate(self.statuses):
            time = later.get(place)
            at = at_once[place] or (time.at if time and not time.ambiguous else None)
            if at is not None:
                entry = Entry(status=status.box, time=time.box if time else None, busy=self._busy)
                event = EventSeen(
                    status=status.status, at=at, box=status.box, page=status.page, place=place_of(entry, self._lines)
                )  # fmt: skip
                if (known := found.setdefault((status.status, at), event)).place is None:
                    found[status.status, at] = replace(known, place=event.place)
        yield from found.values()

    def _of_row(self, status: StatusSeen) -> str | None:
        """The moment that the row of a status names, if it names one."""
        here = [time for time in self._times if _in_row(status.box, time.box)]
        certain = [str(time.at) for time in here if time.at and not time.ambiguous]
        if certain:
            return certain[0]
        return None if here else self._of_heading(status)

    def _of_heading(self, status: StatusSeen) -> str | None:
        """The time of day in the row of a status, on the day that heads its part of the page."""
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


def interpret(scene: Scene) -> dict[str, object]:
    """``events`` in reading order."""
    words = calendar_words(scene.house)
    pages = (_Page(page, scene, words) for page in scene.reading.pages)
    return {"events": tuple(event for page in pages if page.statuses for event in page.events())}
