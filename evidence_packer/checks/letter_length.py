"""Does the letter fit the platform's box?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.check import Dossier, Skip

CODE = "letter-length"
INPUT = "letter"


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice when sentences had to be left out of the text version, with the counts."""
    limit = dossier.procedure.limits.text_chars
    if limit is None or dossier.letter_chars is None:
        raise Skip("no-text-limit")
    if dossier.letter_chars > limit:
        yield Finding(
            code="letter-too-long", severity="warning", params={"found": dossier.letter_chars, "allowed": limit}
        ).capped(dossier.platform.confidence(dossier.procedure.limits.text_source))
