"""What the seal finds wrong goes in as a picture, without the words that nobody sees, and is told."""

import pytest

from casefile.case import Case
from casefile.errors import ProofFault
from casefile.reading import Line, PreparedImage, PreparedPdf, ReadFile, Reading, ReadPage
from casefile.upload import Upload
from jobs.case_work.kinds import case_pack
from jobs.case_work.pack import PackRequest
from jobs.case_work.steps.seal import redrawn
from press.pdf.asking import page_texts
from reading.sealed import Unsealed
from tests.hidden.test_hidden import CASE, NOW
from tests.hidden.ways import VISIBLE, plain


def file_of(prepared=None):
    seen = Line(text="seen", box=(0.1, 0.1, 0.3, 0.12), score=1.0)
    secret = Line(text="secret", box=(0.1, 0.5, 0.3, 0.52), score=1.0)
    page = ReadPage(number=1, width=595, height=842, lines=(seen, secret))
    reading = Reading(sha256="0" * 64, media_type="application/pdf", pages=(page,))
    return ReadFile(reading=reading, prepared=prepared or PreparedPdf(data=plain(), pages=1), previews=(b"",))


def test_the_page_is_a_picture_and_its_hidden_words_are_told():
    file = redrawn(file_of(), {1: Unsealed(unseen=((0.15, 0.5, 0.17, 0.52),))}, look)
    [page] = file.reading.pages
    assert [line.text for line in page.lines] == ["seen"]
    assert page.covered_words == "secret"
    assert [number for number, _ in file.prepared.rasters] == [1]
    assert "pages-redrawn" in file.reading.changes


def look(picture):
    return (Line(text=f"read on {picture.width} pixels", box=(0.1, 0.1, 0.5, 0.12), score=0.9),)


def test_where_programs_copy_different_words_the_picture_is_read():
    file = redrawn(file_of(), {1: Unsealed(more=True)}, look)
    assert [line.text for line in file.reading.pages[0].lines] == ["read on 1653 pixels"]


def test_what_was_only_lost_keeps_its_words():
    file = redrawn(file_of(), {1: Unsealed(lacking=True)}, look)
    assert [line.text for line in file.reading.pages[0].lines] == ["seen", "secret"]


@pytest.mark.parametrize(
    ("file", "again"),
    [
        (file_of(), True),
        (file_of(PreparedImage(data=b"", format="png", width=1, height=1)), False),
        (
            file_of(
                PreparedPdf(
                    data=plain(), pages=1, rasters=((1, PreparedImage(data=b"", format="png", width=1, height=1)),)
                )
            ),
            False,
        ),
    ],
)
def test_what_is_a_picture_already_and_not_shown_is_no_page(file, again):
    with pytest.raises(ProofFault):
        redrawn(file, {1: Unsealed(lacking=True)}, look, again=again)


def request():
    return PackRequest(
        case=Case.model_validate(CASE), uploads=(Upload(name="plain.pdf", data=plain()),), as_of=NOW, language="en"
    )


def test_a_broken_page_is_made_again_and_told(workshop, monkeypatch):
    found, seen = iter([{"plain.pdf": {1: Unsealed(lacking=True)}}]), case_pack.faults
    monkeypatch.setattr(case_pack, "faults", lambda *told: next(found, None) or seen(*told))
    pack = case_pack.make_pack(request(), workshop)
    assert "page-redrawn" in {one.code for one in pack.report.findings}
    assert [exhibit.file for exhibit in pack.report.exhibits] == ["plain.pdf"]
    (bundle,) = (file for file in pack.files if file.role == "bundle")
    assert any(all(word in text for word in VISIBLE.split()) for text in page_texts(bundle.data))
