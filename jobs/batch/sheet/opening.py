"""Spreadsheets opened: xlsx, xls, ods by their reader, CSV and TSV in whatever encoding an office program chose, tables of pages.

``sheets_of`` opens untrusted bytes and is called in a guarded child only.
"""

import codecs
import csv
import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator, Sequence

import python_calamine

from casefile.errors import RequestFault
from jobs.batch.sheet.cells import Cell
from jobs.batch.sheet.formulas import constant, formula_texts, with_texts
from jobs.batch.sheet.marked_tables import is_marked, marked_tables
from jobs.batch.sheet.one_column import delimiter_of, taken_apart
from reading.encodings import encoding_of

_MAX_UNPACKED = 400_000_000
_MAX_RATIO = 200

Merged = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, each as row and column from 0."""
Sheets = Sequence[tuple[str, Sequence[Sequence[Cell]]]]
"""A workbook as it was read: each sheet's name and rows."""


def is_workbook(data: bytes) -> bool:
    """Whether ``data`` is a workbook and no text."""
    return data[:4] == b"PK\x03\x04" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sheets_of(data: bytes) -> Iterator[tuple[str, Iterator[Sequence[Cell]]]]:
    """Each sheet with its rows; a text file is one sheet without a name.

    Raises:
        RequestFault: ``sheet-unreadable`` or ``sheet-too-large``.
    """
    if not is_workbook(data):
        yield from marked_tables(decoded_text(data)[0]) if is_marked(data) else [("", taken_apart(_text_rows(data)))]
        return
    _refuse_bomb(data)
    try:
        texts = formula_texts(data) if data[:4] == b"PK\x03\x04" else {}
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in _shown(book):
            sheet = book.get_sheet_by_name(name)
            top, left = sheet.start or (0, 0)
            margin: list[Cell] = [None] * left
            rows = ([*margin, *row] for row in sheet.iter_rows())
            whole = with_texts(itertools.chain(itertools.repeat((), top), rows), texts.get(name, {}))
            yield name, taken_apart(_filled_down(whole, sheet.merged_cell_ranges or ()))
    except (python_calamine.CalamineError, zipfile.BadZipFile, ValueError, OSError) as error:
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
        full = [
            held[column][1] if column in held and (cell is None or cell == "") else cell
            for column, cell in enumerate(row)
        ]
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


def as_plain_table(data: bytes, sheet: str) -> bytes:
    """``data`` itself; of a page or XML the table of this name as CSV, with the same row numbers."""
    if not is_marked(data):
        return data
    sink = io.StringIO(newline="")
    csv.writer(sink).writerows(next(rows for name, rows in sheets_of(data) if name == sheet))
    return codecs.BOM_UTF8 + sink.getvalue().encode()


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
    """What a cell of CSV says: ``="00123"``, a leading apostrophe, a formula that only puts texts together."""
    if cell.startswith("=") and (text := constant(cell)) is not None:
        return text
    return cell.removeprefix("'")


def _shown(book: python_calamine.CalamineWorkbook) -> list[str]:
    """The sheets that a person sees; where all are hidden, all."""
    seen = [one.name for one in book.sheets_metadata if one.visible == python_calamine.SheetVisibleEnum.Visible]
    return [name for name in book.sheet_names if name in seen] or list(book.sheet_names)
