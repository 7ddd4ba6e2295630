"""Where a mail or the words of pages belong: what the caller says stands, pages place a case and say nothing else of it."""

import pytest

from casefile.case import Case
from evidence_packer.report.proposal import Proposal, ProposalGap, ProposedCase
from evidence_packer.understand.proposing import begun

MAIL = """From: Amazon A-to-z Guarantee <atoz-guarantee@amazon.com>
Subject: A-to-z Guarantee claim on order 112-4829307-7716253

A buyer filed an A-to-z Guarantee claim for order 112-4829307-7716253.
Reason: Item not received
Claim amount: USD 37.48
Buyer's comments: Where is my parcel?
Please respond by November 21, 2026, 6:03 PM PST.
"""


def partial(**changes):
    return Case.model_validate({"platform": "", "procedure": "", **changes})


def test_a_mail_begins_a_case(house):
    found = begun(partial(), MAIL, house)
    case = found.case
    assert (case.platform, case.reason, case.order.id) == ("amazon", "item_not_received", "112-4829307-7716253")
    assert (str(case.claim.amount.amount), case.claim.amount.currency) == ("37.48", "USD")
    assert case.deadline.at.tzinfo is not None
    assert {"/platform", "/reason", "/order/id", "/claim/amount", "/deadline/at"} <= set(found.said)


def test_what_the_caller_says_stands(house):
    found = begun(partial(platform="amazon", reason="damaged", order={"id": "111-1111111-1111111"}), MAIL, house)
    assert (found.case.reason, found.case.order.id) == ("damaged", "111-1111111-1111111")
    assert not {"/reason", "/order/id", "/platform"} & set(found.said)


def test_pages_place_a_case_and_say_nothing_else(house):
    found = begun(partial(), MAIL, house, of_pages=True)
    assert set(found.said) <= {"/platform", "/procedure", "/site", "/reason"}
    assert found.case.order is None
    assert found.case.claim is None


@pytest.mark.parametrize("text", ["", "  \n ", "Hello, how are you? See you on Monday."])
def test_a_text_of_no_platform_begins_nothing(house, text):
    found = begun(partial(), text, house)
    assert (found.case, dict(found.said)) == (partial(), {})


@pytest.mark.parametrize(("count", "at_the_top"), [(1, {"n": 1}), (2, {}), (0, {})])
def test_a_case_alone_stands_at_the_top_too(count, at_the_top):
    gap = ProposalGap(proposition="delivered", statement="It came.")
    cases = tuple(ProposedCase(case={"n": number}, missing=(gap,)) for number in range(1, count + 1))
    told = Proposal.of(cases, not_understood=("a line",)).plain()
    assert told["case"] == at_the_top
    assert [one["proposition"] for one in told["missing"]] == (["delivered"] if at_the_top else [])
    assert [one["case"]["n"] for one in told["cases"]] == list(range(1, count + 1))
