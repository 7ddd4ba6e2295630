"""Can a reviewer read every page?"""

from collections.abc import Iterator

from casefile.facts import FileFacts
from casefile.finding import Finding
from evidence_packer.judge.check import EXPECTS_ORDER_ID, EXPECTS_TRACKING_NUMBER, Dossier

CODE = "page-legible"
INPUT = "facts"
_SMALLEST_TEXT = 8.0
"""Height of text in pixels below which a screenshot was shrunk too far to read."""


def _read_anyway(file: FileFacts, page: int) -> bool:
    """Whether the wanted number was read on this page: large type survives blur."""
    orders = any(seen.page == page and (seen.matches or seen.near) for seen in file.order_ids)
    return orders or any(seen.page == page and (seen.matches or seen.near) for seen in file.tracking_numbers)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Blurred pages block on papers that carry numbers, else warn; pages without content warn, unless unread."""
    numbered = EXPECTS_ORDER_ID | EXPECTS_TRACKING_NUMBER
    for file in dossier.facts:
        unread = {number for number, _ in file.unread}
        for page, sharpness in enumerate(file.sharpness, start=1):
            if sharpness.verdict == "blurred" and not _read_anyway(file, page):
                yield Finding(
                    code="page-illegible",
                    severity="blocker" if file.kind in numbered else "warning",
                    file=file.file,
                    page=page,
                    params={"edge_width": sharpness.edge_width or 0},
                    rules=("S000-43", "S001-06", "S001-47"),
                )
            elif sharpness.verdict == "no_content" and not file.has_text and page not in unread:
                yield Finding(code="page-empty", severity="warning", file=file.file, page=page)
        if file.kind in numbered and not file.has_text_layer and 0 < (file.text_height_px or 0) < _SMALLEST_TEXT:
            yield Finding(
                code="text-too-small",
                severity="warning",
                file=file.file,
                params={"height": round(file.text_height_px or 0), "needed": round(_SMALLEST_TEXT)},
                rules=("S001-47",),
            )
