"""The fields of a form in groups a person recognises, those this reason needs first.

What a reason needs follows from the platform's data: the required fields, what starts a deadline, and the facts that its
evidence must show. Everything else folds away.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from api.form.entries import asked
from api.form.fields import FormField
from casefile.procedure import Procedure

_ROOTS = {
    "order": "order", "orders": "order", "parcels": "parcel", "buyer": "buyer", "claim": "claim", "deadline": "clock",
    "payment": "payment", "account": "account", "metric": "account", "notice": "notice", "return": "return",
    "remedy": "remedy", "seller": "seller", "submission": "clock", "inventory": "stock", "ip": "rights",
    "rejections": "notice", "withdrawal": "remedy", "refunds": "remedy", "compliance": "papers", "suppliers": "papers",
}  # fmt: skip
_ORDER = (
    "order", "claim", "parcel", "return", "payment", "account", "notice", "rights", "stock", "papers", "story", "remedy", "clock",
    "buyer", "seller",
)  # fmt: skip
_SHOWS: Mapping[str, tuple[str, ...]] = {
    "tracking_number": ("/parcels/0/carrier", "/parcels/0/tracking_number"),
    "delivered": ("/parcels/0/delivered_at",),
    "delivered_date": ("/parcels/0/delivered_at",),
    "dispatched_date": ("/parcels/0/dispatched_at",),
    "order_id": ("/order/id",),
    "refunded": ("/remedy", "/refunds"),
    "postal_code": ("/buyer/ship_to/postal_code",),
    "amount": ("/claim/amount", "/order/total", "/return/amount"),
}
"""The fields against which a datum of an exhibit is compared."""
_ALWAYS = ("/deadline/at", "/request", "/topic", "/ground")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields under one heading (``group.<id>``): those wanted now, and those that may be added."""

    id: str
    first: tuple[FormField, ...]
    more: tuple[FormField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The fields of a form by who knows them: ``known`` may stand in the evidence, ``asked`` only a person can say."""

    known: tuple[FormField, ...]
    asked: tuple[Group, ...]
    more: tuple[Group, ...]
    """What nobody needs now, folded away."""


def decisive(procedure: Procedure, reason: str) -> tuple[str, ...]:
    """The pointers without which a case of this reason cannot be won: required fields, and what its evidence must show."""
    required = [*procedure.required, *(p for p, reasons in procedure.required_for.items() if reason in reasons)]
    data = [d for evidence in procedure.evidence_for(reason) if not evidence.optional for d in evidence.data]
    return tuple(dict.fromkeys([*required, *(p for datum in data for p in _SHOWS.get(datum, ()) if p.count("/") > 1)]))


def by_source(found: Sequence[Group], never: Sequence[str], told: Container[str]) -> Sorted:
    """The groups of a form split by who knows their fields.

    Args:
        found: the groups of the form.
        never: pointers that no evidence fills.
        told: pointers of which something is known, or that decide; they are never folded away.
    """

    def own(field: FormField) -> bool:
        return any(field.pointer == one or field.pointer.startswith(one + "/") for one in never)

    def shown(group: Group) -> tuple[FormField, ...]:
        return (*group.first, *(f for f in group.more if f.pointer in told))

    asked = [Group(id=group.id, first=tuple(f for f in shown(group) if own(f)), more=()) for group in found]
    more = [Group(id=g.id, first=(), more=tuple(f for f in g.more if f.pointer not in told)) for g in found]
    return Sorted(
        known=tuple(f for group in found for f in shown(group) if not own(f)),
        asked=tuple(group for group in asked if group.first),
        more=tuple(group for group in more if group.more),
    )


def _needed(procedure: Procedure, reason: str) -> tuple[str, ...]:
    data = [datum for evidence in procedure.evidence_for(reason) for datum in evidence.data]
    clocks = [pointer for rule in procedure.deadlines for pointer in (*rule.counts_from, *rule.warn_from)]
    return (*procedure.required, *clocks, *_ALWAYS, *(pointer for datum in data for pointer in _SHOWS.get(datum, ())))


def _is_needed(field: FormField, needed: tuple[str, ...]) -> bool:
    if field.row is not None and field.row not in {"/parcels", "/orders", "/order/items"}:
        return True
    return any(field.pointer == pointer or field.pointer.startswith(pointer + "/") for pointer in needed)


def groups(procedure: Procedure, reason: str, typed: Mapping[str, str]) -> tuple[Group, ...]:
    """The groups of a procedure's form for one reason, in reading order."""
    needed, found = _needed(procedure, reason), dict[str, list[FormField]]()
    for field in asked(procedure, typed):
        found.setdefault(_ROOTS.get(field.pointer.split("/")[1], "story"), []).append(field)
    return tuple(
        Group(
            id=group,
            first=tuple(f for f in found[group] if _is_needed(f, needed)),
            more=tuple(f for f in found[group] if not _is_needed(f, needed)),
        )
        for group in _ORDER
        if group in found
    )
