"""Rows taken out of a sheet for good: every cell of them is emptied, in whatever sheet of the workbook a person is named.

The other rows keep their numbers. Runs in a guarded child only.
"""

import codecs
import csv
import io

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from jobs.batch.sheet.one_column import delimiter_of
from jobs.batch.sheet.opening import as_plain_table, decoded_text, is_workbook
from jobs.batch.sheet.saving import saved
from jobs.batch.sheet.writing import copied
from jobs.records.batch_values import SheetBlanks
from jobs.records.people import holds


def blanked(data: bytes, sheet: str, header: int, blank: SheetBlanks) -> bytes:
    """``data`` without what ``blank`` names: ``rows`` by number in ``sheet``, and any other row but the header with a needle.

    CSV stays CSV; workbooks come back as xlsx.
    """
    rows, needles = set(blank.rows), list(blank.needles)
    if not is_workbook(data):
        return _text(as_plain_table(data, sheet), header, rows, needles)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data)) if data[:4] == b"PK\x03\x04" else copied(data)
    except Exception:  # noqa: BLE001  # the reader read it, the writer cannot: a fresh workbook
        book = copied(data)
    for one in book.worksheets:
        mine = one.title == sheet[:31]
        for number in range(1, one.max_row + 1):
            if not (mine and number == header) and ((mine and number in rows) or _named(one, number, needles)):
                _empty(one, number)
    return saved(book)


def _named(sheet: Worksheet, number: int, needles: list[str]) -> bool:
    return bool(needles) and any(cell.value is not None and holds(str(cell.value), needles) for cell in sheet[number])


def _empty(sheet: Worksheet, number: int) -> None:
    for cell in sheet[number]:
        if not isinstance(cell, MergedCell):
            cell.value, cell.comment, cell.hyperlink = None, None, None


def _text(data: bytes, header: int, rows: set[int], needles: list[str]) -> bytes:
    text, encoding = decoded_text(data)
    sign = delimiter_of(text)
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, delimiter=sign)
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), start=1):
        named = needles and any(holds(cell, needles) for cell in row)
        writer.writerow([""] * len(row) if number != header and (number in rows or named) else row)
    marked = data.startswith(codecs.BOM_UTF8)
    return sink.getvalue().encode(encoding if marked or encoding != "utf-8-sig" else "utf-8", errors="replace")
