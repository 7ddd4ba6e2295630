"""Every engine keeps the contract; the passes are proved with an engine made of words."""

import dataclasses
import io
import itertools
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from made_files import text_picture
from PIL import Image

from casefile.reading import Line
from casefile.upload import Upload
from reading.ocr.contract import OcrEngine, Reads, engines, engines_with, first_engines
from reading.ocr.likeness import found, worth_reading_again
from reading.ocr.ocr_passes import Aim, read_page, slices
from reading.ocr.second_engines import joined, named, sure
from reading.read import ReadingRoom
from reading.tiff import as_tiff

ROOT = Path(__file__).resolve().parents[2]
ORDER = "112-4829307-7716253"
READS = Reads(quick=frozenset({"en"}), careful=frozenset({"ja"}))


@pytest.fixture(scope="module", params=sorted(engines()))
def engine(request):
    kind = engines()[request.param]
    if not kind.installed:
        pytest.skip(f"the extra {kind.name} is not installed (requirements/{kind.name}.txt)")
    return kind.load()


@pytest.mark.parametrize("tier", ["quick", "careful"])
@pytest.mark.parametrize("grey", [False, True])
def test_engine_reads_lines_with_boxes(engine, tier, grey):
    image = text_picture(f"Order {ORDER}", "Delivered Nov 2, 2026 2:22 PM")
    lines = engine.lines(np.asarray(image.convert("L") if grey else image), tier)
    assert isinstance(engine, OcrEngine)
    assert [line.text.replace(" ", "") for line in lines] == [f"Order{ORDER}", "DeliveredNov2,20262:22PM"]
    for line, top in zip(lines, (40, 104), strict=True):
        x0, y0, x1, y1 = line.box
        assert x0 * 1000 == pytest.approx(40, abs=12)
        assert (y0 + y1) / 2 * 400 == pytest.approx(top + 20, abs=10)
        assert x1 < 1
        assert 0.85 <= line.score <= 1


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (200, 200)])
def test_engine_finds_nothing_on_nothing(engine, size):
    assert engine.lines(np.full((*size, 3), 255, np.uint8), "quick") == ()


def test_engines_name_what_they_read():
    for kind in engines().values():
        assert kind.reads.quick
    assert "en" in engines()["faster_paddle"].reads.quick


@pytest.mark.parametrize("kind", [kind for kind in engines().values() if kind.instead_of], ids=lambda kind: kind.name)
def test_an_engine_that_stands_in_reads_all_that_the_other_reads(kind):
    other = engines()[kind.instead_of]
    assert kind.reads.quick >= other.reads.quick
    assert kind.reads.quick | kind.reads.careful >= other.reads.quick | other.reads.careful


@pytest.mark.parametrize(
    ("first", "asked"),
    [("faster_paddle", {"faster_paddle", "tesseract_korean", "tesseract_russian", "tesseract_thai"}),
     ("rapidocr", {"rapidocr", "tesseract_korean", "tesseract_russian", "tesseract_thai"})],
)  # fmt: skip
def test_one_of_two_engines_for_the_same_languages_is_asked(first, asked):
    names = [kind.name for kind in engines_with(first)]
    assert names[0] == first
    assert set(names) == asked
    assert len(names) == len(asked)
    assert first_engines() == ("faster_paddle", "rapidocr")


def test_an_engine_without_its_library_is_not_installed():
    kind = engines()["rapidocr"]
    assert not dataclasses.replace(kind, library="no_such_library").installed
    assert dataclasses.replace(kind, library="json").installed
    assert engines()["faster_paddle"].installed


NO_NETWORK = """
import socket, sys
import numpy as np
from reading.ocr.contract import engines
def refuse(*_, **__): raise OSError("no network")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
engine = engines()[sys.argv[1]].load()
for tier in ("quick", "careful"):
    engine.lines(np.full((200, 200, 3), 255, np.uint8), tier)
print("read")
"""


