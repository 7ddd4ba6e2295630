"""The course of things, as the case and the evidence state it: the same days, in an order that is possible."""

import datetime as dt
import itertools
from collections.abc import Iterator

from casefile.as_printed import is_clock_alone, plain, shown, told
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.pointer import resolve
from casefile.rules import duration_parts
from evidence_packer.judge.check import CheckOf, Dossier
from evidence_packer.judge.evidence_events import EvidenceEvent, dated, dated_statements, differs, outbound
from evidence_packer.judge.parcel_fates import fates_of, same_number
from evidence_packer.judge.timeline import ORDER
from evidence_packer.understand.moments import possible, span

DATES_OUT_OF_ORDER = FindingKind(code="dates-out-of-order", severity="blocker")
FIRST_SCAN_LATE = FindingKind(code="first-scan-late", severity="advice", about="file", sign="time")
TIMESTAMP_FUTURE = FindingKind(code="timestamp-future", severity="advice", about="file", sign="time")
_RECORDS = frozenset({"tracking", "messages", "proof_of_delivery", "refund_proof"})
"""Kinds that tell only what has happened; order and case pages also print what is due."""


def _chain(dossier: Dossier) -> list[tuple[str, str, dt.datetime]]:
    """What has to come one after the other: its name in the timeline, its place in the case, its moment."""
    places = [("order_placed", "/order/placed_at")]
    for place, parcel in enumerate(dossier.case.parcels):
        if parcel.direction == "outbound":
            places += [(what, f"/parcels/{place}/{what}_at") for what in ("dispatched", "first_scan", "delivered")]
            break
    found = [(what, pointer, resolve(dossier.case, pointer)) for what, pointer in places]
    return [(what, pointer, time) for what, pointer, time in found if isinstance(time, dt.datetime)]


def _surely_before(one: dt.datetime, other: dt.datetime) -> bool:
    """Whether ``one`` lies before ``other`` in whatever zone a page meant that printed none; two such are of one zone."""
    if is_clock_alone(one) and is_clock_alone(other):
        return one < other
    return span(told(one))[1] < span(told(other))[0]


def _case_reversed(dossier: Dossier) -> Iterator[Finding]:
    chain = _chain(dossier)
    for (earlier, _, first), (later, pointer, second) in itertools.pairwise(chain):
        if _surely_before(second, first):
            yield DATES_OUT_OF_ORDER.found(
                pointer=pointer,
                params={
                    "earlier": f"@timeline.{earlier}",
                    "first": shown(first),
                    "later": f"@timeline.{later}",
                    "second": shown(second),
                },
                rules=("S003-13",),
            )


def _late_scan_in_case(dossier: Dossier) -> Iterator[Finding]:
    for place, parcel in enumerate(dossier.case.parcels):
        if parcel.dispatched_at and parcel.first_scan_at:
            gap = parcel.first_scan_at - parcel.dispatched_at
            if gap > dt.timedelta(hours=duration_parts(dossier.house.practice.targets.first_scan.after)[0]):
                yield FIRST_SCAN_LATE.found(
                    pointer=f"/parcels/{place}/first_scan_at",
                    params={"hours": round(gap.total_seconds() / 3600)},
                    rules=("S003-48", "S003-66"),
                )


def _in_future(dossier: Dossier) -> Iterator[Finding]:
    for file in dossier.facts:
        if file.kind not in _RECORDS:
            continue
        for seen in file.timestamps:
            moments = possible(seen)
            if moments and moments[0] > dossier.as_of + dt.timedelta(days=1) and not _announced(seen.text):
                yield TIMESTAMP_FUTURE.found(
                    file=file.file,
                    page=seen.page,
                    box=seen.box,
                    params={"text": seen.text, "as_of": dossier.as_of.isoformat(timespec="minutes")},
                )
                break


def _announced(text: str) -> bool:
    """A date without a time can be a promise ("arrives by"), not a record."""
    return ":" not in text


def check_dates_in_order(dossier: Dossier) -> Iterator[Finding]:
    """Do order, dispatch, scan, delivery and claim follow each other, and is no page dated in the future?

    Blockers for reversals of the case's own dates; advice for a late first scan and for dates yet to come.
    """
    yield from _case_reversed(dossier)
    yield from _late_scan_in_case(dossier)
    yield from _in_future(dossier)


DATE_DIFFERS = FindingKind(code="date-differs", severity="warning", about="file")
EVIDENCE_OUT_OF_ORDER = FindingKind(code="evidence-out-of-order", severity="warning", about="file")
PARCEL_NOT_SCANNED = FindingKind(code="parcel-not-scanned", severity="warning", about="file")
_TOLD_ELSEWHERE = "delivered"
"""Another day of delivery is ``delivery-date-differs``."""


