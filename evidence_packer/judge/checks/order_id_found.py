"""Does the order's own number stand where such a page prints it?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import EXPECTS_ORDER_ID, Dossier, Skip
from evidence_packer.understand.interpret import own_order_ids

CODE = "order-id-found"
INPUT = "facts"


def check(dossier: Dossier) -> Iterator[Finding]:
    """One warning per file of a kind that prints order numbers and shows none of the case's; near misses have their own."""
    own = own_order_ids(dossier.case)
    if not own:
        raise Skip("no-order-id")
    for file in dossier.of_kinds(EXPECTS_ORDER_ID):
        masked = any(seen.number in own for seen in file.masked_numbers)  # has a finding of its own
        if file.has_text and not file.order_ids and dossier.legible(file) and not masked:
            yield Finding(
                code="order-id-missing",
                severity="warning",
                file=file.file,
                params={"expected": own[0]},
                rules=("S001-06",),
            )
