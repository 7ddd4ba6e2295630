"""Text of a page that nobody sees: under a box or a picture, white, tiny, invisible, cut away, beside the page, under other text.

The page is drawn with its text and without it. A character whose place looks the same both times is not to be seen, whatever
the reason; so nothing has to be known of the ways in which text can be hidden.
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw as pdfium_raw

from reading.intake import Box
from reading.pdf.drawn_text import LEAST_CONTRAST, address, difference
from reading.pdf.overprint import overprint
from reading.pdf.text import Glyph

_LEAST_HEIGHT = 2.2
"""Points on a page as high as A4; smaller type is no type for people."""
_A4_HEIGHT = 842.0
_LEAST_SHARE = _LEAST_HEIGHT / _A4_HEIGHT
_LEAST_WIDTH = 0.3
_SEEN = [int(level >= LEAST_CONTRAST) for level in range(256)]
_LEAST_SOLID = 10
"""Per cent; type more transparent than that is not seen."""
_INSET = 0.15
"""Share of a character's width at either side that may show its neighbours."""
_FEW = 2
"""One character may be a sign without a shape; of two on, something is hidden."""
_SCATTERED = 6
_MOST_CUT = 12
"""Letters and digits that a narrow cell may cut off behind the beginning of a word."""
_INVISIBLE = {pdfium_raw.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_raw.FPDF_TEXTRENDERMODE_CLIP}
_BLOCKS = "\u2587\u2588\u2589\u2593\u25a0\u25ae\u2b1b"
"""Signs that are boxes, with which words are blacked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What of the text cannot be seen: ``hidden`` by line, and the ``glyphs`` that can (none where nobody looked).

    ``aside``: something besides is not to be seen, without anybody hiding it: beside the page, or the end of a word that its cell
    cuts off. ``invisible``: all that is hidden was written to be invisible, as programs write what they read on a scan.
    ``jumbled``: words were left out of the ``glyphs`` because others are printed over them. ``slow``: nobody looked, so that none
    of the words may be trusted.
    """

    glyphs: list[Glyph]
    hidden: tuple[tuple[str, Box], ...] = ()
    aside: bool = False
    invisible: bool = False
    jumbled: bool = False
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
    added = difference(page)
    if added is None:
        return Sight(glyphs=[], slow=True)
    shown = _Shown(added)
    letters = [glyph for glyph in told if glyph.char.isalnum() or glyph.char in _BLOCKS]
    squeezed = _squeezed(letters, types)
    never = {place for place, kind in types.items() if kind.invisible or kind.key in squeezed}
    unseen = never | {glyph.place for glyph in told if not shown.shows(glyph) and glyph.place not in never}
    keys = {glyph.place: types[glyph.place].key for glyph in told}
    over = overprint(page, [glyph for glyph in letters if glyph.place not in unseen], keys)
    unseen |= over.unseen
    seen = list(_legible(glyphs, over.jumbled)) if over.jumbled else glyphs
    lost = [glyph for glyph in letters if glyph.place in unseen]
    if len(lost) < _FEW:
        return Sight(glyphs=seen, jumbled=bool(over.jumbled))
    lines = list(_lines(glyphs, unseen))
    hidden = _hidden(lines)
    return Sight(
        glyphs=[glyph for glyph in seen if glyph.place not in unseen],
        hidden=hidden,
        aside=len(hidden) < len(lines),
        invisible=all(types[glyph.place].invisible for glyph in lost),
        jumbled=bool(over.jumbled),
    )


def _legible(glyphs: Iterable[Glyph], jumbled: frozenset[int]) -> Iterator[Glyph]:
    """The characters without the words of which some cannot be read."""
    for space, group in groupby(glyphs, lambda glyph: glyph.char.isspace()):
        word = list(group)
        if space or not any(glyph.place in jumbled for glyph in word):
            yield from word


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


def _transparent(text_page: pdfium.PdfTextPage, index: int) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium_raw.FPDFText_GetFillColor(text_page.raw, index, *parts):
        return False
    return parts[3].value * 100 < _LEAST_SOLID * 255


