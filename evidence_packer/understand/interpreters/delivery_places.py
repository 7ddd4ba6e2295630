"""Where a parcel was left, when not with the buyer: locker, neighbour, reception. It is not the same as received."""

from casefile.facts import DeliveryPlaceSeen
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter, nothing
from evidence_packer.understand.parcel_statuses import told_of_ours

_PLACES = frozenset({"locker", "neighbour", "reception"})


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``delivery_places``, each kind at most once a page."""
    found: dict[tuple[str, int], DeliveryPlaceSeen] = {}
    for one in told_of_ours(scene.found["states"], scene.found["fates"], scene.found["tracking_numbers"]):
        if one.to in _PLACES:
            seen = DeliveryPlaceSeen(what=str(one.to), text=one.span.text, box=one.box, page=one.page)
            found.setdefault((seen.what, one.page), seen)
    return {"delivery_places": tuple(found.values())}


INTERPRETER = Interpreter(
    name="delivery_places",
    interpret=_interpret,
    gives=("delivery_places",),
    needs=("states", "fates", "tracking_numbers"),
    reads=nothing,
)
