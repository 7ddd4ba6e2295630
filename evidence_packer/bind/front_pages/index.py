"""The index: every exhibit with its kind, what it proves and its true page numbers."""

from dataclasses import replace

from evidence_packer.bind.delivery import signed_beside
from evidence_packer.bind.front_page import BundleView, FrontPage


def _values(view: BundleView) -> dict[str, object] | None:
    """One row per exhibit."""
    if not view.plan.exhibits:
        return None
    rows = []
    signed = signed_beside(view.facts, view.plan, view.procedure)
    for exhibit in view.plan.exhibits:
        caption, kind = view.captions[exhibit.file], view.catalog.text(f"kind.{exhibit.kind}")
        own = (
            replace(covered, exhibits=tuple(c for c in covered.exhibits if c.number == exhibit.number))
            for covered in view.proved()
            if covered.status == "shown"
        )
        proves = [view.statement(covered) for covered in own if covered.exhibits]
        rows.append(
            {
                "number": exhibit.number,
                "caption": caption,
                "kind": kind if kind not in caption else "",
                "proves": list(dict.fromkeys(proves)),
                "signed": exhibit in signed,
                "first": exhibit.first_page,
                "last": exhibit.last_page,
            }
        )
    return {"rows": rows, "pages": view.plan.pages}


PAGE = FrontPage(name="index", order=3, template="front_pages/index.html", values=_values)
