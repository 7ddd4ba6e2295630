"""Ways to leave words in a PDF beside what it draws: in names, maps, programs, colours and ends of its parts."""

import io
import zlib

from fontTools.ttLib import TTFont, newTable
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from tests.hidden.more_ways import character_map, said
from tests.hidden.ways import SECRET, box, collected, magenta, text

BESIDE_WAYS = {}
way = collected(BESIDE_WAYS)
MARK = SECRET.split(maxsplit=1)[0]
MARKED = Name("/" + MARK)


@way
def name_of_a_drawn_form(sheet):
    sheet.add(MARK, sheet.form(box("0.8 0.9 1", (60, 300, 40, 40))))
    sheet.content += f"/{MARK} Do ".encode()


@way
def name_of_a_font_in_use(sheet):
    sheet.add(MARK, sheet.font(), "Font")
    sheet.content += text("Seen by everybody", y=500).replace(b"/F1", b"/" + MARK.encode())


@way
def name_of_a_state_and_a_colour(sheet):
    sheet.add(MARK, Dictionary(ca=1), "ExtGState")
    sheet.add(MARK, Array([Name.CalRGB, Dictionary(WhitePoint=[0.95, 1, 1.09])]), "ColorSpace")
    sheet.content += f"q /{MARK} gs /{MARK} cs 0.5 0.6 0.9 sc 60 300 40 40 re f Q ".encode()


@way
def tag_of_marked_content(sheet):
    sheet.content += f"/{MARK} BMC ".encode() + text("Seen by everybody", y=500) + b"EMC "


@way
def name_of_marked_content_in_resources(sheet):
    sheet.add(MARK, Dictionary(MCID=4), "Properties")
    sheet.content += f"/Span /{MARK} BDC ".encode() + text("Seen by everybody", y=500) + b"EMC "


@way
def name_that_a_font_has(sheet):
    font = sheet.font()
    font.BaseFont = font.FontDescriptor.FontName = Name(f"/ABCDEF+{MARK}")
    font.FontDescriptor.FontFamily = String(SECRET)
    font.FontDescriptor.CharSet = String(f"/{MARK}")
    sheet.add("F2", font, "Font")
    sheet.content += said(text("Seen by everybody", y=500))


@way
def words_in_a_font_program(sheet):
    font = sheet.font()
    program = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
    program["name"] = newTable("name")
    program["name"].names = []
    program["name"].setName(SECRET, 13, 3, 1, 0x409)
    program["ZQXS"] = newTable("ZQXS")
    program["ZQXS"].data = SECRET.encode()
    sink = io.BytesIO()
    program.save(sink)
    data = sink.getvalue() + SECRET.encode()
    font.FontDescriptor.FontFile2 = sheet.pdf.make_stream(data, Length1=len(data))
    sheet.add("F2", font, "Font")
    sheet.content += said(text("Seen by everybody", y=500))


@way
def remark_in_a_character_map(sheet):
    font = sheet.font()
    rows = [f"<{code:02X}> <{code:04X}>" for code in range(32, 127)]
    made = character_map(rows).replace(b"begincmap", f"begincmap % {SECRET}\n/{MARK} 1 def ({SECRET}) pop".encode())
    font.ToUnicode = sheet.pdf.make_stream(made)
    sheet.add("F2", font, "Font")
    sheet.content += said(text("Seen by everybody", y=500))


@way
def signs_of_a_map_that_no_text_uses(sheet):
    font = sheet.font()
    spare = [
        f"<{200 + place:02X}> <{SECRET[at : at + 7].encode('utf-16-be').hex()}>"
        for place, at in enumerate(range(0, 28, 7))
    ]
    font.ToUnicode = sheet.pdf.make_stream(
        character_map([f"<{code:02X}> <{code:04X}>" for code in range(32, 127)] + spare)
    )
    sheet.add("F2", font, "Font")
    sheet.content += said(text("Seen by everybody", y=500))


@way
def private_keys_of_an_encoding(sheet):
    font = sheet.font()
    font.Encoding = Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Note=String(SECRET))
    font.Encoding["/" + MARK] = 1
    font.Widths.append(String(SECRET))
    sheet.add("F2", font, "Font")
    sheet.content += said(text("Seen by everybody", y=500))


@way
def remark_in_the_shape_of_a_letter(sheet):
    shape = sheet.pdf.make_stream(f"600 0 d0 % {SECRET}\n0 0 500 700 re f ({SECRET}) pop".encode())
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=65,
        LastChar=65, Widths=Array([600]), CharProcs=Dictionary({"/" + MARK: shape}), Resources=Dictionary(),
        Encoding=Dictionary(Differences=Array([65, MARKED])),
    )  # fmt: skip
    sheet.add("F2", sheet.pdf.make_indirect(font), "Font")
    sheet.content += said(text("AAA", y=500))


