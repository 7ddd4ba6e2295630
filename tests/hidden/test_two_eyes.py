"""Two programs look at each page of an uploaded PDF; where one shows less, the page is a picture of what is there, and told."""

import io
import time
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from casefile.upload import Upload
from reading import second_eye, seen_twice
from reading.intake import DecodeJob
from reading.limits import PUBLISHED
from reading.pdf import kept, marks
from reading.pdf.plain_names import Names
from reading.pictures.compared import lacks
from reading.read import ReadingRoom
from tests.hidden.ways import Sheet, box, plain, text
from tests.reading.made_files import text_picture

NUMBER = "1Z999AA10123456784"


def drawn(*texts, shift=0, size=(371, 480)):
    image = Image.new("L", size, "white")
    pen = ImageDraw.Draw(image)
    for place, words in enumerate(texts):
        pen.text((40 + shift, 60 + 40 * place), words, fill="black", font_size=12)
    return image


@pytest.mark.parametrize(
    ("shown", "other", "expected"),
    [
        (drawn("Delivered Nov 2", NUMBER), drawn("Delivered Nov 2", NUMBER), False),
        (drawn("Delivered Nov 2", NUMBER), drawn("Delivered Nov 2", NUMBER, shift=1), False),
        (drawn("Delivered Nov 2"), drawn("Delivered Nov 2", NUMBER), False),
        (drawn("Delivered Nov 2", NUMBER), drawn("Delivered Nov 2"), True),
        (drawn("Delivered Nov 2"), drawn(), True),
        (drawn(), drawn(), False),
        (drawn("Delivered Nov 2", NUMBER), drawn("Delivered Nov 2", NUMBER).resize((370, 479)), False),
    ],
)
def test_what_the_other_lacks(shown, other, expected):
    assert lacks(shown, other) is expected


def test_a_page_that_lost_something_is_drawn_as_it_was():
    sheet = Sheet()
    sheet.content += text(NUMBER, y=400)
    assert list(kept.lost(sheet.data(), plain(), DecodeJob())) == [1]
    assert kept.lost(plain(), sheet.data(), DecodeJob()) == {}
    assert kept.lost(b"no document", plain(), DecodeJob()) == {}


@pytest.fixture
def eye(monkeypatch):
    """What the second program draws: a small picture of each page, and the same in full."""
    if not second_eye.there():
        pytest.skip("pdftoppm is not installed")
    seen = {}
    monkeypatch.setattr(second_eye, "drawings", lambda *_: {1: seen["small"]} if "small" in seen else {})
    monkeypatch.setattr(second_eye, "whole", lambda *_: seen.get("whole"))
    return seen


def read(data):
    with ReadingRoom() as room:
        return room.read(Upload(name="a.pdf", data=data))


def small_of(data):
    [(_, image)] = second_eye.drawings(data, 1, 1, PUBLISHED).items()
    return image


def test_what_both_see_alike_goes_along_as_it_is():
    file = read(plain())
    assert file.prepared.rasters == ()
    assert {"pages-redrawn", "one-eye"}.isdisjoint(file.reading.changes)


def test_what_only_the_second_sees_is_its_drawing(eye):
    page = text_picture(NUMBER, size=(1240, 1754), height=60)
    eye.update(small=page.resize((339, 480)), whole=page)
    file = read(Sheet().data())
    [(number, raster)] = file.prepared.rasters
    assert (number, Image.open(io.BytesIO(raster.data)).size) == (1, page.size)
    assert NUMBER in file.reading.pages[0].text
    assert file.reading.pages[0].text_source == "ocr"
    assert "pages-redrawn" in file.reading.changes


@pytest.mark.parametrize("small", [Image.new("RGB", (339, 480), "white"), None])
def test_what_the_second_does_not_see_is_the_firsts_drawing(eye, small):
    if small is not None:
        eye["small"] = small
    file = read(plain())
    assert [number for number, _ in file.prepared.rasters] == [1]
    assert "pages-redrawn" in file.reading.changes
    assert "112-4829307-7716253" in file.reading.pages[0].text


