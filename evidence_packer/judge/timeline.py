"""The case in time: points from its facts and from the evidence, each tied to the exhibit page that prints it. Pure.

A point of the case is cited where a page prints its day. What only the evidence states becomes a point of its own; where it tells
another day than the case, or something stands before what must precede it, the point is marked as a conflict.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from casefile import as_printed
from casefile.case import Case
from casefile.citation import BundlePlan, Citation
from casefile.coverage import TimelinePoint
from casefile.facts import FileFacts, Spot, TimestampSeen
from casefile.fields.files import Kind
from evidence_packer.judge.evidence_events import EvidenceEvent, agrees, alone, dated, dated_statements, differs
from evidence_packer.judge.parcel_fates import same_number
from evidence_packer.judge.subjects import sent_out
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
    "remedy_received": ("reshipment_proof", "proof_of_delivery", "tracking", "messages"),
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
    of: str | None = None

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A point of the case: what, when, files named for it, and the parcel it is of."""

    what: str
    at: dt.datetime
    files: tuple[str, ...] = ()
    of: str | None = None


def _points(case: Case) -> Iterator[_Told]:
    """Everything that the case can date."""
    for what, at, files in (*_order_points(case), *_claim_points(case), *_money_points(case)):
        if at:
            yield _Told(what=what, at=at, files=files)
    for parcel in sent_out(case):
        number = parcel.tracking_number
        for what, at in (
            ("dispatched", parcel.dispatched_at),
            ("first_scan", parcel.first_scan_at),
            ("delivered", parcel.delivered_at),
        ):
            if at:
                yield _Told(what=what, at=at, of=number)


def _order_points(case: Case) -> Iterator[tuple[str, dt.datetime | None, tuple[str, ...]]]:
    if case.order:
        yield "order_placed", case.order.placed_at, ()


def _money_points(case: Case) -> Iterator[tuple[str, dt.datetime | None, tuple[str, ...]]]:
    if case.remedy and case.remedy.status == "done":
        yield "remedy", case.remedy.at, case.remedy.files
        yield "remedy_received", case.remedy.received_at, case.remedy.files
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

    def of(self, point: _Told) -> Citation | None:
        """The page that states a point itself, else one that prints its day: of the files the case names, then by kind.

        A page that prints the minute comes before one that prints only the day.
        """
        telling = [one for one in self._said if self._states(one, point)]
        telling.sort(key=lambda one: not _same_minute(one.at, point.at))
        found = next(filter(None, (self.cite(one.file, one.spot) for one in telling)), None)
        return found or next(filter(None, (self._printing(file, point) for file in self._candidates(point))), None)

    def _states(self, one: EvidenceEvent, point: _Told) -> bool:
        same = one.of is None or point.of is None or same_number(one.of, point.of)
        return one.what == point.what and same and on_day_of(one.at, point.at)

    def cite(self, file: str, spot: Spot) -> Citation | None:
        """The printed page of a place in a file, if it is in the bundle."""
        exhibit = self._plan.of_file(file)
        return exhibit.cite(spot.page, spot.height) if exhibit and spot.page in exhibit.source_pages else None

    def _candidates(self, point: _Told) -> list[FileFacts]:
        named = [f for name in point.files for f in self._facts if f.file == name]
        telling = {one.file for one in self._said if one.what == point.what}
        # A file that states the point says it once; other dates on its pages are of something else.
        by_kind = [
            f for kind in _PROOF.get(point.what, ()) for f in self._facts if f.kind == kind and f.file not in telling
        ]
        found = named + [f for f in by_kind if f not in named and not _of_another(f, point.of)]
        return sorted(found, key=lambda file: not any(_prints_minute(seen, point.at) for seen in file.timestamps))

    def _printing(self, file: FileFacts, point: _Told) -> Citation | None:
        own = [seen for seen in file.timestamps if not seen.desktop_clock and seen.box[1] < _FOOT]
        own.sort(key=lambda seen: not _prints_minute(seen, point.at))
        spot = next((Spot.of(seen) for seen in own if same_day(seen, point.at)), None)
        return self.cite(file.file, spot) if spot else None


def _prints_minute(seen: TimestampSeen, at: dt.datetime) -> bool:
    return seen.at is not None and seen.has_time and same_day(seen, at) and _same_minute(seen.at, at)


def _same_minute(printed: str, at: dt.datetime) -> bool:
    """Whether ``printed`` tells the minute of ``at``, in its own zone or, without one, in that of ``at``."""
    if "T" not in printed:
        return False
    moment = dt.datetime.fromisoformat(printed)
    local = moment.astimezone(at.tzinfo) if moment.tzinfo else moment
    return (local.hour, local.minute) == (at.hour, at.minute)


def _of_another(file: FileFacts, number: str | None) -> bool:
    """Whether a file shows parcels of the case, and this one is not among them."""
    shown = [seen.value for seen in file.tracking_numbers if seen.matches]
    return bool(number and shown) and not any(same_number(one, number) for one in shown)


def _of_evidence(case: Case, said: tuple[EvidenceEvent, ...], page: _Page) -> Iterator[_Point]:
    """What the evidence states and the case does not, each day of each parcel once."""
    seen: set[tuple[str, str | None, str]] = set()
    days: dict[tuple[str, str | None], str] = {}
    for one in said:
        cited = page.cite(one.file, one.spot)
        known = dated(case, one.what, one.of)
        if cited is None or (one.what, one.of, one.at[:10]) in seen or any(agrees(one, at) for at in known):
            continue
        seen.add((one.what, one.of, one.at[:10]))
        other_day = days.setdefault((one.what, one.of), one.at[:10]) != one.at[:10]
        conflict = differs(case, one) or (other_day and (one.of is not None or alone(case)))
        yield _Point(what=one.what, at=one.at, cited=cited, differs=conflict, of=one.of)


def _reversed(point: _Point, points: list[_Point]) -> bool:
    """Whether a point certainly stands before one that must precede it."""
    if point.what not in ORDER:
        return False
    latest = span(point.at)[1]
    before = ORDER[: ORDER.index(point.what)]
    others = (other for other in points if other.what in before and not other.differs)
    same = (other for other in others if not (point.of and other.of) or same_number(point.of, other.of))
    return any(latest < span(other.at)[0] for other in same)


def build_timeline(case: Case, facts: tuple[FileFacts, ...], plan: BundlePlan) -> tuple[TimelinePoint, ...]:
    """Every dated point of case and evidence in time order; ``conflict`` marks those that cannot be true beside the others."""
    said = dated_statements(case, facts)
    page = _Page(facts, plan, said)
    points = [
        _Point(what=told.what, at=as_printed.told(told.at), cited=page.of(told), of=told.of) for told in _points(case)
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
            of=point.of,
        )
        for point in sorted(points, key=lambda point: point.sorted_by)
    )
