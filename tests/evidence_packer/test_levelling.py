"""Tilted photographs: their lines are read as if they were level, and what is found stands where it stands on the page."""

import dataclasses
import random

import pytest

from casefile.facts import TimestampSeen
from casefile.reading import Barcode, Line, Reading, ReadPage
from casefile.statement import Span
from evidence_packer.understand.interpret import interpret
from evidence_packer.understand.levelling import levelled, placed_back, tilt_of

from .conftest import TRACKING, make_case

WIDTH, HEIGHT = 2000, 1500
COLUMNS = (0.05, 0.3, 0.55, 0.8)


def table(slope, rows=5, columns=COLUMNS, seed=1):
    """A table of short cells whose rows fall by ``slope`` pixels a pixel."""
    dice = random.Random(seed)
    for row in range(rows):
        for left in columns:
            wide, tall = 0.09, 0.022
            down = slope * ((left + wide / 2) - 0.5) * WIDTH / HEIGHT + dice.uniform(-0.001, 0.001)
            top = 0.2 + 0.05 * row + down
            yield Line(text=f"cell {row}", box=(left, top, left + wide, top + tall), score=0.99)


def page(lines, **more):
    return ReadPage(number=1, width=WIDTH, height=HEIGHT, lines=tuple(lines), **({"text_source": "ocr"} | more))


@pytest.mark.parametrize("slope", [-0.05, -0.02, -0.008, 0.008, 0.02, 0.05])
def test_rows_tell_how_a_page_lies(slope):
    tilt = tilt_of(page(table(slope)))
    assert tilt.down * HEIGHT / WIDTH == pytest.approx(slope, abs=0.003)


@pytest.mark.parametrize(
    "made",
    [
        page(table(0.0)),
        page(table(0.002)),
        page(table(0.03, columns=(0.05,))),
        page(table(0.03), text_source="text_layer"),
        page(list(table(0.03))[:3]),
        page(()),
    ],
)
def test_a_level_page_and_one_that_tells_nothing_stay(made):
    assert tilt_of(made) is None


def test_lines_are_level_afterwards_and_boxes_come_back():
    made = page(table(0.03), barcodes=(Barcode(text="x", format="QRCode", box=(0.7, 0.7, 0.8, 0.8)),))
    level, tilt = levelled(made, tilt_of(made))
    first = [line.box[1] for line in level.lines if line.text == "cell 0"]
    assert max(first) - min(first) < 0.006
    back = {tilt.placed_back(line.box) for line in level.lines}
    assert back == {line.box for line in made.lines}
    assert tilt.placed_back(level.barcodes[0].box) == made.barcodes[0].box
    part = level.lines[-1].part(0, 4)
    assert tilt.placed_back(part)[1] == pytest.approx(made.lines[-1].part(0, 4)[1], abs=0.01)


def test_found_things_are_put_back_wherever_their_box_stands():
    made = page(table(0.03))
    level, tilt = levelled(made, tilt_of(made))
    box = level.lines[0].box
    seen = TimestampSeen(
        text="x", at=None, ambiguous=True, box=box, page=1, has_time=False, zone="none", zone_asked=None
    )
    span = Span(file="a", page=2, box=box, text="x")
    back = placed_back(((seen,), span), {1: tilt})
    assert back[0][0].box == tilt.places[box]
    assert back[1] is span
    assert dataclasses.replace(back[0][0], box=box) == seen


def test_steps_of_a_tilted_photograph_state_nothing_and_its_rows_keep_together(house):
    cells = [
        ("Tracking number:", 0.1, 0.25), (TRACKING, 0.1, 0.28), ("Out for delivery", 0.1, 0.33),
        *((name, 0.1 + 0.18 * place, 0.4) for place, name in enumerate(("Prepared", "Shipped", "In transit", "Delivered"))),
        *((day, 0.1 + 0.18 * place, 0.43) for place, day in enumerate(("10/09/2026", "10/10/2026", "10/11/2026", "10/14/2026"))),
    ]  # fmt: skip
    lines = []
    for text, left, top in cells:
        wide = 0.008 * len(text)
        down = 0.03 * (left + wide / 2 - 0.5) * WIDTH / HEIGHT
        lines.append(Line(text=text, box=(left, top + down, left + wide, top + down + 0.018), score=0.99))
    reading = Reading(sha256="0" * 64, media_type="image/jpeg", pages=(page(lines),))
    facts = interpret("a.jpg", reading, 1000, make_case(files=[{"name": "a.jpg", "kind": "tracking"}]), house)
    assert [(one.state, one.unclear) for one in facts.fates] == [("out_for_delivery", False)]
    assert facts.fates[0].decided_by.span.box[1] == pytest.approx(lines[2].box[1], abs=0.003)
    assert {one.box for one in facts.texts} == {line.box for line in lines}
