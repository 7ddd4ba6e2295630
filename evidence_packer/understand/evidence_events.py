"""What the evidence itself says about the course of the order: who says what happened when, and where it stands. Pure.

Only what is ours counts: the parcel's own tracking page, the order's own page. A date that no label or status explains tells
nothing, and neither does the clock of a screen.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from casefile import text_folding
from casefile.case import Case
from casefile.facts import FileFacts, Spot
from casefile.fields.files import Kind
from evidence_packer.understand.moments import on_day_of, span

_PAPERS: frozenset[Kind] = frozenset({"tracking", "proof_of_delivery"})
_RECORDS: frozenset[Kind] = frozenset({"order_page", "erp_record", "invoice", "prior_orders", "refund_proof"})
_OF_FIELD = {"order_date": "order_placed", "shipped_at": "dispatched", "refund_date": "refund"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceEvent:
    """One dated statement of the evidence: ``what`` is a text key (``timeline.<what>``), ``at`` as the page prints it."""

    what: str
    at: str
    file: str
    spot: Spot


def outbound(case: Case, file: FileFacts) -> bool:
    """Whether the file shows the number of a parcel that went to the buyer."""
    back = [parcel.tracking_number for parcel in case.parcels if parcel.direction == "return"]
    back += [case.return_.tracking_number] if case.return_ else []
    returned = {text_folding.number(number) for number in back if number}
    return any(seen.matches and text_folding.number(seen.value) not in returned for seen in file.tracking_numbers)


def _of_parcel(case: Case, file: FileFacts) -> Iterator[EvidenceEvent]:
    """The first label, scan and return, and the last delivery of a carrier's page; of several, the one that the case means."""
    events = sorted(file.events, key=lambda event: event.at)
    for what, statuses, order in (
        ("label_created", ("label_created",), 1),
        ("first_scan", ("accepted",), 1),
        ("first_scan", ("in_transit", "out_for_delivery"), 1),
        ("delivery_failed", ("exception",), -1),
        ("delivered", ("delivered", "signed"), -1),
        ("returned", ("returned",), 1),
    ):
        if what == "first_scan" and statuses != ("accepted",) and _accepted(file):
            continue
        found = [
            EvidenceEvent(what=what, at=e.at, file=file.file, spot=Spot.of(e))
            for e in events[::order]
            if e.status in statuses
        ]
        meant = (one for one in found if any(agrees(one, at) for at in dated(case, what)))
        if found:
            yield next(meant, found[0])


def _accepted(file: FileFacts) -> bool:
    return any(event.status == "accepted" for event in file.events)


def _of_order(file: FileFacts) -> Iterator[EvidenceEvent]:
    for field, what in _OF_FIELD.items():
        seen = next((one for one in file.fields if one.name == field), None)
        if seen:
            yield EvidenceEvent(what=what, at=seen.value, file=file.file, spot=Spot.of(seen))


def dated(case: Case, what: str) -> list[dt.datetime]:
    """When the case says that something happened, of whichever parcel or order."""
    sent, orders = [parcel for parcel in case.parcels if parcel.direction == "outbound"], case.orders
    moments = {
        "order_placed": [case.order.placed_at if case.order else None],
        "dispatched": [*(one.dispatched_at for one in sent), *(one.dispatched_at for one in orders)],
        "first_scan": [*(one.first_scan_at for one in sent), *(one.first_scan_at for one in orders)],
        "delivered": [*(one.delivered_at for one in sent), *(one.delivered_at for one in orders)],
        "refund": [*(one.at for one in case.refunds), case.remedy.at if case.remedy else None],
    }
    return [at for at in moments.get(what, ()) if at]


def alone(case: Case) -> bool:
    """Whether the case is about one parcel, so that two days of one event cannot both be right."""
    return sum(parcel.direction != "return" for parcel in case.parcels) + len(case.orders) <= 1


def agrees(one: EvidenceEvent, at: dt.datetime) -> bool:
    """Whether a statement can mean the moment. Only a delivery is sure to be printed in the zone in which it happened."""
    first, last = span(one.at)
    return on_day_of(one.at, at) or (one.what != "delivered" and first <= at <= last)


def differs(case: Case, one: EvidenceEvent) -> bool:
    """Whether the case dates the same thing otherwise."""
    own = dated(case, one.what)
    return bool(own) and alone(case) and not any(agrees(one, at) for at in own)


def dated_statements(case: Case, facts: tuple[FileFacts, ...]) -> tuple[EvidenceEvent, ...]:
    """Every dated statement about our order, file by file."""
    found: list[EvidenceEvent] = []
    for file in facts:
        if file.kind in _PAPERS and outbound(case, file):
            found += _of_parcel(case, file)
        if file.kind in _RECORDS and any(seen.matches for seen in file.order_ids):
            found += _of_order(file)
    return tuple(found)
