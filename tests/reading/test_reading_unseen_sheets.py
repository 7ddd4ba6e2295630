"""Sheets show what their program shows: no hidden row, no white letter, no lost formula, chart or text box without a word."""

import io
import struct
import zipfile

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from casefile.upload import NotIncluded
from reading.intakes import compound as old
from reading.office import open_sheet, workbook
from reading.office.blocks import (
    CHARTS,
    HIDDEN_SHEETS,
    NO_RESULTS,
    NOTES,
    UNSEEN,
    Break,
    Image,
    NotShown,
    Passage,
    Table,
)
from reading.office.number_formats import hides
from tests.reading.made_files import text_picture
from tests.reading.made_office import changed, old_workbook, open_document, record

WHITE, BLACK = "FFFFFFFF", "FF000000"


def saved(book):
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def shown(blocks):
    """The words, then what is told."""
    blocks = list(blocks)
    cells = [cell for block in blocks if isinstance(block, Table) for row in block.rows for cell in row if cell]
    return [*cells, *(block.text for block in blocks if isinstance(block, Passage))], {
        block for block in blocks if isinstance(block, NotShown)
    }


def painted(**look):
    book = openpyxl.Workbook()
    book.active["A1"] = "kept"
    cell = book.active["B1"]
    cell.value = look.pop("value", "secret")
    for name, value in look.items():
        setattr(cell, name, value)
    return book


@pytest.mark.parametrize(
    "book",
    [
        painted(font=Font(color=WHITE)),
        painted(font=Font(color=Color(theme=0))),
        painted(font=Font(color=Color(indexed=9))),
        painted(font=Font(color="FF0000FF"), fill=PatternFill("solid", fgColor="FF0000FF")),
        painted(font=Font(color=BLACK), fill=PatternFill("solid", fgColor="FF050505")),
        painted(font=Font(size=1)),
        painted(number_format=";;;"),
        painted(value=37.48, number_format=";;;@"),
    ],
)
def test_cells_that_nobody_can_read_are_left_out(book):
    assert shown(workbook.with_drawings(saved(book))) == (["kept"], {UNSEEN})


@pytest.mark.parametrize(
    "book",
    [
        painted(value="seen", font=Font(color=WHITE), fill=PatternFill("solid", fgColor="FF1F4E78")),
        painted(value="seen", font=Font(color=Color(theme=0)), fill=PatternFill("solid", fgColor=Color(theme=4))),
        painted(value="seen", font=Font(color=WHITE), fill=PatternFill("lightGray")),
        painted(value="seen", font=Font(color=Color(theme=0, tint=-0.5))),
        painted(value="seen", number_format=";;"),
    ],
)
def test_white_letters_on_a_dark_ground_are_seen(book):
    assert shown(workbook.with_drawings(saved(book))) == (["kept", "seen"], set())


def test_a_table_may_paint_the_ground_of_white_letters():
    book = openpyxl.Workbook()
    for row in (("Order", "State"), ("1", "2")):
        book.active.append(row)
    book.active["A1"].font = Font(color=WHITE)
    book.active.add_table(openpyxl.worksheet.table.Table(displayName="T", ref="A1:B2"))
    assert shown(workbook.with_drawings(saved(book))) == (["Order", "State", "1", "2"], set())


@pytest.mark.parametrize(
    ("value", "code", "hidden"),
    [
        (5, ";;;", True), ("a", ";;;", True), (5, ";;", True), ("a", ";;", False), (-5, "0;", True), (5, "0;", False),
        (0, "0;-0;;@", True), (5, "0;-0;;@", False), ("", ";;;", False), (5, "0.00", False), (True, ";;;", True),
    ],
)  # fmt: skip
def test_a_format_that_shows_nothing(value, code, hidden):
    assert hides(value, code) is hidden


def test_a_formula_without_its_result_is_shown_as_it_is_and_told():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = 5, '=SUM(A1:A1)&"<"'
    assert shown(workbook.with_drawings(saved(book))) == (["5", '=SUM(A1:A1)&"<"'], {NO_RESULTS})


def test_a_formula_whose_result_is_no_word_at_all_is_empty():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "kept", '=""'
    data = saved(book)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").replace(b'<c r="A2">', b'<c r="A2" t="str">')
    assert b't="str"' in page
    assert shown(workbook.with_drawings(changed(data, {"xl/worksheets/sheet1.xml": page}))) == (["kept"], set())


def test_what_a_merged_area_lies_over_is_not_shown():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"], book.active["C1"] = "top", "secret", "right"
    book.active.merged_cells.add("A1:B1")
    assert shown(workbook.with_drawings(saved(book))) == (["top", "right"], {UNSEEN})


def drawn(state="visible"):
    book = openpyxl.Workbook()
    book.active["A1"] = "kept"
    sheet = book.create_sheet("Drawn")
    sheet.sheet_state = state
    sheet["A1"] = "seen"
    sheet["A1"].comment = Comment("not on the page", "me")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1))
    sheet.add_chart(chart)
    picture = io.BytesIO()
    text_picture("Delivered").save(picture, "PNG")
    sheet.add_image(openpyxl.drawing.image.Image(picture), "C3")
    return saved(book)


