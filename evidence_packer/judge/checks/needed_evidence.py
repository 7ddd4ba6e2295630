"""Is everything there that this reason needs on this platform?"""

from collections.abc import Iterator

from casefile.finding import Finding, Severity
from evidence_packer.judge.check import Dossier, Skip

CODE = "needed-evidence"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A blocker per required proposition without evidence (weak source: a warning), a warning or advice for the others."""
    if not dossier.coverage:
        raise Skip("nothing-needed")
    for covered in dossier.coverage:
        if covered.status != "missing":
            continue
        code = "evidence-would-help" if covered.optional else "evidence-missing"
        severity: Severity = "blocker" if covered.required else "advice" if covered.optional else "warning"
        finding = Finding(
            code=code,
            severity=severity,
            params={
                "proposition": f"@proposition.{covered.proposition}",
                "kinds": [f"@kind.{kind}" for kind in covered.needs],
            },
            rules=("S002-07", "S003-05"),
        )
        severe = covered.required and not dossier.facts
        yield finding if severe else finding.capped(covered.confidence)
