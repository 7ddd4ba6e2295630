"""Do order, dispatch, scan, delivery and claim follow each other, and is no page dated in the future?"""

import datetime as dt
import itertools
from collections.abc import Iterator

from casefile.finding import Finding
from casefile.pointer import resolve
from casefile.rules import duration_parts
from evidence_packer.judge.check import Dossier
from evidence_packer.understand.moments import possible

CODE = "dates-in-order"
INPUT = "case"
_RECORDS = frozenset({"tracking", "messages", "proof_of_delivery", "refund_proof"})
"""Kinds that tell only what has happened; order and case pages also print what is due."""


def _chain(dossier: Dossier) -> list[tuple[str, dt.datetime]]:
    pointers = ["/order/placed_at"]
    for place, parcel in enumerate(dossier.case.parcels):
        if parcel.direction == "outbound":
            pointers += [f"/parcels/{place}/{name}" for name in ("dispatched_at", "first_scan_at", "delivered_at")]
            break
    found = [(pointer, resolve(dossier.case, pointer)) for pointer in pointers]
    return [(pointer, time) for pointer, time in found if isinstance(time, dt.datetime)]


def _reversed(dossier: Dossier) -> Iterator[Finding]:
    chain = _chain(dossier)
    for (earlier, first), (later, second) in itertools.pairwise(chain):
        if second < first:
            yield Finding(
                code="dates-out-of-order",
                severity="blocker",
                pointer=later,
                params={"earlier": earlier, "first": first.isoformat(), "later": later, "second": second.isoformat()},
                rules=("S003-13",),
            )


def _late_scan(dossier: Dossier) -> Iterator[Finding]:
    for place, parcel in enumerate(dossier.case.parcels):
        if parcel.dispatched_at and parcel.first_scan_at:
            gap = parcel.first_scan_at - parcel.dispatched_at
            if gap > dt.timedelta(hours=duration_parts(dossier.house.practice.targets.first_scan.after)[0]):
                yield Finding(
                    code="first-scan-late",
                    severity="advice",
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
                yield Finding(
                    code="timestamp-future",
                    severity="advice",
                    file=file.file,
                    page=seen.page,
                    box=seen.box,
                    params={"text": seen.text, "as_of": dossier.as_of.isoformat(timespec="minutes")},
                )
                break


def _announced(text: str) -> bool:
    """A date without a time can be a promise ("arrives by"), not a record."""
    return ":" not in text


def check(dossier: Dossier) -> Iterator[Finding]:
    """Blockers for reversals of the case's own dates; advice for a late first scan and for dates yet to come."""
    yield from _reversed(dossier)
    yield from _late_scan(dossier)
    yield from _in_future(dossier)
