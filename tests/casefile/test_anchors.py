"""Words of a case where a page prints them: in a line, running on, and down the cell of a table."""

import pytest

from casefile.anchors import Anchor, PrintedPage
from casefile.facts import PlacedText
from tests.evidence_packer.conftest import file

ROWS = (
    ("Rechargeable Book Light, 3 Colors,", 0.044, 0.45, 0.434),
    ("LW-BL02-", 0.469, 0.449, 0.53),
    ("$17.99", 0.585, 0.446, 0.63),
    ("USB-C", 0.043, 0.482, 0.086),
    ("WH", 0.469, 0.48, 0.498),
    ("Colour: White", 0.042, 0.512, 0.12),
)


@pytest.mark.parametrize(
    ("words", "stand"),
    [
        ("Rechargeable Book Light, 3 Colors, USB-C", True),
        ("LW-BL02-WH", True),
        ("Rechargeable Book Light, 3 Colors, WH", False),
        ("Book Light, 3 Colors, Colour: White", False),
    ],
)
def test_words_that_run_down_a_cell(words, stand):
    texts = tuple(PlacedText(text=text, box=(x0, y, x1, y + 0.03)) for text, x0, y, x1 in ROWS)
    page = PrintedPage(file("order.png", "order_page", texts=texts), 1)
    assert (page.find(Anchor.words(words)) is not None) is stand
