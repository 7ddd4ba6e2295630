"""Does a file show a number that misses the order's by one sign?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip
from evidence_packer.understand.interpret import own_order_ids

CODE = "order-id-near-miss"
INPUT = "facts"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A blocker per near miss, with both numbers side by side; an own number on the same page makes it a warning."""
    if not own_order_ids(dossier.case):
        raise Skip("no-order-id")
    for file in dossier.facts:
        right = {seen.page for seen in file.order_ids if seen.matches}
        for seen in file.order_ids:
            if seen.near:
                yield Finding(
                    code="order-id-near-miss",
                    severity="warning" if seen.page in right else "blocker",
                    file=file.file,
                    page=seen.page,
                    box=seen.box,
                    params={"found": seen.value, "expected": seen.near},
                    rules=("S001-06", "S003-13"),
                )
