"""Does an exhibit say the opposite of what it should prove?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "evidence-contradicts"
INPUT = "plan"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A blocker per contradicted proposition, naming the first exhibit that speaks against it."""
    if not dossier.coverage:
        raise Skip("nothing-needed")
    for covered in dossier.coverage:
        if covered.status == "contradicted":
            cited = covered.exhibits[0]
            exhibit = next(e for e in dossier.plan.exhibits if e.number == cited.number)
            yield Finding(
                code="evidence-contradicts",
                severity="blocker",
                file=exhibit.file,
                page=exhibit.source_pages[cited.page - exhibit.first_page],
                params={"proposition": f"@proposition.{covered.proposition}", "exhibit": cited.number},
                rules=("S000-64",),
            )
