"""What is submitted: within the platform's limits, and all of the bundle."""

from collections.abc import Iterator

from casefile.archive_asked import archive_asked
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from evidence_packer.judge.check import CheckOf, Dossier

FILE_OVER_LIMIT = FindingKind(code="file-over-limit", severity="blocker")
PAGES_OVER_LIMIT = FindingKind(code="pages-over-limit", severity="blocker")
FILE_FORMAT_REFUSED = FindingKind(code="file-format-refused", severity="blocker")
TOTAL_OVER_LIMIT = FindingKind(code="total-over-limit", severity="blocker")
FILES_OVER_LIMIT = FindingKind(code="files-over-limit", severity="blocker")


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"


def check_file_within_limits(dossier: Dossier) -> Iterator[Finding]:
    """Does what will be submitted keep the platform's limits?

    One finding per broken limit with the number found and the number allowed, capped by the source's confidence.
    """
    limits, outputs = dossier.procedure.limits, dossier.outputs or ()
    confidence = dossier.platform.confidence(limits.source)
    found: list[Finding] = []
    for output in outputs:
        if limits.max_file_bytes and output.bytes > limits.max_file_bytes:
            sizes = {"found": _size(output.bytes), "allowed": _size(limits.max_file_bytes)}
            found.append(FILE_OVER_LIMIT.found(file=output.name, params=sizes))
        if limits.max_pages and output.pages and output.pages > limits.max_pages:
            pages = {"found": output.pages, "allowed": limits.max_pages}
            found.append(PAGES_OVER_LIMIT.found(file=output.name, params=pages))
        if limits.formats and output.format not in limits.formats:
            formats = {"found": output.format, "allowed": ", ".join(limits.formats)}
            found.append(FILE_FORMAT_REFUSED.found(file=output.name, params=formats))
    total = sum(output.bytes for output in outputs)
    if limits.max_total_bytes and total > limits.max_total_bytes:
        sizes = {"found": _size(total), "allowed": _size(limits.max_total_bytes)}
        found.append(TOTAL_OVER_LIMIT.found(params=sizes))
    if limits.max_files and len(outputs) > limits.max_files:
        counts = {"found": len(outputs), "allowed": limits.max_files}
        found.append(FILES_OVER_LIMIT.found(params=counts))
    yield from (finding.capped(confidence) for finding in found)


ARCHIVAL_PDF_LACKING = FindingKind(code="archival-pdf-lacking", severity="warning")


def check_archive_form(dossier: Dossier) -> Iterator[Finding]:
    """Is every document that goes out the archive copy that the platform asks for by name?

    A warning per PDF that could not be made so.
    """
    asked = archive_asked(dossier.case)
    if asked is None:
        return
    for output in dossier.outputs or ():
        if output.format == "pdf" and (output.archive is None or output.archive != (asked.part or output.archive)):
            yield ARCHIVAL_PDF_LACKING.found(file=output.name, params={"form": asked.words}, rules=("S003-41",))


PAGES_NOT_SENT = FindingKind(code="pages-not-sent", severity="advice")


def check_submission_complete(dossier: Dossier) -> Iterator[Finding]:
    """Does everything that is in the bundle reach the platform?

    One finding that names the pages for which the receiver has no room; a warning where they prove what decides.
    """
    if not dossier.not_sent:
        return
    left = set(dossier.not_sent)
    decisive = [c for c in dossier.coverage if c.required and c.status == "shown" and set(c.exhibits) <= left]
    pages = ", ".join(str(citation.page) for citation in dossier.not_sent)
    sent = dossier.plan.exhibit_pages - len(left)
    yield PAGES_NOT_SENT.found(
        severity="warning" if decisive else "advice", params={"pages": pages, "count": len(left), "sent": sent}
    )


CHECKS = (
    CheckOf(
        code="file-within-limits",
        judges="files",
        findings=(FILE_OVER_LIMIT, PAGES_OVER_LIMIT, FILE_FORMAT_REFUSED, TOTAL_OVER_LIMIT, FILES_OVER_LIMIT),
        run=check_file_within_limits,
    ),
    CheckOf(code="archive-form", judges="files", findings=(ARCHIVAL_PDF_LACKING,), run=check_archive_form),
    CheckOf(code="submission-complete", judges="files", findings=(PAGES_NOT_SENT,), run=check_submission_complete),
)
