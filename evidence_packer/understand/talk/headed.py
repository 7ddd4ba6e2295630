"""Messages under headings: a name, a role or "You", with the time beside, above or below it, and the words under it. Pure."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casefile import text_folding
from casefile.facts import TimestampSeen
from casefile.fields.files import Box
from casefile.reading import Line, ReadPage
from evidence_packer.understand.calendar_words import calendar_words
from evidence_packer.understand.talk.clocked import clocked_names
from evidence_packer.understand.talk.furniture import Furniture
from evidence_packer.understand.talk.parts import MessagePart, around, cut, in_row, message_times, middle, tall, wide
from evidence_packer.understand.talk.sent_times import clock_of
from evidence_packer.understand.talk.speakers import Speakers, could_be_name

_GAP = 1.7
"""Lines of one message stand at most so many line heights apart."""
_FAR = 8.0
"""A name farther from its time, in signs, may belong to something else."""
_APART = 0.8
"""A label with its value behind a message stands at least so many line heights below it."""
_NEAR = 1.2
"""A name above its time stands so many line heights from it."""
_EDGE = 2.0
"""Edges that differ by less than so many signs are one edge."""
_TRIMMED = re.compile(r"^[\s·|,，\-–—:：]+|[\s·|,，.\-–—✓√/]+$")
_GOES_ON = re.compile(r"\s*[.。!！?？]\s*[^\W\d_]{2}")
_FULL_STOP = re.compile(r"(?<![.\s][AaPp][.\s][Mm])(?<![AaPp]\.[Mm])[.。]\s*$")
"""A sentence that ends with a time, and the next one: no heading."""
_COMMA = re.compile(r"[，、。；]")
_DENSE, _LONG_DENSE = 0x2E7F, 9
"""Names in scripts without spaces have fewer signs."""
_AFTER = re.compile(r"\s*(?:\d{1,2}\.\d{2})?\s*[\])）]?\s*(?:[A-Z]{2,5})?\s*[✓√/·|:：\-–—]*\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    """Name and time of one message, and the words that stand in the same line behind them."""

    name: str | None
    at: str | None
    clock: bool
    box: Box
    lines: tuple[Line, ...]
    first: Line | None = None


class _Sheet:
    """One page under headings."""

    def __init__(
        self, page: ReadPage, times: Sequence[TimestampSeen], speakers: Speakers, furniture: Furniture
    ) -> None:
        self._page, self._speakers, self._furniture = page, speakers, furniture
        self._times = message_times(page, times)
        self._lines = sorted(page.lines, key=lambda line: (line.box[1], line.box[0]))
        weekday = calendar_words(speakers.house).weekday
        self._weekday = re.compile(rf"(?:^|[\s·|,，(（\-–—]+){weekday}[\s.,，)）]*$", re.IGNORECASE)
        lead = calendar_words(speakers.house).before_date
        self._lead = re.compile(rf"(?:^|[\s·|,，(（\-–—]+){lead}\s*$", re.IGNORECASE)

    def parts(self) -> list[MessagePart]:
        """Every message under a heading, from the top; none where no heading has words."""
        headings = self._paired(self._headings())
        below = [self._body(heading, headings, 1) for heading in headings]
        above = [self._body(heading, headings, -1) for heading in headings]
        aside = self._rows(headings)
        bodies = max((below, above, aside), key=lambda one: sum(map(bool, one)))
        return [self._part(heading, body) for heading, body in zip(headings, bodies, strict=True) if body]

    def _part(self, heading: _Heading, body: list[Line]) -> MessagePart:
        """The message under a heading; where that has no time, a time of day in a line of its own ends it."""
        at = heading.at
        clock = clock_of(body[-1].text) if at is None and len(body) > 1 else None
        if clock:
            body, at = body[:-1], self._on_the_day(heading, clock)
        return MessagePart(page=self._page.number, lines=tuple(body), name=heading.name, at=at, head=heading.box)

    def _on_the_day(self, heading: _Heading, clock: str) -> str | None:
        """A time of day with the day that stands alone above a message."""
        days = [time for time in self._times if not time.has_time and time.box[1] < heading.box[1]]
        day = max(days, key=lambda time: time.box[1], default=None)
        return f"{day.at}T{clock}:00" if day and day.at else None

    def _headings(self) -> list[_Heading]:
        found = [heading for time in self._times if (heading := self._with_time(time))]
        if any(heading.clock for heading in found):
            found = [heading for heading in found if heading.clock]
        found = [heading for heading in found if self._stands(heading, found)] or self._clocked()
        taken = {id(line) for heading in found for line in heading.lines}
        left = min((heading.box[0] for heading in found), default=0.0)
        right = max((heading.box[2] for heading in found), default=1.0)
        candidates = [line for line in self._lines if id(line) not in taken and left - 0.02 <= line.box[0] <= right]
        alone = [heading for line in candidates if (heading := self._alone(line))]
        if len(alone) > 1 or any(heading.name for heading in found):
            found += alone  # a single name without a time is the title of a conversation, and no writer
        unlike = [heading for heading in found if not any(_same_place(heading, other) for other in found)]
        return sorted(unlike, key=lambda heading: heading.box[1])

    def _clocked(self) -> list[_Heading]:
        """Names with a time of day alone."""
        return [
            _Heading(name=one.name, at=one.at, clock=True, box=one.line.box, lines=(one.line,))
            for one in clocked_names(self._page, self._times, self._speakers)
        ]

    def _paired(self, headings: list[_Heading]) -> list[_Heading]:
        """Headings without the times that stand below the words of a name: those are the time of that name's message."""
        kept: list[_Heading] = []
        for place, heading in enumerate(headings):
            before = kept[-1] if kept else None
            if before is None or heading.name or not heading.clock or before.clock or not before.name:
                kept.append(heading)
                continue
            body = self._body(before, headings, 1)
            behind = headings[place + 1].box[1] if place + 1 < len(headings) else 2.0
            near = bool(body) and heading.box[1] - body[-1].box[3] < min(_GAP * tall(body[-1]), behind - heading.box[3])
            if near and abs(heading.box[0] - body[-1].box[0]) < _EDGE * wide(body[-1], self._page):
                kept[-1] = replace(before, at=heading.at, lines=(*before.lines, *heading.lines))
            else:
                kept.append(heading)
        return kept

    def _stands(self, heading: _Heading, found: Sequence[_Heading]) -> bool:
        """Whether a heading keeps to the column of others, where it has no name, or one far from its time that nobody knows."""
        gap = max((b.box[0] - a.box[2] for a, b in itertools.pairwise(sorted(heading.lines, key=_left))), default=0.0)
        if heading.name and (
            gap < _FAR * wide(heading.lines[0], self._page) or self._speakers.of(heading.name) != "unknown"
        ):
            return True
        slack = 3 * _EDGE * wide(heading.lines[0], self._page)
        named = [other for other in found if other.name and other is not heading]
        return (not named and not heading.name) or any(abs(o.box[0] - heading.box[0]) < slack for o in named)

    def _with_time(self, time: TimestampSeen) -> _Heading | None:
        row = [line for line in self._lines if in_row(time.box, line.box)]
        own = next(
            (one for one in row if one.box[0] - 0.002 <= time.box[0] and time.box[2] <= one.box[2] + 0.002), None
        )
        if own is None:
            return None
        before, after = cut(own, time)
        for words in (self._lead, self._weekday, self._lead):
            before = before[: self._until(words, before)]
        before, rest = _TRIMMED.sub("", before), "" if _AFTER.fullmatch(after) else _TRIMMED.sub("", after)
        rest = "" if self._furniture.is_mark(rest) else rest
        lines = [own]
        if _GOES_ON.match(after) or (after.strip() and _FULL_STOP.search(own.text[: len(own.text) - len(after)])):
            return None
        if before and (not could_be_name(before) or self._runs_on(before)):
            return None
        if rest and not before and could_be_name(rest) and not self._runs_on(rest):
            before, rest = rest, ""
        if not before:
            beside = self._beside(own, row) or self._over(own)
            before = beside.text if beside else ""
            lines += [beside] if beside else []
        if rest:
            return None
        known = bool(before) and self._speakers.of(before) != "unknown"
        if not time.has_time and not known:
            return None
        return _Heading(
            name=before.strip() or None,
            at=time.at,
            clock=time.has_time,
            box=around(line.box for line in lines),
            lines=tuple(lines),
        )

    def _runs_on(self, text: str) -> bool:
        """Whether words beside a time are of a sentence ("6 Nov 4:33pm with photo at", "物流显示已于") and name nobody."""
        lower = " " in text and text == text.lower() != text.upper()
        dense = sum(ord(sign) > _DENSE for sign in text) >= _LONG_DENSE
        return (lower or dense or _COMMA.search(text) is not None) and self._speakers.of(text) == "unknown"

    @staticmethod
    def _until(what: re.Pattern[str], text: str) -> int:
        """Where the words before a date end: its weekday and its "on the" are no part of a name."""
        match = what.search(text_folding.unaccented(text))
        return match.start() if match else len(text)

    def _beside(self, own: Line, row: Sequence[Line]) -> Line | None:
        """The name in the cell before a time, else behind it."""
        before = [line for line in row if line is not own and line.box[2] <= own.box[0] + 0.002]
        behind = [line for line in row if line is not own and line.box[0] >= own.box[2] - 0.002]
        left = max(before, key=lambda line: line.box[2], default=None)
        right = min(behind, key=lambda line: line.box[0], default=None)
        if left is not None and self._names(left):
            return left
        known = right is not None and self._names(right) and self._speakers.of(right.text) != "unknown"
        return right if known else None

    def _names(self, line: Line) -> bool:
        """Whether a line may be a name: it is no date and no part of the window."""
        dated = any(in_row(line.box, time.box) and line.box[0] <= time.box[0] < line.box[2] for time in self._times)
        return could_be_name(line.text.strip()) and not dated and not self._furniture.is_part(line)

    def _over(self, own: Line) -> Line | None:
        """The name above a time, or below it: only one that is known, since words of another message stand there too."""
        near = [
            line
            for line in self._lines
            if line is not own
            and abs(middle(line.box) - middle(own.box)) < (_NEAR + 1) * tall(own)
            and abs(line.box[0] - own.box[0]) < _EDGE * wide(own, self._page)
            and could_be_name(line.text.strip())
            and self._speakers.of(line.text) != "unknown"
        ]
        return min(near, key=lambda line: line.box[1], default=None)

    def _alone(self, line: Line) -> _Heading | None:
        """A line that is no more than a speaker's name or role, with nothing beside it."""
        text = line.text.strip()
        if not could_be_name(text) or self._speakers.of(text) == "unknown" or self._furniture.is_part(line):
            return None
        if any(other is not line and in_row(line.box, other.box) and self._near(line, other) for other in self._lines):
            return None
        if not self._speakers.is_exactly(text):
            return None
        return _Heading(name=text, at=None, clock=False, box=line.box, lines=(line,))

    def _near(self, line: Line, other: Line) -> bool:
        return min(abs(other.box[0] - line.box[2]), abs(line.box[0] - other.box[2])) < 12 * wide(line, self._page)

    def _body(self, heading: _Heading, headings: Sequence[_Heading], step: int) -> list[Line]:
        """The words below (or, for ``step`` -1, above) a heading, up to the next heading or a gap."""
        taken = {id(line) for one in headings for line in one.lines}
        edge, found = heading.box[3] if step > 0 else heading.box[1], list[Line]()
        height = tall(replace(heading.lines[0], box=heading.box)) / max(1, len({one.box[1] for one in heading.lines}))
        for line in self._lines[::step]:
            beyond = middle(line.box) > edge if step > 0 else middle(line.box) < edge
            if not beyond or not self._belongs(line, heading):
                continue
            gap = (line.box[1] - edge) if step > 0 else (edge - line.box[3])
            if id(line) in taken or gap > _GAP * min(tall(line), 2 * height) or self._furniture.is_part(line):
                break
            if gap > _APART * tall(line) and self._labels(line):
                break
            found.append(line)
            edge = max(edge, line.box[3]) if step > 0 else min(edge, line.box[1])
        return found[::step]

    def _rows(self, headings: Sequence[_Heading]) -> list[list[Line]]:
        """The words of a table: in the row of a heading behind its name, and below them until the next row."""
        tops = [*(heading.box[1] for heading in headings), 1.0]
        known = [bool(heading.name) and heading.clock for heading in headings]
        return [
            [
                line
                for line in self._lines
                if line.box[0] >= heading.box[2] - 0.002
                and heading.box[1] - 0.002 <= middle(line.box)
                and middle(line.box) < tops[place + 1]
            ]
            if known[place]
            and any(in_row(heading.box, line.box) and line.box[0] >= heading.box[2] - 0.002 for line in self._lines)
            else []
            for place, heading in enumerate(headings)
        ]

    def _labels(self, line: Line) -> bool:
        """Whether a line has a value beside it."""
        return any(
            in_row(line.box, other.box) and 0 <= other.box[0] - line.box[2] < 12 * wide(line, self._page)
            for other in self._lines
            if other is not line
        )

    def _belongs(self, line: Line, heading: _Heading) -> bool:
        """Whether a line stands in the column of a heading."""
        slack = _EDGE * wide(line, self._page)
        if abs(line.box[0] - heading.box[0]) < slack or abs(line.box[2] - heading.box[2]) < slack:
            return True
        overlap = min(line.box[2], heading.box[2]) - max(line.box[0], heading.box[0])
        return overlap > 0.5 * min(line.box[2] - line.box[0], heading.box[2] - heading.box[0])


def _left(line: Line) -> float:
    return line.box[0]


def _same_place(heading: _Heading, other: _Heading) -> bool:
    """Whether another heading stands in the same line with more than this one."""
    shared = {id(line) for line in heading.lines} & {id(line) for line in other.lines}
    return (
        heading is not other and bool(shared) and (other.clock, other.name or "") > (heading.clock, heading.name or "")
    )


def headed(
    page: ReadPage, times: Sequence[TimestampSeen], speakers: Speakers, furniture: Furniture
) -> Iterator[MessagePart]:
    """The messages of a page that stand under headings, from the top."""
    yield from _Sheet(page, times, speakers, furniture).parts()
