"""Photographs lie a little askew: their lines are read as if they were level, and found things put back. Pure.

Rows, columns and sides are what layout goes by; a degree of tilt parts the cells of a row. Its rows tell how much a page is
tilted: the middles of lines side by side fall or rise by one slope over short and long distances alike.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from casefile.fields.files import Box
from casefile.reading import Line, ReadPage

_MOST, _STEP = 0.07, 0.001
"""The steepest slope that is looked for, and how finely (pixels down for a pixel across)."""
_LEAST, _LEAST_PAIRS, _CLEARLY = 0.004, 3, 1.5
"""A page is askew from this slope on, shown by so many pairs of lines, and by so many times more than speak for a level one."""
_SLACK, _APART, _LEVEL = 0.12, 8.0, 3
"""Line heights by which middles may miss, and between lines that tell anything; steps that count as level."""
_LEAST_LINES = 4


@dataclass(frozen=True, slots=True)
class Tilt:
    """How a page lies: shares of its height down for a share across, and of its width across for a share down.

    ``places``: level box of a line → where it stands on the page.
    """

    down: float
    across: float
    places: Mapping[Box, Box] = dataclasses.field(default_factory=dict)

    def levelled(self, box: Box) -> Box:
        """Where a box of the page stands when its lines are level."""
        x0, y0, x1, y1 = box
        down, across = self.down * ((x0 + x1) / 2 - 0.5), self.across * ((y0 + y1) / 2 - 0.5)
        taller = min(abs(self.down) * (x1 - x0) / 2, 0.3 * (y1 - y0))  # a tilted line has a taller box
        return (x0 - across, y0 - down + taller, x1 - across, y1 - down - taller)

    def placed_back(self, box: Box) -> Box:
        """Where a level box stands on the page."""
        if box in self.places:
            return self.places[box]
        x0, y0, x1, y1 = box
        across = self.across * ((y0 + y1) / 2 - 0.5)
        down = self.down * ((x0 + x1) / 2 + across - 0.5)
        taller = abs(self.down) * (x1 - x0) / 2
        edges = (x0 + across, y0 + down - taller, x1 + across, y1 + down + taller)
        return tuple(min(1.0, max(0.0, edge)) for edge in edges)  # type: ignore[return-value]  # four stay four


def tilt_of(page: ReadPage) -> Tilt | None:
    """How a page lies; ``None`` where it is level, or nothing tells."""
    if page.text_source != "ocr" or len(page.lines) < _LEAST_LINES:
        return None
    slope = _slope(page.lines, page)
    if slope is None:
        return None
    ratio = page.width / max(1, page.height)
    return Tilt(slope * ratio, -slope / ratio)


def levelled(page: ReadPage, tilt: Tilt) -> tuple[ReadPage, Tilt]:
    """The page with level lines, from the top, and its tilt with the place of each."""
    lines = tuple(replace(line, box=tilt.levelled(line.box)) for line in page.lines)
    places = {level.box: line.box for level, line in zip(lines, page.lines, strict=True)}
    codes = tuple(replace(code, box=tilt.levelled(code.box)) for code in page.barcodes)
    places |= {level.box: code.box for level, code in zip(codes, page.barcodes, strict=True)}
    ordered = tuple(sorted(lines, key=lambda line: (round(line.box[1], 3), line.box[0])))
    return replace(page, lines=ordered, barcodes=codes), replace(tilt, places=places)


def placed_back(value: Any, tilts: Mapping[int, Tilt]) -> Any:  # noqa: ANN401  # fields of facts are of many types
    """Found things with their boxes where they stand on their tilted pages."""
    if isinstance(value, tuple):
        return tuple(placed_back(one, tilts) for one in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    known = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    changed = {name: new for name, one in known.items() if (new := placed_back(one, tilts)) is not one and new != one}
    tilt = tilts.get(known.get("page", 0))
    if tilt is not None and known.get("box") is not None:
        changed["box"] = tilt.placed_back(known["box"])
    return replace(value, **changed) if changed else value


def _slope(lines: Sequence[Line], page: ReadPage) -> float | None:
    """The slope in pixels that most pairs of lines side by side have, if they clearly have one."""
    votes = [0] * (2 * round(_MOST / _STEP) + 1)
    middle = len(votes) // 2
    for slope, slack in _pairs(lines, page):
        first = max(0, round((slope - slack) / _STEP) + middle)
        for place in range(first, min(len(votes) - 1, round((slope + slack) / _STEP) + middle) + 1):
            votes[place] += 1
    best = max(range(len(votes)), key=lambda place: (votes[place], -abs(place - middle)))
    level = max(votes[middle - _LEVEL : middle + _LEVEL + 1])
    clear = votes[best] >= _LEAST_PAIRS and votes[best] >= _CLEARLY * level
    slope = (best - middle) * _STEP
    return slope if clear and abs(slope) >= _LEAST else None


def _pairs(lines: Sequence[Line], page: ReadPage) -> Iterator[tuple[float, float]]:
    """(slope, by how much it may miss) of each two lines side by side, some way apart."""
    width, height = page.width, page.height
    placed = sorted(
        ((y0 + y1) / 2 * height, (x0 + x1) / 2 * width, (y1 - y0) * height, x0 * width, x1 * width)
        for x0, y0, x1, y1 in (line.box for line in lines)
    )
    for place, (y, x, tall, left, right) in enumerate(placed):
        for other_y, other_x, other_tall, other_left, other_right in placed[place + 1 :]:
            if other_y - y > _MOST * width:
                break
            across, type_ = abs(other_x - x), min(tall, other_tall)
            beside = other_left >= right if other_x > x else left >= other_right
            if not beside or across < _APART * type_ or other_y - y > _MOST * across:
                continue
            slope = (other_y - y) / across if other_x > x else (y - other_y) / across
            yield slope, _SLACK * type_ / across
