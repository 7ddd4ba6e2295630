"""Writing on pages we draw ourselves, with the fonts of the project, each script from its own font.

The fonts are read by the warm-up, before the child is locked down: afterwards there is no file system. They are large, and most
files need none of them.
"""

import functools
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from reading.intake import Box
from reading.pictures import sheets

_FONTS = Path(__file__).resolve().parent.parent.parent / "fonts"
_SCRIPTS = (
    ("Thai", ((0x0E00, 0x0E7F),)),
    ("KR", ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3))),
    ("JP", ((0x3040, 0x30FF), (0x31F0, 0x31FF))),
    ("SC", ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))),
)
_PLAIN = ""
_INK = "#141414"
SMALL, USUAL, LARGE = 15, 20, 30
MARGIN = 96
LEADING = 1.5


@dataclass(frozen=True, slots=True)
class LetteredRow:
    """One row of text at a size; an empty text is a blank row."""

    text: str
    size: int = USUAL

    @property
    def height(self) -> int:
        """In pixels, with its leading."""
        return round(self.size * LEADING)


@functools.cache
def _faces() -> Mapping[tuple[str, int], ImageFont.FreeTypeFont]:
    """Every font at every size, all at once."""
    names = (_PLAIN, *(name for name, _ in _SCRIPTS))
    data = {name: (_FONTS / f"EvidenceSans{name}-Regular.ttf").read_bytes() for name in names}
    return {
        (name, size): ImageFont.truetype(io.BytesIO(font), size, layout_engine=ImageFont.Layout.BASIC)
        for name, font in data.items()
        for size in (SMALL, USUAL, LARGE)
    }


def _script(char: str) -> str:
    code = ord(char)
    return next((name for name, ranges in _SCRIPTS if any(a <= code <= b for a, b in ranges)), _PLAIN)


def _runs(text: str) -> Iterator[tuple[str, str]]:
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or _script(text[place]) != _script(text[start]):
            yield _script(text[start]), text[start:place]
            start = place


def width_of(text: str, size: int) -> float:
    """How wide ``text`` is, in pixels."""
    return sum(_faces()[name, size].getlength(run) for name, run in _runs(text))


def wrapped(text: str, size: int, width: int) -> Iterator[LetteredRow]:
    """``text`` in rows of at most ``width`` pixels, broken at spaces and between ideographs."""
    row, used = "", 0.0
    for word in _words(text):
        if row and (len(word) > width or used + width_of(word, size) > width):
            yield LetteredRow(row.rstrip(), size)
            row, used = "", 0.0
            word = word.lstrip()  # noqa: PLW2901  # a row does not begin with a space
        for piece in _fitting(word, size, width):
            length = width_of(piece, size)
            if row and used + length > width:
                yield LetteredRow(row.rstrip(), size)
                row, used = "", 0.0
            row += piece
            used += length
    yield LetteredRow(row.rstrip(), size)


def _words(text: str) -> Iterator[str]:
    start = 0
    for place in range(1, len(text) + 1):
        wide = place < len(text) and (ord(text[place]) > 0x2E7F or ord(text[place - 1]) > 0x2E7F)
        if place == len(text) or wide or (text[place] == " " and text[place - 1] != " "):
            yield text[start:place]
            start = place


def _fitting(word: str, size: int, width: int) -> Iterator[str]:
    """The word, or parts of it that fit; each character is measured once, however long the word is."""
    piece, used = "", 0.0
    for char in word:
        wide = width_of(char, size)
        if piece and used + wide > width:
            yield piece
            piece, used = "", 0.0
        piece += char
        used += wide
    yield piece


def write(image: Image.Image, text: str, place: tuple[int, int], size: int) -> Box:
    """Write ``text`` with its top left at ``place``; returns its box, 0 to 1 of the picture."""
    pen, (left, top) = ImageDraw.Draw(image), place
    x = float(left)
    for name, run in _runs(text):
        # Fonts differ in height; on one base line they stand together.
        pen.text((x, top + size), run, font=_faces()[name, size], fill=_INK, anchor="ls")
        x += _faces()[name, size].getlength(run)
    right, bottom = min(x, image.width), min(top + size * 1.25, image.height)
    return (left / image.width, top / image.height, right / image.width, bottom / image.height)


def paged(rows: list[LetteredRow]) -> list[list[LetteredRow]]:
    """The rows on as many A4 pages as they need, at least one."""
    pages: list[list[LetteredRow]] = [[]]
    room = sheets.HEIGHT - 2 * MARGIN
    used = 0
    for row in rows:
        if used + row.height > room:
            pages.append([])
            used = 0
        pages[-1].append(row)
        used += row.height
    return pages


def drawn(rows: list[LetteredRow]) -> sheets.DrawnSheet:
    """An A4 page with these rows, and the rows as its text."""
    image = Image.new("L", (sheets.WIDTH, sheets.HEIGHT), "white")
    lines, top = [], MARGIN
    for row in rows:
        if row.text:
            lines.append((row.text, write(image, row.text, (MARGIN, top), row.size)))
        top += row.height
    return sheets.DrawnSheet(image=image, lines=tuple(lines))
