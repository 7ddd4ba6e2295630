"""Does the letter have its parts, each with something in it, and an end that asks?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "letter-structure"
INPUT = "letter"
_CONCLUDING = frozenset({"conclusion", "new_evidence"})


def check(dossier: Dossier) -> Iterator[Finding]:
    """Warnings for an empty part, a conclusion without an exhibit and a missing request; advice for long facts."""
    letter = dossier.letter
    assert letter is not None  # INPUT promises it
    for section in letter.sections:
        if not section.paragraphs:
            yield Finding(
                code="letter-part-empty", severity="warning", params={"part": section.title},
                rules=("S002-13", "S003-26", "S003-28", "S004-07", "S004-27", "S001-28"),
            )  # fmt: skip
    concluding = [s for part in letter.sections if part.id in _CONCLUDING for p in part.paragraphs for s in p.sentences]
    if concluding and dossier.plan.exhibits and not any(sentence.exhibits for sentence in concluding):
        yield Finding(code="letter-conclusion-bare", severity="advice", rules=("S002-16", "S002-03"))
    if dossier.procedure.audience != "buyer" and not any(s.sentence_class == "request" for s in letter.sentences):
        yield Finding(
            code="letter-without-request", severity="warning", pointer="/request", rules=("S002-19", "S002-16")
        )
    limit = dossier.house.practice.targets.facts_chars
    for section in letter.sections:
        chars = sum(len(s.text) for paragraph in section.paragraphs for s in paragraph.sentences)
        if section.id == "facts" and chars > limit:
            yield Finding(
                code="letter-facts-long", severity="advice", params={"chars": chars, "limit": limit}, rules=("S002-14",)
            )
