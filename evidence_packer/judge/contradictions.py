"""Where an exhibit says the opposite of a delivery to the buyer: another postcode, another state, another signer. Pure."""

import re

from casefile.case import Case
from casefile.facts import FileFacts, Spot
from casefile.fields.files import Box
from casefile.fields.people import Address
from casefile.rules import Proof
from casefile.statement import Fate, Statement
from evidence_packer.judge.witness import Witness
from evidence_packer.understand.names import likeness

_US_PLACE = re.compile(r"(?P<city>[A-Za-z][A-Za-z .'-]+?),?\s+(?P<state>[A-Z]{2})(?![A-Za-z])(?:[,\s]+(?P<zip>\d{5}))?")


def against_delivery(rule: Proof, fate: Fate | None, witness: Witness) -> Spot | None:
    """Where the page places the delivery elsewhere than at the buyer's; ``None`` where it does not."""
    if set(rule.says) != {"delivered"}:
        return None
    if "address" in rule.data and (spot := _other_postcode(witness.facts)):
        return spot
    return _elsewhere(witness, fate) if fate else None


def _other_postcode(facts: FileFacts) -> Spot | None:
    return next((Spot.of(place) for place in facts.places if not place.matches and place.part == "postal_code"), None)


def _elsewhere(witness: Witness, fate: Fate) -> Spot | None:
    """A delivery in another state or postcode than the buyer's; other towns of one state count as the same."""
    buyer, told = witness.case.buyer, fate.decided_by
    address = buyer.ship_to if buyer else None
    if address is None or address.country != "US" or fate.state != "delivered":
        return None
    elsewhere = _is_elsewhere(told.place or "", address) or _line_elsewhere(witness.facts, told, address)
    return Spot.of(told) if elsewhere else None


def _line_elsewhere(facts: FileFacts, told: Statement, address: Address) -> bool:
    """Whether the line that states the delivery ends in a town with another ZIP code."""
    own = Spot.of(told)
    lines = (line.text for line in facts.texts if line.page == own.page and _holds(line.box, told.box))
    found = (match for text in lines if (match := _US_PLACE.search(text)) and match["zip"])
    return any(match["zip"] != (address.postal_code or match["zip"])[:5] for match in found)


def _holds(box: Box, part: Box) -> bool:
    return box[0] - 0.002 <= part[0] and part[2] <= box[2] + 0.002 and box[1] <= (part[1] + part[3]) / 2 <= box[3]


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
