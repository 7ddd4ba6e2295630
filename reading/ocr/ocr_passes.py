"""How a page is read: the quick tier over all of it, the careful tier where a wanted number may have been misread.

The careful tier costs three times as much, so it sees only the crops that matter; the whole page only when a number is
wanted, none was found and the quick tier read little. Long scroll screenshots are read in slices, since lines are searched
in a copy of bounded size. The choice never looks at what a cache holds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from casefile.fields.files import Box
from casefile.reading import Line
from casefile.text_folding import DECIDES
from reading.ocr.contract import OcrEngine, Pixels, Reads, Tier
from reading.ocr.likeness import found, worth_reading_again
from reading.ocr.ocr_tiles import closer

_LONG = 2.2
"""Higher than this many widths is a scroll screenshot."""
_SLICE = 1.9
_LEAST_ROWS = 640
"""A slice of a narrow page is no shorter: each costs the engine as much as one of a usual page."""
_SEARCH = 0.25
"""How far above its nominal end, as a share of a slice, a cut may look for an empty row."""
_MAX_CROPS = 8
_LARGE, _FINE = 2_560, 20
"""Long side from which lines are searched in a much smaller copy, and height of lines that get lost there, in pixels."""
_LITTLE = 40
"""Fewer characters than this is little for a page that must show a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a page is read for: numbers that may stand on it, and languages it may be in (language tags)."""

    wanted: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def tier(self, reads: Reads) -> Tier:
        """The tier that the whole page needs: careful where only that tier reads a language of the page."""
        bases = {language.split("-", maxsplit=1)[0].lower() for language in self.languages}
        return "careful" if bases & (reads.careful - reads.quick) else "quick"


def read_page(
    engine: OcrEngine, reads: Reads, pixels: Pixels, aim: Aim, *, has_content: bool = True
) -> tuple[Line, ...]:
    """The lines of an upright page, top to bottom slice by slice. ``has_content``: something with edges stands on it."""
    tier = aim.tier(reads)
    lines = _whole(engine, pixels, tier)
    if tier == "careful" or not aim.wanted:
        return lines
    if _fine_print(lines, pixels) and not all(_any_found(lines, (number,)) for number in aim.wanted):
        lines = closer(engine, pixels, lines)
    lines = _again(engine, pixels, lines, aim)
    if has_content and _read_little(lines) and not _any_found(lines, aim.wanted):
        careful = _whole(engine, pixels, "careful")
        return careful if _weight(careful) >= _weight(lines) else lines
    return lines


def _whole(engine: OcrEngine, pixels: Pixels, tier: Tier) -> tuple[Line, ...]:
    height = pixels.shape[0]
    lines: list[Line] = []
    for top, bottom in slices(pixels):
        part = engine.lines(pixels[top:bottom], tier)
        lines += [_placed(line, (0, top / height, 1, bottom / height)) for line in part]
    return tuple(lines)


def slices(pixels: Pixels) -> Iterator[tuple[int, int]]:
    """Where a page is cut for reading, as (first row, row behind the last): once, or at the emptiest rows of a long page."""
    height, width = pixels.shape[:2]
    if height <= _LONG * width:
        yield 0, height
        return
    step, top = max(_LEAST_ROWS, int(_SLICE * width)), 0
    while height - top > max(_LEAST_ROWS, _LONG * width):
        search = max(1, int(step * _SEARCH))
        bottom = top + step - search + _emptiest(pixels[top + step - search : top + step])
        yield top, bottom
        top = bottom
    yield top, height


def _emptiest(rows: Pixels) -> int:
    """The row in the middle of the longest run of the least busy rows."""
    grey = rows if rows.ndim == 2 else rows[:, :, 1]
    busy = np.abs(np.diff(grey.astype(np.int16), axis=1)).max(axis=1)
    calm = np.concatenate(([False], busy <= busy.min() + 4, [False]))
    edges = np.flatnonzero(calm[1:] != calm[:-1])
    starts, ends = edges[::2], edges[1::2]
    longest = int(np.argmax(ends - starts))
    return max(1, int((starts[longest] + ends[longest]) // 2))


def _again(engine: OcrEngine, pixels: Pixels, lines: tuple[Line, ...], aim: Aim) -> tuple[Line, ...]:
    doubtful = [line for line in lines if worth_reading_again(line.text, line.score, aim.wanted)][:_MAX_CROPS]
    better = {id(line): _reread(engine, pixels, line) for line in doubtful}
    return tuple(new for line in lines for new in better.get(id(line), (line,)))


def _reread(engine: OcrEngine, pixels: Pixels, line: Line) -> tuple[Line, ...]:
    """The line as the careful tier reads its surroundings: that reading is taken, whether or not it suits the case."""
    area = _around(line.box, pixels)
    height, width = pixels.shape[:2]
    left, top, right, bottom = (
        int(area[0] * width),
        int(area[1] * height),
        int(area[2] * width),
        int(area[3] * height),
    )
    seen = engine.lines(pixels[top : bottom + 1, left : right + 1], "careful")
    exact = (left / width, top / height, (right + 1) / width, (bottom + 1) / height)
    same_line = [new for new in (_placed(new, exact) for new in seen) if _shares_row(new.box, line.box)]
    if not same_line or max(new.score for new in same_line) < 0.5:
        return (line,)
    return tuple(same_line)


def _around(box: Box, pixels: Pixels) -> Box:
    height, width = pixels.shape[:2]
    margin = (box[3] - box[1]) * height  # one line height on every side
    return (
        max(0.0, box[0] - margin / width),
        max(0.0, box[1] - margin / height),
        min(1.0 - 1 / width, box[2] + margin / width),
        min(1.0 - 1 / height, box[3] + margin / height),
    )


def _placed(line: Line, area: Box) -> Line:
    """A line found in a part of the page, in shares of the page."""
    x0, y0, x1, y1 = line.box
    width, height = area[2] - area[0], area[3] - area[1]
    box = (area[0] + x0 * width, area[1] + y0 * height, area[0] + x1 * width, area[1] + y1 * height)
    return replace(line, box=box)


def _shares_row(new: Box, old: Box) -> bool:
    middle = (new[1] + new[3]) / 2
    overlaps = min(new[2], old[2]) - max(new[0], old[0])
    return old[1] <= middle <= old[3] and overlaps > 0.3 * (new[2] - new[0])


def _fine_print(lines: tuple[Line, ...], pixels: Pixels) -> bool:
    """Whether the page is so large, and its type so small or so badly read, that lines may have been overlooked."""
    if not lines or max(pixels.shape[:2]) < _LARGE:
        return False
    heights = sorted((line.box[3] - line.box[1]) * pixels.shape[0] for line in lines)
    return heights[len(heights) // 2] <= _FINE or _unsure(lines)


def _any_found(lines: Iterable[Line], wanted: tuple[str, ...]) -> bool:
    return any(line.score >= DECIDES and found(line.text, wanted) for line in lines)


def _weight(lines: Iterable[Line]) -> float:
    return sum(line.score * len(line.text) for line in lines)


def _read_little(lines: tuple[Line, ...]) -> bool:
    return sum(len(line.text) for line in lines) < _LITTLE or _unsure(lines)


def _unsure(lines: tuple[Line, ...]) -> bool:
    return _weight(lines) < DECIDES * sum(len(line.text) for line in lines)
