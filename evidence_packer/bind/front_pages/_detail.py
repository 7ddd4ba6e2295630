"""Which part of a page stands on the first page: as large as its type can be read, around what was read. Pure geometry."""

from collections.abc import Sequence

from casefile.fields.files import Box

_TYPE = 8.0
"""Points at which the type of the part should print."""
_AROUND = 1.12
"""Room around what was read."""
_LABEL = 0.1
"""How far a part reaches further left, as a share of its width: labels stand left of what they name."""
_REACH = 0.5
"""How much of its length an edge may move outwards to take a whole line in: its type then prints at two thirds of the size."""
_FRAME, _FILLS = 2.0, 0.6
"""Points between what was read and its frame; the share of a part that is too much to frame."""
_MARGIN = 0.007
"""White kept between an edge and the words beside it, as a share of the page."""


def _union(boxes: Sequence[Box]) -> Box:
    return (
        min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    )  # fmt: skip


def _within(middle: float, length: float) -> tuple[float, float]:
    low = min(max(0.0, middle - length / 2), 1.0 - length)
    return low, low + length


def _moved(edge: float, fixed: float, spans: Sequence[tuple[float, float]], reach: float) -> float:
    """``edge`` moved out of every span that it cuts: inwards as far as ``fixed``, outwards as far as ``reach``.

    Works for a lower edge; an upper one is mirrored by the caller. Where not all can be spared, the longest are cut.
    """
    left = sorted(spans, key=lambda span: span[1] - span[0])
    while left:
        ends = [edge, *(low - _MARGIN for low, _ in left), *(high + _MARGIN for _, high in left)]
        near = [end for end in ends if max(0.0, edge - reach) <= end <= fixed]
        free = [end for end in near if not any(low < end < high for low, high in left)]
        if free:
            return min(free, key=lambda end: (edge - end) * 1.2 if end < edge else end - edge)
        left.pop()
    return edge


def _cleared(
    span: tuple[float, float], core: tuple[float, float], spans: Sequence[tuple[float, float]]
) -> tuple[float, float]:
    """``span`` with both edges moved off the words, ``core`` kept inside; ``spans`` are the words along the same axis."""
    reach = (span[1] - span[0]) * _REACH
    mirrored = [(1 - high, 1 - low) for low, high in spans]
    return (
        _moved(span[0], core[0], spans, reach),
        1 - _moved(1 - span[1], 1 - core[1], mirrored, reach),
    )


def clear_of(lines: Sequence[Box], box: Box, core: Box) -> Box:
    """``box`` with its edges between words: no line of ``lines`` is cut where a little more or less page avoids it.

    Args:
        lines: boxes of the page's lines.
        box: the part to show.
        core: what must stay in it.
    """
    x0, y0, x1, y1 = box
    y0, y1 = _cleared((y0, y1), (core[1], core[3]), [(b[1], b[3]) for b in lines if b[0] < x1 and b[2] > x0])
    x0, x1 = _cleared((x0, x1), (core[0], core[2]), [(b[0], b[2]) for b in lines if b[1] < y1 and b[3] > y0])
    y0, y1 = _cleared((y0, y1), (core[1], core[3]), [(b[1], b[3]) for b in lines if b[0] < x1 and b[2] > x0])
    return (x0, y0, x1, y1)


def part(
    size: tuple[int, int],
    text_height: float | None,
    boxes: Sequence[Box],
    slot: tuple[float, float],
    lines: Sequence[Box] = (),
) -> Box:
    """The part of a page that a slot shows, about with the slot's proportions; its edges cut no line where that can be helped.

    Args:
        size: width and height of the page in pixels.
        text_height: size of its type in pixels.
        boxes: what was read there, the most important first; the others are shown where they are near enough.
        slot: width and height of the place for it, in points.
        lines: boxes of the lines of the page.
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
    core = around if boxes else ((x0 + x1) / 2, (y0 + y1) / 2, (x0 + x1) / 2, (y0 + y1) / 2)
    return clear_of(lines, (x0, y0, x1, y1), core)


def marked(shown: Box, boxes: Sequence[Box], size: tuple[float, float]) -> list[Box]:
    """Left, top, width and height, in points, of frames around what was read in a part shown at ``size``.

    What lies outside the part, or fills it, gets no frame.
    """
    found = []
    for box in boxes:
        left, top = ((box[place] - shown[place]) / (shown[place + 2] - shown[place]) * size[place] for place in (0, 1))
        right, low = (
            (box[place + 2] - shown[place]) / (shown[place + 2] - shown[place]) * size[place] for place in (0, 1)
        )
        inside = left >= 0 and top >= 0 and right <= size[0] and low <= size[1]
        if inside and (right - left) * (low - top) < size[0] * size[1] * _FILLS:
            x, y = max(0.0, left - _FRAME), max(0.0, top - _FRAME)
            frame = (x, y, min(size[0], right + _FRAME) - x, min(size[1], low + _FRAME) - y)
            found.append((round(frame[0], 1), round(frame[1], 1), round(frame[2], 1), round(frame[3], 1)))
    return found
