"""Names with nothing but a time of day beside them ("You · 8:03 PM"), on the day that stands alone above them. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casefile.facts import TimestampSeen
from casefile.reading import Line, ReadPage
from evidence_packer.understand.talk.parts import in_row
from evidence_packer.understand.talk.sent_times import clock_of
from evidence_packer.understand.talk.speakers import Speakers, could_be_name

_MARK = r"\s*[·•|,，–—-]\s*"
_CLOCK = r"(?P<clock>(?:上午|下午)?\s?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[AaPp]\.?[Mm]\.?)?)"
_NAMED = (re.compile(rf"(?P<name>.{{2,48}}?){_MARK}{_CLOCK}"), re.compile(rf"{_CLOCK}{_MARK}(?P<name>.{{2,48}})"))
_SLACK, _MOST_OF_LINE = 0.002, 0.6
_TALK = 2
"""So many such lines make a conversation, if one of their names is known."""


@dataclass(frozen=True, slots=True)
class ClockedName:
    """A line that names who wrote and the time of day; ``at`` with its day where the page says one."""

    line: Line
    name: str
    at: str | None


def clocked_names(page: ReadPage, days: Sequence[TimestampSeen], speakers: Speakers) -> list[ClockedName]:
    """The names of a conversation that stand with a time of day; none where nobody among them is known."""
    found = list(_every(page, [day for day in days if _stands_alone(day, page)]))
    known = any(speakers.of(one.name) != "unknown" for one in found)
    return found if known and len(found) >= _TALK else []


def _stands_alone(day: TimestampSeen, page: ReadPage) -> bool:
    """Whether a line is a day and hardly anything else: "Delivered Nov 9" beside a talk dates no message."""
    lines = (one for one in page.lines if in_row(one.box, day.box) and one.box[0] - _SLACK <= day.box[0] <= one.box[2])
    return not day.has_time and all(len(day.text) > _MOST_OF_LINE * len(one.text) for one in lines)


def _every(page: ReadPage, days: Sequence[TimestampSeen]) -> Iterator[ClockedName]:
    for line in page.lines:
        match = next(filter(None, (form.fullmatch(line.text.strip()) for form in _NAMED)), None)
        clock = clock_of(match["clock"]) if match else None
        if match and clock and could_be_name(name := match["name"].strip()):
            above = [day for day in days if day.box[3] <= line.box[1]]
            day = max(above, key=lambda one: one.box[1], default=None)
            yield ClockedName(line, name, f"{day.at}T{clock}:00" if day else None)
