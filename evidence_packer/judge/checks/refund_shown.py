"""Does a page of our order say that the money went back, while the case contests and knows of no refund?

A refund's own page blocks; on other pages the word can belong to a button or a tab, so that it only warns.
"""

from collections.abc import Iterator

from casefile.fields.files import Kind
from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "refund-shown"
INPUT = "facts"
_PAGES: frozenset[Kind] = frozenset({"refund_proof", "order_page", "case_page"})
_ABOUT_MONEY = frozenset(
    {"credit_not_processed", "duplicate_charge", "cancelled_subscription", "cancellation", "return_problem"}
)


def check(dossier: Dossier) -> Iterator[Finding]:
    """A finding per page on which the order that is contested is already settled."""
    case = dossier.case
    if case.refunds or case.remedy or case.reason in _ABOUT_MONEY or "accept" in {case.stance, case.answer}:
        raise Skip("refund-known")
    for file in dossier.of_kinds(_PAGES):
        seen = next((one for one in file.statuses if one.status == "refunded"), None)
        if seen and any(one.matches for one in file.order_ids):
            yield Finding(
                code="refund-shown",
                severity="blocker" if file.kind == "refund_proof" else "warning",
                file=file.file,
                page=seen.page,
                box=seen.box,
                params={"found": seen.text},
                rules=("S003-13",),
            )
