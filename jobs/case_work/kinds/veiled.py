"""A reading as it will be once places of it are burnt out, while the case is still typed.

The pack burns the places and reads the page again. Until then a line that a place touches counts as gone: what is promised of
a page is never more than what will stand on it.
"""

import functools
from dataclasses import replace

from casefile.fields.files import Box, Redaction
from casefile.reading import Reading, ReadPage

_TOUCHED = 0.25
"""A line is touched when a place covers this much of its height: a box drawn by hand grazes its neighbours."""


@functools.lru_cache(maxsize=200)
def veiled(reading: Reading, redactions: tuple[Redaction, ...]) -> Reading:
    """The reading without what the places hide; the same one where there are none."""
    if not redactions:
        return reading
    return replace(reading, pages=tuple(_page(page, redactions) for page in reading.pages))


def _page(page: ReadPage, redactions: tuple[Redaction, ...]) -> ReadPage:
    boxes = [one.box for one in redactions if one.page == page.number]
    if not boxes:
        return page
    return replace(
        page,
        lines=tuple(line for line in page.lines if not any(touches(box, line.box) for box in boxes)),
        barcodes=tuple(code for code in page.barcodes if not any(touches(box, code.box) for box in boxes)),
    )


def touches(box: Box, line: Box) -> bool:
    """Whether a place hides part of a line."""
    across = min(box[2], line[2]) - max(box[0], line[0])
    down = min(box[3], line[3]) - max(box[1], line[1])
    return across > 0 and down > _TOUCHED * (line[3] - line[1])
