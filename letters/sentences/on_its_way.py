"""What the buyer may know of the parcel: carrier, number, delivery, and where it may lie."""

from letters.letter_context import LetterContext
from letters.raw import Paragraphs, paragraph

_LOOKS = {"item_not_received", "lost_in_transit"}


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph on the latest parcel sent out."""
    parcels = [parcel for parcel in scene.case.parcels if parcel.direction != "return"]
    if not parcels:
        return []
    parcel, say = parcels[-1], scene.say
    carrier = scene.carrier(parcel.carrier)
    sent = number = arrived = look = None
    if parcel.dispatched_at:
        sent = scene.plain("buyer.sent", "fact", carrier=carrier, date=say.moment(parcel.dispatched_at))
    if parcel.tracking_number:
        number = scene.plain("buyer.number", "fact", number=parcel.tracking_number)
    covered = scene.covered("delivered")
    if parcel.delivered_at and not (covered and covered.status == "contradicted"):
        arrived = scene.plain("buyer.delivered", "fact", carrier=carrier, date=say.moment(parcel.delivered_at))
        look = scene.plain("buyer.look", "request") if scene.case.reason in _LOOKS else None
    return paragraph(sent, number, arrived, look)
