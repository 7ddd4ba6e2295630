"""Messages as buyers type them, hard ones most: only what surely says so confirms a receipt or agrees to close.

``written_lines/<language>.txt``: first what the order's thing is called, then a mark and a line: ``c`` confirms the receipt, ``g``
agrees to close, ``-`` does neither. ``?`` before the mark: nothing need be read, and nothing else may be.
"""

from pathlib import Path

import pytest

from evidence_packer.understand.talk.intents import intents_of

MARKS = {"c": "confirms_receipt", "g": "agrees_to_close"}
FOLDER = Path(__file__).parent / "written_lines"


def rows():
    for path in sorted(FOLDER.glob("*.txt")):
        title, *lines = path.read_text("utf-8").splitlines()
        for row in lines:
            mark, _, line = row.partition(" | ")
            yield pytest.param(title.removeprefix("# "), mark, line, id=f"{path.stem}-{line}")


@pytest.mark.parametrize(("title", "mark", "line"), list(rows()))
def test_only_what_surely_says_so(house, title, mark, line):
    found = {one.intent for one in intents_of(line, "buyer", house, titles=(title,))} & set(MARKS.values())
    wanted = {MARKS[mark[-1]]} if mark[-1] in MARKS else set()
    assert found == wanted or (mark.startswith("?") and not found)


def test_every_language_that_is_read_has_lines(house):
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(house.reading_words)


@pytest.mark.parametrize(
    ("title", "line", "confirms"),
    [
        ("Wireless Headphones", "The headphones have arrived", True),
        ("Gift Card", "I received the card from the postman, the parcel is at the depot", False),
        ("Phone Case", "I received the refund for the case", False),
        ("Ceramic Vase", "The headphones have arrived", False),
        ("无线耳机", "耳机收到了", True),
        ("无线耳机", "只收到耳机的单号", False),
    ],
)
def test_what_the_order_is_of_is_known_by_its_title(house, title, line, confirms):
    found = {one.intent for one in intents_of(line, "buyer", house, titles=(title,))}
    assert ("confirms_receipt" in found) is confirms
