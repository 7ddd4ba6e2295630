"""What the letter says: its parts, what was left out of it, its own words, this case and no other."""

import re
from collections.abc import Iterator

from casefile.citation import written
from casefile.fields.base import same_language
from casefile.fields.letter import CITE, LetterEdit
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.letter import Paragraph
from casefile.subject import subject_id
from evidence_packer.judge.check import CheckOf, Dossier, Skip

LETTER_TEXT_MISSING = FindingKind(code="letter-text-missing", severity="warning")
LETTER_NAME_REPLACED = FindingKind(code="letter-name-replaced", severity="advice")
BANK_CODE_UNKNOWN = FindingKind(code="bank-code-unknown", severity="blocker")
BANK_SLOT_MISSING = FindingKind(code="bank-slot-missing", severity="blocker", named_in_detail=True)
BANK_SENTENCE_CONFESSES = FindingKind(code="bank-sentence-confesses", severity="warning")
REMEDY_UNPROVED = FindingKind(code="remedy-unproved", severity="warning")
DECLARATION_CONTACT_MISSING = FindingKind(code="declaration-contact-missing", severity="blocker")
COUNTER_NOTICE_UNFIT = FindingKind(code="counter-notice-unfit", severity="blocker")
NOTHING_NEW_SINCE = FindingKind(code="nothing-new-since", severity="warning")
LETTER_SECTION_EMPTY = FindingKind(code="letter-section-empty", severity="warning", follows=True)
AUTHORISATION_NAME_MISSING = FindingKind(code="authorisation-name-missing", severity="blocker")
_KINDS_OF_REASONS: dict[str, FindingKind] = {
    "no-text-in-language": LETTER_TEXT_MISSING,
    "name-in-other-script": LETTER_NAME_REPLACED,
    "bank-unknown": BANK_CODE_UNKNOWN,
    "bank-slot-missing": BANK_SLOT_MISSING,
    "bank-confesses": BANK_SENTENCE_CONFESSES,
    "remedy-unproved": REMEDY_UNPROVED,
    "contact-missing": DECLARATION_CONTACT_MISSING,
    "no-counter-notice": COUNTER_NOTICE_UNFIT,
    "nothing-new": NOTHING_NEW_SINCE,
    "section-empty": LETTER_SECTION_EMPTY,
    "name-missing": AUTHORISATION_NAME_MISSING,
}
"""Reason of the letter → kind of finding; what evidence lacks is reported by the checks of evidence."""


_PLANS = {
    "plan_of_action": ("root_cause", "actions_taken", "long_term_plan"),
    "appeal_after_decision": ("root_cause", "improvement"),
}
"""Letter kind → sections without which it is not accepted: what caused it, what was done, what will be done."""


def check_letter_complete(dossier: Dossier) -> Iterator[Finding]:
    """What had to be left out of the letter, and why that matters.

    One finding for each statement of the operator that the letter cannot say; a blocker where a plan or an appeal has no cause,
    no action or no plan.
    """
    letter = dossier.letter
    assert letter is not None  # what the check judges is there
    catalog = dossier.house.catalogs.of(letter.language)
    needed = {catalog.text(f"letter.section.{section}") for section in _PLANS.get(letter.kind, ())}
    for left in letter.left_out:
        if left.code in _KINDS_OF_REASONS:
            yield _KINDS_OF_REASONS[left.code].found(
                severity="blocker" if left.code == "section-empty" and left.sentence in needed else None,
                pointer=left.sentence if left.sentence.startswith("/") else None,
                params={"language": f"@tongue.{letter.language}", "sentence": _named(left.sentence), "text": left.text},
            )


def _named(sentence: str) -> str:
    """A field of the case by its name, a sentence as it is."""
    return f"@field.{sentence}" if sentence.startswith("/") else sentence


EDIT_UNUSED = FindingKind(code="edit-unused", severity="warning")
EDIT_OUTDATED = FindingKind(code="edit-outdated", severity="warning")
EDIT_CITATION_LOST = FindingKind(code="edit-citation-lost", severity="warning")


def check_letter_edits(dossier: Dossier) -> Iterator[Finding]:
    """Do the paragraphs in own words still fit the case that the letter states?

    A warning per paragraph in own words that was overtaken by the facts, is not used, or cites what is not there.
    """
    letter = dossier.letter
    assert letter is not None  # what the check judges is there
    known = {one.paragraph: one for one in letter.editable}
    last = {(edit.paragraph, edit.language): place for place, edit in enumerate(dossier.case.letter_edits)}
    for place, edit in enumerate(dossier.case.letter_edits):
        pointer, params = f"/letter_edits/{place}/text", {"text": CITE.sub("…", edit.text)[:60]}
        written_for = [tag for tag in (letter.language, dossier.case.reading_copy) if tag]
        used = any(same_language(edit.language, tag) for tag in written_for) and edit.paragraph in known
        if not used or last[edit.paragraph, edit.language] != place:
            yield EDIT_UNUSED.found(pointer=pointer, params=params)
            continue
        if same_language(edit.language, letter.language) and known[edit.paragraph].outdated:
            yield EDIT_OUTDATED.found(pointer=pointer, params=params)
        if lost := _lost(dossier, edit):
            params = {**params, "cited": lost[0]}
            yield EDIT_CITATION_LOST.found(pointer=pointer, params=params)


