"""Does the evidence tell the same course of things as the case, and in an order that is possible?"""

import datetime as dt
from collections.abc import Iterator

from casefile.finding import Finding
from casefile.rules import duration_parts
from evidence_packer.judge.check import Dossier
from evidence_packer.judge.timeline import ORDER
from evidence_packer.understand.evidence_events import EvidenceEvent, dated, differs, outbound, told
from evidence_packer.understand.moments import span

CODE = "timeline-agrees"
INPUT = "facts"
_TOLD_ELSEWHERE = "delivered"
"""Another day of delivery is ``delivery-date-differs``."""


def _plain(at: str) -> str:
    return at.replace("T", " ")[:16]


def _other_day(dossier: Dossier, said: tuple[EvidenceEvent, ...]) -> Iterator[Finding]:
    """A thing that the evidence dates otherwise than the case; each once."""
    found = {one.what: one for one in said if one.what != _TOLD_ELSEWHERE and differs(dossier.case, one)}
    for one in found.values():
        if any(other.what == one.what and not differs(dossier.case, other) for other in said):
            continue
        yield Finding(
            code="date-differs",
            severity="warning",
            file=one.file,
            page=one.spot.page,
            box=one.spot.box,
            params={
                "what": f"@timeline.{one.what}",
                "found": _plain(one.at),
                "expected": dated(dossier.case, one.what)[0].isoformat(timespec="minutes"),
            },
            rules=("S003-13",),
        )


def _reversed(said: tuple[EvidenceEvent, ...]) -> Iterator[Finding]:
    """The first statement of a file that certainly stands before one of the evidence that must precede it."""
    told_of: set[str] = set()
    chain = [one for one in said if one.what in ORDER]
    for later in chain:
        before = [one for one in chain if ORDER.index(one.what) < ORDER.index(later.what)]
        earlier = next((one for one in before if span(later.at)[1] < span(one.at)[0]), None)
        if earlier and later.file not in told_of:
            told_of.add(later.file)
            yield Finding(
                code="evidence-out-of-order",
                severity="warning",
                file=later.file,
                page=later.spot.page,
                box=later.spot.box,
                params={
                    "later": f"@timeline.{later.what}",
                    "second": _plain(later.at),
                    "earlier": f"@timeline.{earlier.what}",
                    "first": _plain(earlier.at),
                    "other": earlier.file,
                },
                rules=("S003-13",),
            )


def _late_scan(dossier: Dossier, said: tuple[EvidenceEvent, ...]) -> Iterator[Finding]:
    """The first scan long after the label, where the case itself does not date them."""
    if dated(dossier.case, "dispatched") and dated(dossier.case, "first_scan"):
        return
    limit = dt.timedelta(hours=duration_parts(dossier.house.practice.targets.first_scan.after)[0])
    labels = {one.file: one for one in said if one.what == "label_created"}
    for scan in (one for one in said if one.what == "first_scan" and one.file in labels):
        made, scanned = (dt.datetime.fromisoformat(one.at) for one in (labels[scan.file], scan))
        gap = scanned - made if (made.tzinfo is None) == (scanned.tzinfo is None) else dt.timedelta()
        if gap > limit:
            yield Finding(
                code="first-scan-late",
                severity="advice",
                file=scan.file,
                page=scan.spot.page,
                box=scan.spot.box,
                params={"hours": round(gap.total_seconds() / 3600)},
                rules=("S003-48", "S003-66"),
            )


def _never_scanned(dossier: Dossier) -> Iterator[Finding]:
    """A carrier's page of our parcel that knows of nothing but its label."""
    for file in dossier.of_kinds(frozenset({"tracking"})):
        if file.statuses and outbound(dossier.case, file) and {s.status for s in file.statuses} == {"label_created"}:
            seen = file.statuses[0]
            yield Finding(
                code="parcel-not-scanned",
                severity="warning",
                file=file.file,
                page=seen.page,
                box=seen.box,
                params={"found": seen.text},
                rules=("S003-48", "S003-66"),
            )


def check(dossier: Dossier) -> Iterator[Finding]:
    """Warnings for other days, for reversals and for a parcel without a scan; advice for a late one."""
    said = told(dossier.case, dossier.facts)
    yield from _other_day(dossier, said)
    yield from _reversed(said)
    yield from _late_scan(dossier, said)
    yield from _never_scanned(dossier)
