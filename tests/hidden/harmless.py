"""Pages that look as if they hid something, and hide nothing: they go along as they are."""

from pikepdf import Array, Dictionary, Name, Object
from PIL import Image

from tests.hidden.more_ways import said, second_font
from tests.hidden.ways import VISIBLE, box, collected, text

HARMLESS = {}
page = collected(HARMLESS)


@page
def white_words_on_a_dark_bar(sheet):
    sheet.content += box("0.1 0.2 0.4") + b"1 g " + text("Delivery details of the parcel") + b"0 g "


@page
def bold_by_writing_twice(sheet):
    sheet.content += text("Proof of delivery") + text("Proof of delivery", x=72.4)


@page
def shadow_behind_a_heading(sheet):
    sheet.content += (
        b"0.8 g " + text("Proof of delivery", x=73, y=599, size=24) + b"0 g " + text("Proof of delivery", size=24)
    )


@page
def marker_over_words(sheet):
    sheet.add("Mark", Dictionary(BM=Name.Multiply, ca=0.6), "ExtGState")
    sheet.content += text("Left at the front door") + b"q /Mark gs " + box("1 1 0.2") + b"Q "


@page
def words_in_table_cells(sheet):
    for row in range(6):
        sheet.content += box("0.93 0.95 0.98", (60, 560 - 30 * row, 400, 24)) + text(
            f"Scan {row} at the depot", y=566 - 30 * row
        )


@page
def grey_small_print(sheet):
    sheet.content += b"0.45 g " + text("Times are those of the place of the scan.", size=5) + b"0 g "


@page
def pale_watermark(sheet):
    sheet.content = b"q 0.85 g 0.7 0.7 -0.7 0.7 150 200 cm " + text("COPY", x=0, y=0, size=120) + b"Q " + sheet.content


@page
def logo_with_a_soft_edge(sheet):
    image = Image.new("RGB", (80, 40), (30, 90, 160))
    mask = Image.linear_gradient("L").resize((80, 40)).point(lambda level: 60 + level * 3 // 4)
    sheet.add("Logo", sheet.picture(image, SMask=sheet.pdf.make_indirect(sheet.picture(mask))))
    sheet.content += b"q 80 0 0 40 400 760 cm /Logo Do Q "


@page
def picture_in_its_frame(sheet):
    sheet.add("Photo", sheet.picture(Image.effect_noise((200, 150), 40)))
    sheet.content += b"q 60 300 200 150 re W n 200 0 0 150 60 300 cm /Photo Do Q q 1 w 60 300 200 150 re S Q "


@page
def two_columns_close_together(sheet):
    for row in range(8):
        sheet.content += text(f"Left column {row}", y=500 - 20 * row) + text(
            f"Right column {row}", x=190, y=500 - 20 * row
        )


@page
def words_set_letter_by_letter(sheet):
    sheet.content += b"BT /F1 14 Tf 72 600 Td [(D) -20 (e) -20 (livered) -300 (to) -300 (the) -300 (door)] TJ ET "


@page
def words_turned_on_their_side(sheet):
    sheet.content += b"BT /F1 12 Tf 0 1 -1 0 40 300 Tm (Printed by the warehouse) Tj ET "


@page
def ligature_of_three_letters(sheet):
    second_font(sheet, ["<7E> <006600660069>"])
    sheet.content += text("The o", y=640) + said(text("~", x=110, y=640)) + text("ce", x=122, y=640)


@page
def font_whose_name_is_written_in_chinese_bytes(sheet):
    font = sheet.font()
    font.FontDescriptor.FontName = font.BaseFont = Object.parse(b"/ABCDEF+#cb#ce#cc#e5")
    sheet.add("F2", font, "Font")
    sheet.content += said(text("Left at the front door"))


@page
def a_link(sheet):
    sheet.content += text("Track this parcel")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[70, 595, 200, 615], Border=[0, 0, 0])
    sheet.page.Annots = Array([sheet.pdf.make_indirect(link)])


@page
def a_page_turned_by_its_flag(sheet):
    sheet.page.Rotate = 90


@page
def said_twice_in_other_places(sheet):
    sheet.content += text(VISIBLE, y=500) + text(VISIBLE, y=300, size=9)
