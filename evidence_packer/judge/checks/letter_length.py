"""Does the letter fit the platform's box, and all texts together its form?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip
from evidence_packer.judge.form_texts import texts

CODE = "letter-length"
INPUT = "letter"


def _together(dossier: Dossier, letter: int) -> Iterator[Finding]:
    limits = dossier.procedure.limits
    found = letter + sum(map(len, texts(dossier.case, dossier.procedure.fields_for(dossier.case.reason), "").values()))
    if limits.total_text_chars and found > limits.total_text_chars:
        yield Finding(
            code="texts-over-limit", severity="blocker", params={"found": found, "allowed": limits.total_text_chars}
        ).capped(dossier.platform.confidence(limits.text_source))


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning when sentences had to be left out of the text version, a blocker when the form takes less than all texts."""
    limit = dossier.procedure.limits.text_chars
    if limit is None or dossier.letter_chars is None:
        raise Skip("no-text-limit")
    yield from _together(dossier, min(limit, dossier.letter_chars))
    if dossier.letter_chars > limit:
        yield Finding(
            code="letter-too-long", severity="warning", params={"found": dossier.letter_chars, "allowed": limit}
        ).capped(dossier.platform.confidence(dossier.procedure.limits.text_source))
