"""A letter cites the page that prints a use, a payment or a claim; without one it tells the seller's record."""

import pytest

from casefile.case import Case
from casefile.citation import BundlePlan, PlannedExhibit
from casefile.coverage import PropositionCoverage, TimelinePoint
from casefile.discovery import load_house
from casefile.facts import FileFacts, PlacedText, TimestampSeen
from examples.specimen import letter_of

HOUSE = load_house()
CASE = {
    "platform": "stripe", "procedure": "dispute", "reason": "unauthorised", "language": "en",
    "order": {"id": "1047"},
    "payment": {"charge_id": "ch_3QK9aB2e", "dispute_id": "dp_1", "captured_at": "2026-09-30T14:05:11+00:00"},
    "access_log": [{"at": "2026-09-30T14:07:31+00:00", "ip": "203.0.113.24", "event": "first sign-in"}],
}  # fmt: skip
PLAN = BundlePlan(
    exhibits=(
        PlannedExhibit(number=1, file="pay.png", kind="order_page", source_pages=(1,), first_page=1),
        PlannedExhibit(number=2, file="log.png", kind="usage_log", source_pages=(1,), first_page=2),
    )
)


BOX = (0, 0, 0.1, 0.1)


def page(name, kind, at, *words):
    zone = "page" if "+" in at else "none"
    seen = TimestampSeen(text=at, at=at, ambiguous=False, box=BOX, page=1, has_time="T" in at, zone=zone)
    texts = tuple(PlacedText(text=text, box=BOX) for text in words)
    return FileFacts(file=name, sha256=name, kind=kind, timestamps=(seen,), texts=texts)


def sentences(*facts, **changes):
    case = Case.model_validate(CASE | changes)
    made = letter_of(
        HOUSE, "fact_evidence_conclusion", "en", case=case, plan=PLAN, coverage=(), timeline=(), files=facts
    )
    return [sentence.text for sentence in made.sentences]


@pytest.mark.parametrize(("printed", "shown"), [("2026-09-30T14:07:31", True), ("2026-09-30T09:07:31", False)])
def test_a_use_is_shown_by_the_log_that_prints_its_minute(printed, shown):
    log = page("log.png", "usage_log", printed, "203.0.113.24 first sign-in")
    [used] = [text for text in sentences(log) if "service was used" in text]
    assert used.endswith("(Exhibit 2, p. 2).") is shown
    assert ("according to our records" in used) is not shown


@pytest.mark.parametrize(
    ("words", "said"),
    [(["Payment ch_3QK9aB2e"], "payment ch_3QK9aB2e was captured on"), ([], "the payment was captured on")],
)
def test_a_payment_is_shown_as_its_page_prints_it_in_whatever_zone(words, said):
    facts = page("pay.png", "order_page", "2026-09-30T16:05:00+02:00", *words)
    [captured] = [text for text in sentences(facts) if "captured" in text]
    assert captured.lower() == f"{said} 30 September 2026, 16:05 (UTC+2) (Exhibit 1, p. 1).".lower()


def test_a_claim_is_quoted_where_none_of_its_points_can_be_told():
    claim = {"opened_at": "2026-11-10T00:00:00Z", "statement": "It does not turn on."}
    points = [{"says": "It does not turn on.", "answer": {"zh-Hans": "出货前通电测试合格。"}}]
    assert any("It does not turn on" in text for text in sentences(claim=claim | {"points": points}))
    answered = [dict(points[0], answer="It passed its test.")]
    assert sum("does not turn on" in text for text in sentences(claim=claim | {"points": answered})) == 1


@pytest.mark.parametrize(
    ("page_prints", "hour"), [("2026-09-28T09:12:00", True), ("2026-09-28", False), ("2026-09-28T10:40:00", False)]
)
def test_a_moment_is_told_as_exactly_as_its_page_prints_it(page_prints, hour):
    facts = page("pay.png", "order_page", page_prints)
    at = "2026-09-28T09:12:00+00:00"
    points = tuple(
        TimelinePoint(at=at, what=what, source="exhibit", exhibit=1, page=1)
        for what in ("order_placed", "claim_opened")
    )
    case = Case.model_validate(CASE | {"order": {"id": "1047", "placed_at": at}, "claim": {"opened_at": at}})
    asked = {"case": case, "plan": PLAN, "coverage": (), "facts": (facts,), "timeline": points}
    placed, opened, *_ = letter_of(HOUSE, "fact_evidence_conclusion", "en", **asked).sentences
    assert placed.exhibits[0].number == opened.exhibits[0].number == 1
    assert "28 September 2026" in placed.text
    assert "09:12" not in placed.text  # the hour of an order decides nothing
    assert "28 September 2026" in opened.text
    assert ("09:12 (UTC" in opened.text) is hour


def test_a_delivery_without_its_day_on_the_page_is_our_record():
    covered = PropositionCoverage(
        proposition="delivered", needs=("tracking",), status="shown", required=True, exhibits=(PLAN.exhibits[0].cite(),)
    )
    parcel = {"carrier": "ups", "tracking_number": "1Z999AA10123456784", "delivered_at": "2026-11-02T14:22:00-05:00"}
    case = Case.model_validate(CASE | {"parcels": [parcel], "access_log": []})
    asked = {"case": case, "plan": PLAN, "coverage": (covered,), "timeline": ()}
    texts = {}
    for facts in ((), (page("pay.png", "tracking", "2026-10-01T10:00:00"),)):
        made = letter_of(HOUSE, "fact_evidence_conclusion", "en", files=facts, **asked)
        [texts[bool(facts)]] = [s.text for s in made.sentences if "delivered" in s.text and "2026" in s.text]
    assert texts[False].endswith("(Exhibit 1, p. 1).")
    assert "(according to our records" in texts[True]
