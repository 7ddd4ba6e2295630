"""Is the platform's own last word on file, and does it ask for a special form of document?"""

import re
from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "platform-reply-kept"
INPUT = "case"
_ARCHIVAL = re.compile(r"PDF\s*/\s*A(-?\d[abu]?)?", re.IGNORECASE)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice for a case number without its page, for a refusal without its text, for a submission without case number."""
    case = dossier.case
    kinds = {file.kind for file in dossier.facts} | {entry.kind for entry in case.files}
    sent = case.submission
    if sent and sent.case_id and not kinds & {"case_page", "notice", "rejection_notice"}:
        yield Finding(code="reply-not-filed", severity="advice", pointer="/files", rules=("S004-51", "S003-51"))
    if sent and sent.at and not sent.case_id:
        yield Finding(
            code="case-number-missing", severity="advice", pointer="/submission/case_id", rules=("S004-68", "S004-10")
        )
    for place, rejection in enumerate(case.rejections):
        if not (rejection.text or rejection.file or rejection.reasons):
            yield Finding(
                code="refusal-without-text", severity="warning", pointer=f"/rejections/{place}/text",
                rules=("S003-32", "S003-64"),
            )  # fmt: skip
        if not rejection.submission_id:
            yield Finding(
                code="refusal-without-number", severity="advice", pointer=f"/rejections/{place}/submission_id",
                rules=("S003-32",),
            )  # fmt: skip
    if case.notice and case.notice.text and (match := _ARCHIVAL.search(case.notice.text)):
        yield Finding(
            code="archival-pdf-asked", severity="warning", pointer="/notice/text", params={"form": match[0]},
            rules=("S003-41",),
        )  # fmt: skip
