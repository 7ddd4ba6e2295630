"""How rows of coverage bear on each other: what a page that speaks against us still proves, and what is told unasked."""

import dataclasses

import pytest

from casefile.citation import BundlePlan, Citation, PlannedExhibit
from casefile.coverage import PropositionCoverage
from casefile.facts import Spot
from casefile.rules import Proof
from evidence_packer.bind.plan import plan
from evidence_packer.judge import testimony
from evidence_packer.judge.contradictions import against_delivery
from evidence_packer.judge.coverage import _Heard, _told, _without, cover, idle_files
from evidence_packer.judge.witness import Witness
from tests.evidence_packer.conftest import BOX, make_case
from tests.evidence_packer.test_proving import SECOND, TRACKING, exhibit, fate, rule_of

ORDER = {"id": "112-4829307-7716253"}
IN_TIME = {"order": ORDER | {"ship_by_at": "2026-10-30T23:59:00-07:00"}}
LATE = {"order": ORDER | {"ship_by_at": "2026-10-28T23:59:00-07:00"}}
DISPATCHED = exhibit("a.png", fates=("own:in_transit|2026-10-29T16:40:00",))


def covered(house, asked, *files, told=(), exhibits=None, rule=None, **changes):
    """Status by proposition, where ``asked`` are asked for with this reason and ``told`` only with another."""
    case = make_case(**changes)
    platform = house.platforms[case.platform]
    rules = [rule_of(house, one, case.reason).model_copy(update=rule or {}) for one in asked]
    rules += [rule_of(house, one, "another") for one in told]
    procedure = platform.procedures[case.procedure]
    source = procedure.evidence[0].source
    procedure = procedure.model_copy(
        update={"evidence": tuple(one.model_copy(update={"source": source}) for one in rules)}
    )
    rows = cover(case, platform, procedure, files, plan(case, files) if exhibits is None else exhibits)
    return {(row.proposition, row.of) if row.of else row.proposition: row for row in rows}


@pytest.mark.parametrize(
    ("changes", "reason", "proposition", "status"),
    [
        (IN_TIME, "late_shipment", "dispatched_on_time", "shown"),
        (LATE, "late_shipment", "dispatched_on_time", "contradicted"),
        ({}, "late_shipment", "dispatched", "shown"),
        (LATE, "item_not_received", "dispatched", "shown"),
        (IN_TIME, "item_not_received", "dispatched_on_time", "shown"),
    ],
    ids=["in time", "late", "nobody knows", "late, which nobody claims", "in time, which nobody asks"],
)
def test_a_late_dispatch_speaks_only_against_an_answer_about_lateness(house, changes, reason, proposition, status):
    rows = covered(house, ["dispatched_on_time"], DISPATCHED, reason=reason, **changes)
    assert {name: row.status for name, row in rows.items()} == {proposition: status}


def test_a_late_dispatch_says_nothing_against_the_handing_over(house):
    rows = covered(house, ["handed_to_carrier"], DISPATCHED, reason="late_shipment", **LATE)
    assert rows["handed_to_carrier"].status == "shown"


@pytest.mark.parametrize(("optional", "lost"), [(False, False), (True, False), (False, True)])
def test_a_row_is_optional_by_its_rule_or_where_the_case_does_not_claim_it(house, optional, lost):
    first = {"tracking_number": TRACKING, "delivered_at": "2026-11-02T14:22:00-05:00"}
    second = {"tracking_number": SECOND} | ({} if lost else {"delivered_at": "2026-11-02T14:22:00-05:00"})
    rows = covered(house, ["delivered"], rule={"optional": optional}, parcels=[first, second])
    assert rows["delivered", TRACKING].optional is optional
    assert rows["delivered", SECOND].optional is (optional or lost)


@pytest.mark.parametrize(
    ("to", "status"),
    [
        ("neighbour", "shown"),
        ("locker", "shown"),
        ("pickup_point", "attached"),
        ("agent", "contradicted"),
        ("sender", "contradicted"),
    ],
)
def test_a_delivery_next_door_is_one_though_not_to_the_address(house, to, status):
    page = exhibit("a.png", fates=(f"own:delivered>{to}",), places=("postal_code",))
    rows = covered(house, ["delivered", "delivered_to_address"], page)
    assert (rows["delivered"].status, rows["delivered_to_address"].status) == (status, "contradicted")


