"""Values that nobody can mean are told with their place; what can be meant passes."""

import pytest

from tests.made_packs import made_pack

USD = {"amount": "37.48", "currency": "USD"}
ORDER = "112-4829307-7716253"
LATER = "2027-11-02T14:22:00-05:00"


def told(changes):
    made = made_pack(changes)
    found = [finding for check in made.report.checks for finding in check.findings]
    codes = {"currency-unknown", "amount-negative", "event-in-future", "letter-unsigned"}
    return {(one.code, one.severity, one.pointer) for one in found if one.code in codes}


PARCEL = {"carrier": "ups", "tracking_number": "1Z999AA10123456784"}
SELLER = {"seller": {"store": "Northlake Home"}}


@pytest.mark.parametrize(
    ("changes", "finds"),
    [
        ({"claim": {"amount": {"amount": "37.48", "currency": "ZZZ"}}}, ("currency-unknown", "blocker", "/claim/amount")),
        ({"refunds": [{"amount": {"amount": "5", "currency": "XXX"}}]}, ("currency-unknown", "blocker", "/refunds/0/amount")),
        ({"order": {"id": ORDER, "total": USD | {"amount": "-1"}}}, ("amount-negative", "blocker", "/order/total")),
        ({"parcels": [PARCEL | {"delivered_at": LATER}]},
         ("event-in-future", "blocker", "/parcels/0/delivered_at")),
        ({"refunds": [{"at": "2026-12-04T10:00:00Z", "amount": USD}]}, ("event-in-future", "blocker", "/refunds/0/at")),
        ({"return": {"received_at": "2027-01-04T10:00:00Z"}}, ("event-in-future", "blocker", "/return/received_at")),
    ],
)  # fmt: skip
def test_what_nobody_can_mean_is_told_with_its_place(changes, finds):
    assert told(SELLER | changes) == {finds}


@pytest.mark.parametrize(
    "changes",
    [
        {"claim": {"amount": {"amount": "128000", "currency": "KRW"}}},
        {"order": {"id": ORDER, "ship_by_at": LATER, "total": USD | {"amount": "0"}}},
        {"parcels": [PARCEL | {"delivered_at": "2026-11-19T22:00:00-05:00"}]},
        {"remedy": {"type": "full_refund", "status": "offered", "at": "2026-12-01T09:00:00Z"}},
        {"preventions": [{"text": "We pack in two shifts.", "from": "2026-12-14"}]},
    ],
)  # fmt: skip
def test_what_can_be_meant_passes(changes):
    assert told(SELLER | changes) == set()


@pytest.mark.parametrize(
    ("changes", "severity"),
    [({}, "advice"), ({"platform": "stripe", "procedure": "dispute", "site": None, "payment": {"dispute_id": "du_1Qz"}}, "warning"),
     ({"letter": "carrier_request"}, "warning")],
)  # fmt: skip
def test_a_letter_that_nobody_signs_is_told(changes, severity):
    assert ("letter-unsigned", severity, "/seller/name") in told(changes)
    assert told(changes | {"seller": {"name": "Northlake Home Trading Co., Ltd."}}) == set()


def test_a_letter_to_the_carrier_names_the_parcel_and_needs_no_order():
    codes = {one.code for one in made_pack(SELLER | {"letter": "carrier_request", "parcels": [PARCEL]}).report.findings}
    assert "letter-without-subject" not in codes
