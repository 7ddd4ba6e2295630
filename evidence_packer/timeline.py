"""The case in time: points from its facts, each tied to the exhibit page that prints the same day. Pure."""

import datetime as dt
from collections.abc import Iterator

from casefile.case import Case
from casefile.citation import BundlePlan, Citation
from casefile.coverage import TimelinePoint
from casefile.facts import FileFacts, Spot
from casefile.fields.files import Kind
from evidence_packer.moments import same_day

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

_ORDER = ("order_placed", "label_created", "dispatched", "first_scan", "delivered", "claim_opened")
"""Points that have to follow each other."""


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


def _page_of(
    what: str, at: dt.datetime, files: tuple[str, ...], facts: tuple[FileFacts, ...], plan: BundlePlan
) -> Citation | None:
    """The exhibit page that prints the day of a point: the files the case names first, then the kinds that can."""
    kinds = _PROOF.get(what, ())
    candidates = [f for name in files for f in facts if f.file == name]
    candidates += [f for kind in kinds for f in facts if f.kind == kind and f not in candidates]
    for file in candidates:
        exhibit = plan.of_file(file.file)
        spot = next((Spot.of(seen) for seen in file.timestamps if same_day(seen, at)), None)
        if exhibit and spot and spot.page in exhibit.source_pages:
            return exhibit.cite(spot.page, spot.height)
    return None


def draw(case: Case, facts: tuple[FileFacts, ...], plan: BundlePlan) -> tuple[TimelinePoint, ...]:
    """Every dated point of the case in time order; ``conflict`` marks one that stands before what must precede it."""
    dated = sorted(((at, what, files) for what, at, files in _points(case) if at), key=lambda point: point[0])
    ranks = [_ORDER.index(what) for _, what, _ in dated if what in _ORDER]
    found = []
    seen_ranks = 0
    for at, what, files in dated:
        conflict = False
        if what in _ORDER:
            conflict = any(later < _ORDER.index(what) for later in ranks[seen_ranks + 1 :])
            seen_ranks += 1
        cited = _page_of(what, at, files, facts, plan)
        found.append(
            TimelinePoint(
                at=at.isoformat(), what=what, source="exhibit" if cited else "case",
                exhibit=cited.number if cited else None, page=cited.page if cited else None, conflict=conflict,
            )
        )  # fmt: skip
    return tuple(found)
