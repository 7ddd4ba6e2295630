"""A spreadsheet as rows of cells: xlsx, xls, ods by their reader, CSV and TSV in whatever encoding an office program chose.

``sheets_of`` opens untrusted bytes and is called in a guarded child only; the rest looks at what it read.
"""

import csv
import datetime as dt
import io
import itertools
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import python_calamine

from casefile.errors import RequestFault
from jobs.batch.sheet.columns import EMPTY, ColumnMap, SheetExport, Told, best_export, by_content, has_subject, mapped
from reading.encodings import encoding_of

MAX_ROWS = 100_000
"""Most rows of one batch (published limit)."""

HEADER_WITHIN = 300
"""The header row is searched in so many first rows; exports begin with titles and blank lines."""

_NAMED = 2
"""Columns that a row names before it is taken for the header, whatever stands below the other rows."""
_SAMPLE = 20
"""Rows in which the form of cells tells a column."""
_MAX_UNPACKED = 400_000_000
_MAX_RATIO = 200
_BLANK_END = 1_000

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
Merged = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, each as row and column from 0."""
Sheets = Sequence[tuple[str, Sequence[Sequence[Cell]]]]
"""A workbook as it was read: each sheet's name and rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the columns are named: row number from 1, sheet name, and what each column means."""

    row: int
    sheet: str
    columns: ColumnMap


def is_workbook(data: bytes) -> bool:
    """Whether ``data`` is a workbook and no text."""
    return data[:4] == b"PK\x03\x04" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sheets_of(data: bytes) -> Iterator[tuple[str, Iterator[Sequence[Cell]]]]:
    """Each sheet with its rows; a text file is one sheet without a name.

    Raises:
        RequestFault: ``sheet-unreadable`` or ``sheet-too-large``.
    """
    if not is_workbook(data):
        yield "", _text_rows(data)
        return
    _refuse_bomb(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            top, left = sheet.start or (0, 0)
            margin: list[Cell] = [None] * left
            rows = ([*margin, *row] for row in sheet.iter_rows())
            yield name, _filled_down(itertools.chain(itertools.repeat((), top), rows), sheet.merged_cell_ranges or ())
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise RequestFault("sheet-unreadable", status=422) from error


def _filled_down(rows: Iterable[Sequence[Cell]], merged: Iterable[Merged]) -> Iterator[Sequence[Cell]]:
    """The rows, each cell of a column that was merged downwards with the value of the first."""
    spans = [(first[0], last[0], column) for first, last in merged for column in (first[1],) if last[0] > first[0]]
    begins: dict[int, list[tuple[int, int]]] = {}
    for top, bottom, column in spans:
        begins.setdefault(top, []).append((bottom, column))
    held: dict[int, tuple[int, Cell]] = {}
    for number, row in enumerate(rows):
        held = {column: one for column, one in held.items() if number <= one[0]}
        full = [held[column][1] if column in held and _is_blank(cell) else cell for column, cell in enumerate(row)]
        for bottom, column in begins.get(number, ()):
            held[column] = (bottom, full[column] if column < len(full) else None)
        yield full


def _refuse_bomb(data: bytes) -> None:
    if data[:4] != b"PK\x03\x04":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            unpacked = sum(info.file_size for info in book.infolist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise RequestFault("sheet-unreadable", status=422) from error
    if unpacked > _MAX_UNPACKED or unpacked > max(len(data), 100_000) * _MAX_RATIO:
        raise RequestFault("sheet-too-large", status=413)


def decoded_text(data: bytes) -> tuple[str, str]:
    """The text of a CSV file and the encoding it was in."""
    encoding = encoding_of(data)
    return data.decode(encoding, "replace"), encoding


def delimiter_of(text: str) -> str:
    """The sign between the cells of a text file."""
    sample = text[:20_000]
    lines = [line for line in sample.splitlines()[:30] if line.strip()]
    return max("\t,;", key=lambda sign: (min((line.count(sign) for line in lines), default=0), sample.count(sign)))


def _text_rows(data: bytes) -> Iterator[Sequence[Cell]]:
    text, _ = decoded_text(data)
    if "\0" in text[:4096]:
        raise RequestFault("sheet-unreadable", status=422)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)):
            yield [_unquoted(cell) for cell in row]
    except csv.Error as error:
        raise RequestFault("sheet-unreadable", status=422) from error


