"""A second, closer look at a large page of small type, in tiles: lines are searched in a copy of bounded size, and get lost in it.

What the closer look reads is taken whether or not it suits the case: lines that were overlooked, and better readings of others.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import replace

from casefile.reading import Line
from reading.ocr.contract import OcrEngine, Pixels

_TILE = 2_000
"""Longest side of a tile in pixels, without its overlap."""
_OVERLAP = 0.25
"""Of a tile, so that a number cut by one tile is whole in the next."""
_EDGE = 0.004

_Span = tuple[int, int]


def closer(engine: OcrEngine, pixels: Pixels, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """``lines`` with what tiles of the page show besides and better."""
    known = list(lines)
    for seen in _of_tiles(engine, pixels):
        under = [line for line in known if _covers(seen, line)]
        if not under or all(line.score < seen.score for line in under):
            known = [line for line in known if not any(line is other for other in under)] + [seen]
    return tuple(sorted(known, key=lambda line: (round(line.box[1], 3), line.box[0])))


def _of_tiles(engine: OcrEngine, pixels: Pixels) -> Iterator[Line]:
    height, width = pixels.shape[:2]
    for (top, bottom), (left, right) in itertools.product(_spans(height), _spans(width)):
        for line in engine.lines(pixels[top:bottom, left:right], "quick"):
            if not _cut(line, (left, right), width):
                yield _placed(line, (left, right), (top, bottom), pixels)


def _spans(length: int) -> Iterator[_Span]:
    count = math.ceil(length / _TILE)
    step, more = length / count, _OVERLAP * length / count
    for number in range(count):
        start, end = number * step - more / 2, (number + 1) * step + more / 2
        yield max(0, int(start)), min(length, int(end))


def _cut(line: Line, across: _Span, width: int) -> bool:
    """Whether the line runs over a side of the tile that is none of the page."""
    return (line.box[0] < _EDGE and across[0] > 0) or (line.box[2] > 1 - _EDGE and across[1] < width)


def _placed(line: Line, across: _Span, down: _Span, pixels: Pixels) -> Line:
    height, width = pixels.shape[:2]
    x0, x1 = (across[0] + edge * (across[1] - across[0]) for edge in (line.box[0], line.box[2]))
    y0, y1 = (down[0] + edge * (down[1] - down[0]) for edge in (line.box[1], line.box[3]))
    return replace(line, box=(x0 / width, y0 / height, x1 / width, y1 / height))


def _covers(new: Line, old: Line) -> bool:
    middle = (old.box[1] + old.box[3]) / 2
    shared = min(new.box[2], old.box[2]) - max(new.box[0], old.box[0])
    return new.box[1] <= middle <= new.box[3] and shared > 0.3 * min(old.box[2] - old.box[0], new.box[2] - new.box[0])