class _Shown:
    """What the text of a page adds to its drawing."""

    def __init__(self, difference: Image.Image) -> None:
        self._image, self._marks = difference, difference.point(_SEEN).tobytes()
        self.width, self.height = difference.size

    def shows(self, glyph: Glyph) -> bool:
        """Whether anything of a character stands where it is, large enough to be read."""
        _, x0, y0, x1, y1, _ = glyph
        wide, high = x1 - x0, y1 - y0
        if high < _LEAST_SHARE and wide < _LEAST_SHARE:
            return wide <= 0 and not _at_the_edge(glyph)
        if wide <= 0 or high <= 0:
            return not _at_the_edge(glyph)
        width, height = self.width, self.height
        left, right = int((x0 + _INSET * wide) * width), int((x1 - _INSET * wide) * width) + 1
        top, bottom = int(y0 * height), int(y1 * height) + 1
        if right <= left:
            right = left + 1
        # Nearly every letter is met by a line through its middle, which is cheap to ask.
        row = (top + bottom) // 2 * width
        if self._marks.find(1, row + left, row + right) >= 0:
            return True
        most = self._image.crop((left, top, right, bottom)).getextrema()[1]
        return float(most) >= LEAST_CONTRAST  # type: ignore[arg-type]  # one channel has two numbers


def _at_the_edge(glyph: Glyph) -> bool:
    """Beside the page: its box was cut down to nothing."""
    return glyph.x1 <= 0 or glyph.x0 >= 1 or glyph.y1 <= 0 or glyph.y0 >= 1


def _runs_off(glyph: Glyph) -> bool:
    """Beside the page, or over its edge."""
    return glyph.x0 <= 0 or glyph.x1 >= 1 or glyph.y0 <= 0 or glyph.y1 >= 1


def _squeezed(letters: Iterable[Glyph], types: dict[int, _Type]) -> set[int]:
    """Texts whose characters all have no width; of a ligature only the later ones have none."""
    widest: dict[int, float] = {}
    for glyph in letters:
        key = types[glyph.place].key
        widest[key] = max(widest.get(key, 0.0), (glyph.x1 - glyph.x0) * _A4_HEIGHT)
    return {key for key, width in widest.items() if width < _LEAST_WIDTH}


class _Line(NamedTuple):
    """Characters that are not to be seen, and whether they stand aside rather than being hidden."""

    text: str
    box: Box
    aside: bool


def _lines(glyphs: Sequence[Glyph], unseen: set[int]) -> Iterator[_Line]:
    """The unseen characters, those that follow one another as one text with its box."""
    state, before = (False, False), " "

    def kind(glyph: Glyph) -> tuple[tuple[bool, bool], bool]:
        nonlocal state
        if glyph.place >= 0:
            state = (glyph.place in unseen, glyph.place in unseen and _runs_off(glyph))
        return state, glyph.char == "\n"

    for ((gone, beside), end), group in groupby(glyphs, kind):
        run = list(group)
        text = " ".join("".join(glyph.char for glyph in run).split())
        solid = [glyph for glyph in run if glyph.place >= 0]
        letters = sum(char.isalnum() for char in text)
        if gone and not end and letters and solid:
            cut_off = _FEW <= letters <= _MOST_CUT and before.isalnum() and not run[0].char.isspace()
            yield _Line(text, _around(solid), beside or cut_off)
        before = run[-1].char


def _around(boxed: Sequence[Glyph]) -> Box:
    return (
        min(glyph.x0 for glyph in boxed), min(glyph.y0 for glyph in boxed),
        max(glyph.x1 for glyph in boxed), max(glyph.y1 for glyph in boxed),
    )  # fmt: skip


def _hidden(lines: Sequence[_Line]) -> tuple[tuple[str, Box], ...]:
    """The lines that are told: those that do not stand aside, and many single letters as one."""
    found = [(line.text, line.box) for line in lines if not line.aside and len(line.text) >= _FEW]
    single = [line for line in lines if not line.aside and len(line.text) < _FEW]
    if len(single) >= _SCATTERED:
        boxes = [Glyph("", *line.box) for line in single]
        found.append(("".join(line.text for line in single), _around(boxes)))
    return tuple(found)