def test_without_a_second_eye_the_file_says_so(monkeypatch):
    monkeypatch.setattr(second_eye, "there", lambda: False)
    assert "one-eye" in read(plain()).reading.changes


def test_the_second_eye_is_cheap_and_bounded():
    if not second_eye.there():
        pytest.skip("pdftoppm is not installed")
    start = time.process_time()
    assert max(small_of(plain()).size) == 480
    assert time.process_time() - start < 0.15
    assert second_eye.drawings(b"%PDF-1.7 nothing", 1, 1, PUBLISHED) == {}
    assert second_eye.drawings(plain(), 1, 2, PUBLISHED) == {}
    starved = replace(PUBLISHED, child_memory=8 * 2**20)
    assert second_eye.drawings(plain(), 1, 1, starved) == {}


@pytest.mark.parametrize(
    "data", [b"P6\n2 2\n255\n" + bytes(11), b"P6\n2 2\n255\n" + bytes(13), b"P6\n0 2\n255\n", b"P6\n99999 99999\n255\n"]
)
def test_what_is_no_picture_is_none(data):
    assert second_eye._pictures(data, PUBLISHED.raster_pixels) == ()


@pytest.mark.parametrize(
    ("inside", "talks"),
    [
        (b"/MCID 3", False),
        (b" /MCID 3 /Type /Pagination", False),
        (b"/ActualText <FEFF6708>", False),
        (b"/ActualText (fi)", False),
        (b"/ActualText <FEFF00A0>", False),
        (b"/ActualText (secret)", True),
        (b"/ActualText (9)", True),
        (b"/ActualText <FEFF0039>", True),
        (b"/ActualText <FEFF67086708>", True),
        (b"/Alt (fi)", True),
        (b"/E (x) /MCID 1", True),
        (b"/MCID 1 /Private (x)", True),
    ],
)
def test_marks_that_speak_for_others(inside, talks):
    assert marks.talks(b"/Span <<" + inside + b">> BDC (x) Tj EMC") is talks


def test_a_box_is_seen_by_both():
    sheet = Sheet()
    sheet.content += box()
    assert read(sheet.data()).prepared.rasters == ()
    assert seen_twice.REDRAWN not in read(sheet.data()).reading.changes


def test_content_that_nobody_can_take_apart_is_shown_as_a_picture():
    sheet = Sheet()
    sheet.content += b"/Span <</ActualText <FEFFZZ>>> BDC (x) Tj EMC "
    file = read(sheet.data())
    assert [number for number, _ in file.prepared.rasters] == [1]
    assert "112-4829307-7716253" in file.reading.pages[0].text


@pytest.mark.parametrize(
    ("content", "plain"),
    [
        (b"/UGQCMQ 32 Tf [<0033>0<0044>] TJ /F1 8 Tf", b"/Qq1 32 Tf [<0033>0<0044>] TJ /F1 8 Tf"),
        (b"/DeviceRGB cs /Secret gs /Secret Do", b"/DeviceRGB cs /Qq1 gs /Qq1 Do"),
        (b"/Qq7 1 Tf <00> Tj", b"/Qq1 1 Tf <00> Tj"),
        (b"/UGQCMQ 32 Tf (a /Secret one) Tj", None),  # a name only seems to stand in a string
        (b"/UGQCMQ 32 Tf BI /W 1 /H 1 ID /Secret EI", None),
        (b"/UGQ#43 32 Tf", None),
        (b"/UGQCMQ 32 Tf % a remark", None),
        (b"/Span <</ActualText <FEFF00530065>>> BDC /UGQCMQ 32 Tf EMC", None),
        (b"/UGQCMQ 32 Tf 3 Tr <0001> Tj", None),
    ],
)
def test_names_alone_are_replaced_without_parsing(content, plain):
    assert marks.renamed(content, Names()) == plain
