"""Spreadsheets opened and written in a guarded child, like every file that somebody uploads."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from casefile.errors import RequestFault
from jobs.sheet.decoding import cell_of, packed
from jobs.sheet.table import Cell, Header, Sheets
from jobs.sheet.writing import RowNews
from reading.guard import Guard, GuardedFailure
from reading.guarded.channel import Frame
from reading.limits import MEBIBYTE, ReadingLimits

LIMITS = ReadingLimits(decode_seconds=300.0, child_memory=2048 * MEBIBYTE, children=1)
"""A sheet of a hundred thousand rows is taken; it is read once and written once a batch."""


class SheetGuard:
    """Reads and writes spreadsheets in children of ``guard``."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def read(self, data: bytes) -> Sheets:
        """Every sheet with its rows; a text file is one sheet without a name.

        Raises:
            RequestFault: ``sheet-unreadable`` or ``sheet-too-large``.
        """
        sheets: list[tuple[str, list[list[Cell]]]] = []
        for frame in self._run({"do": "read"}, data):
            if "sheet" in frame.header:
                sheets.append((str(frame.header["sheet"]), []))
            else:
                sheets[-1][1].extend([cell_of(cell) for cell in row] for row in json.loads(frame.body))
        return sheets

    def returned(self, data: bytes, name: str, header: Header, news: Mapping[int, RowNews]) -> tuple[str, bytes]:
        """The same workbook with the news by row number: its name and bytes.

        Raises:
            RequestFault: ``sheet-unreadable``.
        """
        columns = {str(place): column for place, column in header.columns.columns.items()}
        place = {"sheet": header.sheet, "row": header.row, "columns": columns}
        (frame,) = self._run({"do": "write", "name": name, "place": place}, packed(dict(news), data))
        return str(frame.header["name"]), frame.body

    def _run(self, job: dict[str, object], data: bytes) -> tuple[Frame, ...]:
        try:
            frames = self._guard.run(job, data)
        except GuardedFailure as failure:
            raise RequestFault("sheet-unreadable", status=422) from failure
        refused = next((frame.header for frame in frames if "refused" in frame.header), None)
        if refused is not None:
            raise RequestFault(str(refused["refused"]), status=int(refused["status"]))
        return frames


@contextmanager
def sheet_guard() -> Iterator[SheetGuard]:
    """A guard for spreadsheets, ended afterwards."""
    with Guard(LIMITS, module="jobs.sheet.decoding") as guard:
        yield SheetGuard(guard)
