"""One PDF with everything, and the letter as a file beside it."""

from evidence_packer.delivery import Delivered, DeliveryOrder


def make(order: DeliveryOrder) -> tuple[Delivered, ...]:
    """The bundle first, then the letter."""
    bundle = Delivered(
        name=f"{order.stem('Evidence', 1)}.pdf", data=order.bundle, format="pdf", pages=order.pages, for_="evidence"
    )
    if not order.letter_needed:
        return (bundle,)
    letter = Delivered(
        name=f"{order.stem('Letter', 1)}.pdf", data=order.letter, format="pdf", pages=order.letter_pages, for_="letter"
    )
    return bundle, letter
