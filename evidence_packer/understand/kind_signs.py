"""What speaks for each kind of evidence, and when that is enough. Pure."""

from collections import Counter
from collections.abc import Sequence

from casefile.statement import Statement

TITLE, TWO = "title", 2
PROOFS = frozenset({"tracking", "proof_of_delivery", "refund_proof"})
"""What a letter rests on: a single word, even as the title, makes none of them."""


_CARRIERS_OWN = frozenset({"list of events", "host"})


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

    def ranked(self, enough: float) -> Counter[str]:
        """The weights of kinds for which a sign speaks; one label in a text yields to any kind that is no proof."""
        signed = Counter({kind: score for kind, score in self.scores.items() if self.signs.get(kind)})
        others = any(score >= enough for kind, score in signed.items() if kind not in PROOFS)
        lone = {one for one in PROOFS if len(self.signs.get(one, ())) == 1 and "label" in next(iter(self.signs[one]))}
        return Counter({kind: score for kind, score in signed.items() if not (others and kind in lone)})

    def sure(self, kind: str) -> bool:
        """Whether two signs say so, or the title of what is no proof; a title is its own label, and no second sign."""
        signs = self.signs.get(kind, set())
        if kind in PROOFS:
            return len(signs - {TITLE}) >= TWO
        return TITLE in signs or len(signs) >= TWO


def weigh_orders(signs: KindSigns) -> None:
    """A page with the total of an order and who receives it is no carrier's: that lists what happened, or is the carrier's own."""
    if "fields" in signs.signs.get("order_page", ()) and not signs.signs.get("tracking", set()) & _CARRIERS_OWN:
        signs.without("tracking")


def weigh_refunds(refunds: Sequence[Statement], signs: KindSigns) -> None:
    """A page that says of no refund that it was made proves none: a request, a form, one that still waits."""
    if any(one.says == "refund_made" for one in refunds):
        signs.add("refund_proof", 0, "made")
    else:
        signs.without("refund_proof")
