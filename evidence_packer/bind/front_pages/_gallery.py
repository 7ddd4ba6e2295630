"""How pictures of different shapes share one space: in a row of equal height, or one large beside two small.

Pure geometry in points. A desktop screenshot is wide, a phone's is tall; equal boxes would leave one of them unreadable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

GAP = 10.0
"""Between pictures."""
LABEL = 17.0
"""The line under a picture."""
_NARROWEST, _WIDEST = 0.62, 2.1
"""Width to height beyond which a picture is cropped to its upper part (long scrolling screenshots)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """The arrangement and each picture's (width, height)."""

    layout: Literal["row", "stack"]
    sizes: tuple[tuple[float, float], ...]

    @property
    def area(self) -> float:
        """How much picture it shows."""
        return sum(width * height for width, height in self.sizes)


def _shape(size: tuple[int, int]) -> float:
    return min(_WIDEST, max(_NARROWEST, size[0] / max(1, size[1])))


def _row(shapes: Sequence[float], width: float, height: float) -> Gallery:
    tall = min(height - LABEL, (width - GAP * (len(shapes) - 1)) / sum(shapes))
    return Gallery(layout="row", sizes=tuple((round(shape * tall, 1), round(tall, 1)) for shape in shapes))


def _stack(shapes: Sequence[float], width: float, height: float) -> Gallery | None:
    """The first picture large, two beside it one above the other, both columns equally tall."""
    first, second, third = shapes
    beside = 1 / second + 1 / third
    large = ((width - GAP) * beside + LABEL + GAP) / (1 / first + beside)
    small = width - GAP - large
    if large / first > height - LABEL or small < width * 0.2:
        return None
    sizes = [(large, large / first), (small, small / second), (small, small / third)]
    return Gallery(layout="stack", sizes=tuple((round(w, 1), round(h, 1)) for w, h in sizes))


def arrange(sizes: Sequence[tuple[int, int]], width: float, height: float) -> Gallery:
    """The arrangement that shows most within ``width`` and ``height`` points; ``sizes`` are pixels."""
    shapes = [_shape(size) for size in sizes]
    row = _row(shapes, width, height)
    stack = _stack(shapes, width, height) if len(shapes) == 3 else None
    return max((row, stack), key=lambda gallery: gallery.area) if stack else row
