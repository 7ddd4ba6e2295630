"""The cells of one table as they are read, those that reach over several columns and rows with empty ones beside them."""

from collections.abc import Callable

from reading.office.blocks import Table, table

_MOST_SPAN = 200


class Grid:
    """Rows begin, cells begin and end, words are said into the open cell."""

    def __init__(self) -> None:
        self._rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._reaching: dict[int, int] = {}
        """Column → how many further rows a cell above reaches down into."""

    @property
    def open(self) -> bool:
        """Whether words belong to a cell now."""
        return self._cell is not None

    def row(self) -> None:
        """Another row."""
        self.end_cell()
        if self._rows:
            self._fill(self._rows[-1])
        self._rows.append([])

    def cell(self, columns: str, rows: str) -> None:
        """Another cell, over so many columns and rows as the file writes them."""
        self.end_cell()
        self._span = (_span(columns), _span(rows))
        self._cell = []

    def say(self, text: str) -> None:
        """Words of the open cell."""
        if self._cell is not None:
            self._cell.append(text)

    def end_cell(self) -> None:
        """The open cell, if one is, is full."""
        if self._cell is None:
            return
        if not self._rows:
            self._rows.append([])
        row, (across, down) = self._rows[-1], self._span
        self._fill(row)
        if down > 1:
            self._reaching.update(dict.fromkeys(range(len(row), len(row) + across), down - 1))
        row += ["".join(self._cell), *([""] * (across - 1))]
        self._cell = None

    def table(self, tidy: Callable[[str], str]) -> Table | None:
        """All that was said, each cell tidied."""
        self.end_cell()
        return table([tidy(cell) for cell in row] for row in self._rows)

    def _fill(self, row: list[str]) -> None:
        while self._reaching.get(len(row), 0):
            self._reaching[len(row)] -= 1
            row.append("")


def _span(text: str) -> int:
    return min(_MOST_SPAN, int(text)) if text.isdecimal() and int(text) else 1
