"""Answers: to every point of a notice, of a refusal and of a complaint, and the platform's own word on file."""

from collections.abc import Iterator

from casefile.archive_asked import archive_asked
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from evidence_packer.judge.check import CheckOf, Dossier, Skip
from evidence_packer.judge.footing import is_title

ITEM_UNANSWERED = FindingKind(code="item-unanswered", severity="warning")
ITEM_UNPROVED = FindingKind(code="item-unproved", severity="advice")
REJECTION_UNANSWERED = FindingKind(code="rejection-unanswered", severity="blocker")
ANSWER_WITHOUT_EXHIBIT = FindingKind(code="answer-without-exhibit", severity="warning")


def _by_supplier(dossier: Dossier, text: str) -> bool:
    """Whether it asks how to reach the supplier, and the case says it with the invoice."""
    words, asked = dossier.house.practice.words, text.casefold()
    about = any(word in asked for word in words.supplier) and any(word in asked for word in words.contact_details)
    return about and any(one.name and (one.phone or one.address) and one.files for one in dossier.case.suppliers)


def check_required_items_answered(dossier: Dossier) -> Iterator[Finding]:
    """Is every point of the notice and of earlier refusals answered?

    A blocker per refusal reason without an answer; a warning per required item without answer, advice without a file.
    How to reach a supplier is answered by the supplier's own entry.
    """
    items = dossier.case.notice.required_items if dossier.case.notice else ()
    if not dossier.case.rejections and not items:
        raise Skip("no-rejection")
    for number, item in enumerate(items):
        if _by_supplier(dossier, item.text or ""):
            continue
        if not item.answer or not item.files:
            kind = ITEM_UNPROVED if item.answer else ITEM_UNANSWERED
            yield kind.found(
                pointer=f"/notice/required_items/{number}/{'files' if item.answer else 'answer'}",
                params={"item": item.text or str(number + 1)},
                rules=("S003-25",),
            )
    for place, rejection in enumerate(dossier.case.rejections):
        for number, reason in enumerate(rejection.reasons):
            if not reason.answer:
                yield REJECTION_UNANSWERED.found(
                    pointer=f"/rejections/{place}/reasons/{number}/answer",
                    file=rejection.file,
                    params={"reason": reason.text or ""},
                    rules=("S003-32", "S003-61", "S003-63"),
                )
            elif not any(dossier.plan.of_file(name) for name in reason.files):
                yield ANSWER_WITHOUT_EXHIBIT.found(
                    pointer=f"/rejections/{place}/reasons/{number}/files",
                    params={"reason": reason.text or ""},
                    rules=("S003-32",),
                )


POINTS_MISSING = FindingKind(code="points-missing", severity="advice")
POINT_UNANSWERED = FindingKind(code="point-unanswered", severity="warning")
_COMPARED = frozenset({"not_as_described", "wrong_item"})


def check_points_compared(dossier: Dossier) -> Iterator[Finding]:
    """Is each complaint set against the listing and answered?

    A warning without any point of comparison where the item itself is in dispute, and one per unanswered point.
    """
    case = dossier.case
    points = case.claim.points if case.claim else ()
    if case.reason not in _COMPARED and not points:
        raise Skip("nothing-to-compare")
    if not points and dossier.procedure.subject in {"order", "charge"} and dossier.procedure.audience != "buyer":
        yield POINTS_MISSING.found(pointer="/claim/points", rules=("S002-11",))
    for place, point in enumerate(points):
        raised = point.says or (point.listing_says and not is_title(case, point.listing_says))
        if raised and not point.answer:
            yield POINT_UNANSWERED.found(
                pointer=f"/claim/points/{place}/answer", params={"number": place + 1}, rules=("S001-49", "S002-11")
            )


REPLY_NOT_FILED = FindingKind(code="reply-not-filed", severity="advice")
CASE_NUMBER_MISSING = FindingKind(code="case-number-missing", severity="advice")
REFUSAL_WITHOUT_TEXT = FindingKind(code="refusal-without-text", severity="warning")
REFUSAL_WITHOUT_NUMBER = FindingKind(code="refusal-without-number", severity="advice")
ARCHIVAL_PDF_ASKED = FindingKind(code="archival-pdf-asked", severity="advice")


def check_platform_reply_kept(dossier: Dossier) -> Iterator[Finding]:
    """Is the platform's own last word on file, and does it ask for a special form of document?

    Advice for a case number without its page, for a refusal without its text, for a submission without case number.
    """
    case = dossier.case
    kinds = {file.kind for file in dossier.facts} | {entry.kind for entry in case.files}
    sent = case.submission
    if sent and sent.case_id and not kinds & {"case_page", "notice", "rejection_notice"}:
        yield REPLY_NOT_FILED.found(pointer="/files", rules=("S004-51", "S003-51"))
    if sent and sent.at and not sent.case_id:
        yield CASE_NUMBER_MISSING.found(pointer="/submission/case_id", rules=("S004-68", "S004-10"))
    for place, rejection in enumerate(case.rejections):
        if not (rejection.text or rejection.file or rejection.reasons):
            yield REFUSAL_WITHOUT_TEXT.found(pointer=f"/rejections/{place}/text", rules=("S003-32", "S003-64"))
        if not rejection.submission_id:
            yield REFUSAL_WITHOUT_NUMBER.found(pointer=f"/rejections/{place}/submission_id", rules=("S003-32",))
    if asked := archive_asked(case):
        yield ARCHIVAL_PDF_ASKED.found(pointer="/notice/text", params={"form": asked.words}, rules=("S003-41",))


CHECKS = (
    CheckOf(
        code="required-items-answered",
        judges="case",
        findings=(ITEM_UNANSWERED, ITEM_UNPROVED, REJECTION_UNANSWERED, ANSWER_WITHOUT_EXHIBIT),
        run=check_required_items_answered,
    ),
    CheckOf(
        code="points-compared", judges="case", findings=(POINTS_MISSING, POINT_UNANSWERED), run=check_points_compared
    ),
    CheckOf(
        code="platform-reply-kept",
        judges="case",
        findings=(
            REPLY_NOT_FILED,
            CASE_NUMBER_MISSING,
            REFUSAL_WITHOUT_TEXT,
            REFUSAL_WITHOUT_NUMBER,
            ARCHIVAL_PDF_ASKED,
        ),
        run=check_platform_reply_kept,
    ),
)
