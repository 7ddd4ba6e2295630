"""What is really sent, and the letter that fits it: a sentence whose exhibit is not sent is reworded or left out.

Numbers never change; where several files are sent, a citation names the file as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from casefile.citation import BundlePlan, Citation, PlannedExhibit
from casefile.coverage import PropositionCoverage, TimelinePoint
from casefile.errors import ProofFault
from casefile.ground import StandingGround
from casefile.letter import Letter
from evidence_packer.bind.delivery import Delivered
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.write import ComposedLetter, composed


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionPlan:
    """The files in upload order, then the texts; printed pages of the bundle that are not sent; the length of the text.

    ``chars`` and ``whole``: characters of the letter's text as sent, and before anything was left out.
    """

    files: tuple[Delivered, ...] = ()
    not_sent: tuple[Citation, ...] = ()
    chars: int = 0
    whole: int = 0
    numbered: tuple[str, ...] = field(default=())
    """Names of ``files`` with their numbers."""


def not_sent(plan: BundlePlan, files: tuple[Delivered, ...]) -> tuple[Citation, ...]:
    """The bundle's pages that no file shows."""
    shown = {page for file in files for page in file.shows}
    return tuple(
        Citation(number=exhibit.number, page=page)
        for exhibit in plan.exhibits
        for page in range(exhibit.first_page, exhibit.last_page + 1)
        if page not in shown
    )


def file_of(files: tuple[Delivered, ...]) -> Mapping[int, int]:
    """Printed page → number of the file that shows it; empty where there is only one."""
    return {page: number for number, file in enumerate(files, start=1) for page in file.shows} if len(files) > 1 else {}


def delivered_letter(work: Casework, written: ComposedLetter, files: tuple[Delivered, ...]) -> Letter:
    """The letter for what is sent.

    Raises:
        ProofFault: ``proof-citation``: it cites a page that is not sent.
    """
    gone = not_sent(work.plan, files)
    numbers = file_of(files)
    if not gone and not numbers:
        return written.letter
    shown = {page for file in files for page in file.shows}
    evidence = replace(
        work.evidence,
        plan=replace(work.plan, exhibits=tuple(kept for e in work.plan.exhibits if (kept := _sent(e, shown)))),
        coverage=tuple(_covered(covered, shown) for covered in work.coverage),
        timeline=tuple(_pointed(point, shown) for point in work.timeline),
        grounds=tuple(_resting(ground, shown) for ground in work.evidence.grounds),
    )
    sent = replace(work, evidence=evidence)
    letter = composed(sent, written.letter.language, file_of=numbers)
    for sentence in letter.sentences:
        for citation in sentence.exhibits:
            if citation.page not in shown:
                raise ProofFault("proof-citation", exhibit=citation.number, page=citation.page)
    return letter


def _sent(exhibit: PlannedExhibit, shown: set[int]) -> PlannedExhibit | None:
    """The exhibit from its first to its last sent page, or ``None``."""
    pages = [page for page in range(exhibit.first_page, exhibit.last_page + 1) if page in shown]
    if not pages:
        return None
    first, last = pages[0] - exhibit.first_page, pages[-1] - exhibit.first_page + 1
    return replace(
        exhibit,
        source_pages=exhibit.source_pages[first:last],
        parts=exhibit.parts[first:last],
        first_page=pages[0],
        translation=exhibit.translation[: max(0, last - len(exhibit.source_pages))],
    )


def _covered(covered: PropositionCoverage, shown: set[int]) -> PropositionCoverage:
    empty = ((),) * len(covered.exhibits)
    rows = zip(covered.exhibits, covered.spots or empty, covered.statements or empty, strict=True)
    kept = [row for row in rows if row[0].page in shown]
    return replace(
        covered,
        exhibits=tuple(citation for citation, _, _ in kept),
        spots=tuple(spots for _, spots, _ in kept),
        statements=tuple(said for _, _, said in kept),
        status=covered.status if kept or not covered.exhibits else "missing",
    )


def _resting(ground: StandingGround, shown: set[int]) -> StandingGround:
    """The ground with the citations of what is sent; what rests on none of it is our record."""
    arguments = []
    for one in ground.arguments:
        kept = _kept(one.citations, shown)
        arguments.append(replace(one, citations=kept, proof=one.proof if kept or not one.citations else "missing"))
    kept = _kept(ground.citations, shown)
    proof = ground.proof if kept or not ground.citations else "missing"
    return replace(ground, citations=kept, proof=proof, arguments=tuple(arguments))


def _kept(citations: tuple[Citation, ...], shown: set[int]) -> tuple[Citation, ...]:
    return tuple(citation for citation in citations if citation.page in shown)


def _pointed(point: TimelinePoint, shown: set[int]) -> TimelinePoint:
    if point.page is None or point.page in shown:
        return point
    return replace(point, source="case", exhibit=None, page=None)
