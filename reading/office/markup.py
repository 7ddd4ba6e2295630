"""HTML as blocks: paragraphs, headings, lists, tables and the pictures that it carries itself; scripts and links stay behind."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping

from reading.office.blocks import ELSEWHERE, UNSEEN, Block, Image, NotShown, Passage
from reading.office.grid import Grid
from reading.office.numbering import Lists
from reading.office.seen import Begun, Ended, Unseen, pieces
from reading.plain_text import clean

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption"})
_PARAGRAPHS = frozenset(
    ["p", "div", "li", "dt", "dd", "blockquote", "section", "article", "ul", "ol", "pre", "hr", "center", "form"]
).union(
    ["header", "footer", "main", "textarea", "aside", "figure", "figcaption", "address", "fieldset", "summary", "nav"]
)
_CELLS = frozenset({"td", "th"})
_NO_VALUE = frozenset({"hidden", "password", "file", "image", "range", "color"})
_SPECK = 3
"""A picture not wider or higher than this, in pixels, counts visits."""


def blocks(page: str, picture: Callable[[str], bytes | None] | None = None) -> Iterator[Block]:
    """The blocks of a page; ``picture`` gives the bytes behind an address, else only what the page holds itself is shown.

    Raises:
        Refusal: ``file-unreadable``.
    """
    reader = _Reader(picture or _held)
    for piece in pieces(page):
        if isinstance(piece, Begun):
            reader.begin(piece.tag, piece.attributes)
        elif isinstance(piece, Ended):
            reader.end(piece.tag)
        elif isinstance(piece, Unseen):
            reader.told[UNSEEN] = None
        else:
            reader.words(piece.text)
    reader.end_paragraph()
    yield from reader.found
    yield from reader.told


def _held(address: str) -> bytes | None:
    head, mark, body = address.partition(";base64,")
    if not mark or not head.startswith("data:image/"):
        return None
    try:
        return base64.b64decode(body)
    except (binascii.Error, ValueError):
        return None


class _Reader:
    """One table at a time; a table within a cell gives its words to the cell, so that layout tables stay readable."""

    def __init__(self, picture: Callable[[str], bytes | None]) -> None:
        self.found: list[Block] = []
        self.told: dict[NotShown, None] = {}
        self._picture = picture
        self._words: list[str] = []
        self._heading = False
        self._tables = 0
        self._mark = ""
        """What the paragraph at hand begins with, where it is an item of a list."""
        self._set = 0
        """How many elements around keep their lines as they are written."""
        self._choice: list[tuple[str, bool]] | None = None
        self._grid = Grid()
        self._lists = Lists()
        self._after: list[Block] = []
        """Pictures in cells stand behind their table."""

    def begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in {"br", "img", "input", "option", "select"}:
            self._atom(tag, attributes)
        elif tag == "table":
            self._tables += 1
            if self._tables == 1:
                self.end_paragraph()
                self._grid = Grid()
        elif tag == "tr" and self._tables == 1:
            self._grid.row()
        elif tag in _CELLS and self._tables == 1:
            self._grid.cell(attributes.get("colspan", ""), attributes.get("rowspan", ""))
        elif tag in _PARAGRAPHS or tag in _HEADINGS or tag == "tr" or tag in _CELLS:
            mark = self._lists.begin(tag, attributes)
            self._next_paragraph(heading=tag in _HEADINGS, mark=mark)
            self._set += tag in {"pre", "textarea"}

    def end(self, tag: str) -> None:
        if tag in _CELLS and self._tables == 1:
            self._grid.end_cell()
        elif tag == "table" and self._tables:
            self._tables -= 1
            if not self._tables:
                self._end_table()
        elif tag == "select" and self._choice is not None:
            chosen = [name for name, selected in self._choice if selected] or [name for name, _ in self._choice[:1]]
            self._choice = None
            self._say(", ".join(name.strip() for name in chosen))
        elif tag in _PARAGRAPHS or tag in _HEADINGS:
            self._lists.end(tag)
            self._set -= tag in {"pre", "textarea"}
            self._next_paragraph(heading=False)

    def words(self, text: str) -> None:
        if self._choice:
            name, selected = self._choice[-1]
            self._choice[-1] = (name + text, selected)
        elif self._choice is None:
            self._say(text if self._set else re.sub(r"\s+", " ", text))

    def end_paragraph(self) -> None:
        """What was said becomes a paragraph."""
        text = _tidy("".join(self._words))
        if text and text != self._mark.strip():
            self.found.append(Passage(text, heading=self._heading))
        self._words, self._heading = [], False

    def _atom(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "br":
            self._say("\n")
        elif tag == "img":
            self._image(attributes)
        elif tag == "select":
            self._choice = []
        elif tag == "option":
            self._choice = [*(self._choice or []), ("", "selected" in attributes)]
        elif (kind := attributes.get("type", "text").lower()) in {"checkbox", "radio"}:
            self._say(" [x] " if "checked" in attributes else " [ ] ")
        elif kind not in _NO_VALUE:
            self._say(f" {attributes.get('value', '')} ")

    def _next_paragraph(self, *, heading: bool, mark: str = "") -> None:
        if self._grid.open:
            self._say("\n" + mark)
            return
        if not mark and not heading and "".join(self._words).strip() == self._mark.strip() != "":
            return  # the paragraph in which an item begins stands behind its number
        self.end_paragraph()
        self._mark = mark
        self._heading = heading
        self._say(mark)

    def _say(self, text: str) -> None:
        if self._grid.open:
            self._grid.say(text)
        else:
            self._words.append(text)

    def _image(self, attributes: Mapping[str, str]) -> None:
        address = attributes.get("src", "")
        data = self._picture(address)
        if data is None:
            if address and not is_speck(attributes) and not address.startswith("cid:"):
                self.told[ELSEWHERE] = None
            return
        if self._tables:
            self._after.append(Image(data))
            return
        self.end_paragraph()
        self.found.append(Image(data))

    def _end_table(self) -> None:
        found = self._grid.table(_tidy)
        if found is not None:
            self.found.append(found)
        self._grid = Grid()
        self.found += self._after
        self._after.clear()


def is_speck(attributes: Mapping[str, str]) -> bool:
    """Whether a picture is there to count visits, not to be looked at."""
    sides = (re.match(r"\d+", attributes.get(side, "")) for side in ("width", "height"))
    return any(side is not None and int(side[0]) <= _SPECK for side in sides)


def _tidy(text: str) -> str:
    lines = (line.strip() for line in clean(text).split("\n"))
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip()
