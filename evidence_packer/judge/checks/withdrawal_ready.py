"""Does the withdrawal rest on the buyer's own word, and is it more than a changed review?"""

import re
from collections.abc import Iterator

from casefile.finding import Finding
from casefile.own_words import own_texts
from evidence_packer.judge.check import Dossier, Skip

CODE = "withdrawal-ready"
INPUT = "case"
_REVIEW = re.compile(r"\b(reviews?|feedback|rating)\b|差评|好评|评价", re.IGNORECASE)


def check(dossier: Dossier) -> Iterator[Finding]:
    """A blocker for an application without the buyer's confirmation on file; a warning where a review is taken for it."""
    case = dossier.case
    if case.withdrawal is None:
        raise Skip("no-withdrawal")
    kinds = {file.kind for file in dossier.facts} | {entry.kind for entry in case.files}
    confirmed = bool(case.withdrawal.files) or "buyer_confirmation" in kinds or case.withdrawal.buyer_confirmed_at
    if case.withdrawal.applied_at and not confirmed:
        yield Finding(
            code="closed-without-word", severity="blocker", pointer="/withdrawal/applied_at",
            rules=("S000-46", "S000-07", "S000-14"),
        ).capped(dossier.platform.confidence(dossier.procedure.source))  # fmt: skip
    if case.withdrawal.agreed_at and not (
        case.withdrawal.files or "buyer_confirmation" in kinds or "messages" in kinds
    ):
        yield Finding(
            code="agreement-unproved", severity="warning", pointer="/withdrawal/agreed_at", rules=("S000-07", "S000-14")
        )
    named = next((pointer for pointer, _, text in own_texts(case) if _REVIEW.search(text)), None)
    if named and not case.withdrawal.buyer_confirmed_at:
        yield Finding(code="review-no-withdrawal", severity="warning", pointer=named, rules=("S000-09", "S000-55"))