def _other_day(dossier: Dossier, said: tuple[EvidenceEvent, ...]) -> Iterator[Finding]:
    """A thing that the evidence dates otherwise than the case; each once."""
    found = {(one.what, one.of): one for one in said if one.what != _TOLD_ELSEWHERE and differs(dossier.case, one)}
    for one in found.values():
        same = [other for other in said if (other.what, other.of) == (one.what, one.of)]
        if any(not differs(dossier.case, other) for other in same):
            continue
        yield DATE_DIFFERS.found(
            file=one.file,
            page=one.spot.page,
            box=one.spot.box,
            params={
                "what": f"@timeline.{one.what}",
                "found": plain(one.at),
                "expected": shown(dated(dossier.case, one.what, one.of)[0]),
            },
            rules=("S003-13",),
        )


def _evidence_reversed(said: tuple[EvidenceEvent, ...]) -> Iterator[Finding]:
    """The first statement of a file that certainly stands before one of the evidence that must precede it."""
    told_of: set[str] = set()
    chain = [one for one in said if one.what in ORDER]
    for later in chain:
        before = [one for one in chain if ORDER.index(one.what) < ORDER.index(later.what) and _one(one, later)]
        earlier = next((one for one in before if span(later.at)[1] < span(one.at)[0]), None)
        if earlier and later.file not in told_of:
            told_of.add(later.file)
            yield EVIDENCE_OUT_OF_ORDER.found(
                file=later.file,
                page=later.spot.page,
                box=later.spot.box,
                params={
                    "later": f"@timeline.{later.what}",
                    "second": plain(later.at),
                    "earlier": f"@timeline.{earlier.what}",
                    "first": plain(earlier.at),
                    "other": earlier.file,
                },
                rules=("S003-13",),
            )


def _one(one: EvidenceEvent, other: EvidenceEvent) -> bool:
    """Whether two statements can be of one parcel."""
    return one.of is None or other.of is None or same_number(one.of, other.of)


def _late_scan_in_evidence(dossier: Dossier, said: tuple[EvidenceEvent, ...]) -> Iterator[Finding]:
    """The first scan long after the label, where the case itself does not date them."""
    if dated(dossier.case, "dispatched") and dated(dossier.case, "first_scan"):
        return
    limit = dt.timedelta(hours=duration_parts(dossier.house.practice.targets.first_scan.after)[0])
    labels = {(one.file, one.of): one for one in said if one.what == "label_created"}
    for scan in (one for one in said if one.what == "first_scan" and (one.file, one.of) in labels):
        made, scanned = (dt.datetime.fromisoformat(one.at) for one in (labels[scan.file, scan.of], scan))
        gap = scanned - made if (made.tzinfo is None) == (scanned.tzinfo is None) else dt.timedelta()
        if gap > limit:
            yield FIRST_SCAN_LATE.found(
                file=scan.file,
                page=scan.spot.page,
                box=scan.spot.box,
                params={"hours": round(gap.total_seconds() / 3600)},
                rules=("S003-48", "S003-66"),
            )


def _never_scanned(dossier: Dossier) -> Iterator[Finding]:
    """A carrier's page of our parcel that knows of nothing but its label."""
    for file in dossier.of_kinds(frozenset({"tracking"})):
        fates = [fate for fate in fates_of(file) if not fate.unclear] if outbound(dossier.case, file) else []
        if fates and all(fate.state == "info_received" for fate in fates):
            seen = fates[0].decided_by
            yield PARCEL_NOT_SCANNED.found(
                file=file.file,
                page=seen.page,
                box=seen.box,
                params={"found": seen.span.text},
                rules=("S003-48", "S003-66"),
            )


def check_timeline_agrees(dossier: Dossier) -> Iterator[Finding]:
    """Does the evidence tell the same course of things as the case, and in an order that is possible?

    Warnings for other days, for reversals and for a parcel without a scan; advice for a late one.
    """
    said = dated_statements(dossier.case, dossier.facts)
    yield from _other_day(dossier, said)
    yield from _evidence_reversed(said)
    yield from _late_scan_in_evidence(dossier, said)
    yield from _never_scanned(dossier)


CHECKS = (
    CheckOf(
        code="dates-in-order",
        judges="case",
        findings=(DATES_OUT_OF_ORDER, FIRST_SCAN_LATE, TIMESTAMP_FUTURE),
        run=check_dates_in_order,
    ),
    CheckOf(
        code="timeline-agrees",
        judges="facts",
        findings=(DATE_DIFFERS, EVIDENCE_OUT_OF_ORDER, FIRST_SCAN_LATE, PARCEL_NOT_SCANNED),
        run=check_timeline_agrees,
    ),
)
