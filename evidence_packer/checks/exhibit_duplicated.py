"""Was the same thing sent twice?"""

from collections.abc import Iterator
from itertools import combinations

from casefile.facts import FileFacts
from casefile.finding import Finding
from evidence_packer.check import Dossier
from evidence_packer.same_picture import same_look, same_words

CODE = "exhibit-duplicated"
INPUT = "case"
_SAME_BITS = 4
"""Two 64-bit picture hashes this near look alike to the eye."""
_FEW_LINES = 4
"""With no more lines of text, a picture is known by its look alone."""


def _says(file: FileFacts) -> tuple[object, ...]:
    numbers = sorted({seen.value for seen in file.order_ids} | {seen.value for seen in file.tracking_numbers})
    return (*numbers, *sorted({seen.text for seen in file.timestamps}))


def _alike(a: FileFacts, b: FileFacts) -> bool:
    """A copy, or a part cut out. Two chat screenshots look alike but say different things: what they say decides."""
    if len(a.pages) == len(b.pages) == 1:
        wordless = max(len(a.texts), len(b.texts)) <= _FEW_LINES
        if (same_look(a, b) and _says(a) == _says(b)) if wordless else same_words(a, b):
            return True
    hashes = list(zip(a.perceptual_hashes, b.perceptual_hashes, strict=False))
    near = bool(hashes) and all((x ^ y).bit_count() <= _SAME_BITS for x, y in hashes)
    return near and len(a.pages) == len(b.pages) and bool(_says(a)) and _says(a) == _says(b)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice per file left out as an exact copy, a warning per pair of exhibits of which one is a copy or a part of the other."""
    for line in dossier.not_included:
        if line.code == "duplicate-of":
            yield Finding(
                code="exhibit-duplicated", severity="advice", file=line.file, params={"other": line.params["other"]}
            )
    for a, b in combinations(dossier.facts, 2):
        if _alike(a, b):
            yield Finding(code="exhibit-near-duplicate", severity="warning", file=b.file, params={"other": a.file})
