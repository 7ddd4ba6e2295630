"""The text layer of a PDF page as lines with boxes of the upright page.

pdfium gives characters in reading order with generated spaces and line ends; a line is cut again where a gap is far wider
than its type, so that two columns do not become one line.
"""

import ctypes
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw as pdfium_raw

from reading.intake import Box

_GAP = 2.5
"""A gap wider than this many type heights separates columns."""
_MAX_CHARACTERS = 200_000
_MOSTLY = 0.9
_BARE, _FEW, _SOME = 12, 24, 300
"""Letters that make a text layer: on a page of nothing else, on a page of text, and on a page that is mostly a picture."""
_PICTURED, _SCANNED = 0.12, 0.85
"""Shares of the page: from the first on its pictures are worth reading, from the second on the page is a scan."""
_LINES = 40
"""Drawn lines on a page from which some may be the bars of a code."""
_VIRTUAL = 1_000_000
_MEANINGLESS = re.compile("[\ue000-\uf8ff\ufffd]")
"""Private use, and the sign for what could not be read."""


class Glyph(NamedTuple):
    """A character, its box and its place in the text of the page; a tuple, because a page has thousands."""

    char: str
    x0: float
    y0: float
    x1: float
    y1: float
    place: int = -1


_BLANK_CODE, _LINE_ENDS, _HYPHENS = 0x20, frozenset({0x0A, 0x0D}), frozenset({0x02, 0xFFFE})
_edges = struct.Struct("4f").unpack_from
"""Left, top, right and bottom of PDFium's rectangle, read at once."""
_SPACE, _LINE_END = Glyph(" ", 0, 0, 0, 0), Glyph("\n", 0, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLayer:
    """The lines of a page.

    ``useful``: they can stand for what the page shows. ``pictured``: pictures on the page may show words besides. ``alone``:
    there is nothing else on the page, no picture and no drawing that could be a bar code.
    """

    lines: tuple[tuple[str, Box], ...]
    useful: bool
    pictured: bool = False
    alone: bool = False


def glyphs_of(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> list[Glyph]:
    """The characters of ``page`` in reading order, with spaces and line ends."""
    return list(_glyphs(page, text_page, min(text_page.count_chars(), _MAX_CHARACTERS)))


def text_layer(page: pdfium.PdfPage, glyphs: list[Glyph]) -> TextLayer:
    """The text layer of ``page``; not useful where it is empty, garbled, or a few words on a page that is a picture."""
    lines = tuple(line for row in _rows(glyphs) for line in _columns(row))
    letters = "".join(glyph.char for glyph in glyphs if not glyph.char.isspace())
    readable = len(_readable(letters))
    pictures, drawings = _besides(page) if letters else (0.0, 0)
    few = _SOME if pictures > 0.5 else _FEW if pictures or drawings else _BARE
    useful = len(letters) >= few and readable >= _MOSTLY * len(letters)
    return TextLayer(
        lines=lines,
        useful=useful,
        pictured=_PICTURED < pictures <= _SCANNED,
        alone=useful and not pictures and drawings < _LINES,
    )


def _readable(text: str) -> str:
    """``text`` without what has no meaning for a reader; spaces stay."""
    if text.isprintable() and not _MEANINGLESS.search(text):
        return text
    return "".join(char for char in text if (char.isprintable() or char.isspace()) and not _MEANINGLESS.match(char))


def _glyphs(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, count: int) -> Iterator[Glyph]:
    box, raw = Upright(page).box, text_page.raw
    unicode, boxed = pdfium_raw.FPDFText_GetUnicode, pdfium_raw.FPDFText_GetLooseCharBox
    rectangle = pdfium_raw.FS_RECTF()
    for index in range(count):
        code = unicode(raw, index)
        if code == _BLANK_CODE:
            yield _SPACE
        elif code in _LINE_ENDS:
            yield _LINE_END
        elif code in _HYPHENS:
            yield Glyph("-", *box(_edges(rectangle)), index) if boxed(raw, index, rectangle) else Glyph("-", 0, 0, 0, 0)
        elif boxed(raw, index, rectangle):
            char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
            yield Glyph(char, *box(_edges(rectangle)), index)


class Upright:
    """Maps page space (any rotation, any crop box) to shares of the upright page, by three points that pdfium maps."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        x0, y0 = self._mapped(page, 0, 0)
        unit = 100.0
        x_right, y_right = self._mapped(page, unit, 0)
        x_up, y_up = self._mapped(page, 0, unit)
        self._turn = (x0, y0, (x_right - x0) / unit, (y_right - y0) / unit, (x_up - x0) / unit, (y_up - y0) / unit)

    @staticmethod
    def _mapped(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium_raw.FPDF_PageToDevice(page, 0, 0, _VIRTUAL, _VIRTUAL, 0, x, y, across, down)
        return across.value / _VIRTUAL, down.value / _VIRTUAL

    def box(self, edges: tuple[float, ...]) -> Box:
        """Where a rectangle of page space (left, top, right, bottom) stands on the upright page, kept within it."""
        left, top, right, bottom = edges
        x0, y0, a, b, c, d = self._turn
        xa, xb = x0 + left * a + bottom * c, x0 + right * a + top * c
        ya, yb = y0 + left * b + bottom * d, y0 + right * b + top * d
        if xa > xb:
            xa, xb = xb, xa
        if ya > yb:
            ya, yb = yb, ya
        if xa >= 0 and ya >= 0 and xb <= 1 and yb <= 1:
            return (xa, ya, xb, yb)
        return (_share(xa), _share(ya), _share(xb), _share(yb))


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))


def _rows(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char == "\n":
            if row:
                yield row
            row = []
        else:
            row.append(glyph)
    if row:
        yield row


def _columns(row: list[Glyph]) -> Iterator[tuple[str, Box]]:
    part: list[Glyph] = []
    last: Glyph | None = None
    for glyph in row:
        if not glyph.char.isspace():
            if last is not None and _apart(last, glyph):
                yield from _line(part)
                part = []
            last = glyph
        part.append(glyph)
    yield from _line(part)


def _apart(left: Glyph, right: Glyph) -> bool:
    width = max(left.x1 - left.x0, right.x1 - right.x0, 1e-6)
    height = max(left.y1 - left.y0, right.y1 - right.y0, 1e-6)
    if right.x1 < left.x0 and abs(right.y0 + right.y1 - left.y0 - left.y1) > height:
        return True  # the next row, which PDFium goes on with behind a hyphen
    # Shares of width and height differ in scale; a character is about half as wide as it is high.
    return right.x0 - left.x1 > _GAP * 2 * width or right.y0 - left.y1 > height or left.y0 - right.y1 > height


def _line(part: list[Glyph]) -> Iterator[tuple[str, Box]]:
    solid = [glyph for glyph in part if not glyph.char.isspace() and glyph.x1 > glyph.x0]
    text = " ".join(_readable("".join([glyph.char for glyph in part])).split())
    if solid and text:
        _, x0, y0, x1, y1, _ = zip(*solid, strict=True)
        yield text, (min(x0), min(y0), max(x1), max(y1))


def _besides(page: pdfium.PdfPage) -> tuple[float, int]:
    """The share of the page that pictures take, and how many lines and areas are drawn on it."""
    width, height = page.get_size()
    share, drawings = 0.0, 0
    wanted = (pdfium_raw.FPDF_PAGEOBJ_IMAGE, pdfium_raw.FPDF_PAGEOBJ_PATH, pdfium_raw.FPDF_PAGEOBJ_SHADING)
    for picture in page.get_objects(filter=wanted, max_depth=4):
        if picture.type != pdfium_raw.FPDF_PAGEOBJ_IMAGE:
            drawings += 1
            continue
        try:
            left, bottom, right, top = picture.get_bounds()
        except pdfium.PdfiumError:
            continue
        share += (right - left) * (top - bottom) / max(width * height, 1e-6)
    return min(1.0, share), drawings


def picture_boxes(page: pdfium.PdfPage) -> tuple[Box, ...]:
    """Where pictures stand on the page."""
    turn, found = Upright(page), list[Box]()
    for picture in page.get_objects(filter=(pdfium_raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        try:
            left, bottom, right, top = picture.get_bounds()
        except pdfium.PdfiumError:
            continue
        found.append(turn.box((left, top, right, bottom)))
    return tuple(found)
