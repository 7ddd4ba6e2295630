"""What the text of a page adds to its drawing: the page is drawn with all of its text, with some of it, and with none."""

import contextlib
import ctypes
import time
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageChops
from pypdfium2 import raw as pdfium_raw

LEAST_CONTRAST = 20
"""Levels of 255 by which a character differs from its ground where people can see it."""
_MOST_SECONDS = 0.7
_DRAWN_SIDE = 1_300
_MOST_OBJECTS, _MOST_DEPTH = 20_000, 12

Bounds = tuple[float, float, float, float]
Which = Callable[[int], bool]
"""Says of a text, by its address, whether it is meant."""


def address(item: Any) -> int:  # noqa: ANN401  # a handle
    """What tells one object of a page from another; 0 for none."""
    return ctypes.addressof(item.contents) if item else 0


def every(_address: int) -> bool:
    """All texts."""
    return True


def difference(page: pdfium.PdfPage) -> Image.Image | None:
    """What the text adds to the drawn page, in levels of grey; ``None`` for a page that takes too long to be drawn twice."""
    start = time.process_time()
    with drawn(page) as with_text:
        if time.process_time() - start > _MOST_SECONDS:
            return None
        with text_left_out(page), drawn(page) as without:
            return apart(with_text, without)


def apart(one: Image.Image, other: Image.Image) -> Image.Image:
    """How far two drawings differ, in levels of grey."""
    return ImageChops.difference(one, other).convert("L")


@contextlib.contextmanager
def drawn(page: pdfium.PdfPage) -> Iterator[Image.Image]:
    """The drawn page, in memory that is there meanwhile only."""
    scale = _DRAWN_SIDE / max(*page.get_size(), 1.0)
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    try:
        yield bitmap.to_pil()
    finally:
        bitmap.close()


@contextlib.contextmanager
def text_left_out(page: pdfium.PdfPage, which: Which = every) -> Iterator[None]:
    """Meanwhile the page is drawn without these texts."""
    items = [item for item in _texts(page) if which(address(item))]
    for item in items:
        pdfium_raw.FPDFPageObj_SetIsActive(item, 0)
    try:
        yield
    finally:
        for item in items:
            pdfium_raw.FPDFPageObj_SetIsActive(item, 1)


def texts(page: pdfium.PdfPage) -> Iterator[tuple[int, Bounds]]:
    """The address of every text, and where it stands in the form or the page that holds it."""
    edges = [ctypes.c_float() for _ in range(4)]
    for item in _texts(page):
        if pdfium_raw.FPDFPageObj_GetBounds(item, *edges):
            yield address(item), (edges[0].value, edges[1].value, edges[2].value, edges[3].value)


def _texts(page: pdfium.PdfPage) -> Iterator[Any]:
    """Every text object, inside forms too."""
    count = pdfium_raw.FPDFPage_CountObjects(page.raw)
    waiting = [(pdfium_raw.FPDFPage_GetObject(page.raw, place), 0) for place in range(min(count, _MOST_OBJECTS))]
    left = _MOST_OBJECTS
    while waiting and left:
        left -= 1
        item, depth = waiting.pop()
        kind = pdfium_raw.FPDFPageObj_GetType(item)
        if kind == pdfium_raw.FPDF_PAGEOBJ_TEXT:
            yield item
        elif kind == pdfium_raw.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
            inside = min(pdfium_raw.FPDFFormObj_CountObjects(item), left)
            waiting += [(pdfium_raw.FPDFFormObj_GetObject(item, place), depth + 1) for place in range(inside)]
