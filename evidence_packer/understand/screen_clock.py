"""The clock of the screen in a screenshot: it says when the picture was taken, not when something happened. Pure.

It needs a task bar: the last line at the lower right, nothing dated above it in its column, the time above the date or before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from casefile.reading import Line, ReadPage

_TOP, _LEFT, _LONGEST = 0.93, 0.8, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedLine:
    """A line with a date: ``alone`` where nothing else stands in it but a time; ``time_first`` where that stands before it."""

    line: Line
    alone: bool
    time_first: bool
    timed: bool


def in_corner(line: Line, page: ReadPage) -> bool:
    """Whether a line stands where systems show the time: at the lower right of a wide screen."""
    wide = page.width > 1.2 * page.height and page.text_source == "ocr"
    return wide and line.box[1] > _TOP and line.box[0] > _LEFT and len(line.text) < _LONGEST


def is_screen_clock(dated: DatedLine, others: Sequence[Line], page: ReadPage, time_above: Line | None) -> bool:
    """Whether a dated line is the clock of the screen.

    Args:
        dated: the line.
        others: every other line of the page that holds a date.
        page: its page.
        time_above: the line right above it in its column, where that is a time of day and nothing else.
    """
    line = dated.line
    if not dated.alone or not in_corner(line, page):
        return False
    if any(other.box[1] >= line.box[3] and other.box[2] > _LEFT for other in page.lines):
        return False
    if any(min(line.box[2], other.box[2]) > max(line.box[0], other.box[0]) for other in others):
        return False
    return dated.time_first if dated.timed else time_above is not None
