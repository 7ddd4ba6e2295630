"""Messages in the rows of a table: who wrote in the first column, the words in the middle, the time in the last. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from casefile.facts import TimestampSeen
from casefile.reading import Line, ReadPage
from evidence_packer.understand.talk.parts import MessagePart, around, in_row, message_times, middle
from evidence_packer.understand.talk.speakers import Speakers, could_be_name

_LEAST = 2
_EDGE = 0.02
"""Cells of one column begin within this share of the width."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: the cell of the writer, the line of the time, and when."""

    name: Line
    last: Line
    at: str | None

    @property
    def top(self) -> float:
        return min(self.name.box[1], self.last.box[1])


def tabled(page: ReadPage, times: Sequence[TimestampSeen], speakers: Speakers) -> list[MessagePart]:
    """The messages of a page that is such a table, from the top; none where two rows of a writer and a time are not there."""
    rows = [row for time in message_times(page, times) if (row := _row(time, page.lines, speakers)) is not None]
    rows.sort(key=lambda row: row.top)
    if len(rows) < _LEAST or not (_column([row.name for row in rows]) and _column([row.last for row in rows])):
        return []
    found = []
    for place, row in enumerate(rows):
        end = rows[place + 1].top if place + 1 < len(rows) else 1.0
        words = tuple(_words(row, end, page.lines))
        if not words:
            return []
        head = around((row.name.box, row.last.box))
        found.append(MessagePart(page=page.number, lines=words, name=row.name.text.strip(), at=row.at, head=head))
    return found


def _row(time: TimestampSeen, lines: Sequence[Line], speakers: Speakers) -> _Row | None:
    """The row that ends with a time and begins with the name of somebody who is known."""
    row = sorted((line for line in lines if in_row(time.box, line.box)), key=lambda line: line.box[0])
    if len(row) < _LEAST or not row[-1].box[0] - 0.002 <= time.box[0] or row[0].box[2] > time.box[0]:
        return None
    name = row[0].text.strip()
    known = could_be_name(name) and speakers.of(name) in {"buyer", "seller", "platform"}
    return _Row(row[0], row[-1], time.at) if time.has_time and known else None


def _column(lines: Sequence[Line]) -> bool:
    return all(abs(line.box[0] - lines[0].box[0]) < _EDGE for line in lines)


def _words(row: _Row, end: float, lines: Sequence[Line]) -> list[Line]:
    """The lines between the two columns, from the row down to the next one."""
    between = [
        line
        for line in lines
        if row.name.box[2] <= line.box[0]
        and line.box[2] <= row.last.box[0]
        and row.top - 0.01 <= middle(line.box) < end
    ]
    return sorted(between, key=lambda line: (line.box[1], line.box[0]))
