"""What speaks for each kind of evidence, and when that is enough. Pure."""

from collections import Counter
from collections.abc import Sequence

from casefile.statement import Statement

TITLE, TWO = "title", 2
PROOFS = frozenset({"tracking", "proof_of_delivery", "refund_proof"})
"""What a letter rests on: a single word, even as the title, makes none of them."""


class KindSigns:
    """What speaks for each kind: how much it weighs, and by which signs that do not depend on each other."""

    def __init__(self) -> None:
        self.scores: Counter[str] = Counter()
        self.signs: dict[str, set[str]] = {}

    def add(self, kind: str, weight: float, sign: str | None) -> None:
        """``sign`` speaks for ``kind``; without one it only weighs."""
        self.scores[kind] += weight  # type: ignore[assignment]  # weights are fractions
        if sign:
            self.signs.setdefault(kind, set()).add(sign)

    def without(self, kind: str) -> None:
        """Nothing speaks for ``kind`` any more."""
        self.scores.pop(kind, None)
        self.signs.pop(kind, None)

    def sure(self, kind: str) -> bool:
        """Whether two signs say so, or the title of what is no proof; a title is its own label, and no second sign."""
        signs = self.signs.get(kind, set())
        if kind in PROOFS:
            return len(signs - {TITLE}) >= TWO
        return TITLE in signs or len(signs) >= TWO


def weigh_refunds(refunds: Sequence[Statement], signs: KindSigns) -> None:
    """A page that says of no refund that it was made proves none: a request, a form, one that still waits."""
    if any(one.says == "refund_made" for one in refunds):
        signs.add("refund_proof", 0, "made")
    else:
        signs.without("refund_proof")
