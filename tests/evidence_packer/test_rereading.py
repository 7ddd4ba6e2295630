"""The finished bundle read again: what a page does not print is named, and a picture stands in its own place only."""

import pytest

from casefile.citation import Citation
from casefile.errors import ProofFault
from casefile.reading import Line, PreparedPdf, Reading, ReadPage
from casefile.statement import Span
from evidence_packer.bind.bundle.rereading import prove_pictures, unread
from tests.reading.made_files import text_pdf

from .bundle_parts import bound, exhibits, look_of, picture, plan_of

BOX = (0.1, 0.1, 0.4, 0.12)
SAID = "Delivered Nov 2, 2026 2:22 PM"


@pytest.fixture
def look(house, typesetter):
    return look_of(house, typesetter)


def span(text, file="f1"):
    return Span(file=file, page=1, box=BOX, text=text)


def reading(source, *lines):
    page = ReadPage(
        number=1, width=600, height=800, text_source=source,
        lines=tuple(Line(text=text, box=BOX, score=0.99) for text in lines),
    )  # fmt: skip
    return Reading(sha256="0" * 64, media_type="image/png", pages=(page,))


FIRST = Citation(number=1, page=2)


def test_what_a_finished_page_does_not_print_is_named(look):
    made = exhibits(PreparedPdf(data=text_pdf(f"Order 112-4829307-7716253 {SAID}"), pages=1))
    data, plan = bound(made, look), plan_of(made)
    claims = [
        (FIRST, span(text)) for text in ("112-4829307-7716253", "2:22 PM", "Nov 2, 2026", "Nov 5, 2026", "9:41 PM")
    ]
    lost = unread(data, plan, claims, {"f1": reading("text_layer", "Nov 5, 2026 9:41 PM")})
    assert [one.text for one in lost] == ["Nov 5, 2026", "9:41 PM"]


def test_of_a_picture_what_was_read_in_it_counts(look):
    made = exhibits(picture())
    data, plan = bound(made, look), plan_of(made)
    claims = [(FIRST, span(text)) for text in (SAID, "$37.48")]
    assert [
        one.text for one in unread(data, plan, claims, {"f1": reading("ocr", "Delivered", "Nov 2, 2026 2:22 PM")})
    ] == ["$37.48"]


def test_the_band_above_a_page_proves_nothing_of_it(look):
    made = exhibits(picture(), caption=SAID)
    claims = [(FIRST, span(SAID))]
    assert unread(bound(made, look), plan_of(made), claims, {})


@pytest.mark.parametrize("form", ["png", "jpeg"])
def test_another_picture_in_an_exhibits_place_is_no_bundle(look, form):
    made = exhibits(picture(form=form), picture(form=form, colour="red"))
    data = bound(made, look)
    prove_pictures(data, made)
    changed = exhibits(picture(form=form, colour="red"), picture(form=form))
    with pytest.raises(ProofFault, match="proof-picture"):
        prove_pictures(data, changed)
