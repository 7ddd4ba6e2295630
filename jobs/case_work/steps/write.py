"""The letter of a case: composed in the platform's language, copied in the operator's, set as PDF and as text."""

from collections.abc import Mapping
from dataclasses import dataclass

from casefile.letter import Letter
from casefile.letter_language import spoken
from jobs.case_work.steps.study import Study
from jobs.case_work.workshop import Workshop
from letters.bank import bank
from letters.compose import LetterRequest, compose
from letters.letter_kinds import shelf
from letters.render import PlainLetter, letter_pdf, plain_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedLetter:
    """One letter in its forms; the reading copy has the same sentence numbers in the operator's language."""

    letter: Letter
    pdf: bytes
    text: PlainLetter
    copy: Letter | None = None
    copy_pdf: bytes | None = None


def composed(
    study: Study,
    language: str,
    *,
    draft: bool = False,
    copy_of: str | None = None,
    file_of: Mapping[int, int] | None = None,
) -> Letter:
    """The letter of the case in ``language``; ``copy_of`` is the language of the letter that it repeats.

    ``file_of``: printed page → number of the submitted file that shows it, where there are several.
    """
    return compose(
        LetterRequest(
            case=study.case,
            platform=study.platform,
            procedure=study.procedure,
            site=study.site,
            plan=study.plan,
            coverage=study.coverage,
            timeline=study.timeline,
            facts=study.facts,
            captions=study.captions(language),
            as_of=study.as_of,
            language=language,
            catalog=study.house.catalogs.of(language),
            carriers=study.house.carriers,
            bank=bank(study.house.templates),
            new=_new(study),
            draft=draft,
            copy_of=copy_of,
            file_of=file_of or {},
        ),
        shelf(study.house.templates)[study.procedure.letter],
    )


def _new(study: Study) -> tuple[str, ...] | None:
    """Files that the previous pack did not hold; ``None`` where no previous pack is known."""
    if study.previous is None:
        return None
    return tuple(upload.name for upload in study.uploads if upload.sha256 not in study.previous)


def write(study: Study, workshop: Workshop) -> ComposedLetter:
    """Letter, plain text within the platform's box, and the reading copy when the case asks for one."""
    letter = composed(study, study.letter_language)
    house, typesetter = workshop.house, workshop.typesetter
    wanted = study.case.reading_copy
    reads = spoken(wanted, study.procedure.letter, house.catalogs) or "en" if wanted else letter.language
    copy = composed(study, reads, copy_of=letter.language) if reads != letter.language else None
    return ComposedLetter(
        letter=letter,
        pdf=letter_pdf(letter, house, typesetter, paper=study.site.paper),
        text=plain_text(letter, study.procedure.limits.text_chars),
        copy=copy,
        copy_pdf=letter_pdf(copy, house, typesetter, paper=study.site.paper, numbered=True) if copy else None,
    )
