"""Is each complaint set against the listing and answered?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "points-compared"
INPUT = "case"
_COMPARED = frozenset({"not_as_described", "wrong_item"})


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning without any point of comparison where the item itself is in dispute, and one per unanswered point."""
    case = dossier.case
    points = case.claim.points if case.claim else ()
    if case.reason not in _COMPARED and not points:
        raise Skip("nothing-to-compare")
    if not points and dossier.procedure.subject in {"order", "charge"} and dossier.procedure.audience != "buyer":
        yield Finding(code="points-missing", severity="advice", pointer="/claim/points", rules=("S002-11",))
    for place, point in enumerate(points):
        if point.says and not point.answer:
            yield Finding(
                code="point-unanswered", severity="warning", pointer=f"/claim/points/{place}/answer",
                params={"number": place + 1}, rules=("S001-49", "S002-11"),
            )  # fmt: skip
