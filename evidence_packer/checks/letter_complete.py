"""What had to be left out of the letter, and signs that cannot be printed."""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.check import Dossier

CODE = "letter-complete"
INPUT = "letter"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning where the operator's own text is missing in the letter's language; advice for the other left-outs."""
    letter = dossier.letter
    assert letter is not None  # INPUT promises it
    for left in letter.left_out:
        if left.code == "no-text-in-language":
            yield Finding(
                code="letter-text-missing",
                severity="warning",
                pointer=left.sentence if left.sentence.startswith("/") else None,
                params={"language": letter.language, "sentence": left.sentence},
            )
