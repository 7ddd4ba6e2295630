"""What the evidence itself says about the course of the order: who says what happened when, of which parcel, and where. Pure.

Only what is ours counts: the parcel's own steps, the order's own page. A date that no label or statement explains tells nothing,
and neither does the clock of a screen.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casefile import text_folding
from casefile.case import Case
from casefile.facts import FileFacts, Spot
from casefile.fields.files import Kind
from casefile.statement import ParcelState, Statement
from evidence_packer.judge.parcel_fates import fates_of, is_open, same_number, states_of
from evidence_packer.judge.subjects import sent_out
from evidence_packer.understand.moments import on_day_of, span

_PAPERS: frozenset[Kind] = frozenset({"tracking", "proof_of_delivery"})
_RECORDS: frozenset[Kind] = frozenset({"order_page", "erp_record", "invoice", "prior_orders", "refund_proof"})
_OF_FIELD = {"order_date": "order_placed", "shipped_at": "dispatched", "refund_date": "refund"}
_STEPS: tuple[tuple[str, tuple[ParcelState, ...], int], ...] = (
    ("label_created", ("info_received",), 1),
    ("first_scan", ("accepted",), 1),
    ("first_scan", ("in_transit", "out_for_delivery"), 1),
    ("delivery_failed", ("attempt_failed", "exception"), -1),
    ("delivered", ("delivered",), -1),
    ("returned", ("returned",), 1),
)
"""What a step is called in the timeline, and whether the first or the last of its kind counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceEvent:
    """One dated statement of the evidence: ``what`` is a text key (``timeline.<what>``), ``at`` as the page prints it.

    ``of``: the parcel's number as the case writes it.
    """

    what: str
    at: str
    file: str
    spot: Spot
    of: str | None = None


def returned_numbers(case: Case) -> frozenset[str]:
    """The numbers, folded, of parcels that came back."""
    back = [parcel.tracking_number for parcel in case.parcels if parcel.direction == "return"]
    back += [case.return_.tracking_number] if case.return_ else []
    return frozenset(text_folding.number(number) for number in back if number)


def outbound(case: Case, file: FileFacts) -> bool:
    """Whether the file shows the number of a parcel that went to the buyer."""
    returned = returned_numbers(case)
    return any(seen.matches and text_folding.number(seen.value) not in returned for seen in file.tracking_numbers)


def _shown(case: Case, file: FileFacts) -> tuple[str, ...]:
    """The case's numbers, as it writes them, of the parcels and orders sent out that the file shows."""
    known = [parcel.tracking_number for parcel in sent_out(case)] + [order.tracking_number for order in case.orders]
    read = {text_folding.number(seen.value) for seen in file.tracking_numbers if seen.matches}
    return tuple(dict.fromkeys(number for number in known if number and text_folding.number(number) in read))


def steps(case: Case, file: FileFacts) -> Iterator[tuple[str | None, tuple[Statement, ...]]]:
    """(number, its dated statements) of each of our parcels on a carrier's page; a page of one parcel speaks of that one."""
    shown = _shown(case, file)
    for number in shown or (None,):
        told = [
            one
            for one in states_of(file)
            if one.at and (same_number(named, number) if (named := _named(one)) else len(shown) < 2)
        ]
        yield number, tuple(sorted(told, key=lambda one: str(one.at)))


def _named(one: Statement) -> str | None:
    return one.about.id if one.about and one.about.what == "parcel" else None


def _of_parcel(case: Case, file: FileFacts, number: str | None, told: Sequence[Statement]) -> Iterator[EvidenceEvent]:
    """The first label, scan and return, and the last delivery; of several, the one that the case means."""
    unclear = any(is_open(fate) for fate in fates_of(file) if fate.of is None or same_number(fate.of, number))
    accepted = any(one.says == "accepted" for one in told)
    for what, says, order in _STEPS:
        if (what == "first_scan" and says != ("accepted",) and accepted) or (what == "delivered" and unclear):
            continue
        found = [
            EvidenceEvent(what=what, at=str(one.at), file=file.file, spot=Spot.of(one), of=number)
            for one in told[::order]
            if one.says in says
        ]
        meant = (one for one in found if any(agrees(one, at) for at in dated(case, what, number)))
        if found:
            yield next(meant, found[0])


def _of_order(file: FileFacts) -> Iterator[EvidenceEvent]:
    for field, what in _OF_FIELD.items():
        seen = next((one for one in file.fields if one.name == field), None)
        if seen:
            yield EvidenceEvent(what=what, at=seen.value, file=file.file, spot=Spot.of(seen))


def dated(case: Case, what: str, of: str | None = None) -> list[dt.datetime]:
    """When the case says that something happened: of parcel ``of``, or of whichever parcel or order."""
    own = [parcel for parcel in sent_out(case) if of is None or same_number(parcel.tracking_number, of)]
    orders = [order for order in case.orders if of is None or same_number(order.tracking_number, of)]
    moments = {
        "order_placed": [case.order.placed_at if case.order else None],
        "dispatched": [*(one.dispatched_at for one in own), *(one.dispatched_at for one in orders)],
        "first_scan": [*(one.first_scan_at for one in own), *(one.first_scan_at for one in orders)],
        "delivered": [*(one.delivered_at for one in own), *(one.delivered_at for one in orders)],
        "refund": [*(one.at for one in case.refunds), case.remedy.at if case.remedy else None],
    }
    return [at for at in moments.get(what, ()) if at]


def alone(case: Case) -> bool:
    """Whether the case is about one parcel, so that two days of one event cannot both be right."""
    return len([parcel for parcel in case.parcels if parcel.direction != "return"]) + len(case.orders) <= 1


def agrees(one: EvidenceEvent, at: dt.datetime) -> bool:
    """Whether a statement can mean the moment. Only a delivery is sure to be printed in the zone in which it happened."""
    first, last = span(one.at)
    return on_day_of(one.at, at) or (one.what != "delivered" and first <= at <= last)


def differs(case: Case, one: EvidenceEvent) -> bool:
    """Whether the case dates the same thing of the same parcel otherwise."""
    own = dated(case, one.what, one.of)
    return bool(own) and (one.of is not None or alone(case)) and not any(agrees(one, at) for at in own)


def dated_statements(case: Case, facts: tuple[FileFacts, ...]) -> tuple[EvidenceEvent, ...]:
    """Every dated statement about our order, file by file."""
    found: list[EvidenceEvent] = []
    for file in facts:
        if file.kind in _PAPERS and outbound(case, file):
            for number, told in steps(case, file):
                found += _of_parcel(case, file, number, told)
        if file.kind in _RECORDS and any(seen.matches for seen in file.order_ids):
            found += _of_order(file)
    return tuple(found)
