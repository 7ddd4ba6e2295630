"""Is every point of the notice and of earlier refusals answered?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "required-items-answered"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A blocker per refusal reason without an answer; a warning per required item without answer, advice without a file."""
    items = dossier.case.notice.required_items if dossier.case.notice else ()
    if not dossier.case.rejections and not items:
        raise Skip("no-rejection")
    for number, item in enumerate(items):
        if not item.answer or not item.files:
            yield Finding(
                code="item-unanswered" if not item.answer else "item-unproved",
                severity="warning" if not item.answer else "advice",
                pointer=f"/notice/required_items/{number}/{'files' if item.answer else 'answer'}",
                params={"item": item.text or str(number + 1)},
                rules=("S003-25",),
            )
    for place, rejection in enumerate(dossier.case.rejections):
        for number, reason in enumerate(rejection.reasons):
            if not reason.answer:
                yield Finding(
                    code="rejection-unanswered",
                    severity="blocker",
                    pointer=f"/rejections/{place}/reasons/{number}/answer",
                    file=rejection.file,
                    params={"reason": reason.text or ""},
                    rules=("S003-32", "S003-61", "S003-63"),
                )
            elif not any(dossier.plan.of_file(name) for name in reason.files):
                yield Finding(
                    code="answer-without-exhibit",
                    severity="warning",
                    pointer=f"/rejections/{place}/reasons/{number}/files",
                    params={"reason": reason.text or ""},
                    rules=("S003-32",),
                )