@pytest.mark.parametrize("name", first_engines())
def test_the_models_lie_inside_the_wheel(name):
    if not engines()[name].installed:
        pytest.skip(f"the extra {name} is not installed (requirements/{name}.txt)")
    run = subprocess.run(
        [sys.executable, "-c", NO_NETWORK, name], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (run.stdout.strip(), run.stderr.strip()) == ("read", "")


@pytest.mark.skipif(not engines()["rapidocr"].installed, reason="the extra rapidocr is not installed")
def test_a_page_is_read_by_the_engine_that_the_operator_names():
    picture = text_picture(f"Order {ORDER}", "Delivered Nov 2, 2026 2:22 PM")
    sink = io.BytesIO()
    picture.save(sink, "PNG")
    with ReadingRoom(engine="rapidocr") as room:
        page = room.read(Upload(name="a.png", data=sink.getvalue()), wanted=(ORDER,)).reading.pages[0]
        assert (
            room.engines
            == room.beside().engines
            == ("rapidocr", "tesseract_korean", "tesseract_russian", "tesseract_thai")
        )
    assert page.receipt.engine == "rapidocr"
    assert any(ORDER in line.text for line in page.lines)


def test_a_tiff_is_a_header_and_the_rows():
    pixels = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(as_tiff(pixels)))), pixels)
    assert np.asarray(Image.open(io.BytesIO(as_tiff(pixels[:, :, 0])))).shape == (2, 3, 3)


@dataclass
class Words:
    """An engine that answers with prepared lines and remembers what it was asked."""

    quick: tuple[Line, ...] = ()
    careful: tuple[Line, ...] = ()
    crop: tuple[Line, ...] = ()
    asked: list = field(default_factory=list)

    def lines(self, pixels, tier):
        self.asked.append((tier, pixels.shape[:2]))
        whole = pixels.shape[0] >= 300
        return (self.careful if whole else self.crop) if tier == "careful" else self.quick


def line(text, score=0.99, box=(0.1, 0.4, 0.6, 0.5)):
    return Line(text=text, box=box, score=score)


PAGE = np.zeros((400, 800, 3), np.uint8)
FULL = line("Many words that fill a page well enough to be read at once")


def test_certain_lines_are_not_read_again():
    engine = Words(quick=(FULL, line(f"Order {ORDER}")))
    lines = read_page(engine, READS, PAGE, Aim(wanted=(ORDER,)))
    assert engine.asked == [("quick", (400, 800))]
    assert lines[1].text == f"Order {ORDER}"


@pytest.mark.parametrize(("text", "score"), [("Order 112-4829307-7716258", 0.99), (f"Order {ORDER}", 0.7)])
def test_doubtful_lines_are_read_again_from_a_crop(text, score):
    better = line("Order 112-4829307-7716253", 0.98, (0.1, 0.35, 0.9, 0.65))
    engine = Words(quick=(FULL, line(text, score)), crop=(better,))
    lines = read_page(engine, READS, PAGE, Aim(wanted=(ORDER,)))
    assert [tier for tier, _ in engine.asked] == ["quick", "careful"]
    assert engine.asked[1][1][0] < 150
    assert lines[1].text == better.text
    assert 0.35 < lines[1].box[1] < lines[1].box[3] < 0.55


def test_the_careful_reading_is_taken_even_when_it_suits_the_case_less():
    other = line("Order 112-4829307-7716259", 0.98, (0.1, 0.35, 0.9, 0.65))
    engine = Words(quick=(FULL, line(f"Order {ORDER}", 0.6)), crop=(other,))
    assert read_page(engine, READS, PAGE, Aim(wanted=(ORDER,)))[1].text == other.text


def test_a_page_that_was_hardly_read_is_read_whole_with_care():
    engine = Words(quick=(line("1l2-48", 0.4),), careful=(line(f"Order {ORDER}"),))
    assert read_page(engine, READS, PAGE, Aim(wanted=(ORDER,)))[0].text == f"Order {ORDER}"
    assert [tier for tier, _ in engine.asked] == ["quick", "careful"]


class Fine(Words):
    """Overlooks the number on a large page, reads it in a tile."""

    def lines(self, pixels, tier):
        self.asked.append((tier, pixels.shape[:2]))
        if pixels.shape[1] == 3840:
            return self.quick or (
                line("Many words that fill a page well enough to be read", box=(0.1, 0.1, 0.4, 0.107)),
            )
        return (line(f"Order {ORDER}", box=(0.3, 0.5, 0.6, 0.515)), line("4829307-77", box=(0.9, 0.7, 1.0, 0.715)))


