"""Ways to hide something in a PDF: each makes a page that shows ``VISIBLE`` and holds ``SECRET`` (or magenta) where nobody looks.

The font is embedded, so that nothing but what is hidden keeps a page from going along as it is.
"""

import functools
import io

from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageCms

from casefile.discovery import default_root
from tests.reading.made_files import encoded, saved

SECRET = "ZQXSECRET 4111 1111 1111 1111"
VISIBLE = "Order 112-4829307-7716253 was delivered on Nov 2, 2026"
MAGENTA = (255, 0, 255)
_FIRST, _LAST = 32, 126


@functools.cache
def _font_file():
    font = TTFont(default_root() / "fonts" / "EvidenceSans-Regular.ttf")
    cutter = subset.Subsetter(subset.Options(glyph_names=False, notdef_outline=True, layout_features=[]))
    cutter.populate(unicodes=range(_FIRST, _LAST + 1))
    cutter.subset(font)
    widths = [
        round(1000 * font["hmtx"][font.getBestCmap()[code]][0] / font["head"].unitsPerEm)
        for code in range(_FIRST, _LAST + 1)
    ]
    sink = io.BytesIO()
    font.save(sink)
    return sink.getvalue(), widths


def text(words, x=72, y=600, size=14, before=b""):
    return b"BT " + before + f"/F1 {size} Tf {x} {y} Td ({words}) Tj ET\n".encode()


def box(colour="0 0 0", place=(60, 594, 400, 26)):
    return f"q {colour} rg {' '.join(map(str, place))} re f Q\n".encode()


class Sheet:
    """One page in the making."""

    def __init__(self):
        self.pdf = Pdf.new()
        self.pdf.add_blank_page(page_size=(595, 842))
        self.page = self.pdf.pages[0].obj
        self.page.Resources = Dictionary(Font=Dictionary(F1=self.font()), XObject=Dictionary())
        self.content = text(VISIBLE, y=720)

    def font(self):
        data, widths = _font_file()
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Evidence"), Flags=32, FontBBox=[-200, -300, 1200, 1000], ItalicAngle=0,
            Ascent=900, Descent=-200, CapHeight=700, StemV=80, FontFile2=self.pdf.make_stream(data, Length1=len(data)),
        )  # fmt: skip
        return self.pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/ABCDEF+Evidence"), FirstChar=_FIRST, LastChar=_LAST,
            Widths=Array(widths), Encoding=Name.WinAnsiEncoding, FontDescriptor=self.pdf.make_indirect(descriptor),
        ))  # fmt: skip

    def add(self, name, thing, kind="XObject"):
        if "/" + kind not in self.page.Resources:
            self.page.Resources["/" + kind] = Dictionary()
        self.page.Resources["/" + kind]["/" + name] = thing
        return thing

    def form(self, content, size=(595, 842), **keys):
        resources = Dictionary(Font=Dictionary(F1=self.page.Resources.Font.F1))
        return self.pdf.make_stream(
            content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, *size], Resources=resources, **keys
        )

    def picture(self, image, **keys):
        rows = image.tobytes()
        space = {"RGB": Name.DeviceRGB, "L": Name.DeviceGray}[image.mode]
        return self.pdf.make_stream(
            rows, Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height, ColorSpace=space,
            BitsPerComponent=8, **keys,
        )  # fmt: skip

    def data(self, **options):
        self.page.Contents = self.pdf.make_stream(self.content)
        return saved(self.pdf, **options)


