"""What is still open between buyer and seller: paid, refunded, disputed, net."""

import pytest

from casefile.coverage import PropositionCoverage
from evidence_packer.judge.ledger import ledger
from tests.evidence_packer.conftest import make_case


def eur(amount):
    return {"amount": amount, "currency": "EUR"}


def refund(status):
    return PropositionCoverage(proposition="refund_made", needs=("refund_proof",), status=status, required=False)


@pytest.mark.parametrize(
    "row",
    [
        ("nothing went back", "129.80", "129.80", [], None, None, "129.80"),
        ("part went back", "129.80", "129.80", ["39.95"], None, "shown", "89.85"),
        ("the claim leaves it out already", "129.80", "89.85", ["39.95"], None, "shown", "89.85"),
        (
            "the remedy is the same refund",
            "129.80",
            "129.80",
            ["39.95"],
            ("partial_refund", "39.95", "done"),
            "shown",
            "89.85",
        ),
        (
            "the remedy is another refund",
            "129.80",
            "129.80",
            ["39.95"],
            ("partial_refund", "9.85", "done"),
            "shown",
            "80.00",
        ),
        ("all went back", "37.48", "37.48", [], ("full_refund", "37.48", "done"), "shown", "0.00"),
        ("all went back, the sum not named", "37.48", "37.48", [], ("full_refund", None, "done"), "attached", "0.00"),
        ("only offered", "37.48", "37.48", [], ("full_refund", "37.48", "offered"), None, "37.48"),
        ("the refund failed", "37.48", "37.48", [], ("full_refund", "37.48", "done"), "contradicted", "37.48"),
        ("more went back than is claimed", "37.48", "10.00", ["37.48"], None, "shown", "0.00"),
        ("the order's sum is not known", None, "37.48", ["7.48"], None, None, "30.00"),
        ("nothing is known", None, None, ["7.48"], None, None, None),
    ],
    ids=lambda row: row[0],
)
def test_what_is_left(row):
    _, total, claim, refunds, remedy, status, net = row
    order = {"id": "112-4829307-7716253", **({"total": eur(total)} if total else {})}
    done = remedy and {"type": remedy[0], "status": remedy[2], **({"amount": eur(remedy[1])} if remedy[1] else {})}
    case = make_case(
        order=order, claim={"amount": eur(claim)} if claim else {}, remedy=done,
        refunds=[{"amount": eur(amount)} for amount in refunds],
    )  # fmt: skip
    found = ledger(case, (refund(status),) if status else ())
    assert (found.net and f"{found.net.amount:.2f}") == net
    assert found.settled is (net == "0.00")


def test_another_currency_is_not_counted_against_it():
    case = make_case(
        order={"id": "1", "total": eur("10")}, refunds=[{"amount": {"amount": "5", "currency": "USD"}}],
        claim={"amount": eur("10")},
    )  # fmt: skip
    found = ledger(case, ())
    assert (found.net, found.back) == (None, 0)


def test_a_failed_refund_is_named():
    case = make_case(
        remedy={"type": "full_refund", "status": "done", "amount": eur("37.48")}, claim={"amount": eur("37.48")}
    )
    found = ledger(case, (refund("contradicted"),))
    assert ([str(one.amount) for one in found.failed], found.refunded) == (["37.48"], ())


@pytest.mark.parametrize(
    ("procedure", "claim", "refunds", "verb", "due"),
    [
        ("a_to_z_response", {}, [], "deny", "58.40"),
        ("a_to_z_response", {}, ["58.40"], "deny", "0.00"),
        ("a_to_z_appeal", {"debited_at": "2026-11-12T00:00:00Z"}, [], "reimburse", "58.40"),
        ("chargeback", {}, [], "release", "58.40"),
        ("chargeback", {}, ["58.40"], "release", "58.40"),
        ("chargeback", {}, ["8.40"], "release", "50.00"),
        ("safe_t", {}, ["58.40"], "reimburse", "58.40"),
        ("safe_t", {}, [], "reimburse", "58.40"),
    ],
)
def test_the_verb_of_what_is_asked_and_no_more_than_is_open(house, procedure, claim, refunds, verb, due):
    case = make_case(
        order={"id": "1", "total": eur("58.40")}, refunds=[{"amount": eur(amount)} for amount in refunds],
        claim={"amount": eur("58.40"), **claim},
    )  # fmt: skip
    found = ledger(case, (), house.platforms["amazon"].procedures[procedure])
    assert (found.verb, f"{found.due.amount:.2f}") == (verb, due)


@pytest.mark.parametrize(
    ("lies", "prices", "worth"),
    [
        ([("B", 1)], {"A": "89.85", "B": "39.95"}, "39.95"),
        ([("B", 2)], {"B": "39.95"}, "79.90"),
        ([("A", 1), ("B", 1)], {"A": "89.85"}, None),
        ([], {"B": "39.95"}, None),
    ],
)
def test_the_worth_of_a_parcel_is_known_only_where_each_thing_in_it_has_its_price(lies, prices, worth):
    items = [{"sku": sku, "price": eur(price)} for sku, price in prices.items()]
    parcel = {"tracking_number": "1Z9", "items": [{"sku": sku, "quantity": count} for sku, count in lies]}
    found = ledger(make_case(order={"id": "1", "items": items}, parcels=[parcel]), ()).worth(["1Z9"])
    assert (found and f"{found.amount:.2f}") == worth
