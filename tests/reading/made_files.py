"""Files made in code for the reading tests: pictures with metadata to lose, PDFs with things to strip."""

import io
import struct
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from casefile.discovery import default_root

CANARY = "Canary-owner-4711"
ORIENTATIONS = range(1, 9)


def font(size):
    return ImageFont.truetype(str(default_root() / "fonts" / "EvidenceSans-Regular.ttf"), size)


def corner_picture(mode="RGB", size=(80, 48)):
    """Red top left, green top right, blue bottom left, white bottom right."""
    image = Image.new("RGB", size, "white")
    half = (size[0] // 2, size[1] // 2)
    image.paste("red", (0, 0, *half))
    image.paste("lime", (half[0], 0, size[0], half[1]))
    image.paste("blue", (0, half[1], half[0], size[1]))
    return image.convert(mode)


def text_picture(*lines, size=(1000, 400), height=32):
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    for place, line in enumerate(lines):
        pen.text((40, 40 + place * height * 2), line, font=font(height), fill="black")
    return image


def camera_data(orientation=1, **tags):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0131] = tags.get("software", "Gallery 9")
    exif[0x013B] = CANARY
    block = exif.get_ifd(0x8769)
    block[0x9003] = tags.get("taken", "2026:10:29 16:21:08")
    if "offset" in tags:
        block[0x9011] = tags["offset"]
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (39.0, 57.0, 40.0)
    return exif


def encoded(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def stored_for(orientation, image):
    """``image`` stored so that ``orientation`` sets it upright again."""
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    return image.transpose(turns[orientation]) if orientation in turns else image


def png_with_everything(image):
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", CANARY)
    told.add_text("Software", "Adobe Photoshop 27.0")
    told.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{CANARY}</x:xmpmeta>")
    return encoded(image, "PNG", pnginfo=told, exif=camera_data()) + b"tail " + CANARY.encode()


def png_header(width, height):
    """The first bytes of a PNG of this size, with a few bytes of rows behind them."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf_page(document, content, *, size=(595, 842), fonts=True, **keys):
    document.add_blank_page(page_size=size)
    page = document.pages[-1].obj
    if fonts:
        helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources = Dictionary(Font=Dictionary(F1=helvetica))
    page.Contents = document.make_stream(content)
    for key, value in keys.items():
        page[Name("/" + key)] = value
    return page


def words(text, x=72, y=720, size=14):
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n".encode()


def saved(document, **options):
    buffer = io.BytesIO()
    document.save(buffer, **options)
    return buffer.getvalue()


def text_pdf(*texts, **keys):
    document = Pdf.new()
    for text in texts:
        pdf_page(document, words(text), **keys)
    return saved(document)


def scan_pdf(image, rotation=0):
    """One page that is a picture, with camera data inside the picture."""
    document = Pdf.new()
    jpeg = encoded(image, "JPEG", quality=92, exif=camera_data())
    picture = document.make_stream(
        jpeg, Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
        ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    size = (image.width * 0.36, image.height * 0.36)
    page = pdf_page(document, b"q %f 0 0 %f 0 0 cm /Im Do Q" % size, size=size, fonts=False)
    page.Resources = Dictionary(XObject=Dictionary(Im=picture))
    page.Rotate = rotation
    return saved(document)


def loaded_pdf():
    """One page with a script, actions, an attachment, a form with a value, a note, metadata and an author."""
    document = Pdf.new()
    page = pdf_page(document, words("Enough visible words to be a text layer"))
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('Canary-script')"))
    field = document.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("order"), V=String("FIELD 112-4829307-7716253"),
            Rect=[72, 600, 400, 630], DA=String("/F1 12 Tf 0 g"), F=4, AA=Dictionary(K=script),
        )
    )  # fmt: skip
    form = document.make_stream(b"0 1 0 rg 0 0 100 40 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 40])
    note = document.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Stamp, Rect=[300, 300, 400, 340], AP=Dictionary(N=form), F=4,
            Contents=String(CANARY), A=Dictionary(S=Name.URI, URI=String("https://example.com/canary")),
        )
    )  # fmt: skip
    page.Annots = Array([field, note])
    page.AA = Dictionary(O=script)
    page.PieceInfo = Dictionary(Secret=String(CANARY))
    document.Root.AcroForm = Dictionary(
        Fields=Array([field]), DR=page.Resources, DA=String("/F1 12 Tf 0 g"), XFA=String("<xdp/>")
    )
    document.Root.OpenAction = script
    document.attachments["secret.txt"] = b"Canary-attachment"
    document.docinfo[Name.Author] = CANARY
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [CANARY]
    return saved(document)


def every_byte(pdf):
    """All objects of a PDF unpacked, so that hidden words can be searched for."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        buffer = io.BytesIO()
        document.save(
            buffer, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )  # fmt: skip
        return buffer.getvalue()
