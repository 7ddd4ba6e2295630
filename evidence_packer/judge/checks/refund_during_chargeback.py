"""Would a refund now pay the buyer twice?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "refund-during-chargeback"
INPUT = "case"
_OVER = frozenset({"closed", "withdrawn", "decided"})
_REFUNDS = frozenset({"full_refund", "partial_refund"})


def check(dossier: Dossier) -> Iterator[Finding]:
    """A blocker while a chargeback is open and a refund is offered, agreed or made after it was opened."""
    case, claim = dossier.case, dossier.case.claim
    if not (dossier.procedure.chargeback or (claim and claim.network)):
        raise Skip("no-chargeback")
    if claim and claim.status in _OVER:
        raise Skip("chargeback-over")
    opened = claim.opened_at or claim.notified_at if claim else None
    remedy = case.remedy
    late = remedy and not (remedy.status == "done" and opened and remedy.at and remedy.at < opened)
    if remedy and remedy.type in _REFUNDS and late:
        yield Finding(code=CODE, severity="blocker", pointer="/remedy", rules=("S001-50", "S000-67"))
    for place, refund in enumerate(case.refunds):
        if opened and refund.at and refund.at >= opened:
            yield Finding(code=CODE, severity="blocker", pointer=f"/refunds/{place}", rules=("S001-50", "S000-67"))
