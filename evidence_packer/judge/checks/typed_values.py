"""Values that nobody can mean: a currency that does not exist, a sum below zero, a past event that is still to come."""

import datetime as dt
from collections.abc import Iterator

from pydantic import BaseModel

from casefile.amounts import is_currency
from casefile.as_printed import shown
from casefile.fields.base import Money
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.pointer import written
from evidence_packer.judge.check import CheckOf, Dossier

CURRENCY_UNKNOWN = FindingKind(code="currency-unknown", severity="blocker")
AMOUNT_NEGATIVE = FindingKind(code="amount-negative", severity="blocker")
EVENT_IN_FUTURE = FindingKind(code="event-in-future", severity="blocker")
_HAPPENED = frozenset({
    "placed_at", "dispatched_at", "first_scan_at", "last_scan_at", "delivered_at", "opened_at", "requested_at", "notified_at",
    "decided_at", "debited_at", "received_at", "captured_at", "listing_captured_at", "reported_at",
})  # fmt: skip
"""Fields that tell what has happened."""
_RECORDS = frozenset({"refunds", "contacts", "access_log", "prior_orders", "related_charges", "actions_taken"})
"""Lists whose every ``at`` is past."""
_ZONES = dt.timedelta(days=1)
"""As far as a time of an unknown zone can lie ahead."""
_Names = tuple[str | int, ...]


def _values(value: object, names: _Names = ()) -> Iterator[tuple[_Names, Money | dt.datetime]]:
    """Every sum and every moment of a case, with its place."""
    if isinstance(value, Money | dt.datetime):
        yield names, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from _values(getattr(value, name), (*names, field.alias or name))
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from _values(one, (*names, place))


def _of_sum(money: Money, pointer: str) -> Iterator[Finding]:
    if not is_currency(money.currency):
        yield CURRENCY_UNKNOWN.found(pointer=pointer, params={"currency": money.currency})
    if money.amount < 0:
        yield AMOUNT_NEGATIVE.found(pointer=pointer, params={"amount": f"{money.amount} {money.currency}"})


def _past(names: _Names) -> bool:
    return names[-1] in _HAPPENED or (names[-1] == "at" and names[0] in _RECORDS)


def check_typed_values(dossier: Dossier) -> Iterator[Finding]:
    """Is every sum one that can be paid, and did every past event happen already?

    Blockers: the letter would state what everybody sees to be wrong. A day ahead is left alone, for zones.
    """
    for names, value in _values(dossier.case):
        if isinstance(value, Money):
            yield from _of_sum(value, written(names))
        elif _past(names) and value > dossier.as_of + _ZONES:
            params = {"at": shown(value), "as_of": shown(dossier.as_of)}
            yield EVENT_IN_FUTURE.found(pointer=written(names), params=params)


CHECKS = (
    CheckOf(
        code="typed-values",
        judges="case",
        findings=(CURRENCY_UNKNOWN, AMOUNT_NEGATIVE, EVENT_IN_FUTURE),
        run=check_typed_values,
    ),
)
