"""The submission: exactly what goes to the platform, and a note in Chinese and English on what to do with it."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casefile.archive_asked import archive_asked
from casefile.citation import Citation, PlannedExhibit
from casefile.deadline import effective_deadline
from casefile.wording import Catalog
from evidence_packer.bind.delivery import Delivered, DeliveryOrder, deliver, letter_goes_along, signed_beside
from evidence_packer.bind.form_fields import form_json
from evidence_packer.bind.naming import file_stem, unique
from evidence_packer.report.guidance import steps
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.submission import SubmissionPlan, delivered_letter, not_sent
from jobs.case_work.steps.write import ComposedLetter
from jobs.case_work.workshop import Workshop
from letters.render import letter_pdf, plain_text
from press.pdf.archive_forms import in_form
from press.pdf.asking import page_count, page_picture
from press.pdf.extract import extract
from press.pdf.plain_pages import plain_pages


def stem(work: Casework, kind: str, number: int = 1) -> str:
    """The platform's file name for a kind of document."""
    return file_stem(work.case, work.procedure, work.site, work.as_of, kind, number)


def _order(work: Casework, bundle: bytes, reserved: int) -> DeliveryOrder:
    pages, limits = page_count(bundle), work.procedure.limits

    def document(indexes: Sequence[int]) -> bytes:
        part = bundle if list(indexes) == list(range(pages)) else extract(bundle, indexes)
        return _as_asked(work, part if limits.colour == "colour" else plain_pages(part, limits.colour, limits.max_dpi))

    @functools.cache
    def alone(index: int) -> bytes:
        return extract(bundle, [index])

    return DeliveryOrder(
        matter=work.matter,
        evidence=work.evidence,
        reserved=reserved,
        document=document,
        picture=lambda index, dpi, form, quality: page_picture(alone(index), 0, dpi, form=form, quality=quality),
        stem=lambda kind, number: stem(work, kind, number),
    )


def _as_asked(work: Casework, document: bytes) -> bytes:
    """The document as the archive copy that the platform asks for by name, where it asks."""
    asked = archive_asked(work.case)
    return in_form(document, asked.part) if asked and asked.part and asked.made else document


def hand_over(work: Casework, written: ComposedLetter, bundle: bytes, workshop: Workshop) -> SubmissionPlan:
    """The files to submit, named and in upload order, with the letter that fits them.

    Raises:
        ProofFault: the letter cites a page that is not sent.
    """
    procedure, limits = work.procedure, work.procedure.limits
    along = letter_goes_along(procedure.delivery, limits)
    signed = signed_beside(work.facts, work.plan, procedure)
    evidence = deliver(procedure.delivery, _order(work, bundle, len(signed) + (1 if along else 0)))
    letter = delivered_letter(work, written, evidence)
    text = plain_text(letter, limits.text_chars)
    files = list(evidence)
    if along:
        same = letter is written.letter
        data = written.pdf if same else letter_pdf(letter, work.house, workshop.typesetter, paper=work.site.paper)
        if limits.colour != "colour":
            data = plain_pages(data, limits.colour, limits.max_dpi)
        data = _as_asked(work, data)
        name = f"{stem(work, 'Letter')}.pdf"
        files.append(Delivered(name=name, data=data, format="pdf", pages=page_count(data), for_="letter"))
    files += [_original(work, exhibit) for exhibit in signed]
    if limits.text_chars is not None or not along:
        name = f"{stem(work, 'Letter')}.txt"
        files.append(Delivered(name=name, data=text.text.encode("utf-8"), format="txt", for_="text", text=True))
    named = _named(files)
    if form := form_json(work.case, procedure, text.text, [(f"{n:02d}_{d.name}", d) for n, d in _uploads(named)]):
        name = f"{stem(work, 'Evidence')}.json"
        named = _named([*named, Delivered(name=name, data=form, format="json", for_="form", text=True)])
    return SubmissionPlan(
        files=named,
        not_sent=not_sent(work.plan, evidence),
        chars=text.chars,
        whole=text.whole,
        numbered=tuple(f"{number:02d}_{file.name}" for number, file in enumerate(named, start=1)),
    )


