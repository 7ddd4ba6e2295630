"""Where in a sheet the columns are named, and the rows below: looks at what ``opening.py`` read."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from casefile.errors import RequestFault
from jobs.batch.sheet.cells import Cell, says_nothing
from jobs.batch.sheet.columns import (
    EMPTY,
    ColumnMap,
    HeaderWords,
    SheetExport,
    Told,
    all_header_words,
    best_export,
    has_subject,
    mapped,
)
from jobs.batch.sheet.contents import by_content
from jobs.batch.sheet.headers import plain_header
from jobs.batch.sheet.opening import Sheets

MAX_ROWS = 100_000
"""Most rows of one batch (published limit)."""

HEADER_WITHIN = 300
"""The header row is searched in so many first rows; exports begin with titles and blank lines."""

_NAMED = 2
"""Columns that a row names before it is taken for the header, whatever stands below the other rows."""
_SAMPLE = 20
"""Rows in which the form of cells tells a column."""
_BLANK_END = 1_000
_WIDE = 5
"""Columns from which a row of one or two cells, none of them an order, is a note."""
_FEW = 3
"""So few cells of many columns, none of them a number of an order, are words about the sheet, such as how many rows it has."""
_OF_THE_SHEET = re.compile(
    r"(?:总?共|合计|总计|小计|共计|total:?)\s*\d+\s*(?:单|笔|条|件|个|行|orders?|rows?|records?)?\s*$|(?:说明|备注|注|制表人?|导出时间|notes?|remarks?)\s*[:：]",
    re.IGNORECASE,
)
"""What stands in the place of an order's number and speaks of the sheet."""
_SUBJECTS = frozenset({"order_id", "claim_id"})
_TOTALS = frozenset(
    map(
        plain_header,
        ("合计", "总计", "小计", "汇总", "共计", "合計", "總計", "小計", "total", "totals", "grand total", "subtotal", "sum",
         "summe",         "gesamt", "gesamtsumme", "totale", "suma", "razem", "итого", "всего", "합계", "총계",
         "toplam", "รวม", "tổng cộng"),
    )
)  # fmt: skip
"""What stands in a row that sums up the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the columns are named: row number from 1, sheet name, and what each column means."""

    row: int
    sheet: str
    columns: ColumnMap


def find_header(
    sheets: Sheets, exports: Sequence[SheetExport], told: Told = EMPTY, known: Callable[[str], str | None] | None = None
) -> Header:
    """The row that names most columns; of several sheets alike the first.

    Args:
        sheets: the workbook.
        exports: what is known of headers.
        told: what the user says of columns.
        known: what a cell is by its form (``order_id`` …), for columns that no header tells.

    Raises:
        RequestFault: ``sheet-without-columns``: no row names an order or a claim.
    """
    words, best = all_header_words(exports, told), None
    for name, rows in sheets:
        found = _by_names(name, rows, words) or (_by_content(name, rows, words, known) if known else None)
        if found and known:
            found = _with_content(found, rows, known)
        if found and (best is None or len(found.columns.columns) > len(best.columns.columns)):
            best = found
    if best is None:
        raise RequestFault("sheet-without-columns", status=422)
    return best


def _by_names(name: str, rows: Sequence[Sequence[Cell]], words: Sequence[HeaderWords]) -> Header | None:
    best: Header | None = None
    for number, row in enumerate(itertools.islice(rows, HEADER_WITHIN), start=1):
        if sum(not says_nothing(cell) for cell in row) < _NAMED:
            continue
        found = mapped(row, words)
        if found and (best is None or len(found.columns) > len(best.columns.columns)):
            best = Header(row=number, sheet=name, columns=found)
    return best


def _with_content(header: Header, rows: Sequence[Sequence[Cell]], known: Callable[[str], str | None]) -> Header:
    sample = list(itertools.islice(rows, header.row, header.row + _SAMPLE))
    headers = next(itertools.islice(rows, header.row - 1, header.row), ())
    return replace(header, columns=by_content(header.columns, headers, sample, known))


