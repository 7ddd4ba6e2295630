"""The order's address against what the carrier's pages print, part by part: the only page with the full address."""

from dataclasses import dataclass

from casefile.citation import Citation
from casefile.fields.files import Kind
from evidence_packer.bind.front_page import BundleView, FrontPage, ShownValues

_CARRIER: tuple[Kind, ...] = ("proof_of_delivery", "tracking", "dispatch", "carrier_statement")
_PARTS = ("name", "street", "city", "postal_code")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One part of the address, and the pages that print it."""

    label: str
    value: str
    exhibits: list[Citation]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown(ShownValues):
    rows: list[_Row]


def _ordered(view: BundleView) -> dict[str, str | None]:
    buyer = view.case.buyer
    to = buyer.ship_to if buyer else None
    if buyer is None or to is None:
        return {}
    return {"name": buyer.name, "street": ", ".join(to.lines), "city": to.city, "postal_code": to.postal_code}


def _printed(view: BundleView, part: str, numbers: set[int]) -> list[Citation]:
    found: dict[Citation, None] = {}
    for file in view.facts:
        exhibit = view.plan.of_file(file.file)
        if exhibit is None or file.kind not in _CARRIER or exhibit.number not in numbers:
            continue
        for place in file.places:
            if place.matches and place.part == part:
                found[exhibit.cite(place.page, (place.box[1] + place.box[3]) / 2)] = None
    return list(found)


def _values(view: BundleView) -> _Shown | None:
    """The parts that an exhibit of the carrier prints; ``None`` unless the postcode or the town is among them."""
    told = [c for c in view.coverage if c.proposition == "delivered_to_address" and c.status == "shown"]
    numbers = {citation.number for covered in told for citation in covered.exhibits}
    rows = [
        _Row(label=view.catalog.text(f"front.address.{part}"), value=value, exhibits=printed)
        for part in _PARTS
        if (value := _ordered(view).get(part)) and (printed := _printed(view, part, numbers))
    ]
    return _Shown(rows=rows) if rows else None


PAGE = FrontPage(name="addresses", order=4, template="front_pages/addresses.html", values=_values)
