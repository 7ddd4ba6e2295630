"""Does the letter name the code that the platform gave?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "error-code-cited"
INPUT = "letter"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning when the notice's error code appears nowhere in the letter."""
    letter, notice = dossier.letter, dossier.case.notice
    assert letter is not None  # INPUT promises it
    if not notice or not notice.error_code:
        raise Skip("no-error-code")
    text = " ".join((letter.subject, *(v for _, v in letter.reference), *(s.text for s in letter.sentences)))
    if notice.error_code not in text:
        yield Finding(
            code="error-code-uncited", severity="warning", pointer="/notice/error_code",
            params={"code": notice.error_code}, rules=("S004-23", "S004-25"),
        )  # fmt: skip
