"""Pages as pictures, for receivers that take no PDF: evidence pages only, fitted into the bytes there are."""

from evidence_packer.delivery import Delivered, DeliveryOrder

_RUNGS = ((150, 88), (130, 82), (110, 76), (96, 70))
"""Dots per inch and JPEG quality, best first; below the last one small type can no longer be read."""


def _shown(order: DeliveryOrder) -> list[int]:
    """Page indexes to send: every exhibit page that fits the number of files, else the first ones."""
    exhibits = list(range(order.front, order.pages))
    return exhibits[: order.limits.max_files] if order.limits.max_files else exhibits


def make(order: DeliveryOrder) -> tuple[Delivered, ...]:
    """JPEG pictures on the best rung that keeps every limit; the last rung when none does, for the checks to tell."""
    pages = _shown(order)
    pictures: list[bytes] = []
    for dpi, quality in _RUNGS:
        pictures = [order.picture(page, dpi, "JPEG", quality) for page in pages]
        largest = max(map(len, pictures), default=0)
        whole = sum(map(len, pictures))
        if largest <= (order.limits.max_file_bytes or largest) and whole <= (order.limits.max_total_bytes or whole):
            break
    return tuple(
        Delivered(
            name=f"{order.stem('Page', number)}_{number:02d}.jpg", data=picture, format="jpg", pages=1,
            for_=f"page {page - order.front + 1}",
        )
        for number, (page, picture) in enumerate(zip(pages, pictures, strict=True), start=1)
    )  # fmt: skip