def _lost(dossier: Dossier, edit: LetterEdit) -> list[str]:
    """What the own words cite and the letter cannot: files that are no exhibit, pages that are not there."""
    cited = {c.number for p in _paragraphs(dossier, edit) for sentence in p.sentences for c in sentence.exhibits}
    files = [cite["file"] for cite in CITE.finditer(edit.text)]
    lost = [name for name in files if not (exhibit := dossier.plan.of_file(name)) or exhibit.number not in cited]
    words = written(dossier.house.catalogs.of(edit.language).text("letter.cite.page"))
    places = words.finditer(CITE.sub(" ", edit.text))
    return lost + [at[0] for at in places if not dossier.plan.at(int(at["number"]), int(at["page"]))]


def _paragraphs(dossier: Dossier, edit: LetterEdit) -> list[Paragraph]:
    sections = dossier.letter.sections if dossier.letter else ()
    return [paragraph for section in sections for paragraph in section.paragraphs if paragraph.key == edit.paragraph]


LETTER_WITHOUT_SUBJECT = FindingKind(code="letter-without-subject", severity="warning")
LETTER_UNSPECIFIC = FindingKind(code="letter-unspecific", severity="warning", follows=True)
_FEW_FACTS = 2


def check_letter_specific(dossier: Dossier) -> Iterator[Finding]:
    """Does the letter speak of this case, or could it stand under any?

    A warning when the letter names neither its subject nor two facts with a date, an amount or a number.
    """
    letter = dossier.letter
    assert letter is not None  # what the check judges is there
    text = " ".join(sentence.text for sentence in letter.sentences)
    whole = " ".join((text, letter.subject, *(value for _, value in letter.reference)))
    subject = subject_id(dossier.case, dossier.procedure.subject)
    numbers = (
        [one.tracking_number for one in dossier.case.parcels if one.tracking_number] if dossier.case.letter else []
    )
    if subject and not any(one in whole for one in (subject, *numbers)):  # a carrier knows the parcel, not the order
        yield LETTER_WITHOUT_SUBJECT.found(params={"id": subject}, rules=("S000-52", "S001-07"))
    hard = [s for s in letter.sentences if re.search(r"\d", s.text)]
    if len(hard) < _FEW_FACTS and dossier.procedure.audience != "buyer":
        yield LETTER_UNSPECIFIC.found(rules=("S001-07", "S000-52"))


ERROR_CODE_UNCITED = FindingKind(code="error-code-uncited", severity="warning")


def check_error_code_cited(dossier: Dossier) -> Iterator[Finding]:
    """Does the letter name the code that the platform gave?

    A warning when the notice's error code appears nowhere in the letter.
    """
    letter, notice = dossier.letter, dossier.case.notice
    assert letter is not None  # what the check judges is there
    if not notice or not notice.error_code:
        raise Skip("no-error-code")
    text = " ".join((letter.subject, *(v for _, v in letter.reference), *(s.text for s in letter.sentences)))
    if notice.error_code not in text:
        yield ERROR_CODE_UNCITED.found(
            pointer="/notice/error_code", params={"code": notice.error_code}, rules=("S004-23", "S004-25")
        )


CHECKS = (
    CheckOf(
        code="letter-complete",
        judges="letter",
        findings=(
            LETTER_TEXT_MISSING,
            LETTER_NAME_REPLACED,
            BANK_CODE_UNKNOWN,
            BANK_SLOT_MISSING,
            BANK_SENTENCE_CONFESSES,
            REMEDY_UNPROVED,
            DECLARATION_CONTACT_MISSING,
            COUNTER_NOTICE_UNFIT,
            NOTHING_NEW_SINCE,
            LETTER_SECTION_EMPTY,
            AUTHORISATION_NAME_MISSING,
        ),
        run=check_letter_complete,
    ),
    CheckOf(
        code="letter-edits",
        judges="letter",
        findings=(EDIT_UNUSED, EDIT_OUTDATED, EDIT_CITATION_LOST),
        run=check_letter_edits,
    ),
    CheckOf(
        code="letter-specific",
        judges="letter",
        findings=(LETTER_WITHOUT_SUBJECT, LETTER_UNSPECIFIC),
        run=check_letter_specific,
    ),
    CheckOf(code="error-code-cited", judges="letter", findings=(ERROR_CODE_UNCITED,), run=check_error_code_cited),
)
