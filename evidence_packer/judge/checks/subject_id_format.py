"""Are the ids written as the platform writes them?"""

from collections.abc import Iterator

from casefile.finding import Finding
from casefile.pointer import resolve
from evidence_packer.judge.check import Dossier, Skip

CODE = "subject-id-format"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """One finding per id that has another form, at the severity the platform's file gives, capped by its confidence."""
    if not dossier.platform.identifiers:
        raise Skip("no-id-format")
    for identifier in dossier.platform.identifiers:
        value = resolve(dossier.case, identifier.field)
        if value and not identifier.matches(str(value)):
            yield Finding(
                code="subject-id-format",
                severity=identifier.severity,
                pointer=identifier.field,
                params={"found": str(value), "example": identifier.valid[0], "name": dict(identifier.name)},
                rules=("S004-62",),
            ).capped(dossier.platform.confidence(identifier.source))
