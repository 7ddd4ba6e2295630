"""Text of a page that nobody sees: under a box or a picture, white, tiny, invisible, cut away, beside the page, under other text.

The page is drawn with its text and without it. A character whose place looks the same both times is not to be seen, whatever
the reason; so nothing has to be known of the ways in which text can be hidden.
"""

import contextlib
import ctypes
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from PIL import Image, ImageChops
from pypdfium2 import raw as pdfium_raw

from reading.intake import Box
from reading.pdf.text import Glyph

LEAST_CONTRAST = 20
"""Levels of 255 by which a character differs from its ground where people can see it."""
_LEAST_HEIGHT = 2.2
"""Points on a page as high as A4; smaller type is no type for people."""
_A4_HEIGHT = 842.0
_LEAST_WIDTH = 0.3
_LEAST_SOLID = 10
"""Per cent; type more transparent than that is not seen."""
_INSET = 0.15
"""Share of a character's width at either side that may show its neighbours."""
_MOST_SECONDS = 0.7
_DRAWN_SIDE = 1_300
_FEW = 2
"""One character may be a sign without a shape; of two on, something is hidden."""
_MOST_OBJECTS, _MOST_DEPTH = 20_000, 12
_INVISIBLE = {pdfium_raw.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_raw.FPDF_TEXTRENDERMODE_CLIP}
_OVERLAP = 0.4
_BLOCKS = "\u2587\u2588\u2589\u2593\u25a0\u25ae\u2b1b"
"""Signs that are boxes, with which words are blacked out."""
_LEAST_PAIRS = 3
"""A logo may set one letter over another."""
_CELLS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What of the text cannot be seen: ``hidden`` by line, and the ``glyphs`` that can (none where that cannot be told).

    ``invisible``: all that is hidden was written to be invisible, as programs write what they read on a scan. ``slow``: nobody
    looked, so that none of the words may be trusted.
    """

    glyphs: list[Glyph]
    hidden: tuple[tuple[str, Box], ...] = ()
    invisible: bool = False
    slow: bool = False


class _Type(NamedTuple):
    """A text object: whether it is drawn at all."""

    key: int
    invisible: bool


def look(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, glyphs: list[Glyph]) -> Sight:
    """Which of ``glyphs`` the drawn ``page`` shows."""
    told = [glyph for glyph in glyphs if glyph.place >= 0]
    if not told:
        return Sight(glyphs=glyphs)
    types = _types(text_page, told)
    difference = _difference(page)
    if difference is None:
        return Sight(glyphs=[], slow=True)
    shown = _Shown(difference)
    letters = [glyph for glyph in told if glyph.char.isalnum() or glyph.char in _BLOCKS]
    squeezed = _squeezed(letters, types)
    unseen = {
        glyph.place for glyph in told if types[glyph.place].key in squeezed or _unseen(glyph, types[glyph.place], shown)
    }
    lost = [glyph for glyph in letters if glyph.place in unseen]
    if both := _two_texts(letters, types):
        either = {glyph.place for glyph in told if types[glyph.place].key in both}
        return Sight(glyphs=[], hidden=tuple(_lines(glyphs, either | unseen)))
    if len(lost) < _FEW:
        return Sight(glyphs=glyphs)
    invisible = all(types[glyph.place].invisible for glyph in lost)
    kept = [glyph for glyph in glyphs if glyph.place not in unseen]
    return Sight(glyphs=kept, hidden=tuple(_lines(glyphs, unseen)), invisible=invisible)


def _types(text_page: pdfium.PdfTextPage, glyphs: Iterable[Glyph]) -> dict[int, _Type]:
    known: dict[int, _Type] = {}
    found: dict[int, _Type] = {}
    for glyph in glyphs:
        item = pdfium_raw.FPDFText_GetTextObject(text_page.raw, glyph.place)
        key = address(item)
        if key not in known:
            mode = pdfium_raw.FPDFTextObj_GetTextRenderMode(item) if key else -1
            known[key] = _Type(key, mode in _INVISIBLE or _transparent(text_page, glyph.place))
        found[glyph.place] = known[key]
    return found


def address(item: Any) -> int:  # noqa: ANN401  # a handle
    """What tells one object of a page from another; 0 for none."""
    return ctypes.addressof(item.contents) if item else 0


def _transparent(text_page: pdfium.PdfTextPage, index: int) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium_raw.FPDFText_GetFillColor(text_page.raw, index, *parts):
        return False
    return parts[3].value * 100 < _LEAST_SOLID * 255


def _difference(page: pdfium.PdfPage) -> Image.Image | None:
    """What the text adds to the drawn page, in levels of grey; ``None`` for a page that takes too long to be drawn twice."""
    start = time.process_time()
    scale = _DRAWN_SIDE / max(*page.get_size(), 1.0)
    with _drawn(page, scale) as with_text:
        if time.process_time() - start > _MOST_SECONDS:
            return None
        with text_left_out(page), _drawn(page, scale) as without:
            return ImageChops.difference(with_text, without).convert("L")


@contextlib.contextmanager
def _drawn(page: pdfium.PdfPage, scale: float) -> Iterator[Image.Image]:
    """The drawn page, in memory that is there meanwhile only."""
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    try:
        yield bitmap.to_pil()
    finally:
        bitmap.close()


@contextlib.contextmanager
def text_left_out(page: pdfium.PdfPage) -> Iterator[None]:
    """Meanwhile the page is drawn without its text."""
    items = list(_texts(page))
    for item in items:
        pdfium_raw.FPDFPageObj_SetIsActive(item, 0)
    try:
        yield
    finally:
        for item in items:
            pdfium_raw.FPDFPageObj_SetIsActive(item, 1)


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


class _Shown:
    """What the text of a page adds to its drawing."""

    def __init__(self, difference: Image.Image) -> None:
        self._image, self._levels = difference, difference.tobytes()
        self.width, self.height = difference.size

    def shows(self, left: int, top: int, right: int, bottom: int) -> bool:
        """Whether anything stands in this area: nearly every letter is met by a line through its middle, which is cheap to ask."""
        row = (top + bottom) // 2 * self.width
        if max(self._levels[row + left : row + right], default=0) >= LEAST_CONTRAST:
            return True
        most = self._image.crop((left, top, right, bottom)).getextrema()[1]
        return float(most) >= LEAST_CONTRAST  # type: ignore[arg-type]  # one channel has two numbers


def _unseen(glyph: Glyph, kind: _Type, shown: _Shown) -> bool:
    if kind.invisible:
        return True
    width, height = shown.width, shown.height
    if (glyph.y1 - glyph.y0) * _A4_HEIGHT < _LEAST_HEIGHT and (glyph.x1 - glyph.x0) * _A4_HEIGHT < _LEAST_HEIGHT:
        return glyph.x1 > glyph.x0 or _at_the_edge(glyph)
    if glyph.x1 <= glyph.x0 or glyph.y1 <= glyph.y0:
        return _at_the_edge(glyph)
    inset = _INSET * (glyph.x1 - glyph.x0)
    left, right = int((glyph.x0 + inset) * width), int((glyph.x1 - inset) * width) + 1
    return not shown.shows(left, int(glyph.y0 * height), max(right, left + 1), int(glyph.y1 * height) + 1)


def _at_the_edge(glyph: Glyph) -> bool:
    """Beside the page: its box was cut down to nothing."""
    return glyph.x1 <= 0 or glyph.x0 >= 1 or glyph.y1 <= 0 or glyph.y0 >= 1


def _squeezed(letters: Iterable[Glyph], types: dict[int, _Type]) -> set[int]:
    """Texts whose characters all have no width; of a ligature only the later ones have none."""
    widest: dict[int, float] = {}
    for glyph in letters:
        key = types[glyph.place].key
        widest[key] = max(widest.get(key, 0.0), (glyph.x1 - glyph.x0) * _A4_HEIGHT)
    return {key for key, width in widest.items() if width < _LEAST_WIDTH}


def _two_texts(letters: Sequence[Glyph], types: dict[int, _Type]) -> set[int]:
    """Texts of which characters stand where another text has others, so that one of both cannot be read."""
    found: set[int] = set()
    pairs = 0
    places: dict[tuple[int, int], list[tuple[int, Glyph]]] = {}
    for glyph in letters:
        key, invisible = types[glyph.place]
        if invisible or glyph.x1 <= glyph.x0 or glyph.y1 <= glyph.y0:
            continue
        across, down = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        cell = (int(across * _CELLS), int(down * _CELLS))
        here = places.setdefault(cell, [])
        for their_key, other in here:
            if their_key != key and other.char != glyph.char and _same_place(other, glyph):
                found |= {their_key, key}
                pairs += 1
        here.append((key, glyph))
    return found if pairs >= _LEAST_PAIRS else set()


def _same_place(one: Glyph, other: Glyph) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    if across <= 0 or down <= 0:
        return False
    wide, high = min(one.x1 - one.x0, other.x1 - other.x0), min(one.y1 - one.y0, other.y1 - other.y0)
    return across > _OVERLAP * wide and down > 0.7 * high


def _lines(glyphs: Sequence[Glyph], unseen: set[int]) -> Iterator[tuple[str, Box]]:
    """The hidden characters, those that follow one another as one text with its box."""
    state = False

    def kind(glyph: Glyph) -> tuple[bool, bool]:
        nonlocal state
        if glyph.place >= 0:
            state = glyph.place in unseen
        return state, glyph.char == "\n"

    for (hidden, end), group in groupby(glyphs, kind):
        run = list(group)
        text = " ".join("".join(glyph.char for glyph in run).split())
        solid = [glyph for glyph in run if glyph.place >= 0]
        if hidden and not end and sum(char.isalnum() for char in text) >= _FEW and solid:
            box = (
                min(glyph.x0 for glyph in solid), min(glyph.y0 for glyph in solid),
                max(glyph.x1 for glyph in solid), max(glyph.y1 for glyph in solid),
            )  # fmt: skip
            yield text, box
