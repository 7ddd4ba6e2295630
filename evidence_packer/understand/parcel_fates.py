"""What became of each parcel as one file tells it: its statements folded in time. Pure.

The last decisive event is the state. A word without a time never outweighs one with it: where a headline says something else than
the last event, the fate is unclear, and a person is asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from casefile.statement import PARCEL_STATES, Fate, ParcelState, Recipient, Statement

DECISIVE: frozenset[str] = frozenset({
    "delivered", "available_for_pickup", "attempt_failed", "exception", "returning", "returned", "lost", "cancelled",
})  # fmt: skip
"""States that stand until another takes their place; the others are stations on the way."""
_ORDER = (
    "info_received", "accepted", "in_transit", "out_for_delivery", "exception", "attempt_failed", "available_for_pickup",
    "cancelled", "lost", "returning", "returned", "delivered",
)  # fmt: skip
"""Of one moment the later of these came last: a page names what went before beside a delivery."""
_ELSEWHERE: tuple[Recipient, ...] = ("agent", "pickup_point", "locker", "neighbour", "facility", "sender")
_SAME_DAY = 10


def fates(statements: Iterable[Statement]) -> tuple[Fate, ...]:
    """One for each parcel of which a page states something, in the order of their first statement.

    Only what asserts counts, and no messages: what people write about a parcel is not what became of it.
    """
    told: dict[str | None, list[Statement]] = {}
    for one in statements:
        if one.asserts and one.voice != "message" and one.says in PARCEL_STATES:
            about = one.about
            of = about.id if about and about.what == "parcel" else None
            told.setdefault(of, []).append(one)
    return tuple(_fate(of, said) for of, said in told.items())


def _fate(of: str | None, said: Sequence[Statement]) -> Fate:
    events = sorted((one for one in said if one.at), key=_when)
    undated = [one for one in said if not one.at]
    if not events:
        return _of_words(of, undated)
    last = events[-1]
    decided = last
    if last.says not in DECISIVE:
        delivered = [one for one in events if one.says == "delivered"]
        decided = delivered[-1] if delivered else last
    against = _later(decided, events) or _same_day(decided, events) or _headline(decided, undated)
    return _made(of, decided, said, against)


def _when(one: Statement) -> tuple[str, int, int]:
    at = str(one.at)
    return at[:16], len(at) > _SAME_DAY, _ORDER.index(one.says)


def _later(decided: Statement, events: Sequence[Statement]) -> Statement | None:
    """A station on the way on a day after a delivery."""
    after = (one for one in events if str(one.at)[:_SAME_DAY] > str(decided.at)[:_SAME_DAY])
    return next((one for one in after if one.says in {"out_for_delivery", "in_transit"}), None)


def _same_day(decided: Statement, events: Sequence[Statement]) -> Statement | None:
    """Another decisive state of the same day, where one of the two prints no hour: nobody knows which came last."""
    for one in events:
        same = str(one.at)[:_SAME_DAY] == str(decided.at)[:_SAME_DAY] and len(str(one.at)) != len(str(decided.at))
        if same and one.says in DECISIVE - {"exception", "available_for_pickup"} and one.says != decided.says:
            return one
    return None


def _headline(decided: Statement, undated: Sequence[Statement]) -> Statement | None:
    """A headline or field that says something else."""
    loud = (one for one in undated if one.voice in {"headline", "field", "document"} and one.says in DECISIVE)
    for one in loud:
        left = {one.says, decided.says} <= {"delivered", "available_for_pickup"} and one.to == decided.to
        if one.says != decided.says and not left:
            return one
    return None


def _of_words(of: str | None, undated: Sequence[Statement]) -> Fate:
    """The state where no statement has a time: the headline's, or the first; unclear where another says otherwise."""
    order = {"headline": 0, "field": 1}
    decided = min(undated, key=lambda one: (one.says not in DECISIVE, order.get(one.voice, 2)))
    against = next((one for one in undated if one.says in DECISIVE and one.says != decided.says), None)
    if against is None and decided.voice not in order:
        against = next((one for one in undated if one.voice == "headline" and one.says != decided.says), None)
    return _made(of, decided, undated, against)


def _made(of: str | None, decided: Statement, said: Sequence[Statement], against: Statement | None) -> Fate:
    to: Recipient | None = decided.to
    if decided.says == "delivered":
        named = {one.to for one in said if one.says in {"delivered", "available_for_pickup"} and one.to}
        others = [who for who in _ELSEWHERE if who in named]
        home = [who for who in named if who != "unknown"]
        to = next(iter([*others, *home]), to) if to in {None, "unknown", "recipient"} else to
    state: ParcelState = decided.says  # type: ignore[assignment]  # only states of parcels come in
    return Fate(of=of, state=state, decided_by=replace(decided), to=to, unclear=against is not None, against=against)
