"""What a tracking page says happened when and where: each status of the case's parcels that has its time."""

from dataclasses import replace

from casefile.facts import EventSeen
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter, nothing
from evidence_packer.understand.parcel_statuses import status_of, told_of_ours


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``events``: one per status, moment and page, in reading order."""
    found: dict[tuple[int, str, str], EventSeen] = {}
    for one in told_of_ours(scene.found["states"], scene.found["fates"], scene.found["tracking_numbers"]):
        status = status_of(one)
        if status is None or one.at is None:
            continue
        event = EventSeen(status=status, at=one.at, place=one.place, box=one.box, page=one.page)
        key = (one.page, status, one.at)
        if (known := found.setdefault(key, event)).place is None:
            found[key] = replace(known, place=event.place)
    return {"events": tuple(found.values())}


INTERPRETER = Interpreter(
    name="events", interpret=_interpret, gives=("events",), needs=("states", "fates", "tracking_numbers"), reads=nothing
)
