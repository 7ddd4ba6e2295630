"""Has a named person proofread the texts of the letter's language, and is it the language that was asked for?"""

from collections.abc import Iterator

from casefile.fields.base import same_language
from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "language-proofread"
INPUT = "letter"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning for a catalog without a reviewer, and for a letter in another language than the case asks for."""
    letter = dossier.letter
    assert letter is not None  # INPUT promises it
    wanted = dossier.case.language
    if wanted and not same_language(wanted, letter.language):
        yield Finding(
            code="letter-language-unspoken",
            severity="warning",
            pointer="/language",
            params={"wanted": f"@tongue.{wanted}", "language": f"@tongue.{letter.language}"},
        )
    if not dossier.house.catalogs.of(letter.language).own("language.reviewer"):
        tongue = f"@tongue.{letter.language}"
        yield Finding(code="language-not-proofread", severity="warning", params={"language": tongue})
