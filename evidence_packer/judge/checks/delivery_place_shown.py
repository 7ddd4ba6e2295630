"""Does a delivery paper say that the parcel was left with somebody else, or in a locker?"""

from collections.abc import Iterator

from casefile.fields.files import Kind
from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "delivery-place-shown"
INPUT = "facts"
_PAPERS: frozenset[Kind] = frozenset({"tracking", "proof_of_delivery"})


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice per delivery paper that names a locker, a neighbour, a reception or a post box."""
    for file in dossier.of_kinds(_PAPERS):
        for seen in file.delivery_places[:1]:
            yield Finding(
                code="delivery-place-shown",
                severity="advice",
                file=file.file,
                page=seen.page,
                box=seen.box,
                params={"place": f"@place.{seen.what}", "found": seen.text},
                rules=("S000-49",),
            )
