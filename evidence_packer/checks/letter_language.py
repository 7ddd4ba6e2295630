"""Is the letter in a language its reader takes, all through?"""

import re
from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.check import Dossier

CODE = "letter-language"
INPUT = "letter"
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]{2,}")


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning for a language outside the platform's list; a blocker for Chinese inside a letter that is not Chinese."""
    letter = dossier.letter
    assert letter is not None  # INPUT promises it
    audience = dossier.procedure.audience
    theirs = dossier.site.read_by(audience)
    accepted = dossier.procedure.limits.languages or ((theirs,) if audience == "buyer" else (theirs, "en"))
    if letter.language not in accepted and letter.language.split("-", maxsplit=1)[0] not in {
        tag.split("-", maxsplit=1)[0] for tag in accepted
    }:
        yield Finding(
            code="letter-language",
            severity="warning",
            pointer="/language",
            params={"language": letter.language, "accepted": ", ".join(accepted)},
            rules=("S000-42", "S001-19") if audience == "buyer" else ("S003-40", "S004-13"),
        )
    if letter.language.split("-", maxsplit=1)[0] not in {"zh", "ja"}:
        for sentence in letter.sentences:
            if match := _HAN.search(sentence.text):
                yield Finding(
                    code="letter-mixed-language",
                    severity="blocker",
                    params={"number": sentence.number, "text": match[0][:40]},
                    rules=("S003-40",),
                )
