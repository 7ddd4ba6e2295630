"""Pictures packed more than once inside a PDF, and values of forms: shown, or told by name; never a blank."""

import base64
import io
import zlib

import pikepdf
import pypdfium2
import pytest
from made_files import CANARY, camera_data, encoded, every_byte, pdf_page, saved, text_picture
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, TiffImagePlugin

from reading.intake import DecodeJob
from reading.intakes import pdf
from reading.limits import ReadingLimits

A4 = (2480, 3508)


def opened(data, **limits):
    result = pdf.open(data, DecodeJob(limits=ReadingLimits(**limits)))
    return result, list(result.pages)


def ink(page):
    grey = Image.frombytes(
        "RGB" if page.pixels.channels == 3 else "L", (page.pixels.width, page.pixels.height), page.pixels.data
    )
    return sum(grey.convert("L").histogram()[:128])


def lzw(data):
    """The bytes as the strip of a TIFF holds them: the same packing as that of a PDF."""
    row = Image.frombytes("L", (len(data), 1), data)
    return strip_of(encoded(row, "TIFF", compression="tiff_lzw"))


def strip_of(tiff):
    with Image.open(io.BytesIO(tiff)) as image:
        (offset,), (length,) = (
            image.tag_v2[tag] for tag in (TiffImagePlugin.STRIPOFFSETS, TiffImagePlugin.STRIPBYTECOUNTS)
        )
    return tiff[offset : offset + length]


def run_lengths(data):
    parts = (data[place : place + 128] for place in range(0, len(data), 128))
    return b"".join(bytes([len(part) - 1]) + part for part in parts) + b"\x80"


PACKERS = {
    "FlateDecode": zlib.compress,
    "LZWDecode": lzw,
    "RunLengthDecode": run_lengths,
    "ASCIIHexDecode": lambda data: data.hex().encode() + b">",
    "ASCII85Decode": lambda data: base64.a85encode(data) + b"~>",
}
CHAINS = [(name,) for name in PACKERS] + [("ASCII85Decode", "FlateDecode"), ("ASCIIHexDecode", "LZWDecode")]


def packed_pdf(image, chain, last):
    """One page that is a picture, in ``last`` and then in each of ``chain``, outermost first."""
    document = Pdf.new()
    if last == "DCTDecode":
        data, keys = encoded(image, "JPEG", quality=80, exif=camera_data()), {"ColorSpace": Name.DeviceRGB}
    elif last == "JPXDecode":
        data, keys = encoded(image, "JPEG2000"), {"ColorSpace": Name.DeviceRGB}
    else:
        fax = encoded(
            image.convert("1"), "TIFF", compression="group4", tiffinfo={TiffImagePlugin.ROWSPERSTRIP: image.height}
        )
        data, keys = strip_of(fax), {"ColorSpace": Name.DeviceGray}
    for name in reversed(chain):
        data = PACKERS[name](data)
    stream = document.make_stream(
        data, Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
        BitsPerComponent=1 if last == "CCITTFaxDecode" else 8, **keys,
    )  # fmt: skip
    stream.Filter = Array([Name("/" + name) for name in (*chain, last)])
    if last == "CCITTFaxDecode":
        own = Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=True)
        stream.DecodeParms = Array([*(Dictionary() for _ in chain), own])
    size = (image.width * 0.24, image.height * 0.24)
    page = pdf_page(document, b"q %f 0 0 %f 0 0 cm /Im Do Q" % size, size=size, fonts=False)
    page.Resources = Dictionary(XObject=Dictionary(Im=stream))
    return saved(document)


@pytest.mark.parametrize("last", ["DCTDecode", "JPXDecode", "CCITTFaxDecode"])
@pytest.mark.parametrize("chain", CHAINS, ids="+".join)
def test_a_picture_packed_more_than_once_is_shown(chain, last):
    picture = text_picture("Order 112-4829307-7716253", "Delivered Nov 2, 2026", size=(1000, 300))
    _, (plain,) = opened(packed_pdf(picture, (), "DCTDecode"))
    data = packed_pdf(picture, chain, last)
    result, (page,) = opened(data)
    assert ink(page) == pytest.approx(ink(plain), rel=0.25)
    assert "picture-lost" not in result.changes
    assert CANARY.encode() not in every_byte(result.prepared)


