"""Whatever a page says, its facts are sound: nothing raises, every box lies on the page, every value can be used."""

import datetime as dt
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile import text_folding
from casefile.reading import Line, Reading, ReadPage
from evidence_packer.understand.interpret import interpret
from evidence_packer.understand.money import amount
from evidence_packer.understand.names import likeness
from evidence_packer.understand.pairing import paired

from .conftest import ORDER, SHARP, TRACKING, make_case

WORDS = st.sampled_from(
    ["Order ID:", ORDER, "Order date", "Oct 28, 2026", "2:22 PM", "Total", "$58.73", "1.254,99 €", "Ship to", "Jane Roe",
     "Delivered", "Delivered To", "已签收", "签收人：本人", "2026-11-02 14:22", "11/02/2026", "配達完了", "Columbus, OH 43215",
     "【深圳】", TRACKING, "418 Elm Ridge Ave", "수취인", "นําจ่ายสําเร็จ", "Returned to sender", "ß", "İ", "ﬁ", "৳", "😀",
     "12:61", "31/02/2026", "￥3,980", "张**", "a@b.co", ":", "#"]
)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=12), min_size=1, max_size=4).map(" ".join)
PLACES = st.tuples(st.floats(0, 0.8), st.floats(0, 0.95))
LINES = st.lists(st.tuples(TEXTS, PLACES), max_size=14)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def box(place, text=""):
    left, top = place
    return (left, top, min(1.0, left + 0.006 * len(text) + 0.02), min(1.0, top + 0.02))


@QUICK
@given(LINES)
def test_facts_are_sound(house, drawn):
    lines = tuple(Line(text=text, box=box(place, text), score=0.99) for text, place in drawn)
    page = ReadPage(number=1, width=1200, height=1000, lines=lines, sharpness=SHARP, text_source="ocr")
    reading = Reading(sha256="0" * 64, media_type="image/png", pages=(page,))
    facts = interpret("a.png", reading, 1, make_case(buyer={"name": "Jane Roe"}), house)
    placed = (*facts.fields, *facts.events, *facts.statuses, *facts.amounts, *facts.timestamps, *facts.places)
    assert all(0 <= edge <= 1.001 for seen in placed for edge in seen.box)
    assert all(dt.datetime.fromisoformat(event.at) for event in facts.events)
    assert all(Decimal(seen.value) >= 0 for seen in facts.fields if seen.name in {"total", "refund"})
    assert facts == interpret("a.png", reading, 1, make_case(buyer={"name": "Jane Roe"}), house)


@QUICK
@given(st.lists(PLACES, max_size=8), st.lists(PLACES, max_size=8))
def test_pairs_name_what_is_there(whats, times):
    pairs = paired([box(place) for place in whats], [box(place) for place in times])
    assert all(what < len(whats) and time < len(times) for what, time in pairs.items())


@QUICK
@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from([",.", ".,", " ,", "'."]))
def test_amounts_of_every_country(whole, cents, signs):
    group, point = signs
    assert amount(f"{whole:,}".replace(",", group) + f"{point}{cents:02}") == Decimal(whole) + Decimal(cents) / 100


@QUICK
@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_likeness_does_not_depend_on_the_side(one, other):
    assert likeness(one, other) == likeness(other, one)


@QUICK
@given(st.text(max_size=30))
def test_every_compared_sign_has_its_place(text):
    spelling = text_folding.bare(text)
    assert len(spelling.places) == len(spelling.text) + 1
    assert list(spelling.places) == sorted(spelling.places)
