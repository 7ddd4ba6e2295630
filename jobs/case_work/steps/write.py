"""The letter of a case: composed in the platform's language, copied in the operator's, set as PDF and as text."""

from collections.abc import Mapping
from dataclasses import dataclass

from casefile.letter import Letter
from casefile.letter_language import spoken
from jobs.case_work.steps.casework import Casework
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
    work: Casework,
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
            matter=work.matter,
            evidence=work.evidence,
            captions=work.captions(language),
            language=language,
            bank=bank(work.house.templates),
            new=_new(work),
            draft=draft,
            copy_of=copy_of,
            file_of=file_of or {},
        ),
        shelf(work.house.templates)[work.procedure.letter],
    )


def _new(work: Casework) -> tuple[str, ...] | None:
    """Files that the previous pack did not hold; ``None`` where no previous pack is work."""
    if work.previous is None:
        return None
    return tuple(upload.name for upload in work.uploads if upload.sha256 not in work.previous)


def write(work: Casework, workshop: Workshop) -> ComposedLetter:
    """Letter, plain text within the platform's box, and the reading copy when the case asks for one."""
    letter = composed(work, work.matter.letter_language)
    house, typesetter = workshop.house, workshop.typesetter
    wanted = work.case.reading_copy
    reads = spoken(wanted, work.procedure.letter, house.catalogs) or "en" if wanted else letter.language
    copy = composed(work, reads, copy_of=letter.language) if reads != letter.language else None
    return ComposedLetter(
        letter=letter,
        pdf=letter_pdf(letter, house, typesetter, paper=work.site.paper),
        text=plain_text(letter, work.procedure.limits.text_chars),
        copy=copy,
        copy_pdf=letter_pdf(copy, house, typesetter, paper=work.site.paper, numbered=True) if copy else None,
    )
