"""PDFs whose parts lead back to themselves, lie about their size or have the wrong type: the page is shown, and nothing hangs."""

import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from reading.intake import DecodeJob
from reading.intakes import pdf
from tests.hidden.ways import Sheet


def form(sheet):
    made = sheet.pdf.make_indirect(sheet.form(b"/Me Do"))
    made.Resources.XObject = Dictionary(Me=made)
    sheet.add("Me", made)
    sheet.content += b"/Me Do "


def mask(sheet):
    picture = sheet.pdf.make_indirect(sheet.picture(Image.new("L", (8, 8))))
    picture.SMask = picture
    sheet.add("Picture", picture)
    sheet.content += b"q 40 0 0 40 60 500 cm /Picture Do Q "


def mask_that_lies(sheet):
    picture = sheet.picture(Image.new("RGB", (8, 8)))
    picture.SMask = sheet.pdf.make_stream(
        b"x",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=100_000,
        Height=100_000,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    sheet.add("Picture", picture)
    sheet.content += b"q 40 0 0 40 60 500 cm /Picture Do Q "


def colours(sheet):
    space = sheet.pdf.make_indirect(Array([Name.Indexed]))
    space.extend([space, 1, String(b"abcdef")])
    sheet.add("Space", space, "ColorSpace")
    sheet.content += b"/Space cs 1 sc 0 0 9 9 re f "


def font(sheet):
    made = sheet.pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.X))
    made.DescendantFonts = Array([made])
    sheet.page.Resources.Font.F2 = made
    sheet.content += b"BT /F2 9 Tf (x) Tj ET "


def profile(sheet):
    data = bytes(36) + b"acsp" + bytes(88) + b"\xff\xff\xff\xff"
    picture = sheet.picture(Image.new("RGB", (8, 8)))
    picture.ColorSpace = Array([Name.ICCBased, sheet.pdf.make_stream(data, N=3)])
    sheet.add("Picture", picture)
    sheet.content += b"q 40 0 0 40 60 500 cm /Picture Do Q "


def types(sheet):
    sheet.page.Resources.Properties = String("x")
    sheet.page.Resources.ExtGState = Array([1])
    sheet.page.Resources.Font.F9 = String("no")
    sheet.page.Group = String("x")


def many_letters(sheet):
    sheet.content += b"BT /F1 1 Tf 1 0 0 1 72 600 Tm " + b"(abcdefgh) Tj " * 20_000 + b"ET "


def deep(sheet):
    sheet.content += b"q " * 50_000 + b"Q " * 50_000


@pytest.mark.parametrize("odd", [form, mask, mask_that_lies, colours, font, profile, types, many_letters, deep])
def test_an_odd_page_is_shown(odd):
    sheet = Sheet()
    odd(sheet)
    opened = pdf.open(sheet.data(), DecodeJob())
    [page] = opened.pages
    assert (page.number, opened.page_count) == (1, 1)
    assert page.lines or page.raster
