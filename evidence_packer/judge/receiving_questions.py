"""The questions of grounds about how the buyer got the goods, used them, or was paid back one of two charges. Pure."""

import re
from collections.abc import Callable, Mapping

from casefile import text_folding
from casefile.fields.people import Address
from casefile.ground import Question
from evidence_packer.judge.footing import Answer, Footing


def _weighed_full(asked: Footing) -> Answer:
    """Whether the box is said to have been empty, and the carrier weighed it."""
    told = asked.case.claim.statement if asked.case.claim else None
    said = " ".join(told.values()) if isinstance(told, dict) else told or ""
    empty = any(re.search(one, said, re.IGNORECASE) for one in asked.matter.house.practice.words.empty)
    return empty and asked.received("weighed_full") is not None


def _duties(asked: Footing) -> Answer:
    """Whether the carrier names duties or taxes as the reason."""
    offered = asked.handover()
    words = asked.matter.house.practice.words.import_charges
    return offered is not None and any(word in offered.words.casefold() for word in words)


def _used_after(asked: Footing) -> Answer:
    opened = asked.claimed_at
    return opened is not None and any(one.at and one.at > opened for one in asked.case.access_log)


def _same_ip(asked: Footing) -> Answer:
    """Whether what was bought was used from the address from which it was ordered."""
    own = asked.case.buyer.ip if asked.case.buyer else None
    return own is not None and any(one.ip == own for one in asked.case.access_log)


def _duplicate_refunded(asked: Footing) -> Answer:
    """Whether one order was charged twice, and one of the two charges went back before the claim."""
    own = asked.case.order.id if asked.case.order else None
    opened = asked.claimed_at
    again = [one for one in asked.case.related_charges if one.order_id in {None, own} and one.amount]
    back = [one for one in asked.case.refunds if one.at and opened and one.at < opened]
    return any(one.amount == refund.amount for one in again for refund in back)


def _billing_is_delivery(asked: Footing) -> Answer:
    """Whether the order went to the very address that the card's bank knows."""
    buyer = asked.case.buyer
    to, bill = (buyer.ship_to, buyer.bill_to) if buyer else (None, None)
    return to is not None and bill is not None and bool(to.lines) and _place(to) == _place(bill)


def _place(address: Address) -> tuple[str, ...]:
    parts = (*address.lines, address.city, address.postal_code, address.country)
    return tuple(text_folding.squeezed(part or "") for part in parts)


RECEIVING: Mapping[Question, Callable[[Footing], Answer]] = {
    "collected": lambda asked: asked.received("collected") is not None,
    "redirected": lambda asked: asked.received("redirected") is not None,
    "in_person": lambda asked: asked.received("in_person") is not None,
    "weighed_full": _weighed_full,
    "duties_unpaid": _duties,
    "used": lambda asked: bool(asked.case.access_log),
    "used_after_claim": _used_after,
    "same_ip": _same_ip,
    "duplicate_refunded": _duplicate_refunded,
    "billing_is_delivery": _billing_is_delivery,
    "nothing_sent": lambda asked: not any(one.tracking_number or one.dispatched_at for one in asked.outbound),
}
"""How each of them is answered."""
