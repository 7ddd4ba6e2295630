"""The timeline from case and evidence: points, where they are printed, and what cannot be."""

import pytest

from casefile.facts import EventSeen, FieldSeen, TimestampSeen
from evidence_packer.bind.plan import plan
from evidence_packer.judge.timeline import build_timeline

from .conftest import BOX, file, good_tracking, make_case, order_id, timestamp, tracking_number


def event(status, at):
    return EventSeen(status=status, at=at, box=BOX, page=1)


def drawn(*facts, case=None):
    case = case or make_case()
    return {point.what: point for point in build_timeline(case, facts, plan(case, facts))}


def test_a_point_of_the_case_is_cited_where_its_day_is_printed():
    point = drawn(good_tracking())["delivered"]
    assert (point.source, point.exhibit, point.conflict) == ("exhibit", 1, False)


def test_what_only_the_evidence_tells_is_a_point_of_its_own():
    point = drawn(good_tracking(events=(event("accepted", "2026-10-29T19:31:00"),)))["first_scan"]
    assert (point.at, point.source, point.conflict) == ("2026-10-29T19:31:00", "exhibit", False)


def test_another_day_than_the_case_is_a_conflict():
    case = make_case()
    facts = (good_tracking(events=(event("delivered", "2026-11-05T09:00:00"),), timestamps=()),)
    points = [point for point in build_timeline(case, facts, plan(case, facts)) if point.what == "delivered"]
    assert [(point.source, point.conflict) for point in points] == [("case", False), ("exhibit", True)]


def test_a_claim_is_not_dated_by_the_clock_of_a_screen():
    clock = TimestampSeen(
        text="18/11/2026", at="2026-11-18T18:03:00", ambiguous=False, box=BOX, page=1, desktop_clock=True
    )
    assert drawn(file("c.png", "case_page", timestamps=(clock,)))["claim_opened"].source == "case"


def test_an_order_is_not_dated_by_the_foot_of_a_page():
    foot = TimestampSeen(text="28/10/2026", at="2026-10-28", ambiguous=False, box=(0.8, 0.97, 0.9, 0.99), page=1)
    assert drawn(file("o.png", "order_page", timestamps=(foot,)))["order_placed"].source == "case"


def test_an_order_page_that_states_its_date_is_not_asked_for_others():
    stated = FieldSeen(name="order_date", value="2026-10-20", box=BOX, page=1)
    other = timestamp("Oct 28, 2026", "2026-10-28")
    points = drawn(file("o.png", "order_page", order_ids=(order_id(),), fields=(stated,), timestamps=(other,)))
    assert points["order_placed"].source == "case"


def test_the_page_of_a_return_tells_nothing_of_the_delivery():
    case = make_case(parcels=[{"tracking_number": "1Z999AA10123456784", "direction": "return"}])
    assert "delivered" not in drawn(good_tracking(events=(event("delivered", "2026-11-20T09:00:00"),)), case=case)


TWO = [
    {"tracking_number": "1Z999AA10123456784", "delivered_at": "2026-11-02T14:22:00-05:00"},
    {"tracking_number": "1Z999AA10123456793", "delivered_at": "2026-11-05T14:22:00-05:00"},
]


@pytest.mark.parametrize(
    ("number", "day", "conflict"),
    [("1Z999AA10123456784", "02", False), ("1Z999AA10123456793", "05", False), ("1Z999AA10123456793", "02", True)],
)
def test_two_parcels_may_be_delivered_on_two_days_each_on_its_own(number, day, conflict):
    case = make_case(parcels=TWO)
    facts = (
        good_tracking(
            events=(event("delivered", f"2026-11-{day}T09:00:00"),),
            tracking_numbers=(tracking_number(number),),
            timestamps=(),
        ),
    )
    assert any(point.conflict for point in build_timeline(case, facts, plan(case, facts))) is conflict


def test_a_point_of_one_parcel_is_never_cited_from_the_page_of_another():
    left = {"dispatched_at": "2026-10-29T16:40:00-07:00", "first_scan_at": "2026-10-29T16:40:00-07:00"}
    case = make_case(parcels=[parcel | left for parcel in TWO])
    scanned = good_tracking(events=(event("accepted", "2026-10-29T16:40:00"),))
    points = build_timeline(case, (scanned,), plan(case, (scanned,)))
    scans = {point.of: point.exhibit for point in points if point.what == "first_scan"}
    assert scans == {"1Z999AA10123456784": 1, "1Z999AA10123456793": None}


def test_of_two_pages_of_one_day_the_one_that_prints_the_minute_is_cited():
    day = good_tracking("day.png", events=(event("delivered", "2026-11-02"),), timestamps=())
    minute = good_tracking("minute.png", events=(event("delivered", "2026-11-02T14:22:00"),))
    assert drawn(day, minute)["delivered"].exhibit == 2
    assert drawn(minute, day)["delivered"].exhibit == 1


def test_of_several_scans_the_one_that_the_case_means_counts():
    case = make_case(parcels=[{"tracking_number": "1Z999AA10123456784", "first_scan_at": "2026-10-31T10:00:00-07:00"}])
    scans = (event("accepted", "2026-10-29T10:00:00"), event("accepted", "2026-10-31T10:00:00"))
    facts = (good_tracking(events=scans),)
    points = build_timeline(case, facts, plan(case, facts))
    assert [point.conflict for point in points if point.what == "first_scan"] == [False]
