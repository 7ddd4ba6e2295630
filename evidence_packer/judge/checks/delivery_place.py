"""Was the parcel handed to the buyer, or left with somebody or something else?"""

import re
from collections.abc import Iterator

from casefile.case import Case
from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "delivery-place"
INPUT = "case"
_DISPUTED = frozenset({"item_not_received", "unauthorised"})


def _told(case: Case) -> Iterator[tuple[str, str]]:
    for place, parcel in enumerate(case.parcels):
        for name in ("delivered_to", "signed_by", "address_shown"):
            if text := getattr(parcel, name):
                yield f"/parcels/{place}/{name}", text
    ship_to = case.buyer.ship_to if case.buyer else None
    for place, line in enumerate(ship_to.lines if ship_to else ()):
        yield f"/buyer/ship_to/lines/{place}", line


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning per place (neighbour, reception, locker, PO box) where the buyer says that nothing came."""
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
                yield Finding(
                    code="delivered-elsewhere", severity="warning", pointer=pointer,
                    params={"place": f"@place.{place}", "text": text[:60]}, rules=("S000-49", "S001-54"),
                )  # fmt: skip
