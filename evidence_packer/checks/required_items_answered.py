"""Is every point of the notice and of earlier refusals answered?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.check import Dossier, Skip

CODE = "required-items-answered"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A blocker per refusal reason without an answer."""
    if not dossier.case.rejections:
        raise Skip("no-rejection")
    for place, rejection in enumerate(dossier.case.rejections):
        for number, reason in enumerate(rejection.reasons):
            if not reason.answer:
                yield Finding(
                    code="rejection-unanswered",
                    severity="blocker",
                    pointer=f"/rejections/{place}/reasons/{number}/answer",
                    params={"reason": reason.text or ""},
                    rules=("S003-32",),
                )
