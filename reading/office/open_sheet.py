"""OpenDocument sheets (ODS) as tables: each cell as its program showed it when the file was saved."""

from collections.abc import Iterator

from lxml import etree

from reading.intake import Refusal
from reading.office.blocks import HIDDEN_SHEETS, NO_RESULTS, Block, Break, Passage, table
from reading.office.open_styles import OFFICE, TABLE, TEXT, OpenLook, open_file
from reading.office.open_text import OpenReader

_MOST_CELLS = 400_000
_MOST_EMPTY = 20
"""Empty rows and columns in a row that are kept as they are."""
_VALUES = tuple(OFFICE + name for name in ("string-value", "date-value", "time-value", "boolean-value", "value"))
_CELLS = frozenset({TABLE + "table-cell", TABLE + "covered-table-cell"})
_SHUT = frozenset({"collapse", "filter"})


def blocks(data: bytes) -> Iterator[Block]:
    """Each visible sheet on pages of its own, headed by its number and name; its texts and pictures behind it.

    Raises:
        Refusal: ``file-encrypted``, ``file-unreadable``, ``text-too-long``.
    """
    file = open_file(data)
    number = 0
    reader = _SheetReader(OpenReader(file))
    for sheet in file.body.iter(TABLE + "table"):
        if any(parent.tag == TABLE + "table" for parent in sheet.iterancestors()):
            continue
        if file.styles.says("table", sheet.get(TABLE + "style-name"), TABLE + "display") == "false":
            reader.words.told[HIDDEN_SHEETS] = None
            continue
        number += 1
        found = table(reader.rows(sheet))
        shapes = sheet.find(TABLE + "shapes")
        beside = [*reader.words.of(shapes, OpenLook())] if shapes is not None else []
        if found is not None or beside or reader.beside:
            yield Break(f"{number} · {sheet.get(TABLE + 'name', '')}")
            yield from ([found] if found is not None else [])
            yield from (*beside, *reader.beside)
            reader.beside = []
    yield from reader.words.told


class _SheetReader:
    def __init__(self, words: OpenReader) -> None:
        self.words = words
        self.beside: list[Block] = []
        """Pictures that are anchored in cells."""
        self._cells = 0

    def rows(self, sheet: etree._Element) -> Iterator[list[str]]:
        columns = list(_columns(sheet))
        empty = 0
        for row in sheet.iter(TABLE + "table-row"):
            count = _count(row, "number-rows-repeated")
            if row.get(TABLE + "visibility") in _SHUT:
                if next(row.iter(TEXT + "p"), None) is not None:
                    self.words.told[HIDDEN_SHEETS] = None
                continue
            cells = self._row(row, columns)
            if not any(cells):
                empty = min(_MOST_EMPTY, empty + count)
                continue
            yield from ([] for _ in range(empty))
            empty = 0
            for _ in range(count):
                self._cells += len(cells)
                if self._cells > _MOST_CELLS:
                    raise Refusal("text-too-long", characters=self._cells, allowed=_MOST_CELLS)
                yield cells

    def _row(self, row: etree._Element, columns: list[tuple[bool, str | None]]) -> list[str]:
        said: list[str] = []
        at = 0
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            count = _count(cell, "number-columns-repeated")
            shut, style = columns[at] if at < len(columns) else (False, None)
            text = "" if cell.tag.endswith("covered-table-cell") else self._text(cell, row, style)
            if text and shut:
                self.words.told[HIDDEN_SHEETS] = None
            shown = [
                place
                for place in range(at, at + min(count, _MOST_CELLS))
                if place >= len(columns) or not columns[place][0]
            ]
            said += [text] * len(shown)
            at += count
        while said and not said[-1]:
            said.pop()
        return said

    def _text(self, cell: etree._Element, row: etree._Element, column_style: str | None) -> str:
        style = cell.get(TABLE + "style-name") or row.get(TABLE + "default-cell-style-name") or column_style
        look = self.words.file.styles.look(OpenLook(), "table-cell", style)
        parts = []
        for block in self.words.of(cell, look):
            if isinstance(block, Passage):
                parts.append(block.text)
            else:
                self.beside.append(block)
        if parts or cell.find(TEXT + "p") is not None:
            return "\n".join(parts)
        if (value := next((cell.get(name) for name in _VALUES if cell.get(name)), None)) is not None:
            return str(value)
        if formula := cell.get(TABLE + "formula"):
            self.words.told[NO_RESULTS] = None
            return "=" + str(formula).partition("=")[2]
        return ""


def _columns(sheet: etree._Element) -> Iterator[tuple[bool, str | None]]:
    """Of each column whether it is shut, and the style of its cells; the empty ones at the end of a sheet left away."""
    for column in sheet.iter(TABLE + "table-column"):
        told = column.get(TABLE + "visibility") in _SHUT, column.get(TABLE + "default-cell-style-name")
        yield from (told for _ in range(min(1_024, _count(column, "number-columns-repeated"))))


def _count(element: etree._Element, name: str) -> int:
    text = element.get(TABLE + name, "1")
    return int(text) if text.isdecimal() and int(text) else 1
