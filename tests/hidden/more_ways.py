"""More ways to hide something in a PDF, thought of after the first were closed: each makes a page as those of ``ways`` do."""

from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.hidden.ways import MAGENTA, SECRET, box, collected, magenta, text

MORE_WAYS = {}
way = collected(MORE_WAYS)


def state(sheet, **keys):
    sheet.add("State", Dictionary(**keys), "ExtGState")
    return b"q /State gs "


def character_map(rows):
    body = "\n".join(rows)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <FF> endcodespacerange\n{len(rows)} beginbfchar\n{body}\nendbfchar\nendcmap end end"
    ).encode()


def second_font(sheet, rows):
    """The same letters, which claim to be others."""
    font = sheet.font()
    font.ToUnicode = sheet.pdf.make_stream(character_map(rows))
    sheet.add("F2", font, "Font")


def said(words):
    return words.replace("/F1", "/F2") if isinstance(words, str) else words.replace(b"/F1", b"/F2")


@way
def map_that_gives_other_words(sheet):
    shown = "Thank you for shopping here xx"[: len(SECRET)]
    pairs = dict(zip(shown, SECRET, strict=False))
    second_font(sheet, [f"<{ord(a):02X}> <{ord(b):04X}>" for a, b in pairs.items()])
    sheet.content += said(text(shown, y=640))


@way
def one_letter_that_stands_for_a_sentence(sheet):
    long = SECRET.encode("utf-16-be").hex()
    second_font(sheet, [f"<2E> <{long}>"])
    sheet.content += text("The end of the page", y=640) + said(text(".", x=210, y=640))


@way
def letters_without_shape(sheet):
    names = sorted({f"c{ord(char)}" for char in SECRET})
    codes = [part for char in sorted(set(SECRET)) for part in (ord(char), Name(f"/c{ord(char)}"))]
    shapes = Dictionary({f"/{name}": sheet.pdf.make_stream(b"600 0 d0") for name in names})
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=32,
        LastChar=126, Widths=Array([600] * 95), CharProcs=shapes, Resources=Dictionary(),
        Encoding=Dictionary(Differences=Array(codes)),
        ToUnicode=sheet.pdf.make_stream(character_map([f"<{ord(c):02X}> <{ord(c):04X}>" for c in sorted(set(SECRET))])),
    )  # fmt: skip
    sheet.add("F2", sheet.pdf.make_indirect(font), "Font")
    sheet.content += said(text(SECRET))


@way
def under_a_tile(sheet):
    cell = sheet.pdf.make_stream(
        b"0.2 g 0 0 10 10 re f", Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 10, 10], XStep=10,
        YStep=10, Resources=Dictionary(),
    )  # fmt: skip
    sheet.add("Tile", cell, "Pattern")
    sheet.content += text(SECRET) + b"q /Pattern cs /Tile scn 60 594 400 26 re f Q "


@way
def under_a_picture_in_the_content(sheet):
    sheet.content += text(SECRET) + b"q 400 0 0 26 60 594 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x40 EI Q "


@way
def under_a_stencil(sheet):
    stencil = sheet.pdf.make_stream(
        b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, ImageMask=True, BitsPerComponent=1
    )
    sheet.add("Stencil", stencil)
    sheet.content += text(SECRET) + b"q 0 g 400 0 0 26 60 594 cm /Stencil Do Q "


@way
def white_outlines(sheet):
    sheet.content += b"q 1 G 0.1 w " + text(SECRET, before=b"1 Tr ") + b"Q "


@way
def behind_a_mask_that_shows_nothing(sheet):
    group = sheet.form(b"0 g 0 0 595 842 re f", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))
    sheet.content += state(sheet, SMask=Dictionary(S=Name.Luminosity, G=group)) + text(SECRET) + b"Q "


@way
def no_width_at_all(sheet):
    sheet.content += b"q " + text(SECRET, before=b"0 Tz ") + b"Q "


@way
def under_letters_that_are_blocks(sheet):
    sheet.content += text(SECRET) + b"".join(text("H", x=70 + 3 * n, y=598, size=22) for n in range(100))


@way
def under_a_slanting_box(sheet):
    sheet.content += text(SECRET) + b"q 0.999 0.03 -0.03 0.999 20 -14 cm " + box(place=(60, 590, 400, 40)) + b"Q "


@way
def pale_on_pale(sheet):
    sheet.content += b"0.9 0.9 1 rg 60 594 400 26 re f 0.87 0.87 0.97 rg " + text(SECRET) + b"0 g "


@way
def words_that_no_operator_shows(sheet):
    sheet.content += f"({SECRET}) BX ({SECRET}) zz EX ".encode() + text("seen")


@way
def picture_as_small_as_a_dot(sheet):
    sheet.add("Picture", sheet.picture(magenta()))
    sheet.content += b"q 1 0 0 1 60 300 cm /Picture Do Q "


@way
def picture_decoded_to_white(sheet):
    sheet.add("Picture", sheet.picture(magenta(), Decode=Array([1, 1, 1, 1, 1, 1])))
    sheet.content += b"q 400 0 0 200 60 300 cm /Picture Do Q "


@way
def picture_with_a_white_palette(sheet):
    image = magenta().quantize(8)
    keys = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": image.width,
        "Height": image.height,
        "BitsPerComponent": 8,
    }
    white = Array([Name.Indexed, Name.DeviceRGB, 7, String(b"\xff" * 24)])
    sheet.add("Picture", sheet.pdf.make_stream(image.tobytes(), ColorSpace=white, **keys))
    sheet.content += b"q 400 0 0 200 60 300 cm /Picture Do Q "


@way
def picture_with_its_colour_keyed_out(sheet):
    sheet.add("Picture", sheet.picture(magenta(), Mask=Array([255, 255, 0, 0, 255, 255])))
    sheet.content += b"q 400 0 0 200 60 300 cm /Picture Do Q "


@way
def picture_too_pale_to_see(sheet):
    sheet.add("Picture", sheet.picture(Image.new("RGB", (40, 40), MAGENTA)))
    sheet.content += state(sheet, ca=0.01) + b"400 0 0 200 60 300 cm /Picture Do Q "


@way
def picture_beside_the_page(sheet):
    sheet.add("Picture", sheet.picture(magenta()))
    sheet.content += b"q 400 0 0 200 60 -300 cm /Picture Do Q "
