"""The list of real files is whole, and what differs from it is told; the files themselves are run by ``make real-files``."""

import re

import pytest

from tests.real_files import compared, place, rows

ROW = {"outcome": "shown", "pages": 2, "words": ["Delivered"]}


def test_the_list_is_long_and_every_file_is_named_once():
    places = [place(row) for row in rows()]
    assert len(places) >= 150
    assert len(set(places)) == len(places)


def test_every_row_says_what_has_to_come_of_its_file():
    for row in rows():
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", row["repository"]), row
        assert re.fullmatch(r"[0-9a-f]{64}", row["sha256"]), row
        assert (row["outcome"] == "shown") is ("pages" in row), row


@pytest.mark.parametrize(
    ("became", "differs"),
    [
        (("shown", 2, "It was Delivered to the door"), False),
        (("shown", 2, "It was De livered"), False),
        (("shown", 3, "Delivered"), True),
        (("shown", 2, "nothing"), True),
        (("file-unreadable", 0, ""), True),
        (("blank or hidden", 2, "Delivered"), True),
    ],
)
def test_what_differs_is_told(became, differs):
    assert bool(compared(ROW, became)) is differs
