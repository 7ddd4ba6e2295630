"""Where an exhibit says the opposite of a delivery to the buyer: another postcode, another state, another signer. Pure."""

import re

from casefile.case import Case
from casefile.facts import FileFacts, Spot
from casefile.fields.people import Address
from casefile.rules import Proof
from casefile.statement import Fate
from evidence_packer.judge.witness import Witness
from evidence_packer.understand.names import likeness

_US_PLACE = re.compile(r"(?P<city>[A-Za-z][A-Za-z .'-]+?),?\s+(?P<state>[A-Z]{2})(?![A-Za-z])(?:[,\s]+(?P<zip>\d{5}))?")


def against_delivery(rule: Proof, fate: Fate | None, witness: Witness) -> Spot | None:
    """Where the page places the delivery elsewhere than at the buyer's; ``None`` where it does not."""
    if set(rule.says) != {"delivered"}:
        return None
    if "address" in rule.data and (spot := _other_postcode(witness.facts)):
        return spot
    return _elsewhere(witness.case, fate) if fate else None


def _other_postcode(facts: FileFacts) -> Spot | None:
    return next((Spot.of(place) for place in facts.places if not place.matches and place.part == "postal_code"), None)


def _elsewhere(case: Case, fate: Fate) -> Spot | None:
    """A delivery in another state or postcode than the buyer's; other towns of one state count as the same."""
    address = case.buyer.ship_to if case.buyer else None
    place = fate.decided_by.place
    if address is None or address.country != "US" or fate.state != "delivered" or not place:
        return None
    return Spot.of(fate.decided_by) if _is_elsewhere(place, address) else None


def _is_elsewhere(place: str, address: Address) -> bool:
    match = _US_PLACE.search(place)
    if match is None:
        return False
    if match["zip"] and address.postal_code:
        return match["zip"] != address.postal_code[:5]
    return bool(address.region and len(address.region) == 2 and match["state"] != address.region.upper())


def signed_by_another(case: Case, facts: FileFacts) -> Spot | None:
    """Where somebody else than the buyer signed."""
    name = case.buyer.name if case.buyer else None
    signer = facts.stated("signer")
    if name is None or signer is None or likeness(signer.value, name) != "other":
        return None
    return Spot.of(signer)
