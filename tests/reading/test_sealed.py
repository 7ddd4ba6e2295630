"""A finished page lets copy only what people see on it, and shows what was read: whatever got past everything before it."""

import io

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from casefile.reading import PreparedPdf
from jobs.case_work.steps.seal import area_of
from reading.pdf import rendering
from reading.sealed import Sealed, as_picture, broken
from tests.evidence_packer.bundle_parts import bound, exhibits, look_of, picture
from tests.hidden.ways import WAYS, Sheet, box, plain, text

PAGE = 1
HIDDEN = (
    "black box", "white box", "many small boxes", "box drawn as a thick line", "box in a form", "white text",
    "nearly white text", "black text on black", "transparent text", "clipped text", "text under a picture",
    "text under a gradient", "text in a form that is too small", "invisible text", "text that is a clip",
)  # fmt: skip


def preview(data):
    with pdfium.PdfDocument(data) as document:
        sink = io.BytesIO()
        rendering.small(document[0]).save(sink, "JPEG", quality=80)
        return sink.getvalue()


def bundle_of(prepared, house, typesetter):
    return bound(exhibits(prepared), look_of(house, typesetter))


def seen(data, house, typesetter, before=None):
    bundle = bundle_of(PreparedPdf(data=data, pages=1), house, typesetter)
    return broken(bundle, [Sealed(index=PAGE, preview=before or preview(data))], area_of).get(PAGE)


@pytest.mark.parametrize("way", HIDDEN)
def test_what_nobody_sees_is_found_on_the_finished_page(way, house, typesetter):
    wrong = seen(WAYS[way](), house, typesetter)
    assert wrong is not None
    assert not wrong.lacking
    assert len(wrong.unseen) >= 10


def test_a_page_as_it_was_read_is_sealed(house, typesetter):
    assert seen(plain(), house, typesetter) is None


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_are_held_beside_their_upright_drawing(turn, house, typesetter):
    sheet = Sheet()
    sheet.page.Rotate = turn
    assert seen(sheet.data(), house, typesetter) is None


def test_what_was_lost_is_found(house, typesetter):
    full = Sheet()
    full.content += text("1Z999AA10123456784", y=400, size=20) + box(place=(60, 200, 300, 60))
    wrong = seen(plain(), house, typesetter, preview(full.data()))
    assert wrong is not None
    assert wrong.lacking


def test_a_blank_picture_is_found(house, typesetter):
    sink = io.BytesIO()
    Image.new("RGB", (320, 240), "white").save(sink, "JPEG")
    shown = picture(320, 240)
    bundle = bundle_of(shown, house, typesetter)
    good = Image.open(io.BytesIO(shown.data)).convert("RGB")
    was = io.BytesIO()
    good.save(was, "JPEG")
    assert broken(bundle, [Sealed(index=PAGE, preview=was.getvalue())], area_of) == {}
    white = bundle_of(picture(320, 240, colour="white"), house, typesetter)
    assert broken(white, [Sealed(index=PAGE, preview=was.getvalue())], area_of)[PAGE].lacking


def test_a_character_given_as_another_is_not_taken_for_a_hidden_one(house, typesetter):
    """Chromium writes signs as radicals; PDFium says they stand where they would without the page's frame."""
    html = "<html lang='zh-Hans'><body><p>收件⼈签收，⽬的地 ⽉</p></body></html>"
    data = typesetter.pdf(html, styles=())
    assert seen(data, house, typesetter) is None


def test_the_picture_that_goes_in_instead():
    made = as_picture(plain(), 1)
    image = Image.open(io.BytesIO(made.data))
    assert image.size == (made.width, made.height)
    assert abs(made.width - 595 * 200 / 72) < 2


def test_a_page_without_its_frame_lacks_its_evidence(house, typesetter):
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    sink = io.BytesIO()
    pdf.save(sink)
    assert broken(sink.getvalue(), [Sealed(index=0, preview=preview(plain()))], area_of)[0].lacking
