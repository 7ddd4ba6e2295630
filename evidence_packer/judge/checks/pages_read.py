"""How far each page was read: writing in a script that is not read, and writing that was read only in part.

A page that was not understood proves nothing, but it may say everything. So it is a question with the place, never a fact and never
a blocker.
"""

from collections.abc import Iterator

from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.text_value import TextValue
from evidence_packer.judge.check import CheckOf, Dossier

SCRIPT_UNREAD = FindingKind(code="script-unread", severity="warning", about="file")
PAGE_HALF_READ = FindingKind(code="page-half-read", severity="advice", about="file", sign="sharp", retake=True)
PART_NOT_SHOWN = FindingKind(code="part-not-shown", severity="warning", about="file")
PAGE_REDRAWN = FindingKind(code="page-redrawn", severity="advice", about="file")
_OF_THINGS = frozenset({"product_photo", "packing_media", "return_media"})
"""Photographs of goods: the print on a mug or a box need not be read."""
_LOST = ("form-value-lost", "picture-lost")
_REDRAWN = "pages-redrawn"
_MOSTLY = 0.8
"""Share of a page's writing from which on it counts as read: clear pages have 0.99 and more."""


def check_pages_read_whole(dossier: Dossier) -> Iterator[Finding]:
    """Was all writing on every page read?

    A warning per page with writing in a script that is not read; advice per page of which a fifth and more was not surely read,
    unless it is blurred, which has a finding of its own, or a photograph of goods. A warning per file of which a part cannot be
    shown.
    """
    for file in dossier.facts:
        for code in _LOST:
            if code in file.changes:
                yield PART_NOT_SHOWN.found(file=file.file, params={"what": f"@change.{code}"})
        if _REDRAWN in file.changes:
            yield PAGE_REDRAWN.found(file=file.file)
        blurred = {page for page, seen in enumerate(file.sharpness, start=1) if seen.verdict == "blurred"}
        for page, receipt in file.receipts:
            params: dict[str, TextValue]
            if receipt.unread_script:
                kind, params = SCRIPT_UNREAD, {"script": f"@script.{receipt.unread_script}"}
            elif receipt.read_share < _MOSTLY and page not in blurred and file.kind not in _OF_THINGS:
                kind, params = PAGE_HALF_READ, {"percent": round(100 * receipt.read_share)}
            else:
                continue
            yield kind.found(file=file.file, page=page, box=receipt.unread_box, params=params)


CHECKS = (
    CheckOf(
        code="pages-read-whole",
        judges="facts",
        findings=(SCRIPT_UNREAD, PAGE_HALF_READ, PART_NOT_SHOWN, PAGE_REDRAWN),
        run=check_pages_read_whole,
    ),
)
