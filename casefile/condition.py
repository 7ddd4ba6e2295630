"""When a row of data applies: to which procedure, reason, state of the case, and what the evidence shows.

One small language for every data file, so that a rule with an exception is a row and never a branch in code.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from casefile.case import Case, Reason
from casefile.coverage import PropositionCoverage, row_of
from casefile.fields.base import Money, Words
from casefile.pointer import resolve


class Condition(Words):
    """Every field that is given has to hold; one without fields always holds.

    ``values`` maps a JSON pointer to the values it may have; ``at_most`` and ``over`` compare an amount of the same currency.
    ``shown`` and ``lacking`` name propositions that the evidence shows, or has nothing for.
    """

    reasons: tuple[Reason, ...] = ()
    sites: tuple[str, ...] = ()
    set: tuple[str, ...] = ()
    unset: tuple[str, ...] = ()
    values: dict[str, tuple[str, ...]] = {}
    at_most: dict[str, Money] = {}
    over: dict[str, Money] = {}
    shown: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    def holds(self, case: Case, coverage: Iterable[PropositionCoverage] | None = None) -> bool:
        """Whether the condition holds for ``case``; propositions count as unknown, and so do not hold, without coverage."""
        rows = tuple(coverage or ())
        known = {row.proposition: row_of(rows, row.proposition) for row in rows}
        return self._fits(case) and self._proved({name: row.status for name, row in known.items() if row})

    def _fits(self, case: Case) -> bool:
        return (
            (not self.reasons or case.reason in self.reasons)
            and (not self.sites or case.site in self.sites)
            and all(_given(resolve(case, pointer)) for pointer in self.set)
            and not any(_given(resolve(case, pointer)) for pointer in self.unset)
            and all(_said(resolve(case, pointer)) in wanted for pointer, wanted in self.values.items())
            and all(_compared(resolve(case, pointer), limit) == -1 for pointer, limit in self.at_most.items())
            and all(_compared(resolve(case, pointer), limit) == 1 for pointer, limit in self.over.items())
        )

    def _proved(self, status: dict[str, str]) -> bool:
        return all(status.get(p) == "shown" for p in self.shown) and all(
            status.get(p) == "missing" for p in self.lacking
        )

    def pointers(self) -> tuple[str, ...]:
        """Every JSON pointer the condition asks about."""
        return (*self.set, *self.unset, *self.values, *self.at_most, *self.over)


def _given(value: Any) -> bool:  # noqa: ANN401  # the type depends on the pointer
    return value not in (None, "", (), {}, False)


def _said(value: Any) -> str:  # noqa: ANN401  # as above
    return str(value).lower() if isinstance(value, bool) else str(value)


def _compared(value: Any, limit: Money) -> int | None:  # noqa: ANN401  # as above
    """-1 where the amount is at most the limit, 1 where it is over it, ``None`` in another currency."""
    if not isinstance(value, Money) or value.currency != limit.currency:
        return None
    return -1 if Decimal(value.amount) <= Decimal(limit.amount) else 1
