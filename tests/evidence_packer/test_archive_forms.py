"""A bundle in the archive form that a receiver asks for: the words of PDF 1.4 for the oldest, another number for the others."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image, ImageCms

from casefile.reading import PreparedImage
from evidence_packer.bind.bundle.as_pictures import as_pictures
from evidence_packer.bind.bundle.assemble import assemble
from evidence_packer.judge.check import Output
from press.pdf.archive_forms import archive_part, in_form
from press.pdf.extract import extract
from tests.evidence_packer.bundle_parts import document, exhibits, look_of, picture, word

TABLE = "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>证据</td></tr></tbody></table>"
OLD = {"Document", "Sect", "Div", "P", "H1", "Table", "TR", "TH", "TD", "Link", "Figure", "Span", "Part", "NonStruct"}


@pytest.fixture(scope="module")
def bundle(house, typesetter):
    html = f"<html lang='en'><title>Front</title><body><h1>Front</h1>{TABLE}<a href='page:2'>2</a></body></html>"
    front = typesetter.pdf(html, styles=(), variant="pdf/a-3a")
    shown = exhibits(picture(), as_pictures(document()), lines={1: (word(),)})
    return assemble(front, shown, look_of(house, typesetter))


def deep_picture():
    """Grey at sixteen bits, as a scanner stores it."""
    sink = io.BytesIO()
    Image.new("I;16", (30, 20), 30000).save(sink, "PNG")
    return PreparedImage(data=sink.getvalue(), format="png", width=30, height=20)


def with_profile(version):
    """A photograph with a colour profile of this version."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[8] = version
    sink = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(sink, "JPEG", icc_profile=bytes(profile))
    return PreparedImage(data=sink.getvalue(), format="jpeg", width=20, height=30, orientation=6)


def test_the_oldest_form_speaks_pdf_1_4(bundle):
    made = in_form(bundle, 1)
    assert made.startswith(b"%PDF-1.4")
    assert b"/ObjStm" not in made
    assert b"/XRef" not in made
    assert b"<pdfaid:part>1</pdfaid:part>" in made, "the metadata stand uncompressed"
    assert archive_part(made) == 1
    assert in_form(bundle, 1) == made
    with pikepdf.open(io.BytesIO(made)) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, Dictionary) and "/FontFile2" in one]
        assert len(fonts) >= 2
        assert all("/CIDSet" in font for font in fonts)
        types = {
            str(one.S)[1:] for one in pdf.objects if isinstance(one, Dictionary) and one.get("/Type") == Name.StructElem
        }
        assert types - OLD == {str(key)[1:] for key in pdf.Root.StructTreeRoot.RoleMap.keys()}  # noqa: SIM118  # a PDF object
        assert {"THead", "TBody"} <= types
        assert pdf.docinfo["/Title"] == "A case"


@pytest.mark.parametrize("part", [2, 3])
def test_later_forms_differ_by_their_number(bundle, part):
    made = in_form(bundle, part)
    assert archive_part(made) == part
    assert (made == bundle) == (part == 3)


def test_pages_of_it_claim_no_tags(bundle):
    made = in_form(extract(bundle, [1, 2]), 1)
    assert b"<pdfaid:conformance>B<" in made
    assert b"pdfuaid" not in extract(bundle, [1, 2])


@pytest.mark.parametrize("what", [{"/ca": 0.5}, {"/BM": Name.Multiply}, {"/SMask": Dictionary(S=Name.Alpha)}])
def test_what_shines_through_cannot_be_said_in_it(bundle, what):
    with pikepdf.open(io.BytesIO(bundle)) as pdf:
        pdf.pages[1].obj.Resources["/ExtGState"] = Dictionary({"/G": Dictionary(what)})
        sink = io.BytesIO()
        pdf.save(sink)
    assert in_form(sink.getvalue(), 1) == sink.getvalue()


def test_what_claims_nothing_stays_as_it_is(typesetter):
    plain = typesetter.pdf("<html lang='en'><title>T</title><body>Words</body></html>", styles=())
    assert archive_part(plain) is None
    assert in_form(plain, 1) == plain


def test_pages_of_documents_and_odd_pictures_become_plain_pictures():
    shown = as_pictures(document(((595, 842), (300, 400))))
    assert [number for number, _ in shown.rasters] == [1, 2]
    assert shown.rasters[0][1].height > 1900
    assert as_pictures(picture()) is picture()
    assert as_pictures(with_profile(2)).orientation == 6
    for odd in (deep_picture(), with_profile(4)):
        made = as_pictures(odd)
        with Image.open(io.BytesIO(made.data)) as image:
            assert image.mode in {"L", "RGB"}
            assert "icc_profile" not in image.info
            assert image.size == (made.width, made.height)
    assert as_pictures(with_profile(4)).height == 30


PDF = Output(name="a.pdf", format="pdf", bytes=9, archive=1)


@pytest.mark.parametrize(
    ("outputs", "lacking"),
    [
        ((PDF,), False),
        ((replace(PDF, archive=3),), True),
        ((replace(PDF, archive=None),), True),
        ((PDF, Output(name="a.png", format="png", bytes=9)), False),
    ],
)
def test_a_document_in_another_form_is_named(found, outputs, lacking):
    from tests.evidence_packer.conftest import make_case

    asked = make_case(notice={"text": "Attach it as PDF/A-1a."})
    assert ("archival-pdf-lacking" in found(case=asked, outputs=outputs)) is lacking
    assert "archival-pdf-lacking" not in found(case=make_case(), outputs=outputs)
    assert re.search("archival", "".join(found(case=asked, outputs=outputs)))
