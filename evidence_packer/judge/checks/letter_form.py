"""The form of the letter: its parts, its length, its paragraphs."""

from collections.abc import Iterator

from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from evidence_packer.judge.check import CheckOf, Dossier, Skip
from evidence_packer.judge.form_texts import texts

LETTER_PART_EMPTY = FindingKind(code="letter-part-empty", severity="warning")
LETTER_CONCLUSION_BARE = FindingKind(code="letter-conclusion-bare", severity="advice")
LETTER_WITHOUT_REQUEST = FindingKind(code="letter-without-request", severity="warning")
LETTER_FACTS_LONG = FindingKind(code="letter-facts-long", severity="advice")
LETTER_UNSIGNED = FindingKind(code="letter-unsigned", severity="advice")
_CONCLUDING = frozenset({"conclusion", "new_evidence"})


def check_letter_signed(dossier: Dossier) -> Iterator[Finding]:
    """Does the letter say who writes it?

    A warning where a bank or a carrier reads it, who know nobody; advice where the platform knows the account.
    """
    seller = dossier.case.seller
    if seller is None or not (seller.name or seller.store):
        known = dossier.procedure.subject != "charge" and dossier.case.letter is None
        yield LETTER_UNSIGNED.found(severity="advice" if known else "warning", pointer="/seller/name")


def check_letter_structure(dossier: Dossier) -> Iterator[Finding]:
    """Does the letter have its parts, each with something in it, and an end that asks?

    Warnings for an empty part and a missing request; advice for long facts, and where no exhibit carries either the answer that
    opens the letter or its conclusion.
    """
    letter = dossier.letter
    assert letter is not None  # what the check judges is there
    for section in letter.sections:
        if not section.paragraphs:
            yield LETTER_PART_EMPTY.found(
                params={"part": section.title}, rules=("S002-13", "S003-26", "S003-28", "S004-07", "S004-27", "S001-28")
            )
    concluding = [s for part in letter.sections if part.id in _CONCLUDING for p in part.paragraphs for s in p.sentences]
    proved = bool(letter.answer) or any(sentence.exhibits for sentence in concluding)
    if concluding and dossier.plan.exhibits and not proved:
        yield LETTER_CONCLUSION_BARE.found(rules=("S002-16", "S002-03"))
    if dossier.procedure.audience != "buyer" and not any(s.sentence_class == "request" for s in letter.sentences):
        yield LETTER_WITHOUT_REQUEST.found(pointer="/request", rules=("S002-19", "S002-16"))
    limit = dossier.house.practice.targets.facts_chars
    for section in letter.sections:
        chars = sum(len(s.text) for paragraph in section.paragraphs for s in paragraph.sentences)
        if section.id == "facts" and chars > limit:
            yield LETTER_FACTS_LONG.found(params={"chars": chars, "limit": limit}, rules=("S002-14",))


TEXTS_OVER_LIMIT = FindingKind(code="texts-over-limit", severity="blocker")
LETTER_TOO_LONG = FindingKind(code="letter-too-long", severity="warning")


def _together(dossier: Dossier, letter: int) -> Iterator[Finding]:
    limits = dossier.procedure.limits
    found = letter + sum(map(len, texts(dossier.case, dossier.procedure.fields_for(dossier.case.reason), "").values()))
    if limits.total_text_chars and found > limits.total_text_chars:
        yield TEXTS_OVER_LIMIT.found(params={"found": found, "allowed": limits.total_text_chars}).capped(
            dossier.platform.confidence(limits.text_source)
        )


def check_letter_length(dossier: Dossier) -> Iterator[Finding]:
    """Does the letter fit the platform's box, and all texts together its form?

    A warning when sentences had to be left out of the text version, a blocker when the form takes less than all texts.
    """
    limit = dossier.procedure.limits.text_chars
    if limit is None or dossier.letter_chars is None:
        raise Skip("no-text-limit")
    yield from _together(dossier, min(limit, dossier.letter_chars))
    if dossier.letter_chars > limit:
        yield LETTER_TOO_LONG.found(params={"found": dossier.letter_chars, "allowed": limit}).capped(
            dossier.platform.confidence(dossier.procedure.limits.text_source)
        )


PARAGRAPH_LONG = FindingKind(code="paragraph-long", severity="warning")
_LINE = 95
"""Signs of a line in a support form, as practised."""


def check_paragraphs_short(dossier: Dossier) -> Iterator[Finding]:
    """Are the paragraphs as short as this reader wants them?

    A warning per section with a paragraph of more lines than the platform's file allows.
    """
    letter, lines = dossier.letter, dossier.procedure.limits.paragraph_lines
    assert letter is not None  # what the check judges is there
    if lines is None:
        raise Skip("no-paragraph-limit")
    for section in letter.sections:
        longest = max(
            (sum(len(s.text) + 1 for s in p.sentences) for p in section.paragraphs if not p.listed), default=0
        )
        if longest > lines * _LINE:
            yield PARAGRAPH_LONG.found(
                params={"part": section.title, "chars": longest, "limit": lines * _LINE}, rules=("S004-28",)
            )


CHECKS = (
    CheckOf(code="letter-signed", judges="letter", findings=(LETTER_UNSIGNED,), run=check_letter_signed),
    CheckOf(
        code="letter-structure",
        judges="letter",
        findings=(LETTER_PART_EMPTY, LETTER_CONCLUSION_BARE, LETTER_WITHOUT_REQUEST, LETTER_FACTS_LONG),
        run=check_letter_structure,
    ),
    CheckOf(
        code="letter-length", judges="letter", findings=(TEXTS_OVER_LIMIT, LETTER_TOO_LONG), run=check_letter_length
    ),
    CheckOf(code="paragraphs-short", judges="letter", findings=(PARAGRAPH_LONG,), run=check_paragraphs_short),
)
