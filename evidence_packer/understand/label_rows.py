"""Which labels of a page stand on one row. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from casefile.reading import Line

_ONE_ROW = 0.35
"""Middles of two lines of a row are at most this share of a line apart."""
_ROUNDING = 1e-9


def level(one: Line, other: Line) -> bool:
    """Whether two lines stand on one row, not half a row apart as those of two blocks side by side."""
    apart = abs(one.box[1] + one.box[3] - other.box[1] - other.box[3]) / 2
    return apart < _ONE_ROW * min(one.box[3] - one.box[1], other.box[3] - other.box[1])


def side_by_side(lines: Sequence[Line], least: int) -> list[Line]:
    """Those that stand on one row with ``least`` of these lines, themselves counted; each is held beside near ones only."""
    by_middle = sorted(lines, key=_middle)
    middles, found = [_middle(line) for line in by_middle], list[Line]()
    for line in lines:
        far = _ONE_ROW * (line.box[3] - line.box[1]) + _ROUNDING
        near = by_middle[bisect_left(middles, _middle(line) - far) : bisect_right(middles, _middle(line) + far)]
        if sum(level(line, other) for other in near) >= least:
            found.append(line)
    return found


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2