def magenta(size=(200, 100)):
    """A picture that shows something, and in its right half what nobody is to see."""
    image = Image.new("RGB", size, (250, 250, 240))
    image.paste((40, 90, 40), (10, 10, size[0] // 3, size[1] - 10))
    image.paste(MAGENTA, (size[0] // 2, 0, *size))
    return image


def collected(into):
    """Marks functions that change a sheet, or answer the bytes themselves: ``into`` has what makes those bytes, by name."""

    def mark(make):
        def made():
            sheet = Sheet()
            return make(sheet) or sheet.data()

        into[make.__name__.replace("_", " ").strip()] = made
        return make

    return mark


WAYS = {}
way = collected(WAYS)


@way
def black_box(sheet):
    sheet.content += text(SECRET) + box()


@way
def white_box(sheet):
    sheet.content += text(SECRET) + box("1 1 1")


@way
def many_small_boxes(sheet):
    sheet.content += text(SECRET) + b"".join(box("0 0 0", (60 + 10 * n, 594, 11, 26)) for n in range(40))


@way
def box_drawn_as_a_thick_line(sheet):
    sheet.content += text(SECRET) + b"q 26 w 60 605 m 460 605 l S Q\n"


@way
def box_in_a_form(sheet):
    sheet.add("Box", sheet.form(box()))
    sheet.content += text(SECRET) + b"/Box Do\n"


def annotation(sheet, **keys):
    shape = sheet.pdf.make_stream(
        b"0 0 0 rg 0 0 400 26 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 400, 26]
    )
    values = {"Type": Name.Annot, "Rect": [60, 594, 460, 620], "F": 4, "AP": Dictionary(N=shape), **keys}
    return sheet.pdf.make_indirect(Dictionary(**values))


@way
def flattened_square(sheet):
    sheet.content += text(SECRET)
    sheet.page.Annots = Array([annotation(sheet, Subtype=Name.Square)])


@way
def redaction_that_was_never_applied(sheet):
    sheet.content += text(SECRET)
    sheet.page.Annots = Array([annotation(sheet, Subtype=Name.Redact, OverlayText=String(SECRET))])


@way
def white_text(sheet):
    sheet.content += b"1 g " + text(SECRET) + b"0 g "


@way
def nearly_white_text(sheet):
    sheet.content += b"0.97 g " + text(SECRET) + b"0 g "


@way
def black_text_on_black(sheet):
    sheet.content += box() + text(SECRET)


@way
def tiny_text(sheet):
    sheet.content += text(SECRET, size=0.6)


@way
def invisible_text(sheet):
    sheet.content += text(SECRET, before=b"3 Tr ") + text("", before=b"0 Tr ")


@way
def invisible_text_over_other_text(sheet):
    sheet.content += text(SECRET, y=720, before=b"3 Tr ") + text("", before=b"0 Tr ")


@way
def text_that_is_a_clip(sheet):
    sheet.content += b"q " + text(SECRET, before=b"7 Tr ") + b"Q "


@way
def transparent_text(sheet):
    sheet.add("Glass", Dictionary(ca=0), "ExtGState")
    sheet.content += b"q /Glass gs " + text(SECRET) + b"Q "


@way
def clipped_text(sheet):
    sheet.content += b"q 10 10 20 20 re W n " + text(SECRET) + b"Q "


@way
def text_in_a_form_that_is_too_small(sheet):
    sheet.add("Small", sheet.form(text(SECRET), size=(20, 20)))
    sheet.content += b"/Small Do "


@way
def text_outside_the_crop_box(sheet):
    sheet.content += text(SECRET, y=100)
    sheet.page.CropBox = Array([0, 200, 595, 842])


@way
def text_outside_the_page(sheet):
    sheet.content += text(SECRET, y=-300) + text(SECRET, x=900)


@way
def text_squeezed_to_nothing(sheet):
    sheet.content += b"q 0.001 0 0 1 72 0 cm " + text(SECRET, x=0) + b"Q "


@way
def white_text_under_black_text(sheet):
    sheet.content += b"1 g " + text(SECRET, y=720) + b"0 g " + text(VISIBLE, y=720)


def _layers(sheet, group):
    sheet.pdf.Root.OCProperties = Dictionary(
        OCGs=Array([group]), D=Dictionary(OFF=Array([group]), Order=Array([group]))
    )


@way
def layer_that_is_off(sheet):
    group = sheet.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Notes")))
    sheet.add("Layer", group, "Properties")
    _layers(sheet, group)
    sheet.content += b"/OC /Layer BDC " + text(SECRET) + b"EMC "


@way
def form_on_a_layer_that_is_off(sheet):
    group = sheet.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(SECRET)))
    sheet.add("Off", sheet.form(text(SECRET), OC=group))
    _layers(sheet, group)
    sheet.content += b"/Off Do "


@way
def name_of_a_layer(sheet):
    group = sheet.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(SECRET)))
    sheet.add("Layer", group, "Properties")
    sheet.pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(Order=Array([group])))
    sheet.content += b"/OC /Layer BDC " + text("seen", y=640) + b"EMC "


@way
def actual_text(sheet):
    sheet.content += f"/Span <</ActualText ({SECRET})>> BDC ".encode() + text("seen") + b"EMC "


@way
def actual_text_in_a_property(sheet):
    sheet.add("Words", Dictionary(ActualText=String(SECRET), Alt=String(SECRET)), "Properties")
    sheet.content += b"/Span /Words BDC " + text("seen") + b"EMC "


@way
def alternate_words_of_the_structure(sheet):
    part = Dictionary(Type=Name.StructElem, S=Name.P, ActualText=String(SECRET), Pg=sheet.page, K=0)
    sheet.pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=part)
    sheet.content += b"/P <</MCID 0>> BDC " + text("seen") + b"EMC "


