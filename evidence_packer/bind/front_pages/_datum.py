"""The datum behind a proved statement, in a few words: the number, the day, the town. Only what an exhibit prints.

A statement alone says "the parcel was delivered"; a reviewer with thirty seconds wants the number and the day beside it.
"""

from collections.abc import Callable

from casefile import text_folding
from casefile.coverage import PropositionCoverage
from casefile.fields.order import Parcel
from evidence_packer.bind.front_page import BundleView

_MOST = 2
"""So many numbers stand in one line; more are counted."""


def day_of(view: BundleView, *whats: str) -> str | None:
    """The day of the only point of this kind that an exhibit prints, or ``None``."""
    points = [point for point in view.timeline if point.what in whats and not point.conflict]
    days = {view.day(point.at) for point in points if point.exhibit is not None}
    return days.pop() if len(days) == 1 else None


def _outbound(view: BundleView) -> list[Parcel]:
    return [parcel for parcel in view.case.parcels if parcel.direction == "outbound"]


def _tracking(view: BundleView) -> str | None:
    read = {text_folding.number(seen.value) for file in view.facts for seen in file.tracking_numbers if seen.matches}
    own = [parcel.tracking_number for parcel in _outbound(view) if parcel.tracking_number]
    return _listed(view, [number for number in own if text_folding.number(number) in read])


def _listed(view: BundleView, values: list[str]) -> str | None:
    if len(values) > _MOST:
        return view.catalog.text("front.first_of", first=values[0], more=len(values) - 1)
    return view.catalog.text("front.list").join(values) or None


def _orders(view: BundleView) -> str | None:
    own = [view.case.order.id] if view.case.order and view.case.order.id else []
    return _listed(view, own or [line.id for line in view.case.orders if line.id])


def _town(view: BundleView) -> str | None:
    to = view.case.buyer.ship_to if view.case.buyer else None
    if to is None:
        return None
    read = {place.part for file in view.facts for place in file.places if place.matches}
    parts = (to.city if "city" in read else None, to.postal_code if "postal_code" in read else None)
    return " ".join(part for part in parts if part) or None


def _refund(view: BundleView) -> str | None:
    refunds = view.case.refunds
    amount = view.money(refunds[0].amount) if len(refunds) == 1 and refunds[0].amount else None
    return " · ".join(part for part in (amount, day_of(view, "refund", "remedy")) if part) or None


def _amount(view: BundleView) -> str | None:
    return view.money(view.amount) if view.amount else None


_SAYS: dict[str, Callable[[BundleView], str | None]] = {
    "tracking_number": _tracking,
    "delivered": lambda view: day_of(view, "delivered"),
    "delivered_date": lambda view: day_of(view, "delivered"),
    "dispatched_date": lambda view: day_of(view, "dispatched"),
    "order_id": _orders,
    "postal_code": _town,
    "refunded": _refund,
    "amount": _amount,
    "buyer_contact": lambda view: day_of(view, "contact_seller"),
}
"""How each datum that a platform's data can ask for reads."""


def datum(view: BundleView, covered: PropositionCoverage) -> str | None:
    """What was read for a shown statement; ``None`` for one that is only attached or has nothing short to say."""
    if covered.status != "shown":
        return None
    asked = [evidence for evidence in view.procedure.evidence if evidence.proposition == covered.proposition]
    data = dict.fromkeys(name for evidence in asked[:1] for name in evidence.data if name in _SAYS)
    said = [_SAYS[name](view) for name in data]
    return " · ".join(dict.fromkeys(text for text in said if text)) or None
