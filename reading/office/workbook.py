"""Spreadsheets (XLSX, XLSM, XLSB, XLS) as tables: what each visible sheet shows, its texts and pictures behind the last one."""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

import python_calamine

from reading.intake import Refusal
from reading.office import sheet_drawings
from reading.office.blocks import CHARTS, HIDDEN_SHEETS, NO_RESULTS, UNSEEN, Block, Break, table
from reading.office.number_formats import as_shown, hides
from reading.office.sheet_layout import Place, SheetLayout, layouts

_MOST_CELLS = 400_000
_EXACT = 1e15
"""Up to here a number without decimals is a whole number that is written as one."""
_PICTURE = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(.*\)", re.DOTALL)
"""A picture in a cell, as WPS writes it; the picture itself stands behind the sheets."""
Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
Grid = tuple[Place, Sequence[Sequence[Cell]]]
"""Where the rows begin, and the rows."""


def blocks(data: bytes, known: tuple[SheetLayout, ...] | None = None) -> Iterator[Block]:
    """Each visible sheet on pages of its own, headed by its number and name.

    Raises:
        Refusal: ``file-encrypted``, ``text-too-long``, ``file-unreadable``.
    """
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        yield from _sheets(book, layouts(data) if known is None else known)
    except python_calamine.PasswordError as fault:
        raise Refusal("file-encrypted") from fault
    except python_calamine.CalamineError as fault:
        raise Refusal("file-unreadable") from fault


def with_drawings(data: bytes) -> Iterator[Block]:
    """The sheets of an XLSX, then the texts and pictures that lie on them; raises as ``blocks`` does."""
    known = layouts(data)
    yield from blocks(data, known)
    try:
        yield from sheet_drawings.blocks(data, known, shown_sheets(data))
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError) as fault:
        raise Refusal("file-unreadable") from fault


def shown_sheets(data: bytes) -> frozenset[str]:
    """The names of the sheets that the program shows."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return frozenset(sheet.name for sheet in book.sheets_metadata if _is_shown(sheet))


def _is_shown(sheet: python_calamine.SheetMetadata) -> bool:
    return bool(sheet.visible == python_calamine.SheetVisibleEnum.Visible)


def _has_cells(sheet: python_calamine.SheetMetadata) -> bool:
    return bool(sheet.typ == python_calamine.SheetTypeEnum.WorkSheet)


def _sheets(book: python_calamine.CalamineWorkbook, known: tuple[SheetLayout, ...]) -> Iterator[Block]:
    cells = 0
    for number, sheet in enumerate(filter(_is_shown, book.sheets_metadata), start=1):
        if not _has_cells(sheet):
            yield CHARTS
            continue
        layout = next((one for one in known if one.sheet == sheet.name), SheetLayout())
        found = book.get_sheet_by_name(sheet.name)
        cells += found.total_height * found.total_width
        if cells > _MOST_CELLS:
            raise Refusal("text-too-long", characters=cells, allowed=_MOST_CELLS)
        merged = found.merged_cell_ranges or []
        yield from _of_sheet(f"{number} · {sheet.name}", (found.start or (0, 0), found.to_python()), layout, merged)
    if any(not _is_shown(sheet) for sheet in book.sheets_metadata):
        yield HIDDEN_SHEETS


def _of_sheet(title: str, grid: Grid, layout: SheetLayout, merged: Sequence[tuple[Place, Place]]) -> Iterator[Block]:
    (top, left), rows = _with_formulas(grid, layout)
    texts: list[list[str]] = []
    unseen = False
    covered = _covered(merged, rows, (top, left))
    for place, row in enumerate(rows, start=top):
        said = [_shown(cell, layout.formats.get((place, column))) for column, cell in enumerate(row, start=left)]
        for column, text in enumerate(said, start=left):
            if text and ((place, column) in layout.unseen or (place, column) in covered):
                said[column - left] = ""
                unseen = True
            elif not text and hides(row[column - left], layout.formats.get((place, column), "")):
                unseen = True
        if place not in layout.rows:
            texts.append([text for column, text in enumerate(said, start=left) if column not in layout.columns])
    shown = table(texts)
    if shown is not None:
        yield Break(title)
        yield shown
    if layout.rows or layout.columns:
        yield HIDDEN_SHEETS
    if unseen:
        yield UNSEEN
    if layout.formulas:
        yield NO_RESULTS


def _covered(merged: Sequence[tuple[Place, Place]], rows: Sequence[Sequence[Cell]], start: Place) -> frozenset[Place]:
    """Places that the first cell of a merged area lies over, as far as something was left there."""
    found = set()
    for place, row in enumerate(rows, start=start[0]) if merged else ():
        areas = [area for area in merged if area[0][0] <= place <= area[1][0]]
        for column, cell in enumerate(row, start=start[1]) if areas else ():
            if cell != "" and any(a[1] <= column <= b[1] and (place, column) != tuple(a) for a, b in areas):
                found.add((place, column))
    return frozenset(found)


def _with_formulas(grid: Grid, layout: SheetLayout) -> Grid:
    """The rows, a formula whose result was not kept in the place of nothing."""
    (top, left), rows = grid
    if not layout.formulas:
        return grid
    height = max(top + len(rows), 1 + max(row for row, _ in layout.formulas))
    width = max(left + max(map(len, rows), default=0), 1 + max(column for _, column in layout.formulas))
    if height * width > _MOST_CELLS:
        return grid
    whole: list[list[Cell]] = [[""] * width for _ in range(height)]
    for place, row in enumerate(rows, start=top):
        whole[place][left : left + len(row)] = row
    for (row_at, column), formula in layout.formulas.items():
        if whole[row_at][column] in {"", 0}:
            whole[row_at][column] = formula
    return (0, 0), whole


def _shown(cell: Cell, code: str | None) -> str:
    """A cell as its program shows it, where it says how."""
    if code and hides(cell, code):
        return ""
    said = None
    if code and isinstance(cell, int | float) and not isinstance(cell, bool):
        said = as_shown(float(cell), code)
    text = _written(cell) if said is None else said
    return "" if _PICTURE.fullmatch(text) else text


def _written(cell: Cell) -> str:
    """A cell as people read it: no exponent, no decimals that were not meant, days without an hour that nobody wrote."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < _EXACT
        return str(int(cell)) if whole else f"{cell:.10f}".rstrip("0").rstrip(".") if abs(cell) > 1e-9 else str(cell)
    if isinstance(cell, dt.datetime):
        bare = cell.time() == dt.time()
        return cell.strftime("%Y-%m-%d") if bare else cell.isoformat(" ", "seconds" if cell.second else "minutes")
    return str(cell)
