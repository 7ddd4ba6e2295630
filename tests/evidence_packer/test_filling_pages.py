"""Pages of orders as Chromium drew them and OCR read them: nothing of them need be typed, and nothing is filled in wrongly.

``read_pages.json``: the lines of each page (text, box, score), and the case as a careful person types it.
"""

import json
from pathlib import Path

import pytest

from benchmarks.filling.measure import Tally, made, stripped
from casefile import text_folding
from casefile.parse import parse_case
from casefile.reading import Line, Reading, ReadPage, Sharpness

BUBBLES = ("ebay-US-h1", "shopee-MY-zh-h1", "tiktok-GB-h1", "mercado-BR-h1", "amazon-GB-h2")
CASES = json.loads(Path(__file__).with_name("read_pages.json").read_text(encoding="utf-8"))


def reading(name, page):
    width, height = page["size"]
    lines = tuple(Line(text=text, box=tuple(box), score=score) for text, *box, score in page["lines"])
    sharp = Sharpness(edge_width=1.1, verdict="sharp")
    read = ReadPage(
        number=1, width=width, height=height, lines=lines, sharpness=sharp, text_source="ocr", text_height_px=20.0
    )
    return Reading(sha256=name.ljust(64, "0"), media_type="image/png", pages=(read,)), 1000


@pytest.mark.parametrize("name", CASES)
def test_what_pages_show_need_not_be_typed(house, name):
    case = parse_case({"schema_version": "1", **CASES[name]["typed"]})
    files = {one: reading(one, page) for one, page in CASES[name]["pages"].items()}
    tally = Tally()
    tally.count(name, made(case, files, house), made(stripped(case, house), files, house))
    assert (tally.lost, tally.differ, tally.hollow) == ([], [], [])
    assert tally.shown >= 3


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith(BUBBLES)])
def test_messages_are_taken_without_names_clocks_and_lists_around_them(house, name):
    case = parse_case({"schema_version": "1", **CASES[name]["typed"]})
    files = {one: reading(one, page) for one, page in CASES[name]["pages"].items()}
    told = made(stripped(case, house), files, house).matter.case.contacts
    written = [text_folding.squeezed(str(contact.text)) for contact in case.contacts]
    assert [text_folding.squeezed(str(contact.text)) for contact in told] == written
