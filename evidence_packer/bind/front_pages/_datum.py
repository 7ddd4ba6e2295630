"""The datum behind a proved statement, in a few words: the number, the day, the town. Only what the page beside it prints.

A statement alone says "the parcel was delivered"; a reviewer with thirty seconds wants the number and the day beside it.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from casefile.anchors import Anchor, PrintedPage
from casefile.coverage import PropositionCoverage
from casefile.fields.order import Parcel
from evidence_packer.bind.front_page import BundleView

_MOST = 2
"""So many numbers stand in one line; more are counted."""
_Say = Callable[[BundleView, PrintedPage], str | None]
"""A datum in words, as far as this page prints it."""


def day_of(view: BundleView, page: PrintedPage, *whats: str) -> str | None:
    """The day of the only point of these kinds that the page prints, or ``None``."""
    points = [point for point in view.timeline if point.what in whats and not point.conflict]
    moments = {point.at[:10]: point.at for point in points if point.exhibit is not None}
    printed = [at for day, at in moments.items() if page.find(Anchor.day(dt.date.fromisoformat(day)))]
    return view.day(printed[0]) if len(printed) == 1 else None


def _outbound(view: BundleView) -> list[Parcel]:
    return [parcel for parcel in view.case.parcels if parcel.direction == "outbound"]


def _tracking(view: BundleView, page: PrintedPage) -> str | None:
    return _listed(view, page, [parcel.tracking_number for parcel in _outbound(view)])


def _listed(view: BundleView, page: PrintedPage, numbers: Iterable[str | None]) -> str | None:
    values = [number for number in numbers if number and page.find(Anchor.number(number))]
    if len(values) > _MOST:
        return view.catalog.text("front.first_of", first=values[0], more=len(values) - 1)
    return view.catalog.text("front.list").join(values) or None


def _orders(view: BundleView, page: PrintedPage) -> str | None:
    own = [view.case.order.id] if view.case.order and view.case.order.id else []
    return _listed(view, page, own or [line.id for line in view.case.orders])


def _town(view: BundleView, page: PrintedPage) -> str | None:
    to = view.case.buyer.ship_to if view.case.buyer else None
    if to is None:
        return None
    parts = (("city", to.city), ("postal_code", to.postal_code))
    read = [value for part, value in parts if value and page.find(Anchor(kind="place", value=f"{part}={value}"))]
    return " ".join(read) or None


def _refund(view: BundleView, page: PrintedPage) -> str | None:
    sums = [refund.amount for refund in view.case.refunds if refund.amount]
    read = [view.money(money) for money in sums if len(sums) == 1 and page.find(Anchor.amount(money))]
    return " · ".join(part for part in (*read, day_of(view, page, "refund", "remedy")) if part) or None


def _amount(view: BundleView, page: PrintedPage) -> str | None:
    return view.money(view.amount) if view.amount and page.find(Anchor.amount(view.amount)) else None


def _day(*whats: str) -> _Say:
    return lambda view, page: day_of(view, page, *whats)


_SAYS: dict[str, _Say] = {
    "tracking_number": _tracking,
    "delivered": _day("delivered"),
    "delivered_date": _day("delivered"),
    "dispatched_date": _day("dispatched"),
    "order_id": _orders,
    "postal_code": _town,
    "refunded": _refund,
    "amount": _amount,
    "buyer_contact": _day("contact_seller"),
}
"""How each datum that a platform's data can ask for reads."""
_OF = {
    "delivered": ("tracking_number", "delivered"),
    "signed_for": ("tracking_number", "delivered"),
    "delivered_to_address": ("postal_code",),
    "handed_to_carrier": ("tracking_number",),
    "label_scanned": ("tracking_number", "dispatched_date"),
    "dispatched": ("dispatched_date",),
    "dispatched_on_time": ("dispatched_date",),
    "order_placed": ("order_id", "amount"),
    "tracking_is_ours": ("tracking_number", "order_id"),
    "refund_made": ("refunded",),
    "settlement_made": ("refunded",),
    "buyer_answered": ("buyer_contact",),
}
"""What a reviewer wants beside a proposition, besides what its rule asks for."""


def datum(view: BundleView, covered: PropositionCoverage, page: PrintedPage | None) -> str | None:
    """What the page prints for a shown statement; ``None`` for one that is only attached or has nothing short to say."""
    if covered.status == "described":
        return view.catalog.text("coverage.described")
    if covered.status != "shown" or page is None:
        return None
    return " · ".join(printed(view, covered, page)) or None


def printed(view: BundleView, covered: PropositionCoverage, page: PrintedPage) -> tuple[str, ...]:
    """Each datum of a proposition that the page prints."""
    asked = [evidence for evidence in view.procedure.evidence if evidence.proposition == covered.proposition]
    names = (*_OF.get(covered.proposition, ()), *(name for evidence in asked[:1] for name in evidence.data))
    said = [_SAYS[name](view, page) for name in dict.fromkeys(names) if name in _SAYS]
    return tuple(dict.fromkeys(text for text in said if text))
