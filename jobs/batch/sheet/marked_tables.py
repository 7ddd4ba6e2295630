"""Tables in HTML and in the XML of old office programs: what many shops' programs write and call ``.xls``.

Nothing of such a page is run or fetched; only the texts of its cells are taken. Called in a guarded child only.
"""

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from casefile.errors import RequestFault

_HEAD = re.compile(
    rb"(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|table|meta|style|div|\?xml|\?mso|workbook)", re.IGNORECASE
)
_MOST_SPAN = 500
_MOST_FILLED = 2_000_000
"""Cells that merging may fill: a few bytes must not become a sheet without end."""
_MOST_OPEN = 20
"""Tags that may begin before one ends: the parser reads each of them to the end of all."""
_ROWS, _CELLS = frozenset({"tr", "row", "ss:row"}), frozenset({"td", "th", "cell", "ss:cell"})
_TABLES = frozenset({"table", "worksheet", "ss:worksheet"})
_SILENT = frozenset({"style", "script", "title"})


def is_marked(data: bytes) -> bool:
    """Whether ``data`` is a page or XML rather than a table of plain text."""
    head = data[:512].replace(b"\0", b"")
    return bool(_HEAD.match(head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")))


def marked_tables(text: str) -> Iterator[tuple[str, Iterator[Sequence[str]]]]:
    """Each table with its rows; what is merged downwards stands in every row of it."""
    if any(part.count("<") > _MOST_OPEN for part in text.split(">")):
        raise RequestFault("sheet-unreadable", status=422)
    parser = _Tables()
    parser.feed(text)
    parser.close()
    parser.end_row()
    for number, (name, rows) in enumerate(parser.tables, start=1):
        yield name or ("" if number == 1 else f"Table {number}"), iter(rows)


class _Tables(HTMLParser):
    """Collects the cells of every table; rows outside one make a table of their own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[str, list[list[str]]]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._down: dict[int, tuple[int, str]] = {}
        self._above: dict[int, str] = {}
        self._silent = 0
        self._filled = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name.removeprefix("ss:"): value or "" for name, value in attrs}
        if tag in _TABLES and not (tag == "table" and self.tables and not self.tables[-1][1]):
            self.tables.append((given.get("name", ""), []))
            self._down = {}
        elif tag in _ROWS:
            self.end_row()
            self._row = []
            self._above = {place: text for place, (_, text) in self._down.items()}
            self._down = {place: (rest - 1, text) for place, (rest, text) in self._down.items() if rest > 1}
        elif tag in _CELLS and self._row is not None:
            self._end_cell()
            self._to(_number(given.get("index", "")) - 1)
            self._cell = []
            self._span = (
                _number(given.get("rowspan", "")) or _number(given.get("mergedown", "")) + 1,
                _number(given.get("colspan", "")) or _number(given.get("mergeacross", "")) + 1,
            )
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS:
            self._end_cell()
        elif tag in _ROWS | _TABLES:
            self.end_row()
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def _fill(self, cells: int) -> None:
        self._filled += cells
        if self._filled > _MOST_FILLED:
            raise RequestFault("sheet-too-large", status=413)

    def _to(self, place: int) -> None:
        """Fill the row up to a place, and on with what is merged from above."""
        row = self._row if self._row is not None else []
        while len(row) < place or len(row) in self._above:
            self._fill(1)
            row.append(self._above.pop(len(row), ""))

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        text = re.sub(r"[ \t\r\xa0]+", " ", "".join(self._cell)).strip()
        down, across = (min(span, _MOST_SPAN) for span in self._span)
        self._fill(across - 1)
        for one in (text, *[""] * (across - 1)):
            if down > 1:
                self._down[len(self._row)] = (down - 1, one)
            self._row.append(one)
        self._cell = None

    def end_row(self) -> None:
        """Take the row that was begun, also where the page does not say that it ends."""
        self._end_cell()
        if self._row is not None:
            if not self.tables:
                self.tables.append(("", []))
            self._to(max(self._above, default=-1) + 1)
            self.tables[-1][1].append(self._row)
        self._row = None


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 5 else 0  # digits of a span
