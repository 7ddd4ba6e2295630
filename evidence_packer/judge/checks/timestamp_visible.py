"""Does a page that has to say when, say when?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import EXPECTS_TIME, Dossier

CODE = "timestamp-visible"
INPUT = "facts"
_MUST = frozenset({"tracking", "messages", "proof_of_delivery"})


def check(dossier: Dossier) -> Iterator[Finding]:
    """One warning per file whose kind needs a date and shows none (unreadable pages have their own finding)."""
    for file in dossier.of_kinds(EXPECTS_TIME):
        if not dossier.legible(file):
            continue
        if not file.timestamps and file.has_text:
            yield Finding(code="timestamp-missing", severity="warning", file=file.file, rules=("S000-54", "S001-47"))
        elif file.timestamps and all(seen.ambiguous for seen in file.timestamps) and file.kind in _MUST:
            first = file.timestamps[0]
            yield Finding(
                code="timestamp-ambiguous",
                severity="advice",
                file=file.file,
                page=first.page,
                box=first.box,
                params={"text": first.text},
            )
