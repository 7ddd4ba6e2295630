"""The page that carries the case in thirty seconds: what, how much, three facts with their pages, three pictures."""

from casefile.citation import Citation
from casefile.coverage import Covered
from evidence_packer.front_page import BundleView

ORDER = 1
TEMPLATE = "front_pages/first.html"
_FACTS = 3


def _rows(view: BundleView) -> list[tuple[str, str]]:
    case = view.case
    amount = case.claim.amount if case.claim and case.claim.amount else case.order.total if case.order else None
    parcel = next((p for p in case.parcels if p.tracking_number), None)
    rows = (
        ("reason", view.catalog.text(f"reason.{case.reason}") if case.reason else None),
        ("amount", view.money(amount) if amount else None),
        (f"subject.{view.procedure.subject}", view.subject),
        ("claim", case.claim.id if case.claim else None),
        ("tracking", parcel.tracking_number if parcel else None),
        ("seller", case.seller.store or case.seller.name if case.seller else None),
    )
    return [(view.catalog.text(f"front.{name}"), value) for name, value in rows if value]


def _pictures(view: BundleView, facts: list[Covered]) -> list[dict[str, object]]:
    """Up to three cited pages, each page once; exhibits without a citation fill what is left."""
    cited = [citation for covered in facts for citation in covered.exhibits[:1]]
    cited += [exhibit.cite() for exhibit in view.plan.exhibits]
    found: dict[Citation, str] = {}
    numbers: set[int] = set()
    for citation in cited:
        picture = view.thumbnail(citation) if citation.number not in numbers else None
        if picture and len(found) < _FACTS:
            found[citation] = picture
            numbers.add(citation.number)
    return [{"number": c.number, "page": c.page, "picture": picture} for c, picture in found.items()]


def values(view: BundleView) -> dict[str, object]:
    """Reference rows, at most three proved facts, and their thumbnails."""
    facts = view.proved()[:_FACTS]
    return {
        "heading": f"{view.name(view.platform.name)} · {view.name(view.procedure.name)}",
        "rows": _rows(view),
        "facts": [
            {"statement": view.catalog.text(f"proposition.{c.proposition}"), "exhibits": c.exhibits[:2]} for c in facts
        ],
        "pictures": _pictures(view, facts),
    }
