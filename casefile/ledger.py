"""The money of a case as one value: what was paid, what went back, what is disputed, and what is still open between the two."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from casefile.fields.base import Money
from casefile.ground import AskObject


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyBack:
    """One refund that was made: when and how much, under which id, by whom; ``shown`` where an exhibit says so.

    ``reference`` is what the buyer's bank finds it by, such as an ARN.
    """

    amount: Money
    at: dt.datetime | None = None
    id: str | None = None
    reference: str | None = None
    by: Literal["seller", "platform", "carrier"] | None = None
    shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLedger:
    """``paid``: what the order cost. ``refunded``: what went back. ``withheld``: what the receiver has taken already.

    ``disputed``: what is claimed. ``net``: what of it is still open, never more than was kept; ``None`` where nothing is known
    or the currencies differ. ``failed``: sums whose refund the evidence says did not go through; they count as not refunded.
    """

    paid: Money | None = None
    refunded: tuple[MoneyBack, ...] = ()
    withheld: Money | None = None
    disputed: Money | None = None
    net: Money | None = None
    held: bool = False
    """Whether what is withheld is only held while the dispute is open, and not paid out yet."""
    whole: bool = False
    """Whether a card's bank took the sum that the claim names, refunds or not."""
    asks_back: bool = False
    """Whether the seller asks for money that left already, instead of answering a claim."""
    offered: bool = False
    """Whether the seller has offered a refund that is still to be made."""
    decided: bool = False
    """Whether the receiver has decided already."""
    failed: tuple[Money, ...] = ()
    parcels: tuple[tuple[str, Money], ...] = ()
    """Number of a parcel → the worth of what lies in it, where the case says what lies where and each of it has its price."""
    ceiling: Money | None = None
    """The most that the receiver pays."""

    @property
    def settled(self) -> bool:
        """Whether everything that is disputed went back already: then there is nothing left to keep."""
        return self.net is not None and self.net.amount == 0 and bool(self.refunded)

    @property
    def holds_refunded(self) -> bool:
        """Whether a bank took the whole sum though part of it had gone back: a decision for the seller returns all of it."""
        return self.held and self.whole and bool(self.refunded) and not self.settled

    @property
    def verb(self) -> Literal["deny", "release", "reimburse"]:
        """What a seller who owes nothing asks for: nothing can be left with somebody from whom it was taken."""
        if self.held:
            return "release"
        return "reimburse" if self.asks_back or self.withheld is not None else "deny"

    def matter(self, asked: AskObject) -> AskObject:
        """What a request is about: without a decision that could be reversed, what is asked back is a loss."""
        return "loss" if self.verb == "reimburse" and asked == "claim" and not self.decided else asked

    @property
    def due(self) -> Money | None:
        """What a decision for the seller gives back or keeps: never more than is open, nor than the receiver pays at most."""
        due = (self.withheld if self.settled or self.holds_refunded else None) or self.net
        capped = self.ceiling is not None and due is not None and self.ceiling.currency == due.currency
        return self.ceiling if due and self.ceiling and capped and self.ceiling.amount < due.amount else due

    def worth(self, numbers: Iterable[str]) -> Money | None:
        """The worth of some parcels; ``None`` where one of them has none."""
        known = dict(self.parcels)
        sums = [known.get(number) for number in numbers]
        first = next(iter(sums), None)
        if first is None or any(one is None or one.currency != first.currency for one in sums):
            return None
        return Money(amount=sum((one.amount for one in sums if one), Decimal(0)), currency=first.currency)

    @property
    def back(self) -> Decimal:
        """The sum of all refunds, in the currency of what is disputed."""
        currency = self.disputed.currency if self.disputed else None
        return sum((one.amount.amount for one in self.refunded if one.amount.currency == currency), Decimal(0))