@way
def colour_with_words_in_its_name(sheet):
    tint = sheet.pdf.make_stream(
        f"{{ % {SECRET}\n dup dup }}".encode(),
        FunctionType=4,
        Domain=[0, 1],
        Range=[0, 1, 0, 1, 0, 1],
        Note=String(SECRET),
    )
    sheet.add("Ink", Array([Name.Separation, MARKED, Name.DeviceRGB, tint]), "ColorSpace")
    sheet.content += b"q /Ink cs 0.5 scn 60 300 40 40 re f Q "


@way
def colour_with_private_keys(sheet):
    sheet.add("Grey", Array([Name.CalGray, Dictionary(WhitePoint=[0.95, 1, 1.09], Note=String(SECRET))]), "ColorSpace")
    sheet.content += b"q /Grey cs 0.5 scn 60 300 40 40 re f Q "


@way
def palette_that_is_longer_than_its_picture(sheet):
    image = Image.new("L", (40, 40), 1)
    lookup = String(b"\x20\x40\x60" * 2 + SECRET.encode())
    space = Array([Name.Indexed, Name.DeviceRGB, 1, lookup])
    sheet.add("Picture", sheet.pdf.make_stream(
        image.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=40, Height=40, ColorSpace=space, BitsPerComponent=8
    ))  # fmt: skip
    sheet.content += b"q 40 0 0 40 60 300 cm /Picture Do Q "


@way
def shading_with_private_keys(sheet):
    mix = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[0.5, 0.6, 0.9], N=1, Note=String(SECRET))
    shade = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[60, 0, 200, 0], Function=mix, Note=String(SECRET)
    )
    sheet.add("Shade", shade, "Shading")
    sheet.content += b"q 60 300 140 40 re W n /Shade sh Q "


@way
def bytes_behind_the_rows_of_a_picture(sheet):
    image = Image.new("RGB", (40, 40), "teal")
    sheet.add("Picture", sheet.picture(image))
    sheet.page.Resources.XObject.Picture.write(image.tobytes() + SECRET.encode())
    sheet.content += b"q 40 0 0 40 60 300 cm /Picture Do Q "


@way
def bytes_behind_a_packed_picture(sheet):
    image = Image.new("RGB", (40, 40), "teal")
    sheet.add("Picture", sheet.picture(image))
    sheet.page.Resources.XObject.Picture.write(
        zlib.compress(image.tobytes()) + SECRET.encode(), filter=Name.FlateDecode
    )
    sheet.content += b"q 40 0 0 40 60 300 cm /Picture Do Q "


@way
def bytes_behind_the_packed_content(sheet):
    data = sheet.data()
    with Pdf.open(io.BytesIO(data)) as document:
        content = document.pages[0].obj.Contents
        content.write(zlib.compress(content.read_bytes()) + SECRET.encode(), filter=Name.FlateDecode)
        sink = io.BytesIO()
        document.save(sink, compress_streams=False)
    return sink.getvalue()


@way
def bytes_behind_a_packed_font(sheet):
    font = sheet.font()
    program = font.FontDescriptor.FontFile2
    program.write(zlib.compress(program.read_bytes()) + SECRET.encode(), filter=Name.FlateDecode)
    sheet.add("F2", font, "Font")
    sheet.content += said(text("Seen by everybody", y=500))


@way
def picture_in_the_content_with_private_keys(sheet):
    sheet.content += (
        f"q 40 0 0 40 60 300 cm BI /W 1 /H 1 /CS /G /BPC 8 /Note ({SECRET}) /{MARK} true ID \x40 EI Q ".encode()
    )


@way
def picture_in_the_content_with_more_bytes(sheet):
    sheet.content += b"q 40 0 0 40 60 300 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x40" + SECRET.encode() + b" EI Q "


@way
def parameters_of_a_filter(sheet):
    sheet.add("Picture", sheet.picture(Image.new("RGB", (40, 40), "teal")))
    rows = sheet.page.Resources.XObject.Picture
    rows.write(
        zlib.compress(rows.read_bytes()),
        filter=Name.FlateDecode,
        decode_parms=Dictionary(Predictor=1, Note=String(SECRET)),
    )
    sheet.content += b"q 40 0 0 40 60 300 cm /Picture Do Q "


@way
def box_of_a_page_with_words(sheet):
    sheet.page.MediaBox = Array([0, 0, 595, 842, String(SECRET)])


@way
def names_among_numbers(sheet):
    sheet.content += f"[3 2 /{MARK}] 0 d /{MARK} 1 g ".encode() + b"[] 0 d 0 g "


