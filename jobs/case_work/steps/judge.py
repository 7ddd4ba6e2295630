"""Checks over everything that is there: evidence, letter, files to submit."""

from casefile.archive_asked import archive_asked
from casefile.finding import CheckResult
from evidence_packer.bind.delivery import Delivered
from evidence_packer.judge.check import Dossier, Output
from evidence_packer.judge.judging import judge
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.submission import SubmissionPlan
from jobs.case_work.steps.write import ComposedLetter
from press.fonts import missing_glyphs
from press.pdf.archive_forms import archive_part


def dossier_of(
    work: Casework, written: ComposedLetter | None = None, delivered: SubmissionPlan | None = None
) -> Dossier:
    """What the checks look at; letter and files only where they were made."""
    outputs = None
    if delivered is not None:
        outputs = tuple(
            Output(name=d.name, format=d.format, bytes=len(d.data), pages=d.pages, archive=_archive(work, d))
            for d in delivered.files
            if not d.text
        )
    return Dossier(
        matter=work.matter,
        evidence=work.evidence,
        uploaded=tuple(upload.name for upload in work.uploads),
        letter=written.letter if written else None,
        letter_chars=written.text.whole if written else None,
        outputs=outputs,
        not_sent=delivered.not_sent if delivered else (),
        unprintable=lambda text: missing_glyphs(text, work.house.fonts),
    )


def _archive(work: Casework, file: Delivered) -> int | None:
    """The archive copy that a PDF is, where the platform asks for one; a signed original goes as it is, and nothing is missed."""
    asked = archive_asked(work.case)
    if asked is None or file.format != "pdf":
        return None
    return asked.part if file.for_ == "signed" else archive_part(file.data)


def judged(dossier: Dossier) -> tuple[CheckResult, ...]:
    """What every check says."""
    return judge(dossier)
