"""OpenDocument texts (ODT) as blocks: what heads the pages, then the text in its order with its pictures, then notes and feet."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from reading.office.blocks import CHARTS, DELETED, NOTES, UNSEEN, Block, Image, NotShown, Passage, Row, table
from reading.office.open_lists import OpenLists
from reading.office.open_styles import DRAW, LINK, OFFICE, STYLE, TABLE, TEXT, OpenDocumentParts, OpenLook, open_file
from reading.office.pictures import is_lost
from reading.plain_text import clean

_HIDDEN = frozenset({TEXT + "hidden-paragraph", TEXT + "hidden-text"})
_ASIDE = frozenset(
    TEXT + name
    for name in (
        "tracked-changes",
        "sequence-decls",
        "variable-decls",
        "user-field-decls",
        "ruby-text",
        "note-citation",
    )
) | {OFFICE + "forms", OFFICE + "annotation-end"}
_SPACES = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}


def blocks(data: bytes) -> Iterator[Block]:
    """The document.

    Raises:
        Refusal: ``file-encrypted``, ``file-unreadable``.
    """
    file = open_file(data)
    reader = OpenReader(file)
    for mark in ("header", "footer"):
        if mark == "footer":
            for root in file.body:
                yield from reader.of(root, OpenLook())
            yield from reader.behind
        for part in file.margins.iter(STYLE + mark) if file.margins is not None else ():
            yield from reader.of(part, OpenLook())
    yield from reader.told


@dataclass
class OpenReader:
    """Walks a body; what is told and what stands behind it gathers on the way."""

    file: OpenDocumentParts
    told: dict[NotShown, None] = field(default_factory=dict)
    behind: list[Block] = field(default_factory=list)
    """Footnotes and endnotes."""
    _lists: OpenLists = field(default_factory=OpenLists)
    _aside: list[Block] = field(default_factory=list)
    """Pictures and boxes that are anchored in the paragraph at hand."""

    def of(self, element: etree._Element, look: OpenLook) -> Iterator[Block]:
        """The blocks inside an element."""
        for child in element:
            yield from self._block(child, look)

    def words(self, element: etree._Element, look: OpenLook) -> str:
        """The words of a paragraph or of a cell's paragraphs that a reader sees."""
        family = "paragraph" if element.tag in {TEXT + "p", TEXT + "h"} else "text"
        look = self.file.styles.look(look, family, element.get(TEXT + "style-name"))
        said = self._said(element.text, look)
        for child in element:
            said += self._inside(child, look) + self._said(child.tail, look)
        return said

    def _block(self, child: etree._Element, look: OpenLook) -> Iterator[Block]:
        if child.tag in {TEXT + "p", TEXT + "h"}:
            yield from self._paragraph(child, look)
        elif child.tag == TABLE + "table":
            if (found := table(self._rows(child, look))) is not None:
                yield found
            yield from self._pop()
        elif child.tag == TEXT + "list":
            self._lists.begin(child, self.file)
            yield from self.of(child, look)
            self._lists.end()
        elif child.tag in {TEXT + "list-item", TEXT + "list-header"}:
            self._lists.item(counted=child.tag == TEXT + "list-item", stated=child.get(TEXT + "start-value"))
            yield from self.of(child, look)
        elif child.tag == TEXT + "section" and child.get(TEXT + "display") in {"none", "condition"}:
            self.told[UNSEEN] = None
        elif child.tag == TEXT + "tracked-changes":
            if next(child.iter(TEXT + "deletion"), None) is not None:
                self.told[DELETED] = None
        elif child.tag == OFFICE + "annotation":
            self.told[NOTES] = None
        elif child.tag == DRAW + "frame":
            self._frame(child, look)
            yield from self._pop()
        elif child.tag not in _ASIDE:
            yield from self.of(child, look)

    def _paragraph(self, element: etree._Element, look: OpenLook) -> Iterator[Block]:
        mark = self._lists.mark()
        if any(hidden.get(TEXT + "is-hidden") == "true" for hidden in element.iter(TEXT + "hidden-paragraph")):
            self.told[UNSEEN] = None
            return
        if text := clean(self.words(element, look)).strip():
            yield Passage(mark + text, heading=element.tag == TEXT + "h")
        yield from self._pop()

    def _pop(self) -> Iterator[Block]:
        yield from self._aside
        self._aside = []

    def _inside(self, child: etree._Element, look: OpenLook) -> str:
        hidden = child.tag in _HIDDEN and child.get(TEXT + "is-hidden") == "true"
        if hidden or child.tag == OFFICE + "annotation":
            self.told[UNSEEN if hidden else NOTES] = None
        elif child.tag == TEXT + "s":
            count = child.get(TEXT + "c", "1")
            return self._said(" " * min(200, int(count) if count.isdecimal() else 1), look)
        elif child.tag == TEXT + "note":
            return self._note(child, look)
        elif child.tag.startswith(DRAW):
            self._frame(child, look)
        elif child.tag not in _ASIDE:
            return _SPACES.get(child.tag) or self.words(child, look)
        return ""

    def _note(self, child: etree._Element, look: OpenLook) -> str:
        mark = "".join(child.findtext(TEXT + "note-citation") or "*")
        body = child.find(TEXT + "note-body")
        if body is not None:
            text = clean("\n".join(self.words(part, look) for part in body.iter(TEXT + "p"))).strip()
            self.behind.append(Passage(f"[{mark}] {text}"))
        return f"[{mark}]"

    def _frame(self, frame: etree._Element, look: OpenLook) -> None:
        box = frame if frame.tag != DRAW + "frame" else frame.find(DRAW + "text-box")
        if box is not None:
            inner = self._aside
            self._aside = []
            found = list(self.of(box, look))
            self._aside = [*inner, *found, *self._aside]
            return
        addresses = [image.get(LINK, "") for image in frame.findall(DRAW + "image")]
        pictures = [data for data in map(self.file.picture, addresses) if data is not None]
        drawn = frame.find(DRAW + "object") is not None or frame.find(DRAW + "object-ole") is not None
        if usable := [data for data in pictures if not is_lost(data)]:
            self._aside.append(Image(usable[0]))
        elif pictures or drawn:
            self._aside.append(CHARTS if drawn else Image(pictures[0]))

    def _said(self, text: str | None, look: OpenLook) -> str:
        if not text:
            return ""
        if look.readable:
            return " ".join(text.split("\n")) if "\n" in text else text
        if any(char.isalnum() for char in text):
            self.told[UNSEEN] = None
        return ""

    def _rows(self, element: etree._Element, look: OpenLook) -> Iterator[Row]:
        for row in element.iter(TABLE + "table-row"):
            if next(row.iterancestors(TABLE + "table")) is not element:
                continue
            yield tuple(
                self._cell(cell, look)
                for cell in row
                if cell.tag in {TABLE + "table-cell", TABLE + "covered-table-cell"}
            )

    def _cell(self, cell: etree._Element, look: OpenLook) -> str:
        if cell.tag == TABLE + "covered-table-cell":
            return ""
        look = self.file.styles.look(look, "table-cell", cell.get(TABLE + "style-name"))
        parts: list[str] = []
        for block in self.of(cell, look):
            if isinstance(block, Passage):
                parts.append(block.text)
            elif isinstance(block, Image | NotShown):
                self._aside.append(block)
            else:
                parts += [" ".join(filter(None, row)) for row in getattr(block, "rows", ())]
        return "\n".join(parts)
