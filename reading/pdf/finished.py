"""What stands on a finished page: its frame, our own words, and the characters of the evidence that nobody sees."""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw as pdfium_raw

from casefile.fields.files import Box
from reading.pdf import drawn_text, rendering

SIDE = 1_000
"""Pixels of the longer side at which a finished page is drawn."""
_FEW = 2
_INSET = 0.15
_SAME = 0.01


def said(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> str:
    """Our own texts, as far as PDFium tells them."""
    parts = []
    for item in own_texts(page):
        length = pdfium_raw.FPDFTextObj_GetText(item, text_page.raw, None, 0)
        room = (ctypes.c_ushort * (length // 2 + 1))()
        pdfium_raw.FPDFTextObj_GetText(item, text_page.raw, room, length)
        parts.append(bytes(room)[: max(0, length - 2)].decode("utf-16-le", "replace"))
    return " ".join(parts)


class Theirs(NamedTuple):
    """What can be copied that is not ours: numbers and boxes of the letters where evidence stands, and all of it as a text."""

    numbers: list[int]
    boxes: npt.NDArray[np.float64]
    text: str


def unseen(
    page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, place: Box, theirs: Theirs, drawn: Image.Image
) -> Iterator[Box]:
    """Where characters of the evidence stand that nobody sees, as shares of what is shown."""
    numbers, boxes, scale = theirs.numbers, theirs.boxes, SIDE / max(page.get_size())
    if not len(boxes):
        return
    with drawn_text.text_left_out(page):
        without = rendering.shown(page, scale, grey=True)
    marks = np.abs(np.asarray(drawn, dtype=np.int16) - np.asarray(without, dtype=np.int16)) >= drawn_text.LEAST_CONTRAST
    seen = _anything(marks, boxes, page.get_height(), scale)
    hidden = [boxes[at] for at in np.flatnonzero(~seen) if not _misplaced(text_page, numbers[at], boxes[at])]
    x0, y0, x1, y1 = place
    for left, low, right, high in hidden if len(hidden) >= _FEW else ():
        across, down = x1 - x0, y1 - y0
        yield (
            float((left - x0) / across),
            float((y1 - high) / down),
            float((right - x0) / across),
            float((y1 - low) / down),
        )


def _misplaced(text_page: pdfium.PdfTextPage, number: int, box: npt.NDArray[np.float64]) -> bool:
    """Whether PDFium only says where the character would stand outside its form; then both of its boxes are the same.

    So it does with one that it gives as another, such as a radical as its sign.
    """
    left, right, low, high = (ctypes.c_double() for _ in range(4))
    pdfium_raw.FPDFText_GetCharBox(text_page.raw, number, left, right, low, high)
    return bool(np.abs(box - np.array([left.value, low.value, right.value, high.value])).max() < _SAME)


def _top(page: pdfium.PdfPage, kind: int) -> Iterator[Any]:
    """What stands on the page itself, which is ours; evidence stands inside a form or is a picture."""
    for place in range(pdfium_raw.FPDFPage_CountObjects(page.raw)):
        item = pdfium_raw.FPDFPage_GetObject(page.raw, place)
        if pdfium_raw.FPDFPageObj_GetType(item) == kind:
            yield item


def own_texts(page: pdfium.PdfPage) -> list[Any]:
    """Our own texts: the footer, and words under pictures, which were read on what can be seen."""
    return list(_top(page, pdfium_raw.FPDF_PAGEOBJ_TEXT))


def framed(page: pdfium.PdfPage, area: Box) -> Box | None:
    """The largest hairline frame where evidence may stand."""
    edges = [ctypes.c_float() for _ in range(4)]
    found: list[Box] = []
    for item in _top(page, pdfium_raw.FPDF_PAGEOBJ_PATH):
        if pdfium_raw.FPDFPageObj_GetBounds(item, *edges):
            left, low, right, high = (edge.value for edge in edges)
            if left > area[0] - 1 and low > area[1] - 1 and right < area[2] + 1 and high < area[3] + 1:
                found.append((left, low, right, high))
    return max(found, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]), default=None)


def characters(text_page: pdfium.PdfTextPage, place: Box, own: frozenset[int]) -> Theirs:
    """The characters that are not ours (``own``: where our texts are kept)."""
    raw, rectangle = text_page.raw, pdfium_raw.FS_RECTF()
    unicode, boxed, object_of = (
        pdfium_raw.FPDFText_GetUnicode, pdfium_raw.FPDFText_GetLooseCharBox, pdfium_raw.FPDFText_GetTextObject,
    )  # fmt: skip
    numbers, found, text = list[int](), list[Box](), list[str]()
    for index in range(text_page.count_chars()):
        code = unicode(raw, index)
        if code <= 32 or code > 0x10FFFF or drawn_text.address(object_of(raw, index)) in own:
            continue
        text.append(chr(code))
        if not chr(code).isalnum() or not boxed(raw, index, rectangle):
            continue
        left, low, right, high = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        if place[0] <= (left + right) / 2 <= place[2] and place[1] <= (low + high) / 2 <= place[3]:
            numbers.append(index)
            found.append((left, low, right, high))
    return Theirs(numbers, np.array(found, dtype=np.float64).reshape(len(found), 4), "".join(text))


def _anything(
    marks: npt.NDArray[np.bool_], places: npt.NDArray[np.float64], height: float, scale: float
) -> npt.NDArray[np.bool_]:
    """For each place whether there is a mark in it, by a table of sums."""
    rows, columns = marks.shape
    sums = np.zeros((rows + 1, columns + 1), dtype=np.int32)
    np.cumsum(np.cumsum(marks, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
    inset = _INSET * (places[:, 2] - places[:, 0])
    left = np.clip(np.floor((places[:, 0] + inset) * scale).astype(int), 0, columns)
    right = np.clip(np.floor((places[:, 2] - inset) * scale).astype(int) + 1, 0, columns)
    top = np.clip(np.floor((height - places[:, 3]) * scale).astype(int), 0, rows)
    bottom = np.clip(np.floor((height - places[:, 1]) * scale).astype(int) + 1, 0, rows)
    return np.asarray(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left] > 0)
