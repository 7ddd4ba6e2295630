"""Pages as pictures, for receivers that take no PDF: evidence pages, fitted into the bytes there are.

The first page, which says the case in thirty seconds, is file 1 where it takes no page's place that proves something.
"""

from casefile.delivery_ways import MAKES
from casefile.rules import Limits
from evidence_packer.bind.budget import kept
from evidence_packer.bind.delivery import Delivered, DeliveryOrder, DeliveryWay

_RUNGS = ((150, 88), (130, 82), (110, 76), (96, 70))
"""Dots per inch and JPEG quality, best first; below the last one small type can no longer be read."""


_ENGINE = {"jpg": "JPEG", "png": "PNG"}


def _form(limits: Limits) -> str:
    """The type of picture: JPEG, or PNG where that alone is taken."""
    return next(form for form in MAKES["page_images"] if form in limits.formats)


def _drawn(order: DeliveryOrder, pages: tuple[int, ...]) -> list[bytes]:
    """Pictures on the best rung that keeps every limit, else on the last."""
    limits, pictures = order.limits, list[bytes]()
    form = _ENGINE[_form(limits)]
    for dpi, quality in _RUNGS:
        dots = min(dpi, limits.max_dpi or dpi)
        pictures = [order.picture(order.index(page), dots, form, quality) for page in pages]
        if _within(order, pictures):
            break
    return pictures


def _within(order: DeliveryOrder, pictures: list[bytes]) -> bool:
    largest, whole = max(map(len, pictures), default=0), sum(map(len, pictures))
    limits = order.limits
    return largest <= (limits.max_file_bytes or largest) and whole <= (limits.max_total_bytes or whole)


def _opening(order: DeliveryOrder) -> tuple[int, ...]:
    """The first page, where the receiver takes more files than pages prove something."""
    proving = {row.exhibits[0].page for row in order.coverage if row.exhibits and row.status == "shown"}
    room = order.files is None or order.files > max(1, len(proving))
    return (1,) if order.front and room else ()


def _make(order: DeliveryOrder) -> tuple[Delivered, ...]:
    """The telling pages for which there is room; the least telling go first where the bytes are too few."""
    opening = _opening(order)
    ranked = order.ranked[: order.files - len(opening)] if order.files else order.ranked
    while True:
        pages = (*opening, *kept(ranked, None))
        pictures = _drawn(order, pages)
        if len(ranked) <= 1 or _within(order, pictures):
            break
        ranked = ranked[:-1]
    form = _form(order.limits)
    return tuple(
        Delivered(
            name=f"{order.stem('Page', number)}_{number:02d}.{form}", data=picture, format=form, pages=1,
            for_=f"page {page}", shows=(page,) if page > order.front else (),
        )
        for number, (page, picture) in enumerate(zip(pages, pictures, strict=True), start=1)
    )  # fmt: skip


WAY = DeliveryWay(name="page_images", make=_make, letter_goes_along=False)
