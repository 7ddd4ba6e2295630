"""A text layer counts only where it says what people see; numbers of the case and the lines that say most are compared."""

import pytest
from PIL import Image

from casefile.reading import Line
from casefile.upload import Upload
from reading.read import ReadingRoom
from reading.told_truly import untrue, worth_a_look
from tests.hidden.more_ways import said, second_font
from tests.hidden.ways import Sheet, plain, text

NUMBER = "1Z333AA10122244"
PAGE = Image.new("L", (1240, 1754), 255)


def line(words, row=1):
    return Line(text=words, box=(0.1, 0.1 * row, 0.8, 0.1 * row + 0.015), score=1.0)


def reader(*texts):
    """Reads these words, one in each place."""

    def read(pixels, tier):
        share = 1 / len(texts)
        boxes = [(0.1, (at + 0.4) * share, 0.9, (at + 0.6) * share) for at in range(len(texts))]
        return [Line(text=words, box=box, score=0.9) for words, box in zip(texts, boxes, strict=True) if words]

    return read


@pytest.mark.parametrize(
    ("told", "seen", "others"),
    [
        (["Delivered to the front door"], ["Delivered to the front door"], 0),
        (["Delivered to the front door"], ["De1ivered to the fr0nt doer"], 0),
        (["Delivered to the front door"], ["Returned, refused by buyer"], 1),
        (["Delivered to the front door"], [""], 0),
        (["Delivered to the front door"], ["?"], 0),
        ([f"Tracking {NUMBER}"], [f"Tracking {NUMBER}"], 0),
        ([f"Tracking {NUMBER}"], [f"Tracking {NUMBER.replace('4', '7')}"], 1),
        ([f"Tracking {NUMBER}", "Delivered to the front door"], [f"Tracking {NUMBER}", "Signed by nobody 4711"], 1),
        (["\u0e1e\u0e31\u0e2a\u0e14\u0e38 1234567890"], ["something else entirely"], 0),
        (["short"], ["other words"], 0),
        (["Delivered to the front door"], ["ue mist engie to the front door Delivered yesterday mor"], 0),
        (["Delivered to the front door"], ["front"], 0),
        (["DURING HIS"], ["MMINUCTDATION ILI DURING HIS TUI"], 0),
        (["DURING HIS"], ["MMINUCTDATION ILI BEFORE HER TUI"], 1),
        (["Delivered to the front door"], ["door closed, sent back to the sender"], 1),
        (["of it is as it was in all"], ["something else entirely"], 1),
    ],
)
def test_what_is_told_and_what_is_seen(told, seen, others):
    lines = [line(words, row) for row, words in enumerate(told, start=1)]
    assert len(untrue(lines, PAGE, (NUMBER,), reader(*seen))) == others


def test_a_page_that_stands_on_its_head_is_true():
    words = "Delivered to the front door"

    def read(pixels, tier):
        marked = pixels[: pixels.shape[0] // 2].min() < pixels[pixels.shape[0] // 2 :].min()
        return reader(words if marked else "100p 1uoJ au1 01 paJaA!|aG")(pixels, tier)

    turned = PAGE.copy()
    turned.paste(0, (800, 200, 1000, 202))
    assert untrue([line(words)], turned, (), read) == ()
    assert len(untrue([line(words)], PAGE, (), read)) == 1


@pytest.mark.parametrize(
    ("number", "words", "expected"),
    [
        (1, "anything", True),
        (2, "anything", True),
        (3, "anything", False),
        (20, NUMBER, True),
        (30, NUMBER, False),
        (1, "short", False),
        (1, "พัสดุ 1234567890", False),
    ],
)
def test_which_pages_are_looked_at(number, words, expected):
    assert worth_a_look(number, [line(words)], (NUMBER,)) is expected


def lying(shown, told):
    sheet = Sheet()
    second_font(sheet, [f"<{ord(a):02X}> <{ord(b):04X}>" for a, b in dict(zip(shown, told, strict=True)).items()])
    sheet.content += said(text(shown, y=640))
    return sheet.data()


def test_a_number_that_is_shown_otherwise_is_not_believed():
    data = lying(f"Tracking {NUMBER.replace('3', '9')} ok", f"Tracking {NUMBER} ok")
    with ReadingRoom() as room:
        file = room.read(Upload(name="a.pdf", data=data), wanted=(NUMBER,))
        honest = room.read(Upload(name="b.pdf", data=plain()), wanted=("112-4829307-7716253",))
    [page] = file.reading.pages
    assert page.text_source == "ocr"
    assert NUMBER not in page.text
    assert NUMBER in page.covered_words
    assert [number for number, _ in file.prepared.rasters] == [1]
    assert honest.prepared.rasters == ()
