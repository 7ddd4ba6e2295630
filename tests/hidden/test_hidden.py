"""Nothing that is hidden in an uploaded PDF is left in what is sent, and what can be seen is still there to search and copy."""

import datetime as dt
import io
import shutil
import subprocess

import pikepdf
import pytest

from casefile.case import Case
from casefile.upload import Upload
from jobs.case_work.kinds.case_pack import make_pack
from jobs.case_work.pack import PackRequest
from press.pdf.asking import page_texts
from tests.hidden.harmless import HARMLESS
from tests.hidden.more_ways import MORE_WAYS
from tests.hidden.ways import MAGENTA, SECRET, VISIBLE, WAYS, plain

NOW = dt.datetime(2026, 11, 19, 14, tzinfo=dt.UTC)
CASE = {
    "platform": "amazon", "site": "US", "procedure": "a_to_z_response", "reason": "item_not_received",
    "order": {"id": "112-4829307-7716253"}, "parcels": [{"tracking_number": "1Z999AA10123456784"}],
}  # fmt: skip
MARK = SECRET.split(maxsplit=1)[0]
TOLD = {
    "black box", "white box", "many small boxes", "box drawn as a thick line", "box in a form", "flattened square",
    "redaction that was never applied", "white text", "nearly white text", "black text on black", "tiny text", "clipped text",
    "text under a picture", "text under a gradient", "transparent text", "white text under black text",
}  # fmt: skip
"""Ways of which the seller is told with the words; what programs leave behind by themselves is taken away without a word."""


EVERY_WAY = {**WAYS, **MORE_WAYS}


def names():
    return {way: f"{number:02}-{way.replace(' ', '-')}.pdf" for number, way in enumerate(EVERY_WAY, start=1)}


@pytest.fixture(scope="module")
def pack(workshop):
    uploads = [Upload(name=name, data=EVERY_WAY[way]()) for way, name in names().items()]
    request = PackRequest(
        case=Case.model_validate(CASE), uploads=(*uploads, Upload(name="plain.pdf", data=plain())), as_of=NOW
    )
    return make_pack(request, workshop)


def sent(pack):
    return [file for file in pack.files if file.role != "original" and not file.path.startswith(("report", "manifest"))]


def parts_of(pdf):
    """Everything a program finds in a PDF: objects, unpacked streams, the words of each page."""
    yield pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Stream):
                yield pikepdf.Dictionary(dict(item.items())).unparse()
                yield item.read_raw_bytes()
                if item.get("/Filter") not in (pikepdf.Name.DCTDecode, pikepdf.Name.JPXDecode):
                    yield item.read_bytes()
            else:
                yield item.unparse()
    yield "\n".join(page_texts(pdf)).encode("utf-8", "replace")
    if tool := shutil.which("pdftotext"):
        yield subprocess.run([tool, "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout


def pictures_of(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
                yield pikepdf.PdfImage(item).as_pil_image().convert("RGB")


def test_there_are_enough_ways():
    assert len(EVERY_WAY) >= 65


def test_nothing_hidden_is_sent(pack):
    found = {
        file.path
        for file in sent(pack)
        for part in (parts_of(file.data) if file.data.startswith(b"%PDF") else [file.data])
        if any(
            word in part for word in (MARK.encode(), MARK.encode("utf-16-be"), MARK.encode("utf-16-be").hex().encode())
        )
    }
    assert found == set()


def test_no_hidden_picture_is_sent(pack):
    for file in sent(pack):
        if file.data.startswith(b"%PDF"):
            for picture in pictures_of(file.data):
                near = picture.resize((max(1, picture.width // 4), max(1, picture.height // 4)))
                assert not any(
                    red > 200 and green < 80 and blue > 200 for _, (red, green, blue) in near.getcolors(10**7)
                ), MAGENTA


def test_what_can_be_seen_is_still_there(pack):
    (bundle,) = (file for file in pack.files if file.path.endswith("_Evidence.pdf") and "/" not in file.path)
    texts = page_texts(bundle.data)
    words = VISIBLE.split()
    for exhibit in pack.report.exhibits:
        page = next(text for text in texts if f"Exhibit {exhibit.number} · page {exhibit.pages[0]} of" in text)
        lacking = [word for word in words if word not in page]
        assert len(lacking) <= 1, (exhibit.file, lacking, page)


def test_a_page_that_hides_nothing_goes_along_as_it_is(pack):
    assert [line.file for line in pack.report.not_included] == []
    assert not [one for one in pack.report.findings if one.file == "plain.pdf" and one.code == "text-under-cover"]


@pytest.mark.parametrize("way", sorted(TOLD))
def test_the_seller_is_told_what_was_hidden(pack, way):
    told = [one.detail for one in pack.report.findings if one.code == "text-under-cover" and one.file == names()[way]]
    assert len(told) == 1
    assert MARK in told[0]


@pytest.mark.parametrize("kind", sorted(HARMLESS))
def test_what_hides_nothing_is_left_alone(kind, workshop):
    file = workshop.reading_rooms[0].read(Upload(name=f"{kind}.pdf", data=HARMLESS[kind]()))
    assert file.prepared.rasters == ()
    assert "pages-redrawn" not in file.reading.changes
    assert not any(page.covered for page in file.reading.pages)
    assert set(VISIBLE.split()) <= set(file.reading.pages[0].text.split())
