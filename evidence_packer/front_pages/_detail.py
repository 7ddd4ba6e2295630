"""Which part of a page stands on the first page: as large as its type can be read, around what was read. Pure geometry."""

from collections.abc import Sequence

from casefile.fields.files import Box

_TYPE = 8.0
"""Points at which the type of the part should print."""
_AROUND = 1.12
"""Room around what was read."""
_LABEL = 0.1
"""How far a part reaches further left, as a share of its width: labels stand left of what they name."""


def _union(boxes: Sequence[Box]) -> Box:
    return (
        min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    )  # fmt: skip


def _within(middle: float, length: float) -> tuple[float, float]:
    low = min(max(0.0, middle - length / 2), 1.0 - length)
    return low, low + length


def part(size: tuple[int, int], text_height: float | None, boxes: Sequence[Box], slot: tuple[float, float]) -> Box:
    """The part of a page that a slot shows, with the slot's proportions where the page allows.

    Args:
        size: width and height of the page in pixels.
        text_height: size of its type in pixels.
        boxes: what was read there, the most important first; the others are shown where they are near enough.
        slot: width and height of the place for it, in points.
    """
    width, height = size
    shape = slot[1] / slot[0]
    wide = slot[0] * (text_height or width / 45) / _TYPE
    anchor = [boxes[0]] if boxes else [(0.0, 0.0, 1.0, min(1.0, width * shape / height))]
    wide = min(float(width), max(wide, (anchor[0][2] - anchor[0][0]) * width * _AROUND))
    shown = anchor
    for box in boxes[1:]:
        union = _union([*shown, box])
        if (union[2] - union[0]) * width <= wide and (union[3] - union[1]) * height <= wide * shape * 0.9:
            shown = [union]
    around = _union(shown)
    tall = min(float(height), wide * shape)
    x0, x1 = _within((around[0] + around[2]) / 2 - _LABEL * wide / width * bool(boxes), wide / width)
    y0, y1 = _within((around[1] + around[3]) / 2, tall / height)
    return (x0, y0, x1, y1)