def test_a_scan_of_a4_at_300_dpi_is_shown():
    picture = text_picture("Order 112-4829307-7716253", size=A4, height=80)
    _, (page,) = opened(packed_pdf(picture, ("FlateDecode",), "DCTDecode"))
    assert ink(page) > 1000


def test_a_picture_that_nobody_can_unpack_is_drawn_with_its_page():
    picture = text_picture("Order 112-4829307-7716253", size=(1000, 300))
    data = packed_pdf(picture, ("FlateDecode",), "DCTDecode")
    result, (page,) = opened(data, pdf_stream_bytes=500)
    assert result.original_pages
    assert page.raster is not None
    assert CANARY.encode() not in every_byte(result.prepared)


def test_a_picture_that_nobody_can_show_is_told():
    document = Pdf.new()
    broken = document.make_stream(
        b"\xff\xd8\xff\xe0 no scan", Type=Name.XObject, Subtype=Name.Image, Width=9, Height=9, ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    page = pdf_page(document, b"q 90 0 0 90 0 0 cm /Im Do Q", fonts=False)
    page.Resources = Dictionary(XObject=Dictionary(Im=broken))
    result, _ = opened(saved(document))
    assert "picture-lost" in result.changes


EMPTY = b"/Tx BMC EMC"


def form_pdf(value, *, drawn=EMPTY, needed=True, kind="Tx", flags=0, look="/Helv 12 Tf 0 g"):
    document = Pdf.new()
    page = pdf_page(document, b"", fonts=False)
    helvetica = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name("/" + kind), T=String("number"), Rect=[72, 600, 400, 640], F=4, Ff=flags,
        V=Name(value) if value.startswith("/") else String(value),
    )  # fmt: skip
    if look:
        field.DA = String(look)
    if drawn is not None:
        form = document.make_stream(drawn, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 328, 40])
        form.Resources = Dictionary(Font=Dictionary(Helv=helvetica))
        field.AP = Dictionary(N=form)
    field = document.make_indirect(field)
    page.Annots = Array([field])
    document.Root.AcroForm = Dictionary(
        Fields=Array([field]), DR=Dictionary(Font=Dictionary(Helv=helvetica)), NeedAppearances=needed
    )
    return saved(document)


@pytest.mark.parametrize(
    ("value", "options", "seen"),
    [
        ("1Z999AA10123456784", {}, "1Z999AA10123456784"),
        ("1Z999AA10123456784", {"needed": False}, "1Z999AA10123456784"),
        ("1Z999AA10123456784", {"drawn": None, "needed": False}, "1Z999AA10123456784"),
        ("first\rsecond", {"flags": 1 << 12}, "first second"),
        ("a value", {"look": None}, "a value"),
        ("a value", {"look": "/Helv 0 Tf 0 g"}, "a value"),
        ("Müller €5", {"look": "/Missing 9 Tf"}, "Müller €5"),
        ("chosen", {"kind": "Ch", "flags": 1 << 17}, "chosen"),
        ("other", {"drawn": b"/Tx BMC BT /Helv 12 Tf 2 10 Td (as drawn) Tj ET EMC"}, "as drawn"),
    ],
)  # fmt: skip
def test_what_was_filled_in_is_seen(value, options, seen):
    result, _ = opened(form_pdf(value, **options))
    assert "form-value-lost" not in result.changes
    with pikepdf.open(io.BytesIO(result.prepared)) as document:
        assert "/AcroForm" not in document.Root
    text = pypdfium2.PdfDocument(result.prepared)[0].get_textpage().get_text_range()
    assert " ".join(text.split()) == seen


@pytest.mark.parametrize(("value", "marked"), [("/Yes", True), ("/Off", False)])
def test_a_box_that_is_ticked_is_crossed(value, marked):
    _, (page,) = opened(form_pdf(value, kind="Btn", drawn=None))
    assert bool(ink(page)) is marked


def test_a_value_that_no_font_here_writes_is_told():
    result, _ = opened(form_pdf("张三已签收"))
    assert "form-value-lost" in result.changes


def test_a_hidden_field_stays_hidden():
    data = form_pdf("secret")
    with pikepdf.open(io.BytesIO(data)) as document:
        document.pages[0].Annots[0].F = 2
        data = saved(document)
    _, (page,) = opened(data)
    assert ink(page) == 0
