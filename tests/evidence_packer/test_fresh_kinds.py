"""Pages of all kinds as platforms of many languages lay them out: a request, a form or a wait is never taken for a proof."""

import tomllib
from pathlib import Path

import pytest

from casefile.reading import Reading, ReadPage
from evidence_packer.understand.interpret import interpret
from tests.evidence_packer.conftest import SHARP, make_case
from tests.evidence_packer.test_fresh_pages import LEADING, TALL, WIDTH, lines

PAGES = tomllib.loads(Path(__file__).with_name("fresh_kinds.toml").read_text(encoding="utf-8"))


def kind_of(row, house):
    platform, site = row["case"]
    height = LEADING * (len(row["text"].strip().splitlines()) + 2)
    page = ReadPage(
        number=1, width=WIDTH, height=height, lines=tuple(lines(row["text"])), sharpness=SHARP, text_source="text_layer",
        text_height_px=TALL,
    )  # fmt: skip
    reading = Reading(sha256="0" * 64, media_type="image/png", pages=(page,))
    return interpret("page.png", reading, 1000, make_case(platform=platform, site=site), house).kind


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_taken_for_what_it_is(house, name):
    right = PAGES[name]["kind"]
    found = kind_of(PAGES[name], house)
    assert found != right[1:] if right.startswith("!") else found == right
