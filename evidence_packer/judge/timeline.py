"""The case in time: points from its facts and from the evidence, each tied to the exhibit page that prints it. Pure.

A point of the case is cited where a page prints its day. What only the evidence states becomes a point of its own; where it tells
another day than the case, or something stands before what must precede it, the point is marked as a conflict.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from casefile.case import Case
from casefile.citation import BundlePlan, Citation
from casefile.coverage import TimelinePoint
from casefile.facts import FileFacts, Spot
from casefile.fields.files import Kind
from evidence_packer.understand.evidence_events import EvidenceEvent, agrees, alone, dated, dated_statements, differs
from evidence_packer.understand.moments import on_day_of, same_day, span

_PROOF: dict[str, tuple[Kind, ...]] = {
    "order_placed": ("order_page", "invoice"),
    "label_created": ("dispatch", "tracking"),
    "dispatched": ("erp_record", "dispatch", "tracking"),
    "first_scan": ("tracking",),
    "delivered": ("tracking", "proof_of_delivery"),
    "contact_buyer": ("messages",),
    "contact_seller": ("messages",),
    "contact_platform": ("messages", "case_page", "notice"),
    "contact_carrier": ("carrier_statement",),
    "refund": ("refund_proof",),
    "remedy": ("refund_proof", "reshipment_proof"),
    "claim_opened": ("case_page", "notice"),
    "notice": ("notice",),
}
"""Point → kinds whose pages can print its day, best first."""

ORDER = ("order_placed", "label_created", "dispatched", "first_scan", "delivered", "claim_opened")
"""Points that have to follow each other."""
_FOOT = 0.95
"""Below this height of a page stand the dates of printers and systems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    """A point before it is marked: ``differs`` where the evidence states another day than the case."""

    what: str
    at: str
    cited: Citation | None
    differs: bool = False

    @property
    def sorted_by(self) -> tuple[dt.datetime, int]:
        first, last = span(self.at)
        return first + (last - first) / 2, ORDER.index(self.what) if self.what in ORDER else len(ORDER)


def _claim_points(case: Case) -> Iterator[tuple[str, dt.datetime | None, tuple[str, ...]]]:
    if case.claim:
        yield "claim_requested", case.claim.requested_at, ()
        yield "claim_opened", case.claim.opened_at, ()
        yield "claim_notified", case.claim.notified_at, ()
        yield "claim_decided", case.claim.decided_at, ()
    for contact in case.contacts:
        yield f"contact_{contact.from_ or 'seller'}", contact.at, contact.files
    if case.notice:
        yield "notice", case.notice.at, ()
    if case.return_:
        yield "return_requested", case.return_.requested_at, case.return_.files
        yield "return_received", case.return_.received_at, case.return_.files


def _points(case: Case) -> Iterator[tuple[str, dt.datetime | None, tuple[str, ...]]]:
    """(what, when, files named for it) of everything that the case can date."""
    if case.order:
        yield "order_placed", case.order.placed_at, ()
    for parcel in case.parcels:
        if parcel.direction == "outbound":
            yield "dispatched", parcel.dispatched_at, ()
            yield "first_scan", parcel.first_scan_at, ()
            yield "delivered", parcel.delivered_at, ()
    yield from _claim_points(case)
    if case.remedy and case.remedy.status == "done":
        yield "remedy", case.remedy.at, case.remedy.files
    for refund in case.refunds:
        yield "refund", refund.at, ()
    for action in case.actions_taken:
        yield "action", action.at, action.files
    for rejection in case.rejections:
        yield "rejection", rejection.at, (rejection.file,) if rejection.file else ()


class _Page:
    """The exhibits as witnesses of the case's points."""

    def __init__(self, facts: tuple[FileFacts, ...], plan: BundlePlan, said: tuple[EvidenceEvent, ...]) -> None:
        self._facts, self._plan, self._said = facts, plan, said

    def of(self, what: str, at: dt.datetime, files: tuple[str, ...]) -> Citation | None:
        """The page that states a point itself, else one that prints its day: of the files the case names, then by kind."""
        telling = (one for one in self._said if one.what == what and on_day_of(one.at, at))
        found = next(filter(None, (self.cite(one.file, one.spot) for one in telling)), None)
        return found or next(filter(None, (self._printing(file, at) for file in self._candidates(what, files))), None)

    def cite(self, file: str, spot: Spot) -> Citation | None:
        """The printed page of a place in a file, if it is in the bundle."""
        exhibit = self._plan.of_file(file)
        return exhibit.cite(spot.page, spot.height) if exhibit and spot.page in exhibit.source_pages else None

    def _candidates(self, what: str, files: tuple[str, ...]) -> list[FileFacts]:
        named = [f for name in files for f in self._facts if f.file == name]
        telling = {one.file for one in self._said if one.what == what}
        # A file that states the point says it once; other dates on its pages are of something else.
        by_kind = [f for kind in _PROOF.get(what, ()) for f in self._facts if f.kind == kind and f.file not in telling]
        return named + [f for f in by_kind if f not in named]

    def _printing(self, file: FileFacts, at: dt.datetime) -> Citation | None:
        own = (seen for seen in file.timestamps if not seen.desktop_clock and seen.box[1] < _FOOT)
        spot = next((Spot.of(seen) for seen in own if same_day(seen, at)), None)
        return self.cite(file.file, spot) if spot else None


def _of_evidence(case: Case, said: tuple[EvidenceEvent, ...], page: _Page) -> Iterator[_Point]:
    """What the evidence states and the case does not, each day once."""
    seen: set[tuple[str, str]] = set()
    days: dict[str, str] = {}
    for one in said:
        cited = page.cite(one.file, one.spot)
        if cited is None or (one.what, one.at[:10]) in seen or any(agrees(one, at) for at in dated(case, one.what)):
            continue
        seen.add((one.what, one.at[:10]))
        other_day = days.setdefault(one.what, one.at[:10]) != one.at[:10]
        yield _Point(what=one.what, at=one.at, cited=cited, differs=differs(case, one) or (other_day and alone(case)))


def _reversed(point: _Point, points: list[_Point]) -> bool:
    """Whether a point certainly stands before one that must precede it."""
    if point.what not in ORDER:
        return False
    latest = span(point.at)[1]
    before = ORDER[: ORDER.index(point.what)]
    return any(latest < span(other.at)[0] for other in points if other.what in before and not other.differs)


def build_timeline(case: Case, facts: tuple[FileFacts, ...], plan: BundlePlan) -> tuple[TimelinePoint, ...]:
    """Every dated point of case and evidence in time order; ``conflict`` marks those that cannot be true beside the others."""
    said = dated_statements(case, facts)
    page = _Page(facts, plan, said)
    points = [
        _Point(what=what, at=at.isoformat(), cited=page.of(what, at, files)) for what, at, files in _points(case) if at
    ]
    points += _of_evidence(case, said, page)
    return tuple(
        TimelinePoint(
            at=point.at,
            what=point.what,
            source="exhibit" if point.cited else "case",
            exhibit=point.cited.number if point.cited else None,
            page=point.cited.page if point.cited else None,
            conflict=point.differs or _reversed(point, points),
        )
        for point in sorted(points, key=lambda point: point.sorted_by)
    )
