"""Where an exhibit says the opposite of what it should prove: returned, failed, delivered elsewhere, signed by another. Pure."""

import re

from casefile.case import Case
from casefile.facts import EventSeen, FileFacts, Spot
from casefile.fields.people import Address
from evidence_packer.understand.names import likeness

_UNDONE = frozenset({"returned", "lost", "exception"})
_DONE = frozenset({"delivered", "signed"})
_US_PLACE = re.compile(r"(?P<city>[A-Za-z][A-Za-z .'-]+?),?\s+(?P<state>[A-Z]{2})(?![A-Za-z])(?:[,\s]+(?P<zip>\d{5}))?")


def contradicted(case: Case, facts: FileFacts, data: tuple[str, ...]) -> Spot | None:
    """The place of the first statement against one of ``data``, or ``None``."""
    found: list[Spot | None] = []
    if "postal_code" in data:
        found += [_other_postcode(facts), _elsewhere(case, facts)]
    if {"delivered", "delivered_date"} & set(data):
        found += [_undelivered(facts), _elsewhere(case, facts)]
    if "signed" in data:
        found.append(_signed_by_another(case, facts))
    return next((spot for spot in found if spot), None)


def _other_postcode(facts: FileFacts) -> Spot | None:
    return next((Spot.of(place) for place in facts.places if not place.matches and place.part == "postal_code"), None)


def _undelivered(facts: FileFacts) -> Spot | None:
    """Where the parcel's last known fate is another than delivery."""
    fates = [event for event in facts.events if event.status in _UNDONE | _DONE]
    if fates:
        last = max(fates, key=_by_day)
        return None if last.status in _DONE or _overcome(last, facts) else Spot.of(last)
    if any(seen.status in _DONE for seen in facts.statuses):
        return None
    return next((Spot.of(seen) for seen in facts.statuses if seen.status in _UNDONE), None)


def _overcome(event: EventSeen, facts: FileFacts) -> bool:
    """Whether a failed attempt was not the end: the parcel moved on, or the page states a delivery without its time."""
    if event.status != "exception":
        return False
    delivered = any(seen.status in _DONE for seen in facts.statuses)
    return delivered or any(later.at[:16] > event.at[:16] for later in facts.events)


def _by_day(event: EventSeen) -> tuple[str, bool]:
    """Later moments last; of one moment, the delivery: a page names what went before beside it."""
    return event.at[:16], event.status in _DONE


def _elsewhere(case: Case, facts: FileFacts) -> Spot | None:
    """A delivery in another state or postcode than the buyer's; other towns of one state count as the same."""
    address = case.buyer.ship_to if case.buyer else None
    if address is None or address.country != "US":
        return None
    delivered = (event for event in facts.events if event.status == "delivered" and event.place)
    return next((Spot.of(event) for event in delivered if _is_elsewhere(str(event.place), address)), None)


def _is_elsewhere(place: str, address: Address) -> bool:
    match = _US_PLACE.search(place)
    if match is None:
        return False
    if match["zip"] and address.postal_code:
        return match["zip"] != address.postal_code[:5]
    return bool(address.region and len(address.region) == 2 and match["state"] != address.region.upper())


def _signed_by_another(case: Case, facts: FileFacts) -> Spot | None:
    name = case.buyer.name if case.buyer else None
    signer = facts.stated("signer")
    if name is None or signer is None or likeness(signer.value, name) != "other":
        return None
    return Spot.of(signer)
