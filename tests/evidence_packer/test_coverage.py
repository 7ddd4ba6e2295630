"""What the evidence proves: what the reason asks for, and what every letter tells anyway."""

import datetime as dt

import pytest

from casefile.facts import EventSeen
from evidence_packer.report.clock import clocks
from evidence_packer.report.shape import ReportDeadline
from tests.evidence_packer.conftest import BOX, file, good_tracking, make_case, status, timestamp, tracking_number

DAMAGED = {"procedure": "a_to_z_response", "reason": "not_as_described"}
USED = {"access_log": [{"at": "2026-10-30T14:07:31Z", "ip": "203.0.113.24", "event": "first sign-in"}]}


def told(dossier, *facts, **changes):
    return {c.proposition: c for c in dossier(*facts, case=make_case(**changes)).coverage}


def test_a_delivery_that_no_reason_asks_for_is_shown_where_an_exhibit_shows_it(dossier):
    covered = told(dossier, good_tracking(), **DAMAGED)["delivered"]
    assert (covered.status, covered.required, covered.optional) == ("shown", False, True)
    assert covered.exhibits[0].page == 1


@pytest.mark.parametrize("facts", [(), (file("t.png", "tracking", tracking_numbers=(tracking_number(),)),)])
def test_what_nobody_asks_for_is_never_missing(dossier, facts):
    assert "delivered" not in told(dossier, *facts, **DAMAGED)


def test_a_tracking_page_is_beside_the_point_only_where_it_shows_nothing(found):
    empty = file("t.png", "tracking", statuses=(status("exception"),))
    assert "evidence-beside-the-point" in found(empty, case=make_case(**DAMAGED))
    assert "evidence-beside-the-point" not in found(good_tracking(), case=make_case(**DAMAGED))


@pytest.mark.parametrize("reason", ["unauthorised", "item_not_received"])
def test_a_service_that_was_used_needs_no_delivery(dossier, reason):
    charge = {"platform": "stripe", "site": None, "procedure": "dispute", "reason": reason, "parcels": []}
    asked = told(dossier, **charge)
    assert asked["delivered"].required
    log = file("log.png", "usage_log", timestamps=(timestamp("2026-10-30 14:07", "2026-10-30T14:07:00"),))
    used = told(dossier, log, **charge | USED)
    assert "delivered" not in used
    assert used["service_used"].status == "shown"
    assert told(dossier, file("log.png", "usage_log"), **charge | USED)["service_used"].status == "attached"


QUOTED = {"claim": {"points": [{"says": "Too small.", "listing_says": "Height 9.8 cm, shade varies."}]}}
BUYER = {"buyer": {"email": "mei@example.org", "ip": "203.0.113.24"}}
PAPER = {"suppliers": [{"invoice_number": "INV-2026-0417"}]}


@pytest.mark.parametrize(
    ("changes", "line", "what"),
    [
        (QUOTED, "Height 9.8cm, shade varies. Dishwasher safe.", "listing"),
        (BUYER, "Customer: mei@example.org", "buyer"),
        (PAPER, "Invoice INV-2026-0417", "paper"),
    ],
)
def test_a_detail_of_the_case_is_found_where_a_page_prints_it(facts_of, changes, line, what):
    seen = facts_of("A page", line, case=make_case(**changes)).details
    assert [(detail.what, detail.page) for detail in seen] == [(what, 1)]
    assert facts_of("A page", "Height 12 cm, mei2@example.org, INV-2026-0418", case=make_case(**changes)).details == ()


MUGS = {
    "items": [
        {
            "sku": "MUG-350-WHT",
            "name": {"en": "Stoneware mug, 350 ml, speckled sand", "zh-Hans": "炻瓷马克杯 350 ml，砂色"},
        }
    ]
}


@pytest.mark.parametrize(
    ("named", "words", "status"),
    [
        ("Product: Stoneware mug 350 ml, lot 26-09", "Result: PASS", "shown"),
        ("Item MUG-350-WHT", "Result: PASS", "shown"),
        ("品名：炻瓷马克杯", "Result: PASS", "shown"),
        ("Product: Stoneware mug 350 ml", "Result: not passed", "attached"),
        ("Product: Steel bottle, 350 ml", "Result: PASS", "attached"),
        ("Item MUG-500-BLK", "Result: PASS", "attached"),
        ("品名：不锈钢保温杯", "Result: PASS", "attached"),
    ],
)
def test_an_inspection_is_shown_by_its_result_for_these_very_goods(dossier, facts_of, named, words, status):
    case = {**DAMAGED, "order": make_case().order.model_dump(mode="json", exclude_unset=True) | MUGS}
    facts = facts_of("Inspection report", named, words, case=make_case(**case))
    report = file("qc.pdf", "qc_report", statuses=facts.statuses, details=facts.details)
    assert told(dossier, report, **case)["quality_checked"].status == status


