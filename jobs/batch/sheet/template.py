"""The spreadsheet to fill in: our columns with headers in two languages, choices to pick from, ids kept as text."""

import io

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from casefile.house import House
from casefile.platform import Platform
from casefile.wording import Catalog
from jobs.batch.sheet.columns import PLAIN

_ROWS = 2_000
_WIDE = {"files": 44, "ship_to_line1": 30, "order_id": 24, "tracking_number": 24, "procedure": 24, "reason": 22}
_HEAD = PatternFill("solid", fgColor="DCE6F1")


def template(house: House, catalog: Catalog, platform: Platform | None = None) -> bytes:
    """An xlsx workbook: the sheet ``cases``, lists to choose from, and how to fill it in."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "cases"
    for place, name in enumerate(PLAIN, start=1):
        letter = get_column_letter(place)
        head = sheet.cell(2, place, name)
        head.font, head.fill = Font(bold=True), _HEAD
        told = sheet.cell(1, place, catalog.text(f"column.{name}"))
        told.font, told.alignment = Font(italic=True, color="666666"), Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[letter].width = _WIDE.get(name, 17)
        for row in range(3, 53):
            sheet.cell(row, place).number_format = "@"
        sheet.column_dimensions[letter].number_format = "@"
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "A3"
    chosen = [platform] if platform else [house.platforms[key] for key in sorted(house.platforms)]
    lists: dict[str, list[str]] = {
        "platform": [one.id for one in chosen],
        "site": sorted({site for one in chosen for site in one.sites if site != "ZZ"}),
        "procedure": sorted({key for one in chosen for key in one.procedures}),
        "reason": sorted({reason for one in chosen for p in one.procedures.values() for reason in p.reasons}),
        "carrier": sorted(house.carriers),
    }
    _add_lists(book, lists)
    _add_help(book, catalog)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _add_lists(book: openpyxl.Workbook, lists: dict[str, list[str]]) -> None:
    sheet = book.create_sheet("lists")
    sheet.sheet_state = "hidden"
    for place, (name, values) in enumerate(lists.items(), start=1):
        letter = get_column_letter(place)
        for row, value in enumerate(values, start=1):
            sheet.cell(row, place, value)
        rule = DataValidation(
            type="list", formula1=f"lists!${letter}$1:${letter}${max(len(values), 1)}", allow_blank=True
        )
        rule.showErrorMessage = False
        target = get_column_letter(PLAIN.index(name) + 1)
        rule.add(f"{target}3:{target}{_ROWS}")
        book["cases"].add_data_validation(rule)


def _add_help(book: openpyxl.Workbook, catalog: Catalog) -> None:
    sheet = book.create_sheet(catalog.text("sheet.help"))
    for row, line in enumerate(catalog.text("sheet.help_text").split("\n"), start=1):
        sheet.cell(row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 100
