"""Which of several statements about a refund counts, whether it is the right sum, and of whose order it is."""

import dataclasses
from decimal import Decimal

import pytest

from casefile.facts import AmountSeen
from casefile.fields.base import Money
from casefile.rules import Proof
from casefile.statement import About
from evidence_packer.judge.money_back import last_of, money, refund_says, right_sum
from evidence_packer.judge.subjects import Subject
from evidence_packer.judge.witness import Witness
from tests.evidence_packer.conftest import BOX, file, make_case
from tests.evidence_packer.test_proving import refund

SUMS = (Money(amount=Decimal("37.48"), currency="USD"), Money(amount=Decimal("5.00"), currency="USD"))
RULE = Proof(about="refund", says=("refund_made",), unless=("refund_failed", "refund_reversed", "refund_pending"))


@pytest.mark.parametrize(
    ("told", "last"),
    [
        ((), None),
        (("refund_made",), "refund_made"),
        (("refund_promised", "refund_made"), "refund_made"),
        (("refund_made", "refund_promised"), "refund_made"),
        (("refund_promised",), "refund_promised"),
        (("refund_made", "refund_failed"), "refund_failed"),
        (("refund_made|2026-11-14", "refund_failed"), "refund_failed"),
        (("refund_made|2026-11-14", "refund_failed|2026-11-12"), "refund_made"),
        (("refund_made|2026-11-12", "refund_failed|2026-11-14"), "refund_failed"),
        (("refund_made|2026-11-12", "refund_promised|2026-11-14"), "refund_made"),
        (("refund_failed|2026-11-12", "refund_made"), "refund_failed"),
        (("refund_promised|2026-11-12", "refund_made"), "refund_made"),
    ],
)
def test_the_last_word_on_a_refund(told, last):
    found = last_of(map(refund, told))
    assert (found and found.says) == last


@pytest.mark.parametrize(
    ("value", "means"),
    [("37.48 USD", (Decimal("37.48"), "USD")), ("37.48", (Decimal("37.48"), None)), ("USD", None), (None, None), ("", None)],
)  # fmt: skip
def test_a_sum_as_statements_carry_it(value, means):
    assert money(value) == means


def seen(amount, *, matches=True):
    return AmountSeen(text=amount, amount=amount, currency="USD", matches=matches, box=BOX, page=1)


@pytest.mark.parametrize(
    ("sums", "stated", "amounts", "right"),
    [
        ((), "9.99 USD", (), True),
        ((), None, (), True),
        (SUMS, "37.48 USD", (), True),
        (SUMS, "5.00 USD", (), True),
        (SUMS, "37.49 USD", (), False),
        (SUMS, "37.48", (), True),
        (SUMS, "37.48 EUR", (), False),
        (SUMS, None, (), False),
        (SUMS, None, (seen("37.48"),), True),
        (SUMS, None, (seen("9.99"), seen("5.00")), True),
        (SUMS, None, (seen("37.48", matches=False),), False),
        (SUMS, None, (seen("9.99"),), False),
        (SUMS, "37.49 USD", (seen("37.48"),), False),
    ],
)
def test_a_refund_is_right_by_what_is_stated_else_by_what_the_page_prints(sums, stated, amounts, right):
    told = refund(f"refund_made={stated}" if stated else "refund_made")
    assert right_sum(sums, file(amounts=amounts), told) is right


@pytest.mark.parametrize(
    ("told", "of", "outcome"),
    [
        (("refund_made=37.48 USD",), None, "shown"),
        (("refund_made=9.99 USD",), None, "attached"),
        (("refund_made=9.99 USD",), "R-1", None),
        (("refund_failed=37.48 USD",), None, "contradicted"),
        (("refund_failed=9.99 USD", "refund_made=37.48 USD"), None, "shown"),  # the failed one is another
        (("refund_promised=37.48 USD",), None, None),
        (("!refund_made=37.48 USD",), None, "attached"),
        ((), None, "attached"),
    ],
)
def test_what_a_page_says_of_a_refund(house, told, of, outcome):
    facts = file(kind="refund_proof", refunds=tuple(map(refund, told)))
    witness = Witness(case=make_case(), platform=house.platforms["amazon"], facts=facts)
    found = refund_says(RULE, Subject(sums=SUMS, of=of), witness)
    assert (found and found.outcome) == outcome


@pytest.mark.parametrize(
    ("what", "number", "order", "outcome"),
    [
        ("order", "112-4829307-7716253", {"id": "112-4829307-7716253"}, "shown"),
        ("order", "999-0000000-0000000", {"id": "112-4829307-7716253"}, "attached"),
        ("order", "999-0000000-0000000", {}, "shown"),
        ("order", "999-0000000-0000000", None, "shown"),
        ("parcel", "999", {"id": "112-4829307-7716253"}, "shown"),
    ],
)
def test_a_refund_of_another_order_says_nothing_of_ours(house, what, number, order, outcome):
    told = dataclasses.replace(refund("refund_made=37.48 USD"), about=About(what=what, id=number))
    facts = file(kind="refund_proof", refunds=(told,))
    witness = Witness(case=make_case(order=order), platform=house.platforms["amazon"], facts=facts)
    assert refund_says(RULE, Subject(sums=SUMS), witness).outcome == outcome