def test_a_file_that_is_no_exhibit_proves_nothing_and_is_not_idle_for_what_it_says(house):
    for page in (exhibit("a.png", fates=("own:delivered",)), exhibit("a.png", fates=("own:lost",))):
        rows = covered(house, ["delivered"], page, exhibits=BundlePlan())
        assert (rows["delivered"].status, rows["delivered"].exhibits) == ("missing", ())
    case = make_case()
    against = (row_of("delivered", "contradicted"),)
    assert idle_files(case, house.platforms["amazon"], (page,), BundlePlan(), against) == {}


@pytest.mark.parametrize(("of", "idle"), [(None, {"a.png": "contradicts"}), (TRACKING, {})])
def test_what_speaks_against_one_of_two_parcels_may_speak_for_the_other(house, of, idle):
    case, page = make_case(), exhibit("a.png", fates=("own:delivered",))
    against = (row_of("delivered", "contradicted", of=of),)
    assert idle_files(case, house.platforms["amazon"], (page,), plan(case, (page,)), against) == idle


def row_of(proposition, status, *pages, of=None, **more):
    citations = tuple(Citation(number=page, page=page) for page in pages or (1,))
    spots = tuple((Spot(page=one.page),) for one in citations)
    return PropositionCoverage(
        proposition=proposition, needs=(), status=status, required=True, exhibits=citations, spots=spots, of=of,
        **{"statements": tuple(() for _ in citations)} | more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "pages", "of", "against", "after", "kept"),
    [
        ("shown", (1, 2), None, {(1, None)}, "shown", [2]),
        ("shown", (1, 2), None, {(3, None)}, "shown", [1, 2]),
        ("shown", (1,), None, {(1, None)}, "attached", [1]),
        ("described", (1,), None, {(1, None)}, "attached", [1]),
        ("shown", (1, 2), "A", {(1, "A")}, "shown", [2]),
        ("shown", (1, 2), "A", {(2, None)}, "shown", [1]),
        ("shown", (1, 2), "A", {(1, "B")}, "shown", [1, 2]),
        ("shown", (1, 2), None, {(1, "A")}, "shown", [1, 2]),
        ("attached", (1, 2), None, {(1, None)}, "attached", [1, 2]),
        ("contradicted", (1, 2), None, {(1, None)}, "contradicted", [1, 2]),
    ],
)
def test_an_exhibit_that_speaks_against_us_shows_nothing_of_the_same_matter(status, pages, of, against, after, kept):
    row = _without(row_of("delivered", status, *pages, of=of), frozenset(against))
    assert (row.status, [one.page for one in row.exhibits]) == (after, kept)
    assert [spots[0].page for spots in row.spots] == kept
    assert len(row.statements) == len(kept)


CAME = {"parcels": [{"tracking_number": TRACKING, "delivered_at": "2026-11-02T14:22:00-05:00"}]}
ONE_CAME = {"parcels": [*CAME["parcels"], {"tracking_number": SECOND}]}
UNDELIVERED = {"parcels": [{"tracking_number": TRACKING}]}
REFUND = {"amount": {"amount": "5.00", "currency": "USD"}}
DONE, OFFERED = ({"remedy": {"type": "full_refund", "status": status} | REFUND} for status in ("done", "offered"))
LOST, BACK, COMES_BACK = ((fate(f"own:{state}").decided_by,) for state in ("lost", "returned", "returning"))


