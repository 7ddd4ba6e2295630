"""Is the letter in a language its reader takes, all through?"""

from collections.abc import Iterator

from casefile.fields.base import same_language
from casefile.finding import Finding
from casefile.scripts import foreign_words, mostly_foreign
from evidence_packer.judge.check import Dossier

CODE = "letter-language"
INPUT = "letter"
_SHOWN = 80


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning for a language outside the platform's list, and one per sentence with words its readers do not read.

    A sentence that is written for other readers as a whole is a blocker.
    """
    letter = dossier.letter
    assert letter is not None  # INPUT promises it
    audience = dossier.procedure.audience
    theirs = dossier.site.read_by(audience)
    accepted = dossier.procedure.limits.languages or ((theirs,) if audience == "buyer" else (theirs, "en"))
    if not any(same_language(letter.language, tag) for tag in accepted):
        yield Finding(
            code="letter-language",
            severity="warning",
            pointer="/language",
            params={"language": f"@tongue.{letter.language}", "accepted": [f"@tongue.{tag}" for tag in accepted]},
            rules=("S000-42", "S001-19") if audience == "buyer" else ("S003-40", "S004-13"),
        )
    for sentence in letter.sentences:
        if words := foreign_words(sentence.text, letter.language):
            yield Finding(
                code="letter-mixed-language",
                severity="blocker" if mostly_foreign(sentence.text, letter.language) else "warning",
                params={"number": sentence.number, "text": ", ".join(words)[:_SHOWN]},
                rules=("S003-40",),
            )
