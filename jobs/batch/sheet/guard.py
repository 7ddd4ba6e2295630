"""Spreadsheets opened and written in a guarded child, like every file that somebody uploads."""

import atexit
import codecs
import csv
import functools
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from casefile.errors import RequestFault
from jobs.batch.sheet.cells import Cell
from jobs.batch.sheet.decoding import cell_of, packed
from jobs.batch.sheet.opening import Sheets, is_workbook
from jobs.batch.sheet.sheet_job import SheetJob
from jobs.batch.sheet.table import Header
from jobs.batch.sheet.writing import RowNews
from jobs.records.batch_values import SheetBlanks
from reading.guarded.channel import Frame
from reading.guarded.guard import LEAST_LEVEL, Guard, GuardedFailure
from reading.limits import MEBIBYTE, ReadingLimits

LIMITS = ReadingLimits(decode_seconds=300.0, child_memory=1536 * MEBIBYTE, children=1)
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
        for frame in self._run(SheetJob(do="read"), data):
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
        columns = dict(header.columns.columns)
        job = SheetJob(do="write", name=name, sheet=header.sheet, row=header.row, columns=columns)
        try:
            (frame,) = self._run(job, packed(dict(news), data))
        except RequestFault:
            if not is_workbook(data):
                raise
            # What was read but cannot be written (too large, or odd) comes back as text rather than not at all.
            text = text_of(self.read(data), header.sheet)
            (frame,) = self._run(job.model_copy(update={"sheet": ""}), packed(dict(news), text))
        return str(frame.header["name"]), frame.body

    def blanked(self, data: bytes, header: Header, blank: SheetBlanks) -> bytes:
        """The workbook without the cells of ``rows`` (numbers in the header's sheet), and of every row that holds a needle.

        Raises:
            RequestFault: ``sheet-unreadable``.
        """
        (frame,) = self._run(SheetJob(do="blank", sheet=header.sheet, row=header.row, blank=blank), data)
        return frame.body

    def _run(self, job: SheetJob, data: bytes) -> tuple[Frame, ...]:
        try:
            frames = self._guard.run(job.to_json(), data)
        except GuardedFailure as failure:
            raise RequestFault("sheet-unreadable", status=422) from failure
        refused = next((frame.header for frame in frames if "refused" in frame.header), None)
        if refused is not None:
            raise RequestFault(str(refused["refused"]), status=int(refused["status"]))
        return frames


def text_of(sheets: Sheets, name: str) -> bytes:
    """The sheet of this name as CSV."""
    sink = io.StringIO(newline="")
    csv.writer(sink).writerows(next(rows for sheet, rows in sheets if sheet == name))
    return codecs.BOM_UTF8 + sink.getvalue().encode()


@functools.lru_cache(maxsize=1)
def kept_guard(least: int = LEAST_LEVEL) -> SheetGuard:
    """The guard for spreadsheets of this process, kept from one batch to the next: to start one costs a third of a second."""
    guard = Guard(LIMITS, module="jobs.batch.sheet.decoding", least=least)
    atexit.register(guard.close)
    return SheetGuard(guard)


@contextmanager
def sheet_guard(least: int = LEAST_LEVEL) -> Iterator[SheetGuard]:
    """A guard for spreadsheets, ended afterwards; ``least`` is the level below which it opens nothing."""
    with Guard(LIMITS, module="jobs.batch.sheet.decoding", least=least) as guard:
        yield SheetGuard(guard)