@way
def remark_in_the_content(sheet):
    sheet.content += f"% {SECRET}\n".encode() + text("seen")


@way
def text_under_a_picture(sheet):
    sheet.add("Photo", sheet.picture(Image.effect_noise((200, 20), 60)))
    sheet.content += text(SECRET) + b"q 400 0 0 26 60 594 cm /Photo Do Q "


@way
def text_under_a_gradient(sheet):
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0.2, 0.2, 0.9], C1=[0.9, 0.2, 0.2], N=1)
    sheet.add(
        "Fade",
        Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[60, 0, 460, 0], Function=function),
        "Shading",
    )
    sheet.content += text(SECRET) + b"q 60 594 400 26 re W n /Fade sh Q "


@way
def form_that_is_never_drawn(sheet):
    sheet.add("Never", sheet.form(text(SECRET)))


@way
def private_keys(sheet):
    private = Dictionary(Words=String(SECRET), Data=sheet.pdf.make_stream(SECRET.encode()))
    sheet.page.PieceInfo = Dictionary(App=Dictionary(Private=private))
    sheet.page.Secret = private
    sheet.page.Resources.Secret = private
    sheet.page.Resources.Font.F1.Secret = private
    sheet.page.Resources.Font.F1.FontDescriptor.Secret = private
    form = sheet.add("Form", sheet.form(text("seen"), Secret=private))
    form.Resources.Secret = private
    picture = sheet.add("Picture", sheet.picture(Image.new("RGB", (8, 8), "teal"), Secret=private))
    picture.Metadata = sheet.pdf.make_stream(SECRET.encode(), Type=Name.Metadata, Subtype=Name.XML)
    sheet.add("State", Dictionary(ca=1, Secret=private, HT=private), "ExtGState")
    sheet.content += b"/State gs /Form Do q 40 0 0 40 60 500 cm /Picture Do Q "


def _profile(*more):
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + b"".join(more)


@way
def trailer_of_a_colour_profile(sheet):
    profile = sheet.pdf.make_stream(_profile(SECRET.encode()), N=3, Secret=String(SECRET))
    picture = sheet.add("Picture", sheet.picture(Image.new("RGB", (8, 8), "teal")))
    picture.ColorSpace = Array([Name.ICCBased, profile])
    sheet.content += b"q 40 0 0 40 60 500 cm /Picture Do Q "


@way
def words_of_a_colour_profile(sheet):
    known = _profile()
    at = known.index("sRGB".encode("utf-16-be"))
    words = "ZQXSECRET".encode("utf-16-be")
    picture = sheet.add("Picture", sheet.picture(Image.new("RGB", (8, 8), "teal")))
    data = known[:at] + words[: len("sRGB") * 2] + known[at + 8 :] + words
    picture.ColorSpace = Array([Name.ICCBased, sheet.pdf.make_stream(data, N=3)])
    sheet.content += b"q 40 0 0 40 60 500 cm /Picture Do Q "


@way
def alternate_picture(sheet):
    picture = sheet.add("Picture", sheet.picture(Image.new("RGB", (8, 8), "teal")))
    other = sheet.pdf.make_indirect(sheet.picture(magenta()))
    picture.Alternates = Array([Dictionary(Image=other, DefaultForPrinting=True)])
    sheet.content += b"q 40 0 0 40 60 500 cm /Picture Do Q "


@way
def hidden_annotation(sheet):
    sheet.page.Annots = Array([
        annotation(sheet, Subtype=Name.FreeText, F=2, Contents=String(SECRET)),
        annotation(sheet, Subtype=Name.FreeText, F=32, Contents=String(SECRET), AP=Dictionary(N=sheet.form(text(SECRET)))),
        annotation(sheet, Subtype=Name.Popup, Contents=String(SECRET), AP=Dictionary()),
        annotation(sheet, Subtype=Name.Text, Contents=String(SECRET), T=String(SECRET)),
    ])  # fmt: skip


@way
def thumbnail(sheet):
    sheet.page.Thumb = sheet.picture(magenta())


@way
def text_in_a_soft_mask(sheet):
    group = sheet.form(text(SECRET), Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))
    sheet.add("Mask", Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group)), "ExtGState")
    sheet.content += b"q /Mask gs 1 1 1 rg 60 594 400 26 re f Q "


@way
def text_in_a_pattern(sheet):
    cell = sheet.pdf.make_stream(
        text(SECRET, x=300, y=300), Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 600, 600], XStep=600,
        YStep=600, Resources=Dictionary(Font=Dictionary(F1=sheet.page.Resources.Font.F1)),
    )  # fmt: skip
    sheet.add("Cell", cell, "Pattern")
    sheet.content += b"q /Pattern cs /Cell scn 60 594 10 10 re f Q "


