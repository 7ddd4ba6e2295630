"""Text that lies under something opaque: a black box drawn over a number hides it from the eye and from nobody else.

Told by two signs together: in the order of drawing something that can hide it comes later and lies over it, and where the text
stands not one pixel differs from the next. Text that is meant to be invisible (the words of a scan) is no such text.
"""

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw as pdfium_raw

from reading.intake import Box
from reading.pdf.text import Upright

_MOST_OBJECTS, _MOST_COVERS = 20_000, 200
_OVER = 0.8
"""Share of a text that a cover lies over."""
_EVEN = 10
"""Levels of grey (0 to 255) within which an area shows nothing."""
_INVISIBLE = {pdfium_raw.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_raw.FPDF_TEXTRENDERMODE_CLIP}
_COVERS = {
    pdfium_raw.FPDF_PAGEOBJ_PATH, pdfium_raw.FPDF_PAGEOBJ_IMAGE, pdfium_raw.FPDF_PAGEOBJ_FORM,
    pdfium_raw.FPDF_PAGEOBJ_SHADING,
}  # fmt: skip
_LEAST_LETTERS = 2

Lines = tuple[tuple[str, Box], ...]


class _Drawn(NamedTuple):
    """An object of the page: its place in the order of drawing and on the upright page."""

    order: int
    box: Box


def under_cover(page: pdfium.PdfPage, lines: Lines) -> tuple[Box, ...]:
    """Boxes of those ``lines`` of the text layer that something may hide; ``hidden`` tells which are really not to be seen."""
    texts, covers = _objects(page)
    if not texts or not covers:
        return ()
    hidden = [text.box for text in texts if any(c.order > text.order and _over(c.box, text.box) for c in covers)]
    words = (box for text, box in lines if sum(char.isalnum() for char in text) >= _LEAST_LETTERS)
    return tuple(box for box in words if any(_over(area, box) or _over(box, area) for area in hidden))


def hidden(image: Image.Image, boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """Those ``boxes`` of the drawn page in which nothing can be seen."""
    grey = image.convert("L") if boxes else image
    return tuple(box for box in boxes if _even(grey, box))


def _even(grey: Image.Image, box: Box) -> bool:
    width, height = grey.size
    inset = 0.15 * (box[3] - box[1])  # a loose box reaches over the edge of what covers it
    area = (
        round(box[0] * width), round((box[1] + inset) * height), round(box[2] * width), round((box[3] - inset) * height)
    )  # fmt: skip
    if area[2] - area[0] < 2 or area[3] - area[1] < 2:
        return False
    low, high = grey.crop(area).getextrema()
    return float(high) - float(low) <= _EVEN  # type: ignore[arg-type]  # one channel has two numbers


def _objects(page: pdfium.PdfPage) -> tuple[list[_Drawn], list[_Drawn]]:
    """The visible texts, and what is drawn after the first of them and may hide one, the largest first."""
    count = min(pdfium_raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    turn = Upright(page)
    texts, covers = list[_Drawn](), list[_Drawn]()
    for order in range(count):
        item = pdfium_raw.FPDFPage_GetObject(page.raw, order)
        kind = pdfium_raw.FPDFPageObj_GetType(item)
        if kind == pdfium_raw.FPDF_PAGEOBJ_TEXT:
            if pdfium_raw.FPDFTextObj_GetTextRenderMode(item) not in _INVISIBLE:
                texts += _placed(item, order, turn)
        elif kind in _COVERS and texts:
            covers += _placed(item, order, turn)
    covers.sort(key=lambda cover: -_area(cover.box))
    return texts, covers[:_MOST_COVERS]


def _placed(item: object, order: int, turn: Upright) -> Iterator[_Drawn]:
    edges = [ctypes.c_float() for _ in range(4)]
    if pdfium_raw.FPDFPageObj_GetBounds(item, *edges):
        left, bottom, right, top = (edge.value for edge in edges)
        yield _Drawn(order, turn.box(pdfium_raw.FS_RECTF(left=left, bottom=bottom, right=right, top=top)))


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _over(cover: Box, text: Box) -> bool:
    shared = _area((max(cover[0], text[0]), max(cover[1], text[1]), min(cover[2], text[2]), min(cover[3], text[3])))
    across, down = min(cover[2], text[2]) - max(cover[0], text[0]), min(cover[3], text[3]) - max(cover[1], text[1])
    return across > 0 and down > 0 and shared >= _OVER * _area(text) > 0
