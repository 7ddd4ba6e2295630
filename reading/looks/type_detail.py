"""How much detail the type of a screenshot holds, across and down.

A program draws type with edges about one pixel wide, however large it is. Edges twice as wide mean that the picture was drawn
at half the size and enlarged afterwards: what was lost then does not come back. Measured on the lines that were read, in the
picture's own pixels; photographs have no such edges, which ``drawn`` tells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from casefile.reading import Line
from reading.looks.sharpness import widths_across

_SAMPLE = 16
_LEAST_HEIGHT = 8
_LEAST_EDGES = 10
_LEAST_LINES = 3
_MARGIN = 3
_LONGEST = 700
"""Of a line, pixels are enough."""
_SURE = 0.7

Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeDetail:
    """Widths of edges in pixels, ``across`` and ``down``."""

    across: float
    down: float


def drawn(grey: Grey) -> float:
    """The share of neighbouring pixels that are exactly alike: most of a screenshot, little of a photograph."""
    rows = grey[:: max(1, grey.shape[0] // 200)]
    return float((rows[:, 1:] == rows[:, :-1]).mean()) if rows.shape[1] > 1 else 1.0


def type_detail(grey: Grey, lines: Sequence[Line]) -> TypeDetail | None:
    """What the type of a picture (rows of grey, upright, in its own pixels) holds; ``None`` where too little was read."""
    crops = tuple(_crops(grey, lines))
    across, down = _width(crops), _width(tuple(np.ascontiguousarray(crop.T) for crop in crops))
    return None if across is None or down is None else TypeDetail(across=across, down=down)


def _crops(grey: Grey, lines: Sequence[Line]) -> Iterator[npt.NDArray[np.int16]]:
    height, width = grey.shape
    legible = [line for line in lines if line.score >= _SURE and (line.box[3] - line.box[1]) * height >= _LEAST_HEIGHT]
    step = max(1.0, len(legible) / _SAMPLE)
    for place in range(min(_SAMPLE, len(legible))):
        x0, y0, x1, y1 = legible[int(place * step)].box
        left, top = max(0, int(x0 * width) - _MARGIN), max(0, int(y0 * height) - _MARGIN)
        right = min(int(x1 * width) + _MARGIN + 1, left + _LONGEST)
        yield grey[top : int(y1 * height) + _MARGIN + 1, left:right].astype(np.int16)


def _width(crops: Sequence[npt.NDArray[np.int16]]) -> float | None:
    widths = [widths_across(crop) for crop in crops]
    quarters = [float(np.percentile(found, 25)) for found in widths if found.size >= _LEAST_EDGES]
    return float(np.median(quarters)) if len(quarters) >= _LEAST_LINES else None
