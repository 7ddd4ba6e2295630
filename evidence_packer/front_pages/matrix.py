"""The matrix: what is to be proved against the exhibits that prove it, with pages."""

from evidence_packer.front_page import BundleView

ORDER = 4
TEMPLATE = "front_pages/matrix.html"


def values(view: BundleView) -> dict[str, object] | None:
    """One row per proposition with an exhibit: ``shown`` where the datum itself was read, else ``attached``."""
    rows = [
        {
            "statement": view.catalog.text(f"proposition.{covered.proposition}"),
            "status": covered.status,
            "label": view.catalog.text(f"coverage.{covered.status}"),
            "exhibits": covered.exhibits,
        }
        for covered in view.proved()
    ]
    return {"matrix": rows} if rows else None
