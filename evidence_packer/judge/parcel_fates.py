"""What a file says became of a parcel: its statements folded in time. Pure.

The interpreters fold them where a page states what it says of whom. A file that only names events and words is folded here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from casefile import text_folding
from casefile.facts import FileFacts, Status
from casefile.fields.files import Box
from casefile.statement import PARCEL_STATES, Fate, ParcelState, Recipient, Span, Statement

_STATE: Mapping[Status, ParcelState] = {
    "delivered": "delivered", "signed": "delivered", "in_transit": "in_transit", "out_for_delivery": "out_for_delivery",
    "label_created": "info_received", "accepted": "accepted", "exception": "exception", "returned": "returned", "lost": "lost",
}  # fmt: skip
_TO: Mapping[str, Recipient] = {
    "locker": "locker", "neighbour": "neighbour", "reception": "reception", "po_box": "mailbox",
}  # fmt: skip
_UNDONE = frozenset({"returned", "lost", "exception"})
_RANK: tuple[ParcelState, ...] = (
    "delivered", "returned", "lost", "exception", "out_for_delivery", "in_transit", "accepted", "info_received",
)  # fmt: skip
"""Which of several words without a time counts."""
_MINUTE = len("2026-11-02T14:22")
MOVED: frozenset[str] = frozenset({
    "accepted", "in_transit", "out_for_delivery", "available_for_pickup", "attempt_failed", "delivered", "exception",
    "returning", "returned", "lost",
})  # fmt: skip
"""States in which the carrier has, or had, the parcel."""


def states_of(file: FileFacts) -> tuple[Statement, ...]:
    """What the file says of parcels in voices that assert."""
    return tuple(one for one in file.states if one.asserts) if file.states or file.fates else tuple(_told(file))


def fates_of(file: FileFacts) -> tuple[Fate, ...]:
    """What the file says became of each parcel."""
    if file.states or file.fates:
        return file.fates
    told = tuple(_told(file))
    decided = _last(told)
    return (Fate(of=None, state=decided.says, decided_by=decided, to=decided.to),) if decided else ()  # type: ignore[arg-type]  # a state


def _span(file: FileFacts, text: str, page: int, box: Box) -> Span:
    return Span(file=file.file, page=page, box=box, text=text)


def _told(file: FileFacts) -> Iterator[Statement]:
    """Events and words as statements."""
    to = next((_TO[seen.what] for seen in file.delivery_places if seen.what in _TO), None)
    dated = {(event.page, event.box) for event in file.events}
    for event in file.events:
        if (state := _STATE.get(event.status)) is not None:
            span = _span(file, event.status, event.page, event.box)
            yield Statement(
                says=state,
                voice="event",
                span=span,
                at=event.at,
                place=event.place,
                to=to if state == "delivered" else None,
            )
    for seen in file.statuses:
        if (state := _STATE.get(seen.status)) is not None and (seen.page, seen.box) not in dated:
            span = _span(file, seen.text, seen.page, seen.box)
            yield Statement(says=state, voice="headline", span=span, to=to if state == "delivered" else None)


def _by_time(one: Statement) -> tuple[str, bool]:
    """Later moments last; of one moment, the delivery: a page names what went before beside it."""
    return str(one.at)[:_MINUTE], one.says == "delivered"


def _last(told: Iterable[Statement]) -> Statement | None:
    """The last decisive statement; a failed attempt is overcome by what came later, or by a delivery without its time."""
    known = tuple(told)
    events = sorted((one for one in known if one.at), key=_by_time)
    words = [one for one in known if not one.at]
    delivered = next((one for one in words if one.says == "delivered"), None)
    decisive = [one for one in events if one.says in _UNDONE or one.says == "delivered"]
    if decisive:
        last = decisive[-1]
        later = [one for one in events if _by_time(one)[0] > _by_time(last)[0]]
        return (later[-1] if later else delivered or last) if last.says == "exception" else last
    if delivered:
        return delivered
    best = min(words, key=lambda one: _RANK.index(one.says), default=None)
    return best if best and best.says in _UNDONE else events[-1] if events else best


def meanings(fate: Fate) -> tuple[Fate, ...]:
    """The fates that an unclear one can mean; a clear one means itself."""
    other = fate.against
    if not fate.unclear or other is None or other.says not in PARCEL_STATES:
        return (fate,)
    said = replace(fate, unclear=False, against=None)
    return said, replace(said, state=other.says, decided_by=other, to=other.to)  # type: ignore[arg-type]  # a state


def is_open(fate: Fate) -> bool:
    """Whether a person has to look: the two things that a page says of the parcel are not one."""
    states = {one.state for one in meanings(fate)}
    waits = states <= {"delivered", "available_for_pickup"} and fate.to in {"pickup_point", "locker"}
    return fate.unclear and (fate.against is None or (len(states) > 1 and not waits))


def same_number(one: str | None, other: str | None) -> bool:
    """Whether two numbers are one, as they are read."""
    return bool(one and other) and text_folding.number(one or "") == text_folding.number(other or "")
