"""One file per evidence field is what the receiver asks for: the bundle fills the general field, the letter its own."""

from evidence_packer.delivery import Delivered, DeliveryOrder


def make(order: DeliveryOrder) -> tuple[Delivered, ...]:
    """The bundle for ``uncategorized_file``; its text goes into the text field, so no letter file is sent."""
    return (
        Delivered(
            name=f"{order.stem('Evidence', 1)}.pdf", data=order.bundle, format="pdf", pages=order.pages,
            for_="uncategorized_file",
        ),
    )  # fmt: skip
