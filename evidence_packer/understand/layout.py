"""Which lines of a page stand below or beside each other: the little layout that reading across lines needs. Pure."""

from collections.abc import Sequence

from casefile.facts import PlacedText
from casefile.fields.files import Box
from casefile.reading import Line

_ONE_ROW = 0.35
"""Middles of two lines of a row are at most this share of a line apart."""


def below(line: Line, lines: Sequence[Line]) -> Line | None:
    """The next line of the same column, close below, if there is one."""
    height = line.box[3] - line.box[1]
    best: Line | None = None
    for other in lines:
        if other is line or other.box[1] < line.box[1] + height * 0.5:
            continue
        gap = other.box[1] - line.box[3]
        overlap = min(line.box[2], other.box[2]) - max(line.box[0], other.box[0])
        narrower = min(line.box[2] - line.box[0], other.box[2] - other.box[0])
        if gap < height * 1.2 and overlap > 0.3 * narrower and (best is None or other.box[1] < best.box[1]):
            best = other
    return best


def beside(line: Line, lines: Sequence[Line]) -> Line | None:
    """The next line to the right in the same row."""
    middle = (line.box[1] + line.box[3]) / 2
    row = [
        other
        for other in lines
        if other is not line and other.box[1] < middle < other.box[3] and other.box[0] >= line.box[2] - 0.002
    ]
    return min(row, key=lambda other: other.box[0], default=None)


def level(one: Box, other: Box) -> bool:
    """Whether the middle of one of two boxes is at the height of the other."""
    return one[1] < (other[1] + other[3]) / 2 < one[3] or other[1] < (one[1] + one[3]) / 2 < other[3]


def row_by_row(lines: Sequence[PlacedText]) -> list[PlacedText]:
    """Lines as they are read: page by page, rows from the top, each from the left, so that a value follows its label."""
    rows: list[list[PlacedText]] = []
    for line in sorted(lines, key=lambda one: (one.page, one.box[1] + one.box[3])):
        last = rows[-1][0] if rows else None
        if last and last.page == line.page and _apart(last.box, line.box) < _ONE_ROW * _tall(last.box, line.box):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda one: one.box[0])]


def _apart(one: Box, other: Box) -> float:
    return abs(one[1] + one[3] - other[1] - other[3]) / 2


def _tall(one: Box, other: Box) -> float:
    return min(one[3] - one[1], other[3] - other[1])
