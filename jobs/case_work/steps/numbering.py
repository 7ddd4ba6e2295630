"""The numbers of the sheets: front pages are laid out first, and everything that names a page follows their count."""

from dataclasses import replace

from casefile.errors import ProofFault
from evidence_packer.assemble import renumbered
from evidence_packer.bind.front_page import front_matter
from jobs.case_work.steps.bind import view_of
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.write import composed
from jobs.case_work.workshop import Workshop
from press.pdf.asking import page_count

_ROUNDS = (False, False, False, True, True, True)
"""Whether a round sets the pages tight: where longer numbers make one sheet more and shorter ones one less, air gives way."""


def numbered(work: Casework, workshop: Workshop) -> tuple[Casework, bytes]:
    """The casework with the numbers that its sheets will bear, and its front pages.

    The first round is enough where the sheets were reckoned right (``evidence_packer/bind/front_sheets.py``).

    Raises:
        ProofFault: ``proof-pages``: the front pages never take as many sheets as their own numbers say.
    """
    sheets = 0
    answer = composed(work, work.matter.letter_language).answer
    for tight in _ROUNDS:
        front = front_matter(view_of(work, answer), workshop.typesetter, tight=tight)
        sheets = page_count(front)
        if sheets == work.plan.front:
            return work, front
        work = replace(work, evidence=renumbered(work.matter, work.evidence, sheets))
    raise ProofFault("proof-pages", found=sheets, expected=work.plan.front)