@way
def under_a_polygon_that_nobody_drew(sheet):
    corners = [60, 594, 460, 594, 460, 620, 60, 620]
    sheet.content += text(SECRET)
    sheet.page.Annots = Array([sheet.pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Polygon, Rect=[60, 594, 460, 620], Vertices=corners, IC=[0, 0, 0], C=[0, 0, 0], F=4
    ))])  # fmt: skip


@way
def under_a_square_that_nobody_drew(sheet):
    sheet.content += text(SECRET)
    sheet.page.Annots = Array([sheet.pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Square, Rect=[60, 594, 460, 620], IC=[0, 0, 0], C=[0, 0, 0], F=4
    ))])  # fmt: skip


@way
def under_a_thick_line_that_nobody_drew(sheet):
    sheet.content += text(SECRET)
    sheet.page.Annots = Array([sheet.pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Line, Rect=[50, 584, 470, 630], L=[60, 605, 460, 605], C=[0, 0, 0], BS=Dictionary(W=26), F=4
    ))])  # fmt: skip


@way
def under_a_note_of_one_colour(sheet):
    sheet.content += text(SECRET)
    sheet.page.Annots = Array([sheet.pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=[60, 594, 460, 620], C=[0, 0, 0], F=4,
        DA=String("/Helv 10 Tf 0 g"), Contents=String(""),
    ))])  # fmt: skip


@way
def note_on_a_marked_place(sheet):
    sheet.page.Annots = Array([sheet.pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Highlight, Rect=[70, 715, 300, 735], QuadPoints=[70, 735, 300, 735, 70, 715, 300, 715],
        C=[1, 1, 0], Contents=String(SECRET), T=String(SECRET), RC=String(SECRET), F=4,
    ))])  # fmt: skip


@way
def choice_that_was_not_chosen(sheet):
    field = sheet.pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Ch, Ff=1 << 17, T=String("way"), V=String("Post"), DV=String(SECRET),
        Opt=Array([String("Post"), String(SECRET)]), TU=String(SECRET), Rect=[60, 300, 200, 320], F=4, DA=String("/Helv 10 Tf 0 g"),
    ))  # fmt: skip
    sheet.page.Annots = Array([field])
    sheet.pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DA=String("/Helv 10 Tf 0 g"))


@way
def picture_behind_a_window_in_a_form(sheet):
    sheet.add("Picture", sheet.form(b"q 400 0 0 200 0 0 cm /Inner Do Q ", size=(190, 200)))
    sheet.page.Resources.XObject.Picture.Resources.XObject = Dictionary(Inner=sheet.picture(magenta()))
    sheet.content += b"q 1 0 0 1 60 300 cm /Picture Do Q "


@way
def picture_behind_a_soft_mask_of_the_state(sheet):
    group = sheet.form(b"1 g 0 0 200 842 re f", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))
    sheet.add("State", Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group)), "ExtGState")
    sheet.add("Picture", sheet.picture(magenta()))
    sheet.content += b"q /State gs 400 0 0 200 60 300 cm /Picture Do Q "


@way
def comment_in_a_jpeg_2000(sheet):
    sink = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(sink, "JPEG2000", comment=SECRET)
    sheet.add("Picture", sheet.pdf.make_stream(
        sink.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=64, Height=64, ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
        Filter=Name.JPXDecode,
    ))  # fmt: skip
    sheet.content += b"q 40 0 0 40 60 500 cm /Picture Do Q "


@way
def letters_beyond_their_box(sheet):
    sheet.content += b"q 60 594 400 26 re 60 594 400 26 re W* n " + text(SECRET) + b"Q "


@way
def layer_that_prints_and_is_not_viewed(sheet):
    group = sheet.pdf.make_indirect(Dictionary(
        Type=Name.OCG, Name=String("x"), Usage=Dictionary(View=Dictionary(ViewState=Name.OFF), Print=Dictionary(PrintState=Name.ON))
    ))  # fmt: skip
    use = Dictionary(Event=Name.View, OCGs=Array([group]), Category=Array([Name.View]))
    sheet.pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(Order=Array([group]), AS=Array([use])))
    sheet.add("Layer", group, "Properties")
    sheet.content += b"/OC /Layer BDC " + text(SECRET) + b"EMC "


@way
def layer_that_shows_where_another_does_not(sheet):
    group = sheet.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))
    sheet.pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(Order=Array([group])))
    sheet.add(
        "Layer", sheet.pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([group]), P=Name.AllOff)), "Properties"
    )
    sheet.content += b"/OC /Layer BDC " + text(SECRET) + b"EMC "
