"""The text layer of a PDF page as lines with boxes of the upright page.

pdfium gives characters in reading order with generated spaces and line ends; a line is cut again where a gap is far wider
than its type, so that two columns do not become one line.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw as pdfium_raw

from reading.intake import Box

_GAP = 2.5
"""A gap wider than this many type heights separates columns."""
_MAX_CHARACTERS = 200_000
_MOSTLY = 0.9
_FEW, _SOME = 24, 300
"""Letters that make a text layer: on a page of text, and on a page that is mostly a picture."""
_PICTURED, _SCANNED = 0.12, 0.85
"""Shares of the page: from the first on its pictures are worth reading, from the second on the page is a scan."""
_VIRTUAL = 1_000_000


@dataclass(frozen=True, slots=True)
class _Glyph:
    char: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLayer:
    """The lines of a page.

    ``useful``: they can stand for what the page shows. ``pictured``: pictures on the page may show words besides.
    """

    lines: tuple[tuple[str, Box], ...]
    useful: bool
    pictured: bool = False


def text_layer(page: pdfium.PdfPage) -> TextLayer:
    """The text layer of ``page``; not useful where it is empty, garbled, or a few words on a page that is a picture."""
    text_page = page.get_textpage()
    try:
        count = min(text_page.count_chars(), _MAX_CHARACTERS)
        glyphs = list(_glyphs(page, text_page, count))
    finally:
        text_page.close()
    lines = tuple(line for row in _rows(glyphs) for line in _columns(row))
    letters = [glyph.char for glyph in glyphs if not glyph.char.isspace()]
    readable = sum(_is_readable(char) for char in letters)
    pictures = _picture_share(page) if letters else 0.0
    few = _SOME if pictures > 0.5 else _FEW
    useful = len(letters) >= few and readable >= _MOSTLY * len(letters)
    return TextLayer(lines=lines, useful=useful, pictured=_PICTURED < pictures <= _SCANNED)


def _is_readable(char: str) -> bool:
    return char.isprintable() and not "\ue000" <= char <= "\uf8ff" and char != "\ufffd"


def _glyphs(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, count: int) -> Iterator[_Glyph]:
    turn = _Upright(page)
    rectangle = pdfium_raw.FS_RECTF()
    for index in range(count):
        code = pdfium_raw.FPDFText_GetUnicode(text_page, index)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if char in "\r\n":
            yield _Glyph("\n", 0, 0, 0, 0)
        elif char == "\x02" or code == 0xFFFE:
            yield _Glyph("-", *turn.box(rectangle)) if _boxed(text_page, index, rectangle) else _Glyph("-", 0, 0, 0, 0)
        elif _boxed(text_page, index, rectangle):
            yield _Glyph(char, *turn.box(rectangle))


def _boxed(text_page: pdfium.PdfTextPage, index: int, rectangle: ctypes.Structure) -> bool:
    return bool(pdfium_raw.FPDFText_GetLooseCharBox(text_page, index, rectangle))


class _Upright:
    """Maps page space (any rotation, any crop box) to shares of the upright page, by three points that pdfium maps."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._x0, self._y0 = self._mapped(page, 0, 0)
        unit = 100.0
        x_right, y_right = self._mapped(page, unit, 0)
        x_up, y_up = self._mapped(page, 0, unit)
        self._right = ((x_right - self._x0) / unit, (y_right - self._y0) / unit)
        self._up = ((x_up - self._x0) / unit, (y_up - self._y0) / unit)

    @staticmethod
    def _mapped(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium_raw.FPDF_PageToDevice(page, 0, 0, _VIRTUAL, _VIRTUAL, 0, x, y, across, down)
        return across.value / _VIRTUAL, down.value / _VIRTUAL

    def box(self, rectangle: ctypes.Structure) -> Box:
        """Where a rectangle of page space stands on the upright page, kept within it."""
        points = [
            (
                self._x0 + x * self._right[0] + y * self._up[0],
                self._y0 + x * self._right[1] + y * self._up[1],
            )
            for x, y in ((rectangle.left, rectangle.bottom), (rectangle.right, rectangle.top))
        ]
        (xa, ya), (xb, yb) = points
        return (_share(min(xa, xb)), _share(min(ya, yb)), _share(max(xa, xb)), _share(max(ya, yb)))


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))


def _rows(glyphs: list[_Glyph]) -> Iterator[list[_Glyph]]:
    row: list[_Glyph] = []
    for glyph in glyphs:
        if glyph.char == "\n":
            if row:
                yield row
            row = []
        else:
            row.append(glyph)
    if row:
        yield row


def _columns(row: list[_Glyph]) -> Iterator[tuple[str, Box]]:
    part: list[_Glyph] = []
    for glyph in row:
        solid = [seen for seen in part if not seen.char.isspace()]
        if solid and not glyph.char.isspace() and _apart(solid[-1], glyph):
            yield from _line(part)
            part = []
        part.append(glyph)
    yield from _line(part)


def _apart(left: _Glyph, right: _Glyph) -> bool:
    width = max(left.x1 - left.x0, right.x1 - right.x0, 1e-6)
    height = max(left.y1 - left.y0, right.y1 - right.y0, 1e-6)
    # Shares of width and height differ in scale; a character is about half as wide as it is high.
    return right.x0 - left.x1 > _GAP * 2 * width or right.y0 - left.y1 > height or left.y0 - right.y1 > height


def _line(part: list[_Glyph]) -> Iterator[tuple[str, Box]]:
    solid = [glyph for glyph in part if not glyph.char.isspace() and glyph.x1 > glyph.x0]
    text = " ".join("".join(glyph.char for glyph in part if _is_readable(glyph.char) or glyph.char.isspace()).split())
    if solid and text:
        yield (
            text,
            (
                min(glyph.x0 for glyph in solid),
                min(glyph.y0 for glyph in solid),
                max(glyph.x1 for glyph in solid),
                max(glyph.y1 for glyph in solid),
            ),
        )


def _picture_share(page: pdfium.PdfPage) -> float:
    width, height = page.get_size()
    share = 0.0
    for picture in page.get_objects(filter=(pdfium_raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        try:
            left, bottom, right, top = picture.get_bounds()
        except pdfium.PdfiumError:
            continue
        share += (right - left) * (top - bottom) / max(width * height, 1e-6)
    return min(1.0, share)
