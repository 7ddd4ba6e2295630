"""Office files become pages: every word and number that they show, nothing that they hide, run or fetch."""

import csv
import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from odfdo import Document, Table
from odfdo import Paragraph as OpenParagraph
from PIL import Image

from casefile.upload import NotIncluded, Upload
from reading.office import markup, samples
from reading.office import workbook as sheets
from reading.office.blocks import Image as Picture
from reading.office.blocks import NotShown, Passage
from reading.office.blocks import Table as Rows
from reading.office.compound_samples import compound, message
from reading.office.number_formats import as_shown
from tests.reading.made_files import text_picture

ORDER, NUMBER = "112-4829307-7716253", "1Z999AA10123456784"
HEAD = ("订单号", "物流单号", "状态", "签收日期", "金额")
ROW = (ORDER, NUMBER, "已签收 Delivered", "2026-11-02", "37.48")


def workbook(count=1, columns=1):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Orders"
    sheet.append(HEAD * columns)
    for _ in range(count):
        sheet.append([ORDER, NUMBER, ROW[2], dt.date(2026, 11, 2), 37.48] * columns)
    hidden = book.create_sheet("Private")
    hidden.append(["never shown"])
    hidden.sheet_state = "hidden"
    return book


def saved(book):
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def table_html(charset="utf-8"):
    rows = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in (HEAD, ROW))
    return f'<html><head><meta charset="{charset}"></head><body><table border=1>{rows}</table>'.encode(charset)


def comma(sign=",", encoding="utf-8"):
    sink = io.StringIO()
    csv.writer(sink, delimiter=sign).writerows((HEAD, ROW))
    return sink.getvalue().encode(encoding)


def open_sheet():
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Orders")
    table.set_values([list(HEAD), list(ROW)])
    document.body.append(table)
    return saved(document)


def open_text():
    document = Document("text")
    document.body.append(OpenParagraph(" ".join(ROW)))
    return saved(document)


def rich():
    told = "".join(char if ord(char) < 128 else rf"\u{ord(char)}?" for char in " ".join(ROW))
    return rf"{{\rtf1\ansi {told}\par}}".encode("ascii")


def word_table():
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in ROW)
    return samples.word(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")


def outlook():
    return message({0x0037: "运单 " + NUMBER, 0x1000: " ".join(ROW), 0x0C1A: "UPS", 0x0C1F: "ups@carrier.example"})


FILES = {
    "OrderExport.xlsx": saved(workbook()), "export.xls": table_html(), "old.xls": table_html("gb2312"),
    "export.csv": comma(), "semicolons.csv": comma(";", "gb18030"), "tabs.xls": comma("\t", "utf-16"), "page.html": table_html(),
    "sheet.ods": open_sheet(), "note.odt": open_text(), "note.rtf": rich(), "note.docx": word_table(), "mail.msg": outlook(),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_every_kind_shows_its_words(read, name):
    file = read(FILES[name], name)
    text = " ".join(line.text for page in file.reading.pages for line in page.lines)
    assert all(word in text for word in ROW), text
    assert "office-set" in file.reading.changes
    assert "never shown" not in text


def test_an_office_file_may_begin_with_any_of_its_parts(read):
    with zipfile.ZipFile(io.BytesIO(FILES["note.docx"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for first in ("_rels/", "customXml/item1.xml", "docMetadata/LabelInfo.xml"):
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w") as archive:
            for name, data in ({first: b""} | parts).items():
                archive.writestr(name, data)
        assert "office-set" in read(sink.getvalue(), "note.docx").reading.changes


def test_a_long_sheet_repeats_its_head_on_each_page_and_says_which_it_is(read):
    pages = read(saved(workbook(120)), "OrderExport.xlsx").reading.pages
    told = [[line.text for line in page.lines] for page in pages]
    assert len(pages) > 1
    assert all(page[0] == "1 · Orders" and page.count(HEAD[0]) == 1 for page in told)
    assert sum(page.count(ORDER) for page in told) == 120


def test_a_wide_sheet_goes_on_in_further_columns_with_the_first_beside_them(read):
    pages = read(saved(workbook(1, 6)), "wide.xlsx").reading.pages
    told = [[line.text for line in page.lines] for page in pages]
    assert sum(page.count("37.48") for page in told) == 6
    assert all(page.count(ORDER) >= 1 for page in told)
    boxes = [line.box for page in pages for line in page.lines]
    assert all(0 <= left < right <= 1 and 0 <= top < bottom <= 1 for left, top, right, bottom in boxes)


def test_hidden_rows_and_columns_stay_behind_and_that_is_told(read):
    book = openpyxl.Workbook()
    for row in ((), ("", "seen", "secret", "last"), ("", "secret", "secret", "secret"), ("", "below", "secret", "end")):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    [_, shown, _] = sheets.blocks(saved(book))
    assert [[cell for cell in row if cell] for row in shown.rows] == [["seen", "last"], ["below", "end"]]
    assert "hidden-sheets-left-out" in read(saved(book), "a.xlsx").reading.changes


def test_numbers_of_a_workbook_stand_as_its_program_shows_them():
    book = openpyxl.Workbook()
    cells = [
        (0.0625, "0.00%"),
        (37.5, '"$"#,##0.00'),
        (1249.9, "#,##0.00 [$€-407]"),
        (42, "00000"),
        (1.5, "General"),
        (7, "# ?/?"),
    ]
    for column, (value, code) in enumerate(cells, start=1):
        book.active.cell(row=2, column=column, value=value).number_format = code
    [_, shown] = sheets.blocks(saved(book))
    assert [[cell for cell in row if cell] for row in shown.rows] == [
        ["6.25%", "$37.50", "1,249.90 €", "00042", "1.5", "7"]
    ]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.15, "0%", "15%"), (-0.05, "0.0%", "-5.0%"), (1234567, "#,##0", "1,234,567"), (0.5, "0.##", "0.5"),
        (-5.5, "#,##0.00;[Red](#,##0.00)", "(5.50)"), (-5.5, "0.0", "-5.5"), (-0.001, "0.00", "0.00"), (12, "0.##", "12"),
        (12.345, "_($* #,##0.00_);_($* (#,##0.00)", "$12.35"), (3, '0" pcs"', "3 pcs"), (8, "¥#,##0.00", "¥8.00"),
        # not plain: the number stays as it is
        (45000, "yyyy-mm-dd", None), (1e6, "0.00E+00", None), (5, "General", None), (5, "@", None), (1500, "0,", None),
        (7, "[>5]0;0.0", None), (1.5, "# ?/?", None), (0.5, "[h]:mm", None),
    ],
)  # fmt: skip
def test_a_number_in_its_format(value, code, text):
    assert as_shown(value, code) == text


def test_hidden_sheets_stay_behind_and_that_is_told(read):
    assert "hidden-sheets-left-out" in read(saved(workbook()), "a.xlsx").reading.changes


def with_picture():
    sink, picture = io.BytesIO(), io.BytesIO()
    text_picture("Delivered Nov 2, 2026").save(picture, "PNG")
    with zipfile.ZipFile(io.BytesIO(saved(workbook()))) as plain, zipfile.ZipFile(sink, "w") as archive:
        for entry in plain.namelist():
            archive.writestr(entry, plain.read(entry))
        archive.writestr("xl/media/image1.png", picture.getvalue())
    return sink.getvalue()


def test_pictures_in_a_workbook_are_shown_and_read(read):
    text = " ".join(line.text for page in read(with_picture(), "a.xlsx").reading.pages for line in page.lines)
    assert "Delivered Nov 2, 2026" in text


def bomb():
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("word/document.xml", bytes(90_000_000))
    return sink.getvalue()


def entities():
    laughs = "".join(f"<!ENTITY l{n} '{10 * f'&l{n - 1};'}'>" for n in range(1, 10))
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(samples.word())) as plain, zipfile.ZipFile(sink, "w") as archive:
        for entry in plain.namelist():
            data = plain.read(entry)
            if entry == "word/document.xml":
                data = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>'.encode() + data.replace(b"Order", b"&l9;")
            archive.writestr(entry, data)
    return sink.getvalue()


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (compound({"EncryptedPackage": b"x" * 64}), {"file-encrypted"}),
        (compound({"WordDocument": b"x" * 64}), {"file-type-later"}),
        (saved(workbook())[:3000], {"file-unreadable"}),
        (bomb(), {"archive-too-large"}),
        (entities(), {"file-unreadable", "decode-memory", "decode-timeout", "text-too-long"}),
        (FILES["mail.msg"][:700], {"file-unreadable"}),
    ],
    ids=["locked", "doc", "cut", "bomb", "entities", "cut mail"],
)
def test_what_cannot_be_shown_is_refused_by_name(read, data, codes):
    refused = read(data, "file.xlsx")
    assert isinstance(refused, NotIncluded)
    assert refused.code in codes


PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>one<br>two</p>", [Passage("one\ntwo")]),
        ("<h2>Title</h2>text", [Passage("Title", heading=True), Passage("text")]),
        ("<ul><li>a<li>b</ul>", [Passage("• a"), Passage("• b")]),
        ("<div style='display:none'>secret<br><img src=x></div>seen", [Passage("seen")]),
        ("<p hidden>secret</p>seen<script>run()</script><style>p{}</style>", [Passage("seen")]),
        ('<div style="opacity: 0">secret</div><p style="opacity:.5">seen</p>', [Passage("seen")]),
        ('<p style="opacity:0.0;color:red">secret</p><p style="fill-opacity:0">seen</p>', [Passage("seen")]),
        ('<p style="position:absolute;left:-9999px">secret</p><p style="left:-12px">seen</p>', [Passage("seen")]),
        ('<div style="font-size:0"><p style="font-size:16px">seen</p></div>', [Passage("seen")]),
        ("<table><tr><td>a<td>b<tr><td colspan=2>c</table>", [Rows((("a", "b"), ("c", "")))]),
        ("<table><tr><td><table><tr><td>in</td></tr></table></td></tr></table>", [Rows((("in",),))]),
        ("<img src='https://example.com/x.png'>", []),
        ("<table></table>", []),
        ("5 &lt; 6 &amp; 7&nbsp;€", [Passage("5 < 6 & 7 €")]),
    ],
)
def test_a_page_is_read_as_its_reader_sees_it(page, found):
    assert [block for block in markup.blocks(page) if not isinstance(block, NotShown)] == found


def test_a_page_shows_the_pictures_that_it_carries_itself():
    [picture] = markup.blocks(f"<img src='{PIXEL}'>")
    assert isinstance(picture, Picture)
    assert Image.open(io.BytesIO(picture.data)).size == (1, 1)


@pytest.mark.parametrize("page", [b"<html><body></body></html>", b"<html><script>draw()</script></html>"])
def test_a_file_with_nothing_to_show_is_no_blank_page(read, page):
    assert read(page, "page.html").code == "office-empty"


def test_what_is_attached_to_a_mail_of_outlook_is_read_as_a_file_of_its_own(room):
    assert room.unpack(Upload(name="mail.msg", data=FILES["mail.msg"]), set()) == ()
    assert room.unpack(Upload(name="old.xls", data=compound({"Workbook": b"x"})), set()) == ()
