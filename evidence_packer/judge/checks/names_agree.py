"""Do pages of our order name the buyer and the seller of the case?

Others may be named on a page: a carrier's agent, a gift's recipient, a shop's platform. Only who stands under the label of a
recipient, buyer or seller is compared, and only on pages that show the case's own number.
"""

from collections.abc import Iterator

from casefile.case import Case
from casefile.facts import FieldName, FileFacts
from casefile.fields.files import Kind
from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip
from evidence_packer.understand.names import Likeness, likeness

CODE = "names-agree"
INPUT = "facts"
_PAGES: frozenset[Kind] = frozenset(
    {"order_page", "erp_record", "invoice", "prior_orders", "dispatch", "tracking", "proof_of_delivery", "refund_proof"}
)


def _known(case: Case) -> dict[FieldName, tuple[str, ...]]:
    """Field → the names of the case that may stand in it."""
    buyer = (case.buyer.name, case.buyer.username) if case.buyer else ()
    seller = (case.seller.store, case.seller.name) if case.seller else ()
    people = tuple(name for name in buyer if name)
    firm = tuple(name for name in seller if name)
    return {"recipient": people[:1] if case.buyer and case.buyer.name else (), "buyer": people, "seller": firm}


def _best(shown: str, known: tuple[str, ...]) -> tuple[Likeness, str]:
    found = {likeness(shown, name): name for name in reversed(known)}
    best: Likeness = "same" if "same" in found else "near" if "near" in found else "other"
    return best, found[best]


def _of(file: FileFacts, known: dict[FieldName, tuple[str, ...]]) -> Iterator[Finding]:
    for seen in file.fields:
        names = known.get(seen.name, ())
        if not names:
            continue
        how, name = _best(seen.value, names)
        if how == "near" or (how == "other" and seen.name == "recipient"):
            yield Finding(
                code="name-near-miss" if how == "near" else "recipient-differs",
                severity="advice",
                file=file.file,
                page=seen.page,
                box=seen.box,
                params={"found": seen.value, "expected": name},
                rules=("S003-13",),
            )


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice for a name that misses the case's by a slip, and for a recipient who is somebody else."""
    known = _known(dossier.case)
    if not any(known.values()):
        raise Skip("no-names")
    for file in dossier.of_kinds(_PAGES):
        ours = any(seen.matches for seen in file.order_ids) or any(seen.matches for seen in file.tracking_numbers)
        if ours:
            yield from _of(file, known)
