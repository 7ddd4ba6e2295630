"""The pack sealed: every file under its name, the report, the manifest and the sums."""

from importlib.metadata import version

from casefile.finding import CheckResult
from casefile.subject import subject_id
from casefile.wording import Catalog
from evidence_packer.bind.bundle.manifest import case_digest, manifest, sums
from evidence_packer.bind.naming import folder_name, portable_entry, unique
from evidence_packer.judge.check import Dossier
from evidence_packer.report.calendar import calendar
from evidence_packer.report.paper import PaperReport, report_pdf
from evidence_packer.report.report import LetterFacts, report
from evidence_packer.report.shape import Report, ReportFile
from jobs.case_work.pack import Pack, PackFile
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.crops import crops
from jobs.case_work.steps.hand_over import stem, upload_note
from jobs.case_work.steps.submission import SubmissionPlan
from jobs.case_work.steps.write import ComposedLetter
from jobs.case_work.workshop import Workshop
from press.pdf.asking import page_count

RELEASE = version("evidence-packer")


def _originals(work: Casework) -> list[tuple[str, PackFile]]:
    names = unique([portable_entry(upload.name) for upload in work.uploads])
    return [
        (upload.name, PackFile(path=f"originals/{name}", role="original", data=upload.data))
        for upload, name in zip(work.uploads, names, strict=True)
    ]


def _documents(work: Casework, written: ComposedLetter, bundle: bytes) -> list[PackFile]:
    letter = stem(work, "Letter")
    found = [
        PackFile(path=f"{stem(work, 'Evidence')}.pdf", role="bundle", data=bundle, pages=page_count(bundle)),
        PackFile(path=f"{letter}.pdf", role="letter", data=written.pdf, pages=page_count(written.pdf)),
        PackFile(path=f"{letter}.txt", role="letter_text", data=written.text.text.encode("utf-8")),
    ]
    if written.copy and written.copy_pdf:
        found.append(
            PackFile(
                path=f"{letter}_{written.copy.language}.pdf",
                role="reading_copy",
                data=written.copy_pdf,
                pages=page_count(written.copy_pdf),
            )
        )
    return found


def _submission(work: Casework, delivered: SubmissionPlan, *, blocked: bool) -> list[PackFile]:
    numbered = [
        PackFile(path=f"submission/{name}", role="submission", data=d.data, pages=d.pages, for_=d.for_)
        for name, d in zip(delivered.numbered, delivered.files, strict=True)
    ]
    note = upload_note(work, delivered, blocked=blocked)
    return [*numbered, PackFile(path="submission/UPLOAD.txt", role="submission", data=note, for_="operator")]


def _listed(file: PackFile) -> ReportFile:
    return ReportFile(
        name=file.path, role=file.role, bytes=len(file.data), pages=file.pages, sha256=file.sha256, for_=file.for_
    )


def _changes(work: Casework, shrunk: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    catalog = work.house.catalogs.of(work.language)
    found = [(facts.file, catalog.text(f"change.{code}")) for facts in work.facts for code in facts.changes]
    return (*found, *((name, catalog.text("report.made_smaller")) for name in shrunk))


def _paper(work: Casework, body: Report, originals: list[tuple[str, PackFile]], shrunk: tuple[str, ...]) -> PaperReport:
    name = work.platform.name
    procedure = work.procedure.name
    return PaperReport(
        body=body,
        title=f"{name.get(work.language, name['en'])} · {procedure.get(work.language, procedure['en'])}",
        subject=subject_id(work.case, work.procedure.subject) or "",
        crops=crops(work, body),
        changes=_changes(work, shrunk),
        originals=tuple((upload, file.sha256) for upload, file in originals),
        digest=case_digest({file.path: file.sha256 for _, file in originals}),
        catalog=work.house.catalogs.of(work.language),
        paper=work.site.paper,
    )


def _deadline(work: Casework, catalog: Catalog) -> PackFile:
    title = work.procedure.name.get(work.language, work.procedure.name["en"])
    subject = subject_id(work.case, work.procedure.subject) or ""
    data = calendar(work.matter.due, subject, title, work.as_of, catalog)
    return PackFile(path="deadline.ics", role="calendar", data=data)


def _sums(work: Casework, files: list[PackFile], originals: list[tuple[str, PackFile]]) -> tuple[PackFile, PackFile]:
    """The manifest over all files, and the digests over them and the manifest."""
    listed = [(name, file.path, file.sha256) for name, file in originals]
    outputs = {file.path: file.sha256 for file in files if file.role != "original"}
    last = PackFile(path="manifest.json", role="manifest", data=manifest(work.plan, listed, outputs, RELEASE))
    digests = {file.path: file.sha256 for file in (*files, last)}
    return last, PackFile(path="SHA256SUMS", role="sums", data=sums(digests))


def package_files(
    dossier: Dossier,
    results: tuple[CheckResult, ...],
    work: Casework,
    written: ComposedLetter,
    made: tuple[bytes, tuple[str, ...], SubmissionPlan],
    workshop: Workshop,
) -> Pack:
    """The finished pack; ``made`` is the bundle, the files made smaller for it, and what is to be submitted."""
    bundle, shrunk, delivered = made
    catalog = work.house.catalogs.of(work.language)
    told = LetterFacts(
        letter=written.letter,
        chars=written.text.chars,
        limit=work.procedure.limits.text_chars,
        dropped=written.text.left_out,
    )
    captions = work.captions()
    body = report(dossier, results, catalog, captions, told)
    originals = _originals(work)
    files = [
        *_submission(work, delivered, blocked=body.verdict == "blocked"),
        *_documents(work, written, bundle),
        *(file for _, file in originals),
    ]
    body = body.with_files(_listed(file) for file in files)
    paper = report_pdf(_paper(work, body, originals, shrunk), workshop.typesetter)
    files += [
        PackFile(path="report.pdf", role="report", data=paper),
        PackFile(path="report.json", role="report", data=body.to_json(indent=2)),
        _deadline(work, catalog),
    ]
    files += _sums(work, files, originals)
    catalogs = work.house.catalogs
    others = {
        tag: report(dossier, results, catalogs.of(tag), captions, told).with_files(body.files)
        for tag in catalogs.spoken
        if tag != catalog.language
    }
    return Pack(folder=folder_name(work.case, work.procedure), files=tuple(files), report=body, translations=others)
