"""Was the same thing sent twice?"""

from collections.abc import Iterator
from itertools import combinations

from casefile.facts import FileFacts
from casefile.finding import Finding
from evidence_packer.check import Dossier

CODE = "exhibit-duplicated"
INPUT = "case"
_SAME_BITS = 4
"""Two 64-bit picture hashes this near look alike to the eye."""


def _says(file: FileFacts) -> tuple[object, ...]:
    numbers = sorted({seen.value for seen in file.order_ids} | {seen.value for seen in file.tracking_numbers})
    return (*numbers, *sorted({seen.text for seen in file.timestamps}))


def _alike(a: FileFacts, b: FileFacts) -> bool:
    """Looks the same and says the same: two chat screenshots look alike but say different things."""
    hashes = list(zip(a.perceptual_hashes, b.perceptual_hashes, strict=False))
    same_look = bool(hashes) and all((x ^ y).bit_count() <= _SAME_BITS for x, y in hashes)
    return same_look and len(a.pages) == len(b.pages) and bool(_says(a)) and _says(a) == _says(b)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice per file left out as an exact copy, a warning per pair of exhibits that look and say the same."""
    for line in dossier.not_included:
        if line.code == "duplicate-of":
            yield Finding(
                code="exhibit-duplicated", severity="advice", file=line.file, params={"other": line.params["other"]}
            )
    for a, b in combinations(dossier.facts, 2):
        if _alike(a, b):
            yield Finding(code="exhibit-near-duplicate", severity="warning", file=b.file, params={"other": a.file})