def test_charts_and_comments_are_told_and_pictures_shown():
    blocks = list(workbook.with_drawings(drawn()))
    assert {CHARTS, NOTES} <= set(blocks)
    assert sum(isinstance(block, Image) for block in blocks) == 1


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_the_pictures_of_a_hidden_sheet_are_hidden_too(state):
    assert set(workbook.with_drawings(drawn(state))) == {Break("1 · Sheet"), Table((("kept",),)), HIDDEN_SHEETS}


def old_shown(data):
    return shown(old._blocks(data))


CELLS = [(0, 0, "订单号"), (0, 1, "secret"), (1, 0, "secret"), (2, 0, 0.0625)]


def test_an_old_workbook_hides_its_rows_columns_and_sheets():
    assert old_shown(old_workbook(CELLS, rows=[1], columns=[1], hidden=True)) == (["订单号", "6.3%"], {HIDDEN_SHEETS})
    assert old_shown(old_workbook(CELLS[:1])) == (["订单号", "second"], set())


def test_an_old_workbook_shows_its_boxes_and_tells_charts_and_comments():
    box = record(0x5D, struct.pack("<HHH", 0x15, 18, 6) + bytes(16))
    text = record(0x1B6, bytes(10) + struct.pack("<HH", 4, 0) + bytes(4)) + record(0x3C, b"\0note")
    chart = record(0x809, struct.pack("<HHHHII", 0x600, 0x20, 0, 0, 0, 6)) + record(0x0A)
    comment = record(0x5D, struct.pack("<HHH", 0x15, 18, 0x19) + bytes(16)) + text + record(0x1C, bytes(12))
    data = old_workbook(CELLS[:1], extra=box + text + chart + comment, hidden=True)
    assert old_shown(data) == (["订单号", "note"], {CHARTS, NOTES, HIDDEN_SHEETS})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xls", old_workbook(CELLS, locked=True)),
        ("a.ods", open_document("spreadsheet", "", manifest="<encryption-data/>")),
        ("a.odt", open_document("text", "", manifest="<encryption-data/>")),
    ],
)
def test_a_locked_file_is_called_locked(read, name, data):
    refused = read(data, name)
    assert isinstance(refused, NotIncluded)
    assert refused.code == "file-encrypted"


def cell(text="", **told):
    named = "".join(f' {name.replace("_", ":", 1).replace("_", "-")}="{value}"' for name, value in told.items())
    return f"<table:table-cell{named}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def sheet(rows, columns="", style="", name="Orders"):
    return f'<table:table table:name="{name}" table:style-name="{style}">{columns}{rows}</table:table>'


def row(*cells, told=""):
    return f"<table:table-row{told}>{''.join(cells)}</table:table-row>"


STYLES = (
    '<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>'
    '<style:style style:name="white" style:family="table-cell"><style:text-properties fo:color="#ffffff"/></style:style>'
    '<style:style style:name="dark" style:family="table-cell" style:parent-style-name="white">'
    '<style:table-cell-properties fo:background-color="#1f4e78"/></style:style>'
)
AGAIN = ' table:number-rows-repeated="{}"'
NOTED = (
    "<table:table-cell><office:annotation><text:p>no</text:p></office:annotation><text:p>a</text:p></table:table-cell>"
)
SHUT = ' table:visibility="filter"'


@pytest.mark.parametrize(
    ("body", "words", "told"),
    [
        (sheet(row(cell("37,48 €", office_value="37.48", office_value_type="currency"))), ["37,48 €"], set()),
        (sheet(row(cell(office_value="37.48", office_value_type="float"))), ["37.48"], set()),
        (sheet(row(cell("a")) + row(cell("b"), told=SHUT)), ["a"], {HIDDEN_SHEETS}),
        (sheet(row(cell("a"), cell("b")), f"<table:table-column/><table:table-column{SHUT}/>"), ["a"], {HIDDEN_SHEETS}),
        (sheet(row(cell("a"))) + sheet(row(cell("b")), style="gone"), ["a"], {HIDDEN_SHEETS}),
        (sheet(row(cell("a"), cell("b", table_style_name="white"))), ["a"], {UNSEEN}),
        (sheet(row(cell("a", table_style_name="dark"))), ["a"], set()),
        (sheet(row(cell("a"), cell(table_formula="of:=[.A1]*2"))), ["a", "=[.A1]*2"], {NO_RESULTS}),
        (sheet(row(cell("a", table_number_columns_repeated="3"))), ["a"] * 3, set()),
        (sheet(row(cell("a"), told=AGAIN.format(2)) + row(cell(), told=AGAIN.format(1048574))), ["a"] * 2, set()),
        (sheet(row(NOTED)), ["a"], {NOTES}),
        (sheet(row(cell("a")) + row("<table:covered-table-cell><text:p>under</text:p></table:covered-table-cell>")), ["a"], set()),
    ],
)  # fmt: skip
def test_an_open_sheet_shows_what_its_program_shows(body, words, told):
    assert shown(open_sheet.blocks(open_document("spreadsheet", body, STYLES))) == (words, told)
