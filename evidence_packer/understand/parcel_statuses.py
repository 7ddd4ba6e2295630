"""What a file states of the case's own parcels, in the older words for it that timeline and checks go by. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from casefile.facts import Status, TrackingNumberSeen
from casefile.statement import AT_THE_BUYER, Fate, Statement

_STATUS: dict[str, Status] = {
    "info_received": "label_created", "accepted": "accepted", "in_transit": "in_transit",
    "out_for_delivery": "out_for_delivery", "available_for_pickup": "exception", "attempt_failed": "exception",
    "exception": "exception", "returning": "returned", "returned": "returned", "lost": "lost", "cancelled": "exception",
    "signed": "signed", "delivered": "delivered",
}  # fmt: skip
_HANDED_OVER = AT_THE_BUYER | {"neighbour", "locker", "pickup_point"}
"""To whom a parcel is delivered at all; at a pick-up point only what was taken from it is said to be delivered."""


def status_of(one: Statement) -> Status | None:
    """The status that a statement is; ``None`` for a delivery to somebody who is not the buyer."""
    if one.says == "delivered" and one.to not in _HANDED_OVER:
        return "in_transit"
    return _STATUS.get(one.says)


def told_of_ours(
    states: Iterable[Statement], fates: Sequence[Fate], numbers: Sequence[TrackingNumberSeen]
) -> Iterator[Statement]:
    """What is asserted of the case's own parcels, no messages; of a page without any of them, whatever it asserts.

    A delivery that has no time is left out where the parcel's fate is another or unclear.
    """
    own = {number.value for number in numbers if number.matches}
    known = {fate.of: fate for fate in fates}
    for one in states:
        of = one.about.id if one.about and one.about.what == "parcel" else None
        if not one.asserts or one.voice == "message" or (own and of is not None and of not in own):
            continue
        fate = known.get(of)
        ended = fate is not None and (fate.unclear or (one.at is None and fate.state != "delivered"))
        if not (ended and one.says in {"delivered", "signed"}):
            yield one
