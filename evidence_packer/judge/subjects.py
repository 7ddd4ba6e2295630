"""Of what a proposition holds: each parcel that went to the buyer, the orders, the replacement, what came back. Pure."""

from dataclasses import dataclass
from typing import Self

from casefile import text_folding
from casefile.case import Case
from casefile.fields.base import Money
from casefile.fields.order import Parcel
from casefile.rules import EvidenceRule

_MONEY = frozenset({"full_refund", "partial_refund"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a proposition is asked of. ``numbers``: the parcels' numbers, folded; empty where the case names none.

    ``of``: the number or id as the case writes it, where there are several and each is asked by itself. ``claimed``: whether
    the case itself states the proposition of it. ``parcels``: the parcels of the case that are meant.
    """

    numbers: frozenset[str] = frozenset()
    of: str | None = None
    claimed: bool = True
    parcels: tuple[Parcel, ...] = ()
    sums: tuple[Money, ...] = ()
    """The sums that went back, of which a page may show one."""

    @classmethod
    def of_parcel(cls, parcel: Parcel, *, claimed: bool = True) -> Self:
        """One parcel by itself."""
        numbers = _folded(parcel.tracking_number)
        return cls(numbers=numbers, of=parcel.tracking_number, claimed=claimed, parcels=(parcel,))


def sent_out(case: Case) -> tuple[Parcel, ...]:
    """The parcels that went to the buyer in the first place."""
    return tuple(parcel for parcel in case.parcels if parcel.direction == "outbound")


def _folded(*numbers: str | None) -> frozenset[str]:
    return frozenset(text_folding.number(number) for number in numbers if number)


def replacements(case: Case) -> frozenset[str]:
    """The numbers of the parcels that replace the first."""
    again = [p.tracking_number for p in case.parcels if p.direction == "replacement"]
    return _folded(*again, case.remedy.tracking_number if case.remedy else None)


def _all(case: Case) -> Subject:
    parcels = sent_out(case)
    numbers = _folded(*(p.tracking_number for p in parcels), *(order.tracking_number for order in case.orders))
    return Subject(numbers=numbers, parcels=parcels)


def _each(case: Case, rule: EvidenceRule) -> tuple[Subject, ...]:
    """Every numbered parcel by itself; one that the case knows to be lost is not claimed to be delivered."""
    parcels = [parcel for parcel in sent_out(case) if parcel.tracking_number]
    delivery = rule.says == ("delivered",)
    any_dated = any(parcel.delivered_at for parcel in parcels)
    return tuple(
        Subject.of_parcel(parcel, claimed=not delivery or parcel.delivered_at is not None or not any_dated)
        for parcel in parcels
    )


def _refunds(case: Case, rule: EvidenceRule) -> tuple[Subject, ...]:
    """Each refund by itself where the case names several; else the one sum that went back, if it is known."""
    named = [(one.id or f"{one.amount.amount} {one.amount.currency}", one.amount) for one in case.refunds if one.amount]
    if rule.about == "refund" and len(named) > 1:
        return tuple(Subject(of=of, sums=(amount,)) for of, amount in named)
    done = case.remedy.amount if case.remedy and case.remedy.type in _MONEY else None
    return (Subject(sums=tuple(amount for amount in (*(amount for _, amount in named), done) if amount)),)


def subjects(case: Case, rule: EvidenceRule) -> tuple[Subject, ...]:
    """What the proposition of ``rule`` is asked of in this case: several only where each parcel counts by itself."""
    if rule.about == "item":
        return (Subject(numbers=replacements(case)),)
    if rule.about in {"refund", "claim"}:
        return _refunds(case, rule)
    numbered = [parcel for parcel in sent_out(case) if parcel.tracking_number]
    if rule.about == "parcel" and len(numbered) > 1:
        return _each(case, rule)
    return (_all(case),)
