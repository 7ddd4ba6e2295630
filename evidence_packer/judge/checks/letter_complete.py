"""What had to be left out of the letter, and why that matters."""

from collections.abc import Iterator

from casefile.finding import Finding, Severity
from evidence_packer.judge.check import Dossier

CODE = "letter-complete"
INPUT = "letter"

_TOLD: dict[str, tuple[str, Severity]] = {
    "no-text-in-language": ("letter-text-missing", "warning"),
    "name-in-other-script": ("letter-name-replaced", "advice"),
    "bank-unknown": ("bank-code-unknown", "blocker"),
    "bank-slot-missing": ("bank-slot-missing", "blocker"),
    "bank-confesses": ("bank-sentence-confesses", "warning"),
    "remedy-unproved": ("remedy-unproved", "warning"),
    "contact-missing": ("declaration-contact-missing", "blocker"),
    "no-counter-notice": ("counter-notice-unfit", "blocker"),
    "nothing-new": ("nothing-new-since", "warning"),
    "section-empty": ("letter-section-empty", "warning"),
    "name-missing": ("authorisation-name-missing", "blocker"),
}
"""Reason of the letter → finding and its severity; what evidence lacks is told by the checks of evidence."""


def check(dossier: Dossier) -> Iterator[Finding]:
    """One finding for each statement of the operator that the letter cannot say."""
    letter = dossier.letter
    assert letter is not None  # INPUT promises it
    for left in letter.left_out:
        if left.code in _TOLD:
            code, severity = _TOLD[left.code]
            yield Finding(
                code=code,
                severity=severity,
                pointer=left.sentence if left.sentence.startswith("/") else None,
                params={"language": f"@tongue.{letter.language}", "sentence": _named(left.sentence), "text": left.text},
            )


def _named(sentence: str) -> str:
    """A field of the case by its name, a sentence as it is."""
    return f"@field.{sentence}" if sentence.startswith("/") else sentence
