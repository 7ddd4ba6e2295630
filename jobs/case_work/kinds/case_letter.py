"""The letter alone: exhibits are the files in the case's order, all attached, no pages cited, marked as a draft."""

import datetime as dt
from dataclasses import dataclass

from casefile.admission import admit
from casefile.case import Case
from casefile.citation import BundlePlan, PlannedExhibit
from casefile.coverage import PropositionCoverage
from casefile.deadline import due_dates
from casefile.letter import Letter
from casefile.refusal import with_reasons
from jobs.case_work.steps.study import Study
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
    platform, procedure = admit(case, workshop.house)
    case = with_reasons(case, {}, workshop.house.reading_words)
    plan = _plan(case)
    coverage = tuple(
        PropositionCoverage(
            proposition=evidence.proposition,
            needs=evidence.kinds,
            status="attached"
            if (cites := tuple(e.cite() for e in plan.exhibits if e.kind in evidence.kinds))
            else "missing",
            required=evidence.required,
            optional=evidence.optional,
            exhibits=cites,
        )
        for evidence in procedure.needed(case)
    )
    known = Study(
        house=workshop.house, case=case, platform=platform, procedure=procedure, site=platform.site(case.site),
        as_of=as_of, language="en", uploads=(), read={}, not_included=(), facts=(), plan=plan, coverage=coverage,
        timeline=(), due=due_dates(case, platform, procedure),
    )  # fmt: skip
    letter = composed(known, known.letter_language, draft=True)
    house, typesetter = workshop.house, workshop.typesetter
    return RenderedLetter(
        letter=letter,
        pdf=letter_pdf(letter, house, typesetter, paper=known.site.paper),
        html=letter_html(letter, house, typesetter),
        text=plain_text(letter, procedure.limits.text_chars),
    )
