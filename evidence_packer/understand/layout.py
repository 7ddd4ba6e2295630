"""Which lines of a page stand below or beside each other: the little layout that reading across lines needs. Pure."""

from collections.abc import Sequence

from casefile.fields.files import Box
from casefile.reading import Line


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