def test_fine_print_of_a_large_page_is_looked_at_in_tiles():
    page = np.zeros((2160, 3840, 3), np.uint8)
    engine = Fine()
    lines = read_page(engine, READS, page, Aim(wanted=(ORDER,)))
    assert [tier for tier, _ in engine.asked] == ["quick"] * 5
    assert sum(ORDER in one.text for one in lines) == 4
    assert not any(one.text == "4829307-77" and one.box[2] < 0.9 for one in lines)  # cut by its tile
    poor = Fine(quick=(line("405-98O1O71", 0.4, (0.1, 0.1, 0.4, 0.13)),))
    assert any(ORDER in one.text for one in read_page(poor, READS, page, Aim(wanted=(ORDER,))))
    small = Fine()
    read_page(small, READS, page[:1080, :1920], Aim(wanted=(ORDER,)))
    assert len(small.asked) == 1


def test_an_empty_page_or_nothing_wanted_costs_one_pass():
    for aim, content in ((Aim(wanted=(ORDER,)), False), (Aim(), True)):
        engine = Words()
        assert read_page(engine, READS, PAGE, aim, has_content=content) == ()
        assert len(engine.asked) == 1


def test_japanese_is_read_with_care_at_once():
    engine = Words(careful=(line("配達完了"),))
    assert read_page(engine, READS, PAGE, Aim(wanted=(ORDER,), languages=("ja",)))[0].text == "配達完了"
    assert [tier for tier, _ in engine.asked] == ["careful"]


def test_long_pages_are_cut_at_empty_rows():
    page = np.full((2000, 300), 255, np.uint8)
    for top in range(0, 2000, 50):
        page[top : top + 30, ::2] = 0
    cuts = list(slices(page))
    assert cuts[0][0] == 0
    assert cuts[-1][1] == 2000
    assert all(end == start for (_, end), (start, _) in itertools.pairwise(cuts))
    assert all(page[end].min() == 255 for _, end in cuts[:-1])
    assert all(end - start <= 2.2 * 300 for start, end in cuts)


def test_lines_of_slices_stand_where_they_are_on_the_page():
    page = np.full((2000, 300), 255, np.uint8)
    engine = Words(quick=(line("x", box=(0, 0, 1, 1)),))
    lines = read_page(engine, READS, page, Aim())
    assert lines[0].box[1] == 0
    assert lines[-1].box[3] == 1
    assert sum(one.box[3] - one.box[1] for one in lines) == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "score", "again"),
    [
        (f"Order # {ORDER}", 0.99, False),
        (f"Order # {ORDER}", 0.80, True),
        (f"Order # {ORDER}7", 0.99, True),
        (f"Order # {ORDER} 2026", 0.99, False),
        ("Order # 112-4829307-7716258", 0.99, True),
        ("Order # 112-482930Z-77l6253", 0.99, True),
        ("Delivered on November 2", 0.60, False),
        ("112-4829307-", 0.99, False),
        ("4471002 99 310", 0.99, False),
    ],
)
def test_what_is_worth_reading_again(text, score, again):
    assert worth_reading_again(text, score, (ORDER,)) is again


def test_look_alikes_count_as_found():
    assert found("order 1l2-48293O7-7716253", (ORDER,))
    assert not found("order 112-4829307-7716254", (ORDER,))


def test_a_language_that_nobody_named_is_heard_only_where_it_is_surer():
    def line(text, score, top=0.1):
        return Line(text=text, box=(0.1, top, 0.5, top + 0.02), score=score)

    first = (line("证据1，第1页", 0.88), line("区区区", 0.5, top=0.3))
    thai = (line("พพพผ", 0.87), line("จัดส่งสําเร็จ", 0.93, top=0.3), line("กรุงเทพ", 0.6, top=0.5))
    assert [kept.text for kept in sure(first, thai, "th")] == ["จัดส่งสําเร็จ"]
    assert named(("en", "th-TH", "th")) == ("th",)


@pytest.mark.parametrize(
    ("first", "more", "kept"),
    [
        (("2含: 198098286317", 0.92), ("운송장번호: 198098286317", 0.81), 2),
        (("2含: 198098286317", 0.92), ("운송장번호: 198098286317", 0.86), 1),
        (("2含: 198098286317", 0.92), ("운송장번호: 19809828631?", 0.95), 2),
        (("2含: 198098286317", 0.80), ("운송장번호: 198098286317", 0.81), 1),
        (("2含: 198098286318", 0.92), ("운송장번호: 198098286317", 0.81), 1),
    ],
)
def test_a_number_that_was_surely_read_stays_where_the_other_engine_is_not_sure_of_it(first, more, kept):
    (old, new) = (Line(text=text, box=(0.1, 0.1, 0.5, 0.12), score=score) for text, score in (first, more))
    lines = joined((old,), (new,), "ko", ("198098286317",))
    assert new in lines
    assert len(lines) == kept
