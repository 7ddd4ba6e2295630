"""What a letter needs to be ready: the decision table, from facts of exhibits through letter and checks to verdict and advice."""

import pytest

from casefile.case import Case
from casefile.facts import MessageSeen
from casefile.pointer import put
from evidence_packer.judge.check import Dossier
from evidence_packer.judge.judging import all_findings, judge
from evidence_packer.judge.proving import DATA
from evidence_packer.report.report import report
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.write import composed
from tests.cases import rows
from tests.casework_parts import matter_of
from tests.evidence_packer.conftest import BOX, evidence_of, file, good_tracking, make_case, order_id, tracking_number

SEEN = {
    "good tracking": good_tracking,
    "undated tracking": lambda: good_tracking(statuses=(), timestamps=()),
    "order page": lambda: file("order.png", "order_page", order_ids=(order_id(),)),
    "messages": lambda: file("m.png", "messages", order_ids=(order_id(),), messages=(said("buyer"), said("seller"))),
    "photo": lambda: file("photo.jpg", "product_photo"),
    "contract": lambda: file("contract.pdf", "contract"),
    "carrier letter": lambda: file("carrier.pdf", "carrier_statement", tracking_numbers=(tracking_number(),)),
    "listing": lambda: file("listing.png", "listing"),
    "refund": lambda: file("refund.png", "refund_proof", order_ids=(order_id(),)),
}


def said(who):
    words = {"buyer": "Where is my parcel?", "seller": "It was delivered, please look again."}[who]
    return MessageSeen(
        who=who, name=None, at=None, box=BOX, page=1, text=words, intents=("asks",) if who == "buyer" else ()
    )


def case_of(row):
    plain = make_case().model_dump(mode="json", by_alias=True, exclude_unset=True) | {"files": []}
    for pointer, value in row.get("set", {}).items():
        put(plain, pointer, value)
    return Case.model_validate(plain)


def judged(house, row):
    case = case_of(row)
    facts = tuple(SEEN[name]() for name in row["files"])
    matter = matter_of(case, house)
    work = Casework(matter=matter, evidence=evidence_of(matter, facts), language="en", read={})
    letter = composed(work, matter.letter_language)
    dossier = Dossier(matter=matter, evidence=work.evidence, letter=letter, uploaded=tuple(f.file for f in facts))
    results = judge(dossier)
    return all_findings(results), report(dossier, results, house.catalogs.of("zh-Hans"), work.captions()), work


@pytest.mark.parametrize("row", rows(__file__, "verdict"))
def test_what_a_letter_needs_to_be_ready(house, row):
    findings, told, _ = judged(house, row)
    found = {one.code: one.severity for one in reversed(findings)}
    assert {code: found.get(code) for code in row.get("finds", {})} == row.get("finds", {})
    assert not set(row.get("not", ())) & set(found)
    assert (told.verdict == "ready") <= (told.recommendation == "contest")
    if row.get("finds"):
        assert told.verdict != "ready"


def test_what_was_not_read_is_named_with_its_place_and_in_words(house):
    findings, told, _ = judged(house, {"files": ["order page", "undated tracking"]})
    gap = next(one for one in findings if one.code == "evidence-attached")
    assert (gap.file, gap.page, gap.box) == ("tracking.png", 1, BOX)
    words = next(f for check in told.checks for f in check.findings if f.code == "evidence-attached")
    assert "已妥投的记录" in words.detail
    assert "tracking.png" in words.detail


def test_everything_that_can_be_lacking_has_its_words(house):
    keys = {
        "no_number", "before_order", "contradicts", "statement", "delivery", "carrier_event", "day", "unclear", "refund",
        "answer", "agreement", *DATA,
    }  # fmt: skip
    for language in ("en", "zh-Hans"):
        catalog = house.catalogs.of(language)
        assert [key for key in sorted(keys) if not catalog.has(f"lacking.{key}")] == []
