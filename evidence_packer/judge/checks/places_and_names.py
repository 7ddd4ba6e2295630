"""Who and where: the names on our pages, and the place where a parcel was left."""

import re
from collections.abc import Iterator

from casefile.case import Case
from casefile.facts import FieldName, FileFacts
from casefile.fields.files import Kind
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from evidence_packer.judge.check import CheckOf, Dossier, Skip
from evidence_packer.understand.names import Likeness, likeness

NAME_NEAR_MISS = FindingKind(code="name-near-miss", severity="advice", about="file")
RECIPIENT_DIFFERS = FindingKind(code="recipient-differs", severity="advice", about="file")
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
            kind = NAME_NEAR_MISS if how == "near" else RECIPIENT_DIFFERS
            yield kind.found(
                file=file.file,
                page=seen.page,
                box=seen.box,
                params={"found": seen.value, "expected": name},
                rules=("S003-13",),
            )


def check_names_agree(dossier: Dossier) -> Iterator[Finding]:
    """Do pages of our order name the buyer and the seller of the case?

    Others may be named on a page: a carrier's agent, a gift's recipient, a shop's platform. Only who stands under the label of a
    recipient, buyer or seller is compared, and only on pages that show the case's own number.

    Advice for a name that misses the case's by a slip, and for a recipient who is somebody else.
    """
    known = _known(dossier.case)
    if not any(known.values()):
        raise Skip("no-names")
    for file in dossier.of_kinds(_PAGES):
        ours = any(seen.matches for seen in file.order_ids) or any(seen.matches for seen in file.tracking_numbers)
        if ours:
            yield from _of(file, known)


DELIVERED_ELSEWHERE = FindingKind(code="delivered-elsewhere", severity="warning")
_DISPUTED = frozenset({"item_not_received", "unauthorised"})


def _told(case: Case) -> Iterator[tuple[str, str]]:
    for place, parcel in enumerate(case.parcels):
        for name in ("delivered_to", "signed_by", "address_shown"):
            if text := getattr(parcel, name):
                yield f"/parcels/{place}/{name}", text
    ship_to = case.buyer.ship_to if case.buyer else None
    for place, line in enumerate(ship_to.lines if ship_to else ()):
        yield f"/buyer/ship_to/lines/{place}", line


def check_delivery_place(dossier: Dossier) -> Iterator[Finding]:
    """Was the parcel handed to the buyer, or left with somebody or something else?

    A warning per place (neighbour, reception, locker, PO box) where the buyer says that nothing came.
    """
    if dossier.case.reason not in _DISPUTED:
        raise Skip("not-about-delivery")
    places = {
        word: place
        for words in dossier.house.reading_words.values()
        for place, all_words in words.delivery_places.items()
        for word in all_words
    }
    told: set[str] = set()
    for pointer, text in _told(dossier.case):
        for word, place in places.items():
            edges = r"(?<![a-z]){}(?![a-z])" if word.isascii() else "{}"
            if place not in told and re.search(edges.format(re.escape(word)), text.lower()):
                told.add(place)
                yield DELIVERED_ELSEWHERE.found(
                    pointer=pointer,
                    params={"place": f"@place.{place}", "text": text[:60]},
                    rules=("S000-49", "S001-54"),
                )


CHECKS = (
    CheckOf(code="names-agree", judges="facts", findings=(NAME_NEAR_MISS, RECIPIENT_DIFFERS), run=check_names_agree),
    CheckOf(code="delivery-place", judges="case", findings=(DELIVERED_ELSEWHERE,), run=check_delivery_place),
)
