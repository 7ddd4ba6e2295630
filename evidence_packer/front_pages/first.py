"""The page that carries the case in thirty seconds: the answer, what and how much, three facts, three pictures."""

from casefile.citation import Citation
from casefile.coverage import Covered
from evidence_packer.front_page import BundleView
from evidence_packer.front_pages._datum import datum, day_of
from evidence_packer.front_pages._gallery import arrange

ORDER = 1
TEMPLATE = "front_pages/first.html"
_FACTS = 3
_ROOM = {"a4": (481.0, 640.0), "letter": (498.0, 590.0)}
"""Width of the text, and height below the title, in points."""
_DATED = {"delivered": ("delivered",), "dispatched_on_time": ("dispatched",), "refund_made": ("refund", "remedy")}
"""Statements that read better with their day: the points of time that give it."""


def _answer(view: BundleView, facts: list[Covered]) -> str | None:
    """The case in one sentence: the first thing an exhibit shows, with its day."""
    text = view.catalog.text
    if view.case.stance == "accept" or view.case.answer == "accept":
        return text("front.answer.accept")
    if not facts:
        return None
    first = facts[0]
    if first.status != "shown":
        return text("front.answer.attached")
    day = day_of(view, *_DATED.get(first.proposition, ()))
    if day:
        return text(f"front.answer.{first.proposition}", day=day)
    return text("front.answer.shown", statement=text(f"proposition.{first.proposition}"))


def _rows(view: BundleView) -> list[tuple[str, str]]:
    case = view.case
    numbers = [parcel.tracking_number for parcel in case.parcels if parcel.tracking_number]
    rows = (
        ("reason", view.catalog.text(f"reason.{case.reason}") if case.reason else None),
        ("amount", view.money(view.amount) if view.amount else None),
        (f"subject.{view.procedure.subject}", view.subject),
        ("tracking", numbers[0] if len(numbers) == 1 else None),
        ("seller", case.seller.store or case.seller.name if case.seller else None),
        ("claim", case.claim.id if case.claim and case.claim.id != view.subject else None),
    )
    return [(view.catalog.text(f"front.{name}"), value) for name, value in rows if value]


def _chosen(view: BundleView, facts: list[Covered]) -> list[Citation]:
    """Up to three pages that have a picture and can be read: for each fact one, then exhibits in their order."""
    found: list[Citation] = []
    candidates = [[c for c in covered.exhibits if view.readable(c)] for covered in facts]
    candidates += [[exhibit.cite()] for exhibit in view.plan.exhibits if view.readable(exhibit.cite())]
    for citations in candidates:
        numbers = {citation.number for citation in found}
        fresh = next((c for c in citations if c.number not in numbers and view.thumbnail(c)), None)
        if fresh and len(found) < _FACTS:
            found.append(fresh)
    return sorted(found)


def _pictures(view: BundleView, facts: list[Covered], rows: int, lines: int) -> dict[str, object] | None:
    """The pictures with their sizes in what room the words above leave."""
    chosen = _chosen(view, facts)
    if not chosen:
        return None
    width, room = _ROOM[view.site.paper]
    height = max(120.0, min(285.0, room - 64.0 - 25.0 * ((rows + 1) // 2) - 19.0 * lines))
    gallery = arrange([view.size(citation) for citation in chosen], width, height)
    shots = [
        {"number": c.number, "page": c.page, "picture": view.thumbnail(c), "width": w, "height": h}
        for c, (w, h) in zip(chosen, gallery.sizes, strict=True)
    ]
    return {"layout": gallery.layout, "shots": shots}


def values(view: BundleView) -> dict[str, object]:
    """The answer, reference rows, at most three proved facts with their datum, and their pictures."""
    proved = view.proved()[:_FACTS]
    rows = _rows(view)
    facts = [
        {
            "statement": view.catalog.text(f"proposition.{covered.proposition}"),
            "datum": datum(view, covered),
            "exhibits": covered.exhibits[:3],
        }
        for covered in proved
    ]
    return {
        "heading": f"{view.name(view.platform.name)} · {view.name(view.procedure.name)}",
        "answer": _answer(view, proved),
        "rows": [rows[place : place + 2] for place in range(0, len(rows), 2)],
        "facts": facts,
        "gallery": _pictures(view, proved, len(rows), sum(2 if fact["datum"] else 1 for fact in facts)),
    }