def _unquoted(cell: str) -> str:
    """Excel's way to keep a number as text in CSV: ``="00123"`` or a leading apostrophe."""
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1]
    return cell.removeprefix("'")


def find_header(
    sheets: Sheets, exports: Sequence[SheetExport], told: Told = EMPTY, known: Callable[[str], str | None] | None = None
) -> Header:
    """The row that names most columns, on the first sheet that has one.

    Args:
        sheets: the workbook.
        exports: what is known of headers.
        told: what the user says of columns.
        known: what a cell is by its form (``order_id`` …), for columns that no header tells.

    Raises:
        RequestFault: ``sheet-without-columns``: no row names an order or a claim.
    """
    best: Header | None = None
    for name, rows in sheets:
        for number, row in enumerate(itertools.islice(rows, HEADER_WITHIN), start=1):
            if sum(cell not in {None, ""} for cell in row) < 2:
                continue
            found = mapped(row, exports, told)
            if found and (best is None or len(found.columns) > len(best.columns.columns)):
                best = Header(row=number, sheet=name, columns=found)
        best = best or (_by_content(name, rows, exports, known) if known else None)
        if best is not None:
            return best if known is None else _with_content(best, rows, known)
    raise RequestFault("sheet-without-columns", status=422)


def _with_content(header: Header, rows: Sequence[Sequence[Cell]], known: Callable[[str], str | None]) -> Header:
    sample = list(itertools.islice(rows, header.row, header.row + _SAMPLE))
    return replace(header, columns=by_content(header.columns, sample, known))


def _by_content(
    name: str, rows: Sequence[Sequence[Cell]], exports: Sequence[SheetExport], known: Callable[[str], str | None]
) -> Header | None:
    """The first row below which a column holds order numbers, whatever it calls them; a row that names columns comes first."""
    told = [header for number in range(1, _SAMPLE + 1) if (header := _named(name, rows, number, exports))]
    most = max((len(header.columns.columns) for header in told), default=0)
    for header in told:
        if len(header.columns.columns) < most and most >= _NAMED:
            continue
        found = _with_content(header, rows, known)
        if has_subject(found.columns.columns.values()):
            return found
    return None


def _named(name: str, rows: Sequence[Sequence[Cell]], number: int, exports: Sequence[SheetExport]) -> Header | None:
    row = next(itertools.islice(rows, number - 1, number), ())
    columns = best_export(row, exports) if sum(not _is_blank(cell) for cell in row) > 1 else None
    return Header(row=number, sheet=name, columns=columns) if columns else None


def likely_header(sheets: Sheets, exports: Sequence[SheetExport]) -> Header | None:
    """The row that names most columns, though none of them says what rows are about: a person will tell which one does."""
    found = [
        header for name, rows in sheets for number in range(1, _SAMPLE + 1) if (header := _named(name, rows, number, exports))
    ]  # fmt: skip
    best = max(found, key=lambda header: len(header.columns.columns), default=None)
    return best if best and best.columns.columns else None


def body_rows(sheets: Sheets, header: Header) -> Iterator[tuple[int, dict[str, Cell]]]:
    """The rows below the header as (row number, value by column), blank ones left out.

    Raises:
        RequestFault: ``sheet-too-long``.
    """
    rows = next(rows for name, rows in sheets if name == header.sheet)
    count = blank = 0
    for number, row in enumerate(rows, start=1):
        if number <= header.row:
            continue
        values = {name: row[place] for place, name in header.columns.columns.items() if place < len(row)}
        values = {name: value for name, value in values.items() if not _is_blank(value)}
        blank = 0 if values else blank + 1
        if blank > _BLANK_END:
            return
        if values:
            count += 1
            if count > MAX_ROWS:
                raise RequestFault("sheet-too-long", status=413, limit=MAX_ROWS)
            yield number, values


def _is_blank(value: Any) -> bool:  # noqa: ANN401  # whatever a cell holds
    return value is None or (isinstance(value, str) and not value.strip())
