"""Can every picture still be read on its page of the bundle?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Printed, Skip

CODE = "print-legible"
INPUT = "files"
_SMALLEST_PIXELS = 8.0
"""Height of type in a stored picture below which neither eye nor OCR reads it."""
_SMALLEST_POINTS = 4.0
"""Size of type on paper, in points, below which a reader has to enlarge the page."""


def _lost(shown: Printed, before: str) -> bool:
    """Whether a smaller copy, made to keep a limit, can no longer be read though the original could."""
    if shown.sharpness is None:
        return False
    blurred = shown.sharpness.verdict == "blurred" and before != "blurred"
    return blurred or 0 < (shown.type_pixels or 0) < _SMALLEST_PIXELS


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning per picture that a size limit made unreadable; advice where type stands very small on the page."""
    if not dossier.printed:
        raise Skip("no-plan")
    before = {file.file: file.sharpness[0].verdict for file in dossier.facts if file.sharpness}
    for shown in dossier.printed:
        if _lost(shown, before.get(shown.file, "sharp")):
            yield Finding(
                code="page-lost-in-bundle", severity="warning", file=shown.file,
                params={"printed": shown.page, "height": round(shown.type_pixels or 0)}, rules=("S001-47",),
            )  # fmt: skip
        elif 0 < (shown.type_points or 0) < _SMALLEST_POINTS:
            yield Finding(
                code="type-small-in-bundle", severity="advice", file=shown.file,
                params={"printed": shown.page, "points": round(shown.type_points or 0, 1)}, rules=("S001-47",),
            )  # fmt: skip