def _original(work: Casework, exhibit: PlannedExhibit) -> Delivered:
    """The untouched file behind an exhibit."""
    upload = next(upload for upload in work.uploads if upload.name == exhibit.file)
    name = f"{stem(work, 'Signed')}_{exhibit.number:02d}.pdf"
    return Delivered(name=name, data=upload.data, format="pdf", pages=len(exhibit.source_pages), for_="signed")


def _named(files: Sequence[Delivered]) -> tuple[Delivered, ...]:
    names = unique([file.name for file in files])
    return tuple(replace(file, name=name) for name, file in zip(names, files, strict=True))


def _uploads(files: Sequence[Delivered]) -> Iterator[tuple[int, Delivered]]:
    """Evidence files with their numbers."""
    return (
        (number, file)
        for number, file in enumerate(files, start=1)
        if not file.text and file.for_ not in {"letter", "signed"}
    )


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{count / 1000:.0f} KB"


def _spans(citations: Sequence[Citation], catalog: Catalog) -> str:
    return catalog.text("report.comma").join(
        catalog.text("front.cite", number=c.number, page=c.page) for c in citations
    )


def _note(work: Casework, submission: SubmissionPlan, catalog: Catalog, *, blocked: bool) -> str:
    names = (work.platform.name, work.procedure.name)
    platform, procedure = (n.get(catalog.language, n["en"]) for n in names)
    lines = [catalog.text("upload.title"), catalog.text("upload.platform", platform=platform, procedure=procedure)]
    due = effective_deadline(work.matter.due)
    at = due.block_at or due.warn_at if due else None
    if due and at:
        source = work.platform.sources.get(due.source)
        title = source.titled(catalog.language) if source else catalog.text(f"deadline_source.{due.source}")
        lines.append(catalog.text("upload.deadline", at=at.isoformat(sep=" ", timespec="minutes"), source=title))
    if blocked:
        lines.append(catalog.text("upload.blocked"))
    lines += ["", catalog.text("upload.files"), *_file_lines(submission, catalog), ""]
    limit = work.procedure.limits.text_chars
    within = catalog.text("upload.limit", limit=limit) if limit else ""
    for name, file in zip(submission.numbered, submission.files, strict=True):
        if file.for_ == "text":
            lines.append(catalog.text("upload.text", chars=submission.chars, limit=within, name=name))
        elif file.for_ == "form":
            lines.append(catalog.text("upload.form", name=name))
    if submission.not_sent:
        lines += ["", catalog.text("upload.not_sent", pages=_spans(submission.not_sent, catalog))]
    advice = steps(work, catalog)
    if advice:
        lines += ["", catalog.text("upload.steps"), *(f"- {line}" for line in advice)]
    return "\n".join([*lines, "", catalog.text("upload.never")])


def _file_lines(submission: SubmissionPlan, catalog: Catalog) -> Iterator[str]:
    for number, (name, file) in enumerate(zip(submission.numbered, submission.files, strict=True), start=1):
        if not file.text:
            line = catalog.text("upload.file", number=number, name=name, size=_size(len(file.data)))
            use = catalog.text("upload.signed") if file.for_ == "signed" else file.for_
            yield f"{line} → {use}" if use not in {None, "evidence", "letter"} else line


def upload_note(work: Casework, submission: SubmissionPlan, *, blocked: bool) -> bytes:
    """``UPLOAD.txt``: Chinese, then English, with the byte order mark that Windows' editor needs."""
    catalogs = work.house.catalogs
    parts = [_note(work, submission, catalogs.of(language), blocked=blocked) for language in ("zh-Hans", "en")]
    return ("\ufeff" + ("\n\n" + "-" * 60 + "\n\n").join(parts) + "\n").replace("\n", "\r\n").encode("utf-8")
