"""Spreadsheets (XLSX, XLSM, XLSB, XLS, ODS) as tables: what each visible sheet shows, its pictures behind the last one."""

import datetime as dt
import io
from collections.abc import Iterable, Iterator

import python_calamine

from reading.intake import Refusal
from reading.office.blocks import HIDDEN_SHEETS, Block, Break, Image, table
from reading.office.number_formats import as_shown
from reading.office.pictures import in_folder
from reading.office.sheet_layout import SheetLayout, layouts

_MOST_CELLS = 400_000
_EXACT = 1e15
"""Up to here a number without decimals is a whole number that is written as one."""
Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def blocks(data: bytes) -> Iterator[Block]:
    """Each visible sheet on pages of its own, headed by its number and name.

    Raises:
        Refusal: ``file-encrypted``, ``text-too-long``, ``file-unreadable``.
    """
    try:
        yield from _sheets(python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)), layouts(data))
    except python_calamine.PasswordError as fault:
        raise Refusal("file-encrypted") from fault
    except python_calamine.CalamineError as fault:
        raise Refusal("file-unreadable") from fault
    if data.startswith(b"PK"):
        yield from (Image(picture) for folder in ("xl/media/", "Pictures/") for picture in in_folder(data, folder))


def _is_shown(sheet: python_calamine.SheetMetadata) -> bool:
    return bool(
        sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        and sheet.visible == python_calamine.SheetVisibleEnum.Visible
    )


def _sheets(book: python_calamine.CalamineWorkbook, known: tuple[SheetLayout, ...]) -> Iterator[Block]:
    cells = 0
    for number, sheet in enumerate(filter(_is_shown, book.sheets_metadata), start=1):
        found = book.get_sheet_by_name(sheet.name)
        cells += found.total_height * found.total_width
        if cells > _MOST_CELLS:
            raise Refusal("text-too-long", characters=cells, allowed=_MOST_CELLS)
        shown = table(
            _rows(
                found.to_python(),
                found.start or (0, 0),
                next((one for one in known if one.sheet == sheet.name), SheetLayout()),
            )
        )
        if shown is not None:
            yield Break(f"{number} · {sheet.name}")
            yield shown
    lines = any(sheet.rows or sheet.columns for sheet in known)
    if lines or any(not _is_shown(sheet) for sheet in book.sheets_metadata):
        yield HIDDEN_SHEETS


def _rows(rows: Iterable[Iterable[Cell]], start: tuple[int, int], layout: SheetLayout) -> Iterator[list[str]]:
    for place, row in enumerate(rows, start=start[0]):
        if place not in layout.rows:
            yield [
                _shown(cell, layout.formats.get((place, column)))
                for column, cell in enumerate(row, start=start[1])
                if column not in layout.columns
            ]


def _shown(cell: Cell, code: str | None) -> str:
    """A cell as its program shows it, where it says how."""
    said = None
    if code and isinstance(cell, int | float) and not isinstance(cell, bool):
        said = as_shown(float(cell), code)
    return _written(cell) if said is None else said


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
