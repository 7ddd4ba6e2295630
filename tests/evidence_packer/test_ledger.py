"""What is still open between buyer and seller: paid, refunded, disputed, net."""

from decimal import Decimal

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
        ("chargeback", {"network": "visa"}, ["8.40"], "release", "58.40"),
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


PAID = {"order": {"id": "1", "total": eur("20")}}
ITEMS = [{"sku": "A", "price": eur("5.00")}, {"sku": "B", "price": {"amount": "7", "currency": "USD"}}, {"sku": "C"}]


def parcel(*items):
    return {"tracking_number": "T-1", "items": [{"sku": sku, "quantity": count} for sku, count in items]}


@pytest.mark.parametrize(
    ("parcels", "worth"),
    [
        ([parcel(("A", 2))], {"T-1": "10.00"}),
        ([parcel(("A", None))], {"T-1": "5.00"}),
        ([parcel(("A", 1), ("B", 1))], {}),  # two currencies
        ([parcel(("A", 1), ("C", 1))], {}),  # a price is not known
        ([parcel()], {}),
        ([parcel(("A", 1)) | {"tracking_number": None}], {}),
    ],
)
def test_what_a_parcel_is_worth_where_the_case_says_what_lies_in_it(parcels, worth):
    case = make_case(order={"id": "1", "items": ITEMS}, parcels=parcels)
    assert {of: f"{money.amount:.2f}" for of, money in ledger(case, ()).parcels} == worth
    assert ledger(make_case(order=None, parcels=parcels), ()).parcels == ()


@pytest.mark.parametrize(
    ("remedy", "offered"),
    [(None, False), (("full_refund", "offered"), True), (("partial_refund", "offered"), True), (("full_refund", "done"), False),
     (("replacement", "offered"), False)],
)  # fmt: skip
def test_a_refund_that_is_not_done_is_offered(remedy, offered):
    given = {"type": remedy[0], "status": remedy[1], "amount": eur("5")} if remedy else None
    assert ledger(make_case(**PAID, remedy=given), ()).offered is offered


@pytest.mark.parametrize(
    ("claim", "decided"),
    [(None, False), ({}, False), ({"granted": False}, False), ({"granted": True}, True),
     ({"decided_at": "2026-11-18T18:00:00Z"}, True), ({"debited_at": "2026-11-18T18:00:00Z"}, True)],
)  # fmt: skip
def test_a_claim_is_decided_by_a_decision_a_debit_or_a_grant(claim, decided):
    assert ledger(make_case(**PAID, claim=claim), ()).decided is decided


@pytest.mark.parametrize(
    ("seeks", "refunds", "debited", "withheld"),
    [
        ("reimbursement", ["5"], False, True),
        ("reimbursement", [], False, False),
        ("answer", ["5"], False, False),
        ("answer", [], True, True),
        (None, ["5"], True, False),
    ],
)
def test_what_has_left_the_seller_already(house, seeks, refunds, debited, withheld):
    case = make_case(
        **PAID, refunds=[{"amount": eur(one)} for one in refunds],
        claim={"debited_at": "2026-11-18T18:00:00Z"} if debited else {},
    )  # fmt: skip
    known = house.platforms["amazon"].procedures[case.procedure]
    procedure = known.model_copy(update={"seeks": seeks}) if seeks else None
    assert not known.chargeback
    found = ledger(case, (), procedure)
    assert (found.withheld is not None, found.asks_back) == (withheld, seeks == "reimbursement")


@pytest.mark.parametrize(
    ("status", "shown", "made", "failed"),
    [("shown", True, 1, 0), ("attached", False, 1, 0), (None, False, 1, 0), ("contradicted", False, 0, 1)],
)
def test_a_refund_is_shown_attached_or_did_not_happen(status, shown, made, failed):
    case = make_case(**PAID, refunds=[{"amount": eur("5")}, {"id": "R-2"}])
    found = ledger(case, (refund(status),) if status else ())
    assert (len(found.refunded), len(found.failed)) == (made, failed)
    assert all(one.shown is shown for one in found.refunded)


@pytest.mark.parametrize(
    ("remedy", "order", "refunded"),
    [("full_refund", PAID["order"], "20.00"), ("partial_refund", PAID["order"], None), ("full_refund", None, None)],
)
def test_a_full_refund_without_a_sum_is_the_order_s(remedy, order, refunded):
    found = ledger(make_case(order=order, remedy={"type": remedy, "status": "done"}), ()).refunded
    assert [f"{one.amount.amount:.2f}" for one in found] == ([refunded] if refunded else [])


@pytest.mark.parametrize(("claim", "net"), [("15", "15.00"), ("25", "20.00")])
def test_no_more_is_open_than_was_paid_in_the_same_currency(claim, net):
    assert f"{ledger(make_case(**PAID, claim={'amount': eur(claim)}), ()).net.amount:.2f}" == net
    dollars = {"order": {"id": "1", "total": {"amount": "1", "currency": "USD"}}}
    assert ledger(make_case(**dollars, claim={"amount": eur(claim)}), ()).net.amount == int(claim)


@pytest.mark.parametrize("items", [[], [{"sku": "A", "quantity": 2}]])
def test_a_worth_that_the_case_says_itself_is_the_worth(items):
    one = {"tracking_number": "T-1", "items": items, "value": eur("7.50")}
    found = ledger(make_case(order={"id": "1", "items": ITEMS}, parcels=[one]), ()).worth(["T-1"])
    assert (found.amount, found.currency) == (Decimal("7.50"), "EUR")
