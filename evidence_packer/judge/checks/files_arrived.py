"""Was every listed file sent, and is every sent file usable?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "files-arrived"
INPUT = "case"
_CHOSEN = {"duplicate-of", "excluded-by-case", "reference-only", "archive-unpacked"}


def _named(dossier: Dossier) -> dict[str, str]:
    """File name → pointer of the place that names it first."""
    found: dict[str, str] = {}

    def walk(value: object, pointer: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                here = f"{pointer}/{key}"
                if key in {"files", "authorisation"} and isinstance(inner, (list, tuple)):
                    for place, name in enumerate(inner):
                        if isinstance(name, str):
                            found.setdefault(name, f"{here}/{place}")
                if key != "extra":
                    walk(inner, here)
        elif isinstance(value, (list, tuple)):
            for place, inner in enumerate(value):
                walk(inner, f"{pointer}/{place}")

    for place, entry in enumerate(dossier.case.files):
        found.setdefault(entry.name, f"/files/{place}/name")
    walk(dossier.case.model_dump(by_alias=True), "")
    return found


def check(dossier: Dossier) -> Iterator[Finding]:
    """Blockers for files named but not sent; advice for files that cannot be used and for proposed kinds.

    A file that cannot be used changes no verdict: only what is missing because of it does.
    """
    sent = set(dossier.uploaded)
    for name, pointer in _named(dossier).items():
        if name not in sent:
            yield Finding(code="file-not-sent", severity="blocker", file=name, pointer=pointer, rules=("S001-59",))
    for line in dossier.not_included:
        if line.code not in _CHOSEN:
            yield Finding(
                code="file-unusable",
                severity="advice",
                file=line.file,
                params={"reason": f"@not_included.{line.code}", **line.params},
                rules=("S001-59",),
            )
    for file in dossier.facts:
        if file.kind_proposed:
            yield Finding(
                code="kind-proposed",
                severity="advice",
                file=file.file,
                params={
                    "kind": f"@kind.{file.kind}",
                    "why": f"@kind_reason.{file.kind_reason}",
                    "words": f": {', '.join(file.kind_words)}" if file.kind_words else "",
                },
            )