def test_a_case_that_names_no_goods_takes_the_result_alone(dossier, facts_of):
    report = file("qc.pdf", "qc_report", statuses=facts_of("Inspection report", "Result: PASS").statuses)
    assert told(dossier, report, **DAMAGED)["quality_checked"].status == "shown"


def test_the_own_date_of_the_user_is_told_by_where_it_was_read(house):
    at = dt.datetime(2026, 11, 20, tzinfo=dt.UTC).isoformat()
    due = ReportDeadline(name="Answer", block_at=at, hours_left=5.0, source="back_office", confidence="P")
    assert clocks([due], house.catalogs.of("en"))[0].source == "the back office"
    assert (
        clocks([due.model_copy(update={"source": "A help page"})], house.catalogs.of("en"))[0].source
        == "A help page (P)"
    )


def event(status, at, place=None):
    return EventSeen(status=status, at=at, place=place, box=BOX, page=1)


DELIVERED = event("delivered", "2026-11-02T14:22:00", "COLUMBUS, OH 43215")


@pytest.mark.parametrize(
    "events",
    [
        (event("exception", "2026-11-02T14:22:00"),),
        (DELIVERED, event("returned", "2026-11-09T10:00:00")),
        (event("delivered", "2026-11-02T14:22:00", "DAYTON, OH 45402"),),
        (event("delivered", "2026-11-02T14:22:00", "Austin, TX"),),
    ],
    ids=["failed", "returned later", "another postcode", "another state"],
)
def test_a_page_that_tells_otherwise_contradicts(dossier, events):
    case = make_case(
        buyer={
            "ship_to": {
                "lines": ["418 Elm Ridge Ave"],
                "city": "Columbus",
                "region": "OH",
                "postal_code": "43215",
                "country": "US",
            }
        }
    )
    page = good_tracking(events=events, statuses=tuple(status(event.status) for event in events))
    covered = {one.proposition: one for one in dossier(page, case=case).coverage}
    assert covered["delivered"].status == "contradicted"


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ((DELIVERED,), "shown"),
        ((event("exception", "2026-11-01T14:22:00"), DELIVERED), "shown"),
        ((event("exception", "2026-11-01T14:22:00"), event("out_for_delivery", "2026-11-02T08:00:00")), "missing"),
        ((event("delivered", "2026-11-02T14:22:00", "Obetz, OH"),), "shown"),
        ((event("delivered", "2026-11-02T14:22:00", "Front Porch"),), "shown"),
    ],
    ids=["delivered", "at the second attempt", "on the way again", "a depot of the state", "no town"],
)
def test_what_is_no_contradiction(dossier, events, status):
    page = good_tracking(events=events, statuses=())
    covered = {one.proposition: one for one in dossier(page).coverage}
    assert covered["delivered"].status == status


def test_a_word_for_a_person_is_no_signer(page_facts):
    assert page_facts("Signed for by: Resident").stated("signer") is None
    assert page_facts("签收人：本人").stated("signer") is None
    assert page_facts("Received By: ROE").stated("signer").value == "ROE"


SHIP_BY = {"order": {"id": "112-4829307-7716253", "ship_by_at": "2026-10-30T23:59:00-07:00"}}
LATE = {"order": {"id": "112-4829307-7716253", "ship_by_at": "2026-10-28T23:59:00-07:00"}}


@pytest.mark.parametrize(
    ("changes", "stated"), [({}, "dispatched"), (SHIP_BY, "dispatched_on_time"), (LATE, "dispatched")]
)
def test_a_dispatch_is_in_time_only_where_the_dates_say_so(dossier, changes, stated):
    scanned = good_tracking(events=(event("accepted", "2026-10-29T16:40:00"),))
    covered = told(dossier, scanned, **changes)
    assert covered[stated].status == "shown"
    assert len({"dispatched", "dispatched_on_time"} & set(covered)) == 1


def test_a_late_dispatch_speaks_against_the_answer_to_a_claim_about_lateness(dossier, found):
    scanned = good_tracking(events=(event("accepted", "2026-10-29T16:40:00"),))
    late = LATE | {"platform": "temu", "procedure": "dispute", "reason": "late_shipment"}
    assert told(dossier, scanned, **late)["dispatched_on_time"].status == "contradicted"
    assert found(scanned, case=make_case(**LATE))["dispatched-late"] == "warning"
    assert "dispatched-late" not in found(scanned, case=make_case(**SHIP_BY))
