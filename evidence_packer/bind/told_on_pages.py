"""What the front pages tell of cited pages: numbers, days, minutes, sums, places, each with the words it rests on. Pure."""

import datetime as dt
from collections.abc import Iterator

from casefile.anchors import Anchor
from casefile.as_printed import is_day_alone
from casefile.citation import Citation
from casefile.statement import Span
from evidence_packer.bind.front_page import BundleView


def told_on_pages(view: BundleView) -> Iterator[tuple[Citation, Span]]:
    """Every cited page with the words of each datum of the case that it prints: front pages say no other."""
    anchors = tuple(dict.fromkeys(_anchors(view)))
    for citation in sorted(set(_cited(view))):
        page = view.printed(citation)
        found = (page.find(anchor) for anchor in anchors) if page else ()
        yield from ((citation, span) for span in found if span)


def _cited(view: BundleView) -> Iterator[Citation]:
    for covered in view.coverage:
        yield from covered.exhibits if covered.status == "shown" else ()
    for point in view.timeline:
        if point.exhibit is not None and point.page is not None:
            yield Citation(number=point.exhibit, page=point.page)


def _anchors(view: BundleView) -> Iterator[Anchor]:
    """Whatever of the case a front page can say of a page."""
    case = view.case
    numbers = [case.order.id if case.order else None, *(line.id for line in case.orders)]
    numbers += [parcel.tracking_number for parcel in case.parcels]
    yield from (Anchor.number(number) for number in numbers if number)
    for point in view.timeline:
        at = dt.datetime.fromisoformat(point.at)
        yield Anchor.day(at)
        if point.has_time and not is_day_alone(at):
            yield Anchor.minute(at)
    sums = [view.amount, *(refund.amount for refund in case.refunds)]
    yield from (Anchor.amount(money) for money in sums if money)
    to = case.buyer.ship_to if case.buyer else None
    parts = (("city", to.city), ("postal_code", to.postal_code)) if to else ()
    yield from (Anchor(kind="place", value=f"{part}={value}") for part, value in parts if value)
