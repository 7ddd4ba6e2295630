"""The tables of decisions about evidence: what the checks find on a page, what stops a pack."""

import pytest

from casefile.facts import AmountSeen, FieldSeen, PageContext, PlaceSeen, StatusSeen, TimestampSeen
from casefile.finding import CheckResult, Finding
from casefile.finding_kind import FindingKind
from evidence_packer.judge.check import CheckOf, Skip
from evidence_packer.judge.judging import all_findings, judge, verdict
from tests.cases import rows
from tests.evidence_packer.conftest import BOX, ORDER, TRACKING, file, make_case, order_id, tracking_number

ORDERS = {
    "own": {}, "other": {"value": "114-3392018-5560217", "matches": False},
    "near": {"value": "112-4829307-7716258", "matches": False, "near": ORDER, "score": 0.95},
    "unsure near": {"value": "112-4829307-7716258", "matches": False, "near": ORDER, "score": 0.94},
    "unsure other": {"value": "114-3392018-5560217", "matches": False, "score": 0.94},
    "alike": {"value": "112-4829307-77I6253", "matches": False, "near": ORDER, "alike": True},
}  # fmt: skip
NUMBERS = {
    "own": {}, "other": {"value": "1Z999AA10999999999", "matches": False},
    "near": {"value": "1Z999AA10123458784", "matches": False, "near": TRACKING, "score": 0.95},
    "unsure near": {"value": "1Z999AA10123458784", "matches": False, "near": TRACKING, "score": 0.94},
    "false near": {"value": "1Z999AA10123458784", "matches": False, "near": TRACKING, "score": 0.99, "valid": False},
    "false near in text": {"value": "1Z999AA10123458784", "matches": False, "near": TRACKING, "score": 1.0, "valid": False},
    "unsure other": {"value": "1Z999AA10999999999", "matches": False, "score": 0.94},
    "alike": {"value": "1Z999AA1O123456784", "matches": False, "near": TRACKING, "alike": True},
}  # fmt: skip


def placed(text):
    """``own@2`` as ("own", 2): what, and on which page of its file; the first one without."""
    what, _, page = text.partition("@")
    return what, int(page or 1)


def seen_times(texts, *, clock):
    for text in texts:
        at, page = placed(text)
        yield TimestampSeen(
            text=at.replace("T", " "), at=at, ambiguous=False, box=BOX, page=page, has_time="T" in at, desktop_clock=clock
        )  # fmt: skip


def exhibit(name, *, kind="tracking", orders=(), numbers=(), amounts=(), statuses=(), places=(), times=(), clocks=(), chat="none",
            total=None, **_more):  # fmt: skip
    orders, numbers, amounts, statuses = (
        [placed(one) for one in many] for many in (orders, numbers, amounts, statuses)
    )
    return file(
        name, kind, pages=((1920, 1080), (1920, 1080)),
        order_ids=tuple(order_id(page=page, **ORDERS[what]) for what, page in orders),
        tracking_numbers=tuple(tracking_number(page=page, **NUMBERS[what]) for what, page in numbers),
        amounts=tuple(
            AmountSeen(text="$9", amount="9", currency="USD", matches=what == "own", box=BOX, page=page)
            for what, page in amounts
        ),
        statuses=tuple(StatusSeen(text=what, status=what, box=BOX, page=page) for what, page in statuses),
        places=tuple(
            PlaceSeen(text="x", part=what.lstrip("!"), matches=what[0] != "!", box=BOX, page=1) for what in places
        ),
        timestamps=(*seen_times(clocks, clock=True), *seen_times(times, clock=False)),
        context=PageContext(chat=chat),
        fields=(FieldSeen(name="total", value=total[0], currency=total[1] or None, box=BOX, page=1),) if total else (),
    )  # fmt: skip


@pytest.mark.parametrize("row", rows(__file__, "checks"))
def test_what_the_checks_find_on_one_page(found, row):
    total = {"amount": "58.73", "currency": "USD"}
    case = make_case(order={"id": ORDER, "placed_at": "2026-10-28T09:12:00-07:00", "total": total})
    codes = found(exhibit("a.png", **row), case=case)
    assert {code: codes.get(code) for code in row.get("finds", {})} == row.get("finds", {})
    assert not set(row.get("not", ())) & set(codes)


def result(*severities, code="a"):
    findings = tuple(Finding(code=one, severity=one) for one in severities)
    return CheckResult(code=code, status="finding" if findings else "pass", findings=findings)


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ((), "ready"),
        (("advice",), "ready"),
        (("advice", "advice"), "ready"),
        (("warning",), "review"),
        (("advice", "warning"), "review"),
        (("blocker",), "blocked"),
        (("advice", "warning", "blocker"), "blocked"),
    ],
)
def test_what_findings_make_of_a_pack(severities, said):
    assert verdict((result(*severities), result())) == said
    assert verdict(tuple(result(one) for one in severities)) == said


def test_the_gravest_findings_come_first():
    found = all_findings((result("advice", "blocker"), result("warning", "blocker")))
    assert [one.severity for one in found] == ["blocker", "blocker", "warning", "advice"]


def statuses(dossier):
    return {one.code: (one.status, one.why) for one in judge(dossier)}


def fake(code, *found, needs=()):
    kind = FindingKind(code=code, severity="advice")

    def check(_dossier):
        if "skip" in found:
            raise Skip("no-order-id")
        return (kind.found(severity=one) for one in found)

    return CheckOf(code=code, judges="case", findings=(kind,), needs=needs, run=check)


@pytest.mark.parametrize(
    ("first", "second"),
    [(("advice",), ("skipped", "prerequisite")), (("blocker",), ("skipped", "prerequisite")), ((), ("finding", None)),
     (("skip",), ("finding", None))],
)  # fmt: skip
def test_a_check_whose_prerequisite_found_something_is_skipped(dossier, monkeypatch, first, second):
    made = (fake("z", *first), fake("a", "warning", needs=("z",)), fake("b", "warning", needs=("other",)))
    monkeypatch.setitem(judge.__globals__, "checks", lambda: made)
    said = {one.code: one for one in judge(dossier())}
    assert (said["a"].status, said["a"].why) == second
    assert said["a"].params == ({"check": "z"} if second[1] else {})
    assert (said["b"].status, said["b"].why) == ("finding", None)
    assert list(said) == ["a", "b", "z"]


def test_what_is_not_there_is_not_judged(dossier):
    said = statuses(dossier())
    whys = {why for status, why in said.values() if status == "skipped"}
    assert {"no-facts", "no-letter", "no-files"} <= whys
    assert list(said) == sorted(said)
    assert ("pass", None) in said.values()
