"""A case becomes a pack: the contents page of the product."""

from dataclasses import replace

from casefile.care import about
from casefile.errors import ProofFault
from evidence_packer.bind.bundle.fit import Fitted
from jobs.case_work.pack import Pack, PackRequest
from jobs.case_work.steps.bind import bind, not_found_again
from jobs.case_work.steps.casework import Casework, read, set_against
from jobs.case_work.steps.hand_over import hand_over
from jobs.case_work.steps.judge import dossier_of, judged
from jobs.case_work.steps.numbering import numbered
from jobs.case_work.steps.package import package_files
from jobs.case_work.steps.reread import printed
from jobs.case_work.steps.seal import faults, looks, redrawn
from jobs.case_work.steps.sparing import sparing
from jobs.case_work.steps.taking import Progress, Readings, silent
from jobs.case_work.steps.write import ComposedLetter, write
from jobs.case_work.workshop import Workshop


def make_pack(request: PackRequest, workshop: Workshop, progress: Progress = silent) -> Pack:
    """Everything handed back for one case: checked evidence, bundle, letter, submission, report, hashes.

    A file that cannot be placed or proved is named as not included, and the pack is made of the others.

    Raises:
        RequestFault: the case names an unknown platform, procedure or site, or lacks its subject's id.
        ProofFault: a finished document does not keep its promise; nothing is handed out.
    """
    found = read(request, workshop, progress)
    return sparing(
        tuple(found.read),
        lambda out: _sealed(request, found.without(out), workshop, progress),
    )


def _sealed(request: PackRequest, found: Readings, workshop: Workshop, progress: Progress) -> Pack:
    """The pack, once its finished bundle was seen; pages that it does not show rightly become pictures, once.

    Raises:
        FileFailed: a file is not shown even then.
    """
    for again in (False, True):
        work, written, bound = _proved(set_against(request, workshop.house, found), workshop, progress)
        wrong = faults(work, bound)
        for file, pages in wrong.items():
            with about(file):
                found = found.with_read(file, redrawn(found.read[file], pages, looks(work, workshop), again=again))
        if not wrong:
            break
    return _made(work, written, bound, workshop, progress)


def _proved(work: Casework, workshop: Workshop, progress: Progress) -> tuple[Casework, ComposedLetter, Fitted]:
    """Letter and bundle that say no more than their pages; what a finished page does not print is taken back, once.

    Raises:
        ProofFault: a finished document does not keep its promise; ``proof-anchor``: it says what its page does not, again.
    """
    for again in (False, True):
        progress("letter", 0.0)
        work, front = numbered(work, workshop)
        written = write(work, workshop)
        progress("bundle", 0.0)
        bound = bind(work, written, front, workshop)
        lost = not_found_again(work, written, bound.bundle)
        if not lost:
            break
        if again:
            raise ProofFault("proof-anchor", found=len(lost))
        work = replace(work, evidence=replace(work.evidence, denied=frozenset(lost)))
    return work, written, bound


def _made(work: Casework, written: ComposedLetter, bound: Fitted, workshop: Workshop, progress: Progress) -> Pack:
    """The pack of a case whose bundle is finished."""
    delivered = hand_over(work, written, bound.bundle, workshop)
    progress("report", 0.0)
    dossier = replace(dossier_of(work, written, delivered), printed=printed(work, bound, workshop))
    results = judged(dossier)
    return package_files(dossier, results, work, written, (bound.bundle, bound.changed, delivered), workshop)
