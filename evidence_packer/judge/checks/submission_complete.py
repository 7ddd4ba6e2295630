"""Does everything that is in the bundle reach the platform?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "submission-complete"
INPUT = "files"


def check(dossier: Dossier) -> Iterator[Finding]:
    """One finding that names the pages for which the receiver has no room; a warning where they prove what decides."""
    if not dossier.not_sent:
        return
    left = set(dossier.not_sent)
    decisive = [c for c in dossier.coverage if c.required and c.status == "shown" and set(c.exhibits) <= left]
    pages = ", ".join(str(citation.page) for citation in dossier.not_sent)
    sent = dossier.plan.pages - len(left)
    yield Finding(
        code="pages-not-sent",
        severity="warning" if decisive else "advice",
        params={"pages": pages, "count": len(left), "sent": sent},
    )
