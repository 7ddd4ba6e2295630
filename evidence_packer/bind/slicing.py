"""Where a long scrolling screenshot is cut so that its type can be read on paper: at blank rows, with a little overlap. Pure."""

import itertools
import math
from collections.abc import Sequence

from casefile.citation import WHOLE, Part

TALL = 2.4
"""Height over width from which a page is shown in parts: the screens of today's phones (up to 21 to 9) stay whole."""
_HAIR = 60
"""Height over width from which nothing can be read in any part of it: shown whole."""
_WIDEST, _NARROWEST = 1.27, 2.0
"""Height over width of a part: the space under the band when filled across, and the narrowest that still looks like a page."""
_AREA = 690.0
"""Height of that space in points."""
_TYPE = 8.0
"""Size in points at which type is wanted on paper."""
_OVERLAP = 0.05
_SEARCH = 0.12
"""Overlap, and how far a cut may move to a blank row, as shares of a part's height."""


def _shape(width: int, text_height: float | None) -> float:
    if not text_height:
        return (_WIDEST + _NARROWEST) / 2
    return min(_NARROWEST, max(_WIDEST, _AREA / (_TYPE / text_height * width)))


def _blank(target: float, reach: float, rows: Sequence[tuple[float, float]]) -> float:
    """The middle of the widest gap between rows near ``target``, or ``target`` where no gap is near."""
    gaps, bottom = [], 0.0
    for top, end in sorted(rows):
        if top > bottom:
            gaps.append((bottom, top))
        bottom = max(bottom, end)
    near = [(low, high) for low, high in gaps if abs((low + high) / 2 - target) <= reach]
    if not near:
        return target
    low, high = max(near, key=lambda gap: (round(gap[1] - gap[0], 3), -abs(sum(gap) / 2 - target)))
    return (low + high) / 2


def parts(size: tuple[int, int], text_height: float | None, rows: Sequence[tuple[float, float]]) -> tuple[Part, ...]:
    """The parts of a page of ``size`` pixels, top to bottom; the whole page where it is not long, or thin as a hair.

    Args:
        size: width and height in pixels.
        text_height: size of its type in pixels, if known.
        rows: top and bottom (0 to 1) of its lines of text.
    """
    width, height = size
    if height <= width * TALL or height >= width * _HAIR:
        return (WHOLE,)
    count = max(2, math.ceil(height / width / _shape(width, text_height)))
    share = 1 / count
    cuts = [_blank(number * share, share * _SEARCH, rows) for number in range(1, count)]
    edges = [0.0, *cuts, 1.0]
    half = share * _OVERLAP / 2
    return tuple(
        (round(max(0.0, top - half), 4), round(min(1.0, bottom + half), 4)) for top, bottom in itertools.pairwise(edges)
    )