@way
def pages_behind(sheet):
    other = Sheet()
    other.content = text(SECRET)
    other.page.Contents = other.pdf.make_stream(other.content)
    hidden = sheet.pdf.copy_foreign(other.pdf.make_indirect(Dictionary(Kept=other.pdf.make_stream(text(SECRET)))))
    sheet.pdf.Root.Names = Dictionary(Templates=Dictionary(Names=Array([String("one"), hidden])))
    sheet.pdf.Root.Threads = Array([hidden])


@way
def script(sheet):
    action = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SECRET}')"))
    sheet.pdf.Root.OpenAction = action
    sheet.page.AA = Dictionary(O=action)
    sheet.pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))


@way
def file_inside(sheet):
    stream = sheet.pdf.make_stream(SECRET.encode(), Type=Name.EmbeddedFile)
    named = sheet.pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("a.txt"), EF=Dictionary(F=stream)))
    sheet.pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a.txt"), named])))
    sheet.page.AF = Array([named])
    sheet.page.Annots = Array([annotation(sheet, Subtype=Name.FileAttachment, FS=named)])


@way
def earlier_revision(sheet):
    sheet.content += text(SECRET)
    first = sheet.data()
    plain = text(VISIBLE, y=720)
    with Pdf.open(io.BytesIO(first)) as known:
        number = known.pages[0].obj.Contents.objgen[0]
        root = known.Root.objgen[0]
    at = len(first) + 1
    before = int(first.rpartition(b"startxref")[2].split()[0])
    update = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(plain), plain)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size 99/Root %d 0 R/Prev %d>>\n" % (number, at, root, before)
    return first + b"\n" + update + table + b"startxref\n%d\n%%%%EOF\n" % (at + len(update))


@way
def form_value_nobody_sees(sheet):
    field = annotation(sheet, Subtype=Name.Widget, FT=Name.Tx, T=String("note"), V=String(SECRET), F=2, AP=Dictionary())
    sheet.page.Annots = Array([field])
    sheet.pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


@way
def who_made_it(sheet):
    sheet.pdf.docinfo["/Author"] = SECRET
    with sheet.pdf.open_metadata() as metadata:
        metadata["dc:title"] = SECRET


@way
def bookmark(sheet):
    with sheet.pdf.open_outline() as outline:
        from pikepdf import OutlineItem

        outline.root.append(OutlineItem(SECRET, 0))


@way
def picture_under_a_box(sheet):
    sheet.add("Picture", sheet.picture(magenta()))
    sheet.content += b"q 400 0 0 200 60 300 cm /Picture Do Q " + box("0 0 0", (255, 290, 210, 220))


@way
def picture_cut_by_a_window(sheet):
    sheet.add("Picture", sheet.picture(magenta()))
    sheet.content += b"q 60 300 190 200 re W n 400 0 0 200 60 300 cm /Picture Do Q "


@way
def picture_that_reaches_over_the_page(sheet):
    sheet.add("Picture", sheet.picture(magenta()))
    sheet.content += b"q 600 0 0 200 300 300 cm /Picture Do Q "


@way
def picture_behind_its_mask(sheet):
    image = magenta()
    mask = Image.new("L", image.size, 255)
    mask.paste(0, (image.width // 2 - 2, 0, *image.size))
    sheet.add("Picture", sheet.picture(image, SMask=sheet.pdf.make_indirect(sheet.picture(mask))))
    sheet.content += b"q 400 0 0 200 60 300 cm /Picture Do Q "


@way
def picture_behind_another(sheet):
    sheet.add("Below", sheet.picture(magenta()))
    sheet.add("Above", sheet.picture(Image.new("RGB", (8, 8), "teal")))
    sheet.content += b"q 400 0 0 200 60 300 cm /Below Do Q q 210 0 0 220 255 290 cm /Above Do Q "


@way
def end_of_a_photograph(sheet):
    jpeg = encoded(Image.new("RGB", (64, 64), "teal"), "JPEG", comment=SECRET.encode()) + SECRET.encode()
    sheet.add("Photo", sheet.pdf.make_stream(
        jpeg, Type=Name.XObject, Subtype=Name.Image, Width=64, Height=64, ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
        Filter=Name.DCTDecode,
    ))  # fmt: skip
    sheet.content += b"q 40 0 0 40 60 500 cm /Photo Do Q "


def plain():
    """A page that hides nothing."""
    return Sheet().data()
