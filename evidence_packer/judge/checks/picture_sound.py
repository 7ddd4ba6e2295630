"""Was the picture made so that a reviewer trusts and reads it: at its own size and shape, in enough light?"""

from collections.abc import Iterator
from dataclasses import replace

from casefile.facts import FileFacts
from casefile.finding import Finding
from casefile.reading import Flaw
from evidence_packer.judge.check import Dossier

CODE = "picture-sound"
INPUT = "facts"
_FINDINGS = {
    "enlarged": Finding(code="picture-enlarged", severity="advice"),
    "stretched": Finding(code="picture-stretched", severity="warning"),
    "too_dark": Finding(code="photo-too-dark", severity="warning"),
    "too_bright": Finding(code="photo-too-bright", severity="warning"),
    "reflection": Finding(code="photo-reflection", severity="warning"),
}


def _told_already(file: FileFacts, page: int, flaw: Flaw) -> bool:
    """Whether the page is blurred through and through, which says it all."""
    return flaw.what == "enlarged" and file.sharpness[page - 1].verdict == "blurred"


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice for an enlarged screenshot, a warning for a stretched one, for too little or too much light, for reflections."""
    for file in dossier.facts:
        for page, flaw in file.flaws:
            if _told_already(file, page, flaw):
                continue
            where = replace(_FINDINGS[flaw.what], file=file.file, page=page, box=flaw.box)
            yield replace(where, params={"amount": flaw.amount}, rules=("S001-47",))
