"""Does the letter speak of this case, or could it stand under any?"""

import re
from collections.abc import Iterator

from casefile.finding import Finding
from casefile.subject import subject_id
from evidence_packer.judge.check import Dossier

CODE = "letter-specific"
INPUT = "letter"
_FEW_FACTS = 2


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning when the letter names neither its subject nor two facts with a date, an amount or a number."""
    letter = dossier.letter
    assert letter is not None  # INPUT promises it
    text = " ".join(sentence.text for sentence in letter.sentences)
    whole = " ".join((text, letter.subject, *(value for _, value in letter.reference)))
    subject = subject_id(dossier.case, dossier.procedure.subject)
    if subject and subject not in whole:
        yield Finding(
            code="letter-without-subject", severity="warning", params={"id": subject}, rules=("S000-52", "S001-07")
        )
    hard = [s for s in letter.sentences if re.search(r"\d", s.text)]
    if len(hard) < _FEW_FACTS and dossier.procedure.audience != "buyer":
        yield Finding(code="letter-unspecific", severity="warning", rules=("S001-07", "S000-52"))
