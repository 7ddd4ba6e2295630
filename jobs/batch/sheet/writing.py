"""The same workbook back, with what became of every row: status, verdict, errors, warnings, bundle and its hash.

Every text of ours is written as text, so that nothing in it is ever a formula. CSV comes back as CSV, old workbooks as xlsx.
"""

import codecs
import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jobs.batch.sheet.cells import OURS
from jobs.batch.sheet.one_column import delimiter_of
from jobs.batch.sheet.opening import as_plain_table, decoded_text, is_workbook, sheets_of
from jobs.batch.sheet.saving import saved

_FILLS = {
    "done": PatternFill("solid", fgColor="E3F4E8"),
    "failed": PatternFill("solid", fgColor="FBE3E1"),
    "invalid": PatternFill("solid", fgColor="FBE3E1"),
    "cancelled": PatternFill("solid", fgColor="EEEEEE"),
    "erased": PatternFill("solid", fgColor="EEEEEE"),
}
_BAD = PatternFill("solid", fgColor="F6B8B2")
_WIDTHS = (11, 10, 48, 48, 44, 22)
_SAFE = 32_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowNews:
    """What became of one row: our six cells, and messages by column name."""

    cells: tuple[str, str, str, str, str, str]
    bad: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a workbook the columns are named: sheet, row number from 1, and the name of each column."""

    sheet: str
    row: int
    columns: Mapping[int, str]


def returned(data: bytes, name: str, header: Place, news: Mapping[int, RowNews]) -> tuple[str, bytes]:
    """The workbook (name, bytes) with the news by row number; ``name`` keeps its stem. Called in a guarded child only."""
    stem = name.rpartition(".")[0] or name
    if not is_workbook(data):
        return f"{stem}_result.csv", _text(as_plain_table(data, header.sheet), header, news)
    if data[:4] == b"PK\x03\x04":
        try:
            return f"{stem}_result.xlsx", _workbook(openpyxl.load_workbook(io.BytesIO(data)), header, news)
        except Exception:  # noqa: BLE001  # the reader read it, the writer cannot: fall back to a fresh workbook
            return f"{stem}_result.xlsx", _workbook(copied(data), header, news)
    return f"{stem}_result.xlsx", _workbook(copied(data), header, news)


def copied(data: bytes) -> openpyxl.Workbook:
    """The values of a workbook of any kind in a new one."""
    book = openpyxl.Workbook()
    if book.active is not None:
        book.remove(book.active)
    for name, rows in sheets_of(data):
        sheet = book.create_sheet(name[:31])
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                if value not in {None, ""}:
                    cell = sheet.cell(number, place)
                    _write(cell, value) if isinstance(value, str) else setattr(cell, "value", value)
    return book


def _write(cell: Cell | MergedCell, text: str) -> None:
    if isinstance(cell, MergedCell):
        return
    cell.value = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", text)[:_SAFE]
    cell.data_type = "s"


def _workbook(book: openpyxl.Workbook, header: Place, news: Mapping[int, RowNews]) -> bytes:
    sheet: Worksheet = book[header.sheet]
    first = _first_of_ours(sheet, header.row)
    for offset, title in enumerate(OURS):
        cell = sheet.cell(header.row, first + offset)
        _write(cell, title)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(first + offset)].width = _WIDTHS[offset]
    places = {name: place + 1 for place, name in header.columns.items()}
    for number, one in news.items():
        for offset, text in enumerate(one.cells):
            cell = sheet.cell(number, first + offset)
            _write(cell, text)
            cell.alignment = Alignment(wrap_text=offset in {2, 3}, vertical="top")
        if fill := _FILLS.get(one.cells[0]):
            sheet.cell(number, first).fill = fill
        for name, message in one.bad.items():
            if name in places:
                cell = sheet.cell(number, places[name])
                cell.fill = _BAD
                cell.comment = Comment(message[:1000], "Evidence Packer")
    return saved(book)


def _first_of_ours(sheet: Worksheet, row: int) -> int:
    """Where our columns begin: where they stand from the last time, else behind the last header."""
    titles = {str(cell.value): int(cell.column) for cell in sheet[row] if cell.value is not None}
    return titles.get(OURS[0]) or max(titles.values(), default=0) + 1


def _text(data: bytes, header: Place, news: Mapping[int, RowNews]) -> bytes:
    text, encoding = decoded_text(data)
    sign = delimiter_of(text)
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, delimiter=sign)
    first: int | None = None
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), start=1):
        if number == header.row:
            first = row.index(OURS[0]) if OURS[0] in row else len(row)
            row = [*row[:first], *OURS]  # noqa: PLW2901  # the row grows
        elif number in news and first is not None:
            row = [*row[:first], *[""] * (first - len(row)), *map(_harmless, news[number].cells)]  # noqa: PLW2901  # as above
        writer.writerow(row)
    marked = data.startswith(codecs.BOM_UTF8)
    return sink.getvalue().encode(encoding if marked or encoding != "utf-8-sig" else "utf-8", errors="replace")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
