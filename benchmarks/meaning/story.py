"""What happened to a parcel before anybody draws it: its events, their words, and the state that they end in."""

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from benchmarks.meaning.truth import Fate
from benchmarks.reading_set.numbers import tracking_number

ELSEWHERE = ("neighbour", "locker", "agent")
HOME = ("unknown", "unknown", "recipient", "household", "safe_place", "mailbox", "reception")
UNDELIVERED = (
    "info_received", "accepted", "in_transit", "out_for_delivery", "available_for_pickup", "attempt_failed", "exception", "returning", "returned",
    "lost", "cancelled",
)  # fmt: skip
_CARRIERS = {
    "en": (("ups", "ups"), ("usps", "usps"), ("fedex", "fedex")), "de": (("dhl", "dhl"),), "ja": (("japan_post", "s10"),),
    "zh-Hans": (("yunexpress", "yun"), ("sf_express", "sf"), ("cainiao", "lp")),
}  # fmt: skip
_RIGHT: dict[str, tuple[tuple[str, str | None], ...]] = {
    "access": (
        ("delivered", "pickup_point"),
        ("available_for_pickup", None),
        ("delivered", "locker"),
        ("delivered", "agent"),
    ),
    "collected": (
        ("delivered", "pickup_point"),
        ("delivered", "recipient"),
        ("delivered", "locker"),
        ("delivered", "agent"),
        ("delivered", "unknown"),
    ),
    "handover": (("in_transit", None), ("delivered", "agent"), ("accepted", None), ("out_for_delivery", None)),
    "returned": (("returned", None), ("delivered", "sender")),
    "exception": (("exception", None), ("attempt_failed", None)),
    "attempt_failed": (("attempt_failed", None), ("exception", None)),
    "accepted": (("accepted", None), ("in_transit", None)),
    "in_transit": (("in_transit", None), ("accepted", None)),
    "locker": (("delivered", "locker"), ("available_for_pickup", None)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    moment: dt.datetime
    state: str
    text: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One parcel. ``end``: a state, a recipient of a delivery, or ``access``, ``collected``, ``handover``."""

    number: str
    carrier: str
    end: str
    events: tuple[Event, ...]

    @property
    def fate(self) -> Fate:
        to = self.end
        right = _RIGHT.get(to) or ((("delivered", to),) if to in {*HOME, *ELSEWHERE} else ((to, None),))
        return Fate(number=self.number, right=right)

    @property
    def last(self) -> Event:
        return self.events[-1]

    @property
    def delivered(self) -> bool:
        return self.end in HOME


def story(language: str, words: dict[str, Any], dice: random.Random, ends: tuple[str, ...] | None = None) -> Story:
    """A parcel that ends in one of ``ends``; by default half of all are delivered."""
    end = (
        dice.choice(ends)
        if ends
        else dice.choice(HOME)
        if dice.random() < 0.45
        else dice.choice((*UNDELIVERED, *ELSEWHERE, "access", "collected", "handover"))
    )
    carrier, form = dice.choice(_CARRIERS.get(language, (("upu_s10", "s10"),)))
    number = tracking_number(form, dice).replace(" ", "")
    moment = dt.datetime(
        2026,
        dice.choice((9, 10, 10, 11)),
        dice.randint(1, 16),
        dice.randint(7, 20),
        dice.randint(0, 59),
        dice.choice((0, 17, 41)),
    )
    events = []
    for state in _way(end, dice):
        lists = words["delivered"] if state in words["delivered"] else words["events"]
        events.append(
            Event(moment=moment, state=state, text=dice.choice(lists[state]), place=dice.choice(words["places"]))
        )
        moment += dt.timedelta(hours=dice.randint(5, 40), minutes=dice.randint(1, 59))
    return Story(number=number, carrier=carrier, end=end, events=tuple(events))


def _way(end: str, dice: random.Random) -> tuple[str, ...]:
    """The states that lead to the end."""
    start = ("info_received", "accepted", "in_transit")
    if end in {"info_received", "cancelled"}:
        return ("info_received", "cancelled") if end == "cancelled" else ("info_received",)
    if end == "accepted":
        return start[:2]
    if end in {"in_transit", "lost", "handover"}:
        return start if end == "in_transit" else (*start, end)
    if end == "out_for_delivery":
        return (*start, "in_transit", end)
    if end in {"returning", "returned"}:
        return (
            *start,
            "out_for_delivery",
            "attempt_failed",
            "returning",
            *(("returned",) if end == "returned" else ()),
        )
    middle = ("attempt_failed", "out_for_delivery") if dice.random() < 0.2 and end in HOME else ()
    before = ("available_for_pickup",) if end == "collected" else ()
    return (*start, "out_for_delivery", *middle, *before, end)
