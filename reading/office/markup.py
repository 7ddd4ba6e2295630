"""HTML as blocks: paragraphs, headings, tables and the pictures that it carries itself; scripts, styles and links stay behind."""

import base64
import binascii
import html.parser
import re
from collections.abc import Callable, Iterator

from reading.office.blocks import Block, Image, Passage, Table, table
from reading.plain_text import clean

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption"})
_PARAGRAPHS = frozenset(
    [
        "p",
        "div",
        "li",
        "dt",
        "dd",
        "blockquote",
        "section",
        "article",
        "ul",
        "ol",
        "pre",
        "hr",
        "center",
        "form",
        "header",
        "footer",
        "main",
    ]
)
_SILENT = frozenset({"style", "script", "head", "title", "template", "noscript", "object", "iframe", "svg", "select"})
_VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "col", "wbr", "source", "area", "base", "embed", "param", "track"]
)
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?<![\w-])opacity\s*:\s*(?:0(?:\.0+)?|\.0+)%?\s*(?:[;!]|\Z)"
    r"|(?<![\w-])(?:left|top|text-indent)\s*:\s*-\d{4,}",
    re.IGNORECASE,
)
"""No size of letters: layouts set it to nothing around words that have a size of their own."""
_MOST_SPAN = 200


def blocks(page: str, picture: Callable[[str], bytes | None] | None = None) -> Iterator[Block]:
    """The blocks of a page; ``picture`` gives the bytes behind an address, else only what the page holds itself is shown."""
    reader = _Reader(picture or _held)
    reader.feed(page)
    reader.close()
    reader.end_paragraph()
    yield from reader.found


def _held(address: str) -> bytes | None:
    head, mark, body = address.partition(";base64,")
    if not mark or not head.startswith("data:image/"):
        return None
    try:
        return base64.b64decode(body)
    except (binascii.Error, ValueError):
        return None


class _Reader(html.parser.HTMLParser):
    """One table at a time; a table within a cell gives its words to the cell, so that layout tables stay readable."""

    def __init__(self, picture: Callable[[str], bytes | None]) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._picture = picture
        self._words: list[str] = []
        self._heading = False
        self._unseen: list[str] = []
        self._tables = 0
        self._rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._span = 1
        self._after: list[Block] = []
        """Pictures in cells stand behind their table."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if self._unseen or tag in _SILENT or _UNSEEN.search(told.get("style", "")) or "hidden" in told:
            if tag not in _VOID:
                self._unseen.append(tag)
            return
        if tag == "br":
            self._say("\n")
        elif tag == "img":
            self._image(told.get("src", ""))
        elif tag == "table":
            self._tables += 1
            if self._tables == 1:
                self.end_paragraph()
        elif tag == "tr" and self._tables == 1:
            self._end_cell()
            self._rows.append([])
        elif tag in {"td", "th"} and self._tables == 1:
            self._end_cell()
            span = told.get("colspan", "")
            self._span = min(_MOST_SPAN, int(span)) if span.isdecimal() else 1
            self._cell = []
        elif tag in _PARAGRAPHS or tag in _HEADINGS or tag in {"tr", "td", "th"}:
            self._next_paragraph(heading=tag in _HEADINGS, mark="• " if tag == "li" else "")

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if tag in self._unseen:
                del self._unseen[max(place for place, name in enumerate(self._unseen) if name == tag) :]
            return
        if tag in {"td", "th"} and self._tables == 1:
            self._end_cell()
        elif tag == "table" and self._tables:
            self._tables -= 1
            if not self._tables:
                self._end_table()
        elif tag in _PARAGRAPHS or tag in _HEADINGS:
            self._next_paragraph(heading=False)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._say(re.sub(r"\s+", " ", data))

    def end_paragraph(self) -> None:
        """What was said becomes a paragraph."""
        text = _tidy("".join(self._words))
        if text and text != "•":
            self.found.append(Passage(text, heading=self._heading))
        self._words, self._heading = [], False

    def _next_paragraph(self, *, heading: bool, mark: str = "") -> None:
        if self._cell is not None:
            self._say("\n" + mark)
            return
        self.end_paragraph()
        self._heading = heading
        self._say(mark)

    def _say(self, text: str) -> None:
        (self._words if self._cell is None else self._cell).append(text)

    def _image(self, address: str) -> None:
        data = self._picture(address)
        if data is None:
            return
        if self._tables:
            self._after.append(Image(data))
            return
        self.end_paragraph()
        self.found.append(Image(data))

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        if not self._rows:
            self._rows.append([])
        self._rows[-1] += [_tidy("".join(self._cell)), *([""] * (self._span - 1))]
        self._cell = None

    def _end_table(self) -> None:
        self._end_cell()
        found: Table | None = table(self._rows)
        if found is not None:
            self.found.append(found)
        self._rows = []
        self.found += self._after
        self._after.clear()


def _tidy(text: str) -> str:
    lines = (line.strip() for line in clean(text).split("\n"))
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip()
