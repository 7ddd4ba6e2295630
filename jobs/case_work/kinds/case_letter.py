"""The letter alone: exhibits are the files in the case's order, all attached, no pages cited, marked as a draft."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from casefile.admission import admit
from casefile.case import Case
from casefile.casework import Evidence, Matter
from casefile.citation import BundlePlan, PlannedExhibit
from casefile.coverage import PropositionCoverage
from casefile.letter import Letter
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.write import composed
from jobs.case_work.workshop import Workshop
from letters.render import PlainLetter, letter_html, letter_pdf, plain_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedLetter:
    """One letter in every form it is handed out in."""

    letter: Letter
    pdf: bytes
    html: str
    text: PlainLetter


def _plan(case: Case) -> BundlePlan:
    entries = [entry for entry in case.files if entry.use == "exhibit"]
    return BundlePlan(
        exhibits=tuple(
            PlannedExhibit(number=n, file=entry.name, kind=entry.kind or "other", source_pages=(1,), first_page=n)
            for n, entry in enumerate(entries, start=1)
        )
    )


def write_letter(case: Case, as_of: dt.datetime, workshop: Workshop) -> RenderedLetter:
    """The draft letter of a case without its evidence.

    Raises:
        RequestFault: the case names an unknown platform, procedure or site, or lacks its subject's id.
    """
    admit(case, workshop.house)
    matter = Matter.of(case, workshop.house, as_of, {})
    work = Casework(matter=matter, evidence=_unread(matter), language="en", read={})
    letter = composed(work, matter.letter_language, draft=True)
    house, typesetter = workshop.house, workshop.typesetter
    return RenderedLetter(
        letter=letter,
        pdf=letter_pdf(letter, house, typesetter, paper=matter.site.paper),
        html=letter_html(letter, house, typesetter),
        text=plain_text(letter, matter.procedure.limits.text_chars),
    )


def _unread(matter: Matter) -> Evidence:
    """The evidence of a case whose files nobody has seen: each is enclosed, none shows anything."""
    plan = _plan(matter.case)
    return Evidence(files=(), plan=plan, coverage=tuple(_enclosed(matter, plan)), timeline=())


def _enclosed(matter: Matter, plan: BundlePlan) -> Iterator[PropositionCoverage]:
    for needed in matter.procedure.needed(matter.case):
        cites = tuple(exhibit.cite() for exhibit in plan.exhibits if exhibit.kind in needed.kinds)
        yield PropositionCoverage(
            proposition=needed.proposition,
            needs=needed.kinds,
            status="attached" if cites else "missing",
            required=needed.required,
            optional=needed.optional,
            exhibits=cites,
        )
