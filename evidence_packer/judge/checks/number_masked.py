"""Does a page hide part of the number that ties it to the case?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "number-masked"
INPUT = "facts"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning per file that shows an own number only with part of it hidden."""
    for file in dossier.facts:
        whole = any(seen.matches for seen in file.order_ids) or any(seen.matches for seen in file.tracking_numbers)
        if file.masked_numbers and not whole:
            seen = file.masked_numbers[0]
            yield Finding(
                code="number-masked",
                severity="warning",
                file=file.file,
                page=seen.page,
                box=seen.box,
                params={"found": seen.text, "expected": seen.number},
                rules=("S001-06",),
            )
