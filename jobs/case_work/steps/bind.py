"""The evidence PDF of a case: front pages, exhibits untouched under their bands, and the proof on the finished file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from casefile import text_folding
from casefile.archive_asked import archive_asked
from casefile.citation import Citation
from casefile.fields.files import Redaction
from casefile.reading import PreparedImage, PreparedPdf, ReadFile
from casefile.statement import Span
from casefile.upload import Upload
from evidence_packer.bind.bundle.as_pictures import as_pictures
from evidence_packer.bind.bundle.assemble import assemble
from evidence_packer.bind.bundle.dpi import within_dots
from evidence_packer.bind.bundle.fit import Fitted, Reads, fit
from evidence_packer.bind.bundle.proof import prove
from evidence_packer.bind.bundle.rereading import prove_pictures, unread
from evidence_packer.bind.bundle.stamp import BundleLook, ExhibitPages
from evidence_packer.bind.bundle.words import words_of
from evidence_packer.bind.front_page import BundleView
from evidence_packer.bind.order import alike
from evidence_packer.bind.runs import groups
from evidence_packer.bind.told_on_pages import told_on_pages
from evidence_packer.judge.highlights import marks
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.crops import part_of
from jobs.case_work.steps.write import ComposedLetter
from jobs.case_work.workshop import Workshop

_SET_HERE = {"office-set"}
"""What reading says of a file whose pages nobody else sees as they are set here: its name stands on them."""


def view_of(work: Casework, answer: str = "") -> BundleView:
    """What the front pages may show: the outside view; ``answer`` is the sentence that the letter opens with."""
    return BundleView(
        matter=work.matter,
        evidence=work.evidence,
        captions=work.captions(),
        previews={name: file.previews for name, file in work.read.items()},
        lines={
            name: tuple(tuple(line.box for line in page.lines) for page in file.reading.pages)
            for name, file in work.read.items()
        },
        detail=lambda file, page, box, size: part_of(work, file, page, box, size),
        answer=answer,
    )


def exhibit_pages(work: Casework) -> tuple[ExhibitPages, ...]:
    """Each planned exhibit with its caption, what it proves, and the picture or document to place."""
    captions = work.captions()
    dots, paper = work.procedure.limits.max_dpi, work.site.paper
    shown = {
        planned.file: within_dots(work.read[planned.file].prepared, planned.parts, paper, dots)
        for planned in work.plan.exhibits
    }
    asked = archive_asked(work.case)
    if asked and asked.made:
        shown = {file: as_pictures(prepared) for file, prepared in shown.items()}
    proved, grouped = proved_by_page(work), groups(view_of(work))
    return tuple(
        ExhibitPages(
            planned=planned,
            caption=captions[planned.file],
            kind_label=work.matter.catalog.text(f"kind.{planned.kind}"),
            proves=None,
            group=grouped.get(planned.number, ""),
            by_page=proved,
            prepared=shown[planned.file],
            lines=words_of(work.read[planned.file].reading, shown[planned.file]),
            text_height=_text_height(work.read[planned.file], shown[planned.file]),
            printed_from=planned.file if _SET_HERE & set(work.read[planned.file].reading.changes) else "",
            marks=marks(planned, work.coverage, _redactions(work, planned.file)),
        )
        for planned in work.plan.exhibits
    )


def proved_by_page(work: Casework) -> Mapping[int, str]:
    """What each printed page shows, in words: the propositions that coverage cites to this very page."""
    view, found = view_of(work), dict[int, list[str]]()
    for covered in work.coverage:
        for citation in covered.exhibits if covered.status == "shown" else ():
            found.setdefault(citation.page, []).append(view.statement(replace(covered, exhibits=(citation,))))
    return {page: "; ".join(dict.fromkeys(said)) for page, said in found.items()}


def _redactions(work: Casework, file: str) -> tuple[Redaction, ...]:
    entry = work.case.entry(file)
    return entry.redact if entry else ()


def _text_height(file: ReadFile, shown: PreparedImage | PreparedPdf) -> float | None:
    """The height of the type in pixels of the prepared picture; ``None`` for documents and pictures without type."""
    page = file.reading.pages[0]
    if not isinstance(shown, PreparedImage) or page.text_height_px is None:
        return None
    return page.text_height_px * max(shown.width, shown.height) / max(page.width, page.height)


def citations(work: Casework, written: ComposedLetter) -> Iterable[Citation]:
    """Every citation that the letter and the coverage make."""
    for sentence in written.letter.sentences:
        yield from sentence.exhibits
    for covered in work.coverage:
        yield from covered.exhibits


def _proof_reader(work: Casework, workshop: Workshop) -> Reads:
    """Reads a smaller copy again: the case's own numbers that stood in the original must still be found."""
    facts = {file.file: file for file in work.facts}

    def reads(exhibit: ExhibitPages, copy: PreparedImage) -> bool:
        file = facts[exhibit.planned.file]
        own = {seen.value for seen in file.order_ids if seen.matches}
        own |= {seen.value for seen in file.tracking_numbers if seen.matches}
        if not own:
            return True
        upload = Upload(name=f"copy.{copy.format}", data=copy.data)
        again = workshop.reading_rooms[0].read(upload, wanted=tuple(sorted(own)))
        return isinstance(again, ReadFile) and all(
            text_folding.squeezed(number) in text_folding.squeezed(again.reading.pages[0].text) for number in own
        )

    return reads


def claims(view: BundleView, written: ComposedLetter) -> Iterator[tuple[Citation, Span]]:
    """What letter and front pages claim of pages, with the words there on which it rests."""
    for letter in (written.letter, written.copy) if written.copy else (written.letter,):
        for sentence in letter.sentences:
            yield from ((sentence.exhibits[0], span) for span in sentence.rests_on if sentence.exhibits)
    yield from told_on_pages(view)


def not_found_again(work: Casework, written: ComposedLetter, bundle: bytes) -> tuple[Span, ...]:
    """The words on which letter or front pages rest that the finished pages do not print."""
    readings = {name: file.reading for name, file in work.read.items()}
    return unread(bundle, work.plan, claims(view_of(work), written), readings)


def bind(work: Casework, written: ComposedLetter, front: bytes, workshop: Workshop) -> Fitted:
    """The finished bundle behind its ``front`` pages, within the platform's size where that can be read, proved.

    Raises:
        ProofFault: a number, label, link or citation of the finished file disagrees with the plan.
    """
    view = view_of(work)
    look = BundleLook(
        catalog=work.matter.catalog,
        title=work.matter.catalog.text("bundle.title", subject=view.subject),
        subject=f"{view.name(view.platform.name)} · {view.procedure_name}",
        paper=work.site.paper,
        typesetter=workshop.typesetter,
    )
    limits = work.procedure.limits
    limit = limits.max_file_bytes if "pdf" in limits.formats else None
    fitted = fit(
        exhibit_pages(work), limit, lambda exhibits: assemble(front, exhibits, look), _proof_reader(work, workshop)
    )
    prove_pictures(fitted.bundle, fitted.exhibits)
    listed = frozenset(members[0].number for members in alike(work.plan, work.coverage))
    prove(fitted.bundle, work.plan, citations(work, written), work.matter.catalog.text("bundle.footer"), listed)
    return fitted
