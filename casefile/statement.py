"""What a page says, about what, in which voice, and where: the only thing that proves anything.

A word on a page proves nothing by itself: "Delivered" may be the last step of a bar, the name of a tab, or half of "not
delivered". A statement is a word with its subject and its voice; only voices that assert are believed.
"""

from dataclasses import dataclass
from typing import Literal

from casefile.fields import marks
from casefile.fields.files import Box

ParcelState = Literal[
    "info_received", "accepted", "in_transit", "out_for_delivery", "available_for_pickup", "attempt_failed", "delivered",
    "exception", "returning", "returned", "lost", "cancelled",
]  # fmt: skip
"""Where a parcel is, in the words of the tracking aggregators. ``info_received``: a label was made, the carrier has nothing."""

Recipient = Literal[
    "recipient", "household", "neighbour", "safe_place", "mailbox", "reception", "locker", "pickup_point", "agent", "facility",
    "sender", "unknown",
]  # fmt: skip
"""To whom or where a parcel was delivered. ``unknown``: the page says only that it was."""

RefundState = Literal["refund_made", "refund_pending", "refund_failed", "refund_reversed", "refund_promised"]
"""How far a refund came."""

Intent = marks.Intent
"""What the writer of a message wants or says by it."""

Says = ParcelState | RefundState | Intent | Literal["signed"]
"""What a page can say; ``signed``: somebody signed for a parcel."""

Asserting = Literal["headline", "event", "field", "message", "document"]
"""Voices that state a fact: a headline, a dated row, a value under its label, a message, running text of a document."""

Silent = Literal[
    "step", "tab", "legend", "menu", "help", "instruction", "template", "advertisement", "screen",
]  # fmt: skip
"""Voices that state nothing: the furniture of a page. ``screen``: the task bar and window frames."""

Voice = Asserting | Silent

ASSERTS: frozenset[str] = frozenset({"headline", "event", "field", "message", "document"})
"""The voices that are believed."""

PARCEL_STATES: frozenset[str] = frozenset({
    "info_received", "accepted", "in_transit", "out_for_delivery", "available_for_pickup", "attempt_failed", "delivered",
    "exception", "returning", "returned", "lost", "cancelled",
})  # fmt: skip
"""Every ``ParcelState``."""

REFUND_STATES: frozenset[str] = frozenset({
    "refund_made", "refund_pending", "refund_failed", "refund_reversed", "refund_promised",
})  # fmt: skip
"""Every ``RefundState``."""

AT_THE_BUYER: frozenset[str] = frozenset({"recipient", "household", "safe_place", "mailbox", "reception", "unknown"})
"""Recipients by which the parcel is at the buyer's own address; elsewhere it is told as the page tells it."""

SubjectOfStatement = Literal["parcel", "order", "message", "refund", "return", "claim", "account", "item"]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a statement speaks of, with its number or id as the case writes it, or as the page does where the case lacks it."""

    what: SubjectOfStatement
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where the words stand: file, page of the file (from 1), box (0 to 1), and the words themselves as read."""

    file: str
    page: int
    box: Box
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteSeen:
    """Words that the case says somebody wrote, read in a file.

    ``pointer`` is their place in the case, with the tag of their language behind it where the case has them in several.
    """

    pointer: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that a page says.

    ``about``: ``None`` where the page does not tell. ``at``: ISO 8601 as the page prints it: a date, a local time, or a time
    with offset; ``None`` without one. ``to``: of a delivery, to whom. ``value``: an amount ("37.48 USD"), the author of a
    message, a signer, a serial, a place. ``near``: further spans that the statement rests on (its date, its number).
    """

    says: Says
    voice: Voice
    span: Span
    about: About | None = None
    at: str | None = None
    to: Recipient | None = None
    value: str | None = None
    place: str | None = None
    near: tuple[Span, ...] = ()
    by_person: bool = False
    """A person marked the line; the report says so."""

    @property
    def asserts(self) -> bool:
        """Whether it is said as a fact."""
        return self.voice in ASSERTS

    @property
    def page(self) -> int:
        """Page of the file, from 1."""
        return self.span.page

    @property
    def box(self) -> Box:
        """Place on the page."""
        return self.span.box


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What a file says became of one parcel, its statements folded in time: the last decisive one is the state.

    ``of``: the parcel's number, ``None`` where the page names none. ``decided_by``: the statement that decides. ``unclear``:
    headline and last event are at odds, or the moment is; then it is a question with the picture, never a fact.
    """

    of: str | None
    state: ParcelState
    decided_by: Statement
    to: Recipient | None = None
    unclear: bool = False
    against: Statement | None = None
    """Where it is unclear: the statement that disagrees."""
