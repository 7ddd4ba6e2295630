"""Tracking pages of many carriers, each laid out as its own site has it: only a delivery to the buyer is one."""

import tomllib
from pathlib import Path

import pytest

from casefile.statement import AT_THE_BUYER

from .conftest import TRACKING

PAGES = tomllib.loads(Path(__file__).with_name("carrier_pages.toml").read_text(encoding="utf-8"))["pages"]


@pytest.mark.parametrize("page", PAGES, ids=[f"{n} {page['text'].splitlines()[0]}" for n, page in enumerate(PAGES)])
def test_only_a_delivery_to_the_buyer_is_one(page_facts, page):
    facts = page_facts(page["text"].replace("{number}", TRACKING))
    fate = next((one for one in facts.fates if one.of == TRACKING), None)
    there = (
        fate is not None and fate.state == "delivered" and not fate.unclear and (fate.to or "unknown") in AT_THE_BUYER
    )
    assert there is page["delivered"]