@pytest.mark.parametrize(
    ("changes", "row", "told"),
    [
        ({}, row_of("delivered", "shown"), True),
        ({}, row_of("refund_made", "shown"), True),
        ({}, row_of("delivered", "attached"), False),
        (CAME, row_of("delivered", "contradicted", statements=(LOST,)), True),
        (CAME, row_of("delivered", "contradicted", statements=((),)), True),
        (ONE_CAME, row_of("delivered", "contradicted", statements=(LOST,)), True),
        (UNDELIVERED, row_of("delivered", "contradicted", statements=(LOST,)), False),
        (CAME, row_of("delivered", "contradicted", statements=(LOST,), claimed=False), False),
        (CAME, row_of("delivered", "contradicted", statements=(BACK,)), False),
        (CAME, row_of("delivered", "contradicted", statements=(COMES_BACK,)), False),
        (CAME, row_of("delivered", "contradicted", 1, 2, statements=(LOST, BACK)), False),
        ({"refunds": [REFUND]}, row_of("refund_made", "contradicted"), True),
        (DONE, row_of("refund_made", "contradicted"), True),
        (OFFERED, row_of("refund_made", "contradicted"), False),
        ({}, row_of("refund_made", "contradicted"), False),
        (DONE, row_of("handed_to_carrier", "contradicted"), False),
    ],
)  # fmt: skip
def test_a_contradiction_that_nobody_asks_about_is_told_where_the_case_states_the_fact(changes, row, told):
    assert _told(make_case(**changes), row) is told


@pytest.mark.parametrize("outcome", ["shown", "contradicted", "described", "attached"])
@pytest.mark.parametrize("pages", [(), (1,), (1, 3, 2)])
def test_the_page_to_look_at_is_the_last_where_a_datum_stands(outcome, pages):
    exhibit_ = PlannedExhibit(number=1, file="a.pdf", kind="tracking", source_pages=(1, 2, 3), first_page=5)
    spots = tuple(Spot(page=page, box=BOX) for page in pages)
    whole = not pages or outcome in {"described", "attached"}
    assert _Heard(exhibit_, testimony.Testimony(outcome=outcome, spots=spots)).cited.page == (
        5 if whole else 4 + max(pages)
    )


HOME = {"lines": ["418 Elm Ridge Ave"], "city": "Columbus", "region": "OH", "postal_code": "43215", "country": "US"}


@pytest.mark.parametrize(
    ("place", "home", "elsewhere"),
    [
        ("COLUMBUS, OH 43215", {}, False),
        ("DAYTON, OH 45402", {}, True),
        ("COLUMBUS, OH 43215", {"postal_code": "43215-1204"}, False),
        ("DAYTON, OH 45402", {"postal_code": None}, False),
        ("Austin, TX 78701", {"postal_code": None}, True),
        ("Obetz, OH", {}, False),
        ("Austin, TX", {}, True),
        ("Austin, TX", {"region": None}, False),
        ("Austin, TX", {"region": "Ohio"}, False),
        ("Austin, TX", {"region": "oh"}, True),
        ("Obetz, OH", {"region": "oh"}, False),
        ("Austin, TX", {"country": "CA"}, False),
        ("Front porch", {}, False),
    ],
)
def test_a_delivery_elsewhere_is_another_postcode_or_state(house, place, home, elsewhere):
    assert bool(against(house, f"own:delivered|2026-11-02|{place}", {"ship_to": HOME | home})) is elsewhere


@pytest.mark.parametrize("buyer", [None, {"name": "Jane Roe"}])
def test_without_an_address_nothing_is_elsewhere(house, buyer):
    assert against(house, "own:delivered|2026-11-02|Austin, TX", buyer) is None


@pytest.mark.parametrize(
    ("says", "speaks"), [(("delivered",), True), ((), False), (("delivered", "in_transit"), False), (("lost",), False)]
)
def test_only_against_a_delivery_does_another_place_speak(house, says, speaks):
    rule = Proof(says=says, about="parcel")
    assert bool(against(house, "own:delivered|2026-11-02|Austin, TX", {"ship_to": HOME}, rule)) is speaks
    assert against(house, "own:in_transit|2026-11-02|Austin, TX", {"ship_to": HOME}, rule) is None


def against(house, what, buyer, rule=None):
    case, told = make_case(buyer=buyer), fate(what)
    facts = dataclasses.replace(exhibit("a.png"), fates=(told,))
    witness = Witness(case=case, platform=house.platforms["amazon"], facts=facts)
    return against_delivery(rule or Proof(says=("delivered",), about="parcel"), told, witness)
