"""Text under a black box is told with its page, and only that: fills behind type, scans with words and clear colours are none."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from casefile.upload import Upload
from press.pdf.asking import page_texts
from reading.read import ReadingRoom
from tests.reading.made_files import encoded, pdf_page, saved, scan_pdf, text_picture, words

SAID = words("Order 112-4829307-7716253 was delivered on Nov 2, 2026", y=720)
SECRET = words("Card 4111 1111 1111 1111", y=600)
OVER = (60, 594, 320, 26)


def box(colour, place=OVER):
    return f"q {colour} rg {' '.join(map(str, place))} re f Q\n".encode()


def page(content, resources=None, annotations=()):
    document = Pdf.new()
    made = pdf_page(document, content)
    for name, value in (resources or {}).items():
        made.Resources[Name(name)] = value(document)
    if annotations:
        made.Annots = Array([document.make_indirect(one(document)) for one in annotations])
    return saved(document)


def square(document):
    """What programs draw when a box is laid over a place: an annotation with an appearance."""
    drawn = document.make_stream(
        b"0 0 0 rg 0 0 320 26 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 320, 26]
    )
    x, y, width, height = OVER
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Square, Rect=[x, y, x + width, y + height], F=4, AP=Dictionary(N=drawn)
    )  # fmt: skip


def picture(image):
    def made(document):
        drawn = document.make_stream(
            encoded(image, "JPEG"), Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
            ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
        )  # fmt: skip
        return Dictionary(I=drawn)

    return {"/XObject": made}


def glass(_document):
    return Dictionary(G=Dictionary(ca=0.3))


BLACK = text_picture(size=(320, 26)).point(lambda _: 0)
SHOWING = text_picture("Card 4111 1111 1111 1111", size=(900, 80))
PAGES = {
    "black box": (lambda: page(SAID + SECRET + box("0 0 0")), 1),
    "white box": (lambda: page(SAID + SECRET + box("1 1 1")), 1),
    "red box": (lambda: page(SAID + SECRET + box("0.8 0 0")), 1),
    "annotation": (lambda: page(SAID + SECRET, annotations=(square,)), 1),
    "picture of black": (lambda: page(SAID + SECRET + b"q 320 0 0 26 60 594 cm /I Do Q", picture(BLACK)), 1),
    "two lines": (lambda: page(SAID + SECRET + words("and 5500 0000 0000 0004", y=570) + box("0 0 0", (60, 560, 320, 60))), 2),
    "fill behind type": (lambda: page(box("0.9 0.95 1") + SAID + SECRET), 0),
    "box beside": (lambda: page(SAID + SECRET + box("0 0 0", (60, 500, 320, 26))), 0),
    "glass": (lambda: page(SAID + SECRET + b"/G gs " + box("1 1 0"), {"/ExtGState": glass}), 0),
    "frame": (lambda: page(SAID + SECRET + b"60 594 320 26 re S"), 0),
    "scan with words under it": (
        lambda: page(SAID + b"3 Tr " + SECRET + b"q 320 0 0 28 60 594 cm /I Do Q", picture(SHOWING)), 0,
    ),
    "drawn again on top": (lambda: page(SAID + SECRET + box("0 0 0") + b"1 g " + SECRET), 0),
    "nothing": (lambda: page(SAID + SECRET), 0),
}  # fmt: skip


@pytest.fixture(scope="module")
def room():
    with ReadingRoom() as opened:
        yield opened


@pytest.mark.parametrize("name", PAGES)
def test_text_under_a_cover_is_told(name, room):
    make, count = PAGES[name]
    [read] = room.read(Upload(name="a.pdf", data=make())).reading.pages
    assert len(read.covered) == count
    for x0, y0, x1, y1 in read.covered:
        assert 0.1 < x0 < 0.15
        assert 0.24 < y0 < y1 < 0.36
        assert x1 < 0.6


def scan_with_its_words(form):
    """A scan with words as a program read them, wrongly, in a font that is not embedded."""
    document = pikepdf.open(io.BytesIO(scan_pdf(text_picture("Delivered to the front door", size=(1240, 1754)))))
    page = document.pages[0].obj
    layer = b"q BT 3 Tr /F9 12 Tf 72 600 Td (Dellvered to tha frant d00r) Tj ET Q "
    font = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier))
    resources = Dictionary(Font=Dictionary(F9=font))
    if form:
        box = [0, 0, 900, 1200]
        page.Resources.XObject.Layer = document.make_stream(
            layer, Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=resources
        )
        layer = b"/Layer Do "
    else:
        page.Resources.Font = resources.Font
    page.Contents = document.make_stream(page.Contents.read_bytes() + b" " + layer)
    return saved(document)


@pytest.mark.parametrize("form", [False, True])
def test_a_scan_keeps_its_picture_and_loses_what_a_program_read_on_it(form, room):
    file = room.read(Upload(name="scan.pdf", data=scan_with_its_words(form)))
    assert file.prepared.rasters == ()
    assert "Delivered to the front door" in file.reading.pages[0].text
    assert file.reading.pages[0].text_source == "ocr"
    assert not any("ellvered" in text for text in page_texts(file.prepared.data))
    with pikepdf.open(io.BytesIO(file.prepared.data)) as document:
        assert "/Font" not in document.pages[0].obj.Resources or not len(document.pages[0].obj.Resources.Font)