def _by_content(
    name: str, rows: Sequence[Sequence[Cell]], words: Sequence[HeaderWords], known: Callable[[str], str | None]
) -> Header | None:
    """The first row below which a column holds order numbers, whatever it calls them; a row that names columns comes first."""
    told = [header for number in range(1, _SAMPLE + 1) if (header := _named(name, rows, number, words))]
    most = max((len(header.columns.columns) for header in told), default=0)
    for header in told:
        if len(header.columns.columns) < most and most >= _NAMED:
            continue
        found = _with_content(header, rows, known)
        if has_subject(found.columns.columns.values()):
            return found
    return None


def _named(name: str, rows: Sequence[Sequence[Cell]], number: int, words: Sequence[HeaderWords]) -> Header | None:
    row = next(itertools.islice(rows, number - 1, number), ())
    columns = best_export(row, words) if sum(not says_nothing(cell) for cell in row) > 1 else None
    return Header(row=number, sheet=name, columns=columns) if columns else None


def likely_header(sheets: Sheets, exports: Sequence[SheetExport]) -> Header | None:
    """The row that names most columns, though none of them says what rows are about: a person will tell which one does."""
    words = all_header_words(exports)
    found = [
        header for name, rows in sheets for number in range(1, _SAMPLE + 1) if (header := _named(name, rows, number, words))
    ]  # fmt: skip
    best = max(found, key=lambda header: len(header.columns.columns), default=None)
    return best if best and best.columns.columns else None


def body_rows(sheets: Sheets, header: Header) -> Iterator[tuple[int, dict[str, Cell]]]:
    """The rows below the header as (row number, value by column), blank ones left out.

    Raises:
        RequestFault: ``sheet-too-long``.
    """
    rows = next(rows for name, rows in sheets if name == header.sheet)
    left = set(rows_left(sheets, header))
    count = blank = 0
    for number, row in enumerate(rows, start=1):
        if number <= header.row or number in left:
            continue
        values = {name: row[place] for place, name in header.columns.columns.items() if place < len(row)}
        values = {name: value for name, value in values.items() if not says_nothing(value)}
        blank = 0 if values else blank + 1
        if blank > _BLANK_END:
            return
        if values:
            count += 1
            if count > MAX_ROWS:
                raise RequestFault("sheet-too-long", status=413, limit=MAX_ROWS)
            yield number, values


def rows_left(sheets: Sheets, header: Header) -> tuple[int, ...]:
    """The rows below the header that are no cases: totals, headers once more, notes and explanations; by number."""
    rows = next(rows for name, rows in sheets if name == header.sheet)
    head = {plain_header(cell) for cell in rows[header.row - 1] if not says_nothing(cell)}
    places = [place for place, name in header.columns.columns.items() if name in _SUBJECTS]
    found = []
    for number, row in enumerate(rows[header.row :], start=header.row + 1):
        subjects = [str(row[place]) for place in places if place < len(row) and not says_nothing(row[place])]
        texts = [plain_header(cell) for cell in row if isinstance(cell, str) and cell.strip()]
        again = len(texts) >= _NAMED and head.issuperset(texts)
        numberless = bool(subjects) and not any(map(_has_digit, subjects))
        filled = sum(not says_nothing(cell) for cell in row)
        explains = numberless and (number == header.row + 1 or (filled <= _FEW and filled * _FEW < len(head)))
        summed = any(text in _TOTALS for text in texts) and not any(map(_has_digit, subjects))
        said = any(_OF_THE_SHEET.match(subject) for subject in subjects)
        noted = not subjects and len(head) >= _WIDE and filled in {1, 2}
        if again or explains or summed or noted or said:
            found.append(number)
    return tuple(found)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def other_sheets(sheets: Sheets, header: Header) -> tuple[str, ...]:
    """The sheets beside the one that is read in which rows stand below the same columns."""
    wanted = {
        plain_header(cell) for cell in next(rows for name, rows in sheets if name == header.sheet)[header.row - 1]
    }
    wanted.discard("")
    return tuple(
        name
        for name, rows in sheets
        if name != header.sheet
        and any(len(wanted & set(map(plain_header, row))) * 2 > len(wanted) for row in itertools.islice(rows, _SAMPLE))
        and len(rows) > 1
    )
