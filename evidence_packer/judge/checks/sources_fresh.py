"""Are the platform's values recent enough to rely on?"""

from collections.abc import Iterator

from casefile.finding import Finding
from casefile.rules import duration_parts
from evidence_packer.judge.check import Dossier

CODE = "sources-fresh"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice when a source of the procedure was looked up too long ago."""
    age = dossier.house.practice.targets.source_age
    used = [dossier.platform.sources[key] for key in sorted(dossier.procedure.sources_used())]
    oldest = min((source.checked_on for source in used), default=None)
    if oldest and (dossier.as_of.date() - oldest).days > duration_parts(age.after)[0]:
        yield Finding(code="source-old", severity="advice", params={"day": oldest.isoformat()}, rules=age.rules)
