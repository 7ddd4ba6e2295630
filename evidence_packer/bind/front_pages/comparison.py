"""What the buyer says against what was offered and what was sent: listing and photo side by side, then point by point."""

from dataclasses import dataclass

from casefile.citation import Citation
from casefile.fields.base import in_language
from casefile.fields.files import Kind
from evidence_packer.bind.front_page import BundleView, FrontPage, ShownValues
from evidence_packer.bind.front_pages._gallery import arrange

_OFFERED: tuple[Kind, ...] = ("listing",)
_SENT: tuple[Kind, ...] = ("product_photo", "packing_media", "qc_report", "test_report")
_WIDTH, _HEIGHT = {"a4": 481.0, "letter": 498.0}, 235.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """What the buyer says of one point, the listing, and the seller."""

    says: str | None
    listing: str | None
    answer: str
    exhibits: list[Citation]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """A picture of what was offered, or of what was sent."""

    label: str
    number: int
    page: int
    width: float
    height: float
    picture: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown(ShownValues):
    rows: list[_Row]
    sides: list[_Side]


def _first(view: BundleView, kinds: tuple[Kind, ...]) -> Citation | None:
    """The first exhibit of the first of ``kinds`` that has a picture worth showing."""
    for kind in kinds:
        for exhibit in view.plan.exhibits:
            if exhibit.kind == kind and view.readable(exhibit.cite()) and view.thumbnail(exhibit.cite()):
                return exhibit.cite()
    return None


def _sides(view: BundleView) -> list[_Side]:
    pair = [("offered", _first(view, _OFFERED)), ("sent", _first(view, _SENT))]
    found = [(side, citation) for side, citation in pair if citation]
    if len(found) < len(pair):
        return []
    sizes = arrange([view.size(citation) for _, citation in found], _WIDTH[view.site.paper], _HEIGHT).sizes
    whole = (0.0, 0.0, 1.0, 1.0)
    return [
        _Side(
            label=view.catalog.text(f"front.compare.{side}"), number=citation.number, page=citation.page,
            width=width, height=height,
            picture=view.part(citation, whole, (round(width * 2.2), round(width * 6))) or view.thumbnail(citation),
        )
        for (side, citation), (width, height) in zip(found, sizes, strict=True)
    ]  # fmt: skip


def _values(view: BundleView) -> _Shown | None:
    """One row per point of the claim that the seller answers, in the bundle's language; ``None`` without such points."""
    rows = []
    for point in view.case.claim.points if view.case.claim else ():
        answer = in_language(point.answer, view.language)
        if not answer:
            continue
        exhibits = [exhibit.cite() for name in point.files if (exhibit := view.plan.of_file(name))]
        listing = in_language(point.listing_says, view.language)
        says = in_language(point.says, view.language)
        rows.append(_Row(says=says, listing=listing, answer=answer, exhibits=exhibits))
    return _Shown(rows=rows, sides=_sides(view)) if rows else None


PAGE = FrontPage(name="comparison", order=2, template="front_pages/comparison.html", values=_values)
