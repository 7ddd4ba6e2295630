"""Pictures: legible, made as a reviewer trusts it, whole, and still readable on their page of the bundle."""

import re
from collections.abc import Iterator

from casefile.facts import FileFacts
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.reading import Flaw
from evidence_packer.judge.check import EXPECTS_ORDER_ID, EXPECTS_TRACKING_NUMBER, CheckOf, Dossier, Printed, Skip

PAGE_ILLEGIBLE = FindingKind(
    code="page-illegible", severity="warning", about="file", sign="sharp", retake=True, role="blurred_page"
)
PAGE_EMPTY = FindingKind(code="page-empty", severity="warning", about="file", sign="sharp", retake=True)
TEXT_TOO_SMALL = FindingKind(code="text-too-small", severity="warning", about="file", sign="sharp", retake=True)
_SMALLEST_TEXT = 8.0
"""Height of text in pixels below which a screenshot was shrunk too far to read."""


def _read_anyway(file: FileFacts, page: int) -> bool:
    """Whether the wanted number was read on this page: large type survives blur."""
    orders = any(seen.page == page and (seen.matches or seen.near) for seen in file.order_ids)
    return orders or any(seen.page == page and (seen.matches or seen.near) for seen in file.tracking_numbers)


def check_page_legible(dossier: Dossier) -> Iterator[Finding]:
    """Can a reviewer read every page?

    Blurred pages block where the case says that the file is a paper that carries numbers, else warn: what a file was only
    taken for never blocks. Pages without content warn, unless unread.
    """
    numbered = EXPECTS_ORDER_ID | EXPECTS_TRACKING_NUMBER
    for file in dossier.facts:
        unread = {number for number, _ in file.unread}
        for page, sharpness in enumerate(file.sharpness, start=1):
            if sharpness.verdict == "blurred" and not _read_anyway(file, page):
                yield PAGE_ILLEGIBLE.found(
                    severity="blocker" if file.kind in numbered and not file.kind_proposed else "warning",
                    file=file.file,
                    page=page,
                    params={"edge_width": sharpness.edge_width or 0},
                    rules=("S000-43", "S001-06", "S001-47"),
                )
            elif sharpness.verdict == "no_content" and not file.has_text and page not in unread:
                yield PAGE_EMPTY.found(file=file.file, page=page)
        if file.kind in numbered and not file.has_text_layer and 0 < (file.text_height_px or 0) < _SMALLEST_TEXT:
            yield TEXT_TOO_SMALL.found(
                file=file.file,
                params={"height": round(file.text_height_px or 0), "needed": round(_SMALLEST_TEXT)},
                rules=("S001-47",),
            )


PICTURE_ENLARGED = FindingKind(code="picture-enlarged", severity="advice", about="file", sign="sharp", retake=True)
PICTURE_STRETCHED = FindingKind(code="picture-stretched", severity="warning", about="file", sign="sharp", retake=True)
PHOTO_TOO_DARK = FindingKind(code="photo-too-dark", severity="warning", about="file", sign="sharp", retake=True)
PHOTO_TOO_BRIGHT = FindingKind(code="photo-too-bright", severity="warning", about="file", sign="sharp", retake=True)
PHOTO_REFLECTION = FindingKind(code="photo-reflection", severity="warning", about="file", sign="sharp", retake=True)
_KINDS_OF_FLAWS = {
    "enlarged": PICTURE_ENLARGED,
    "stretched": PICTURE_STRETCHED,
    "too_dark": PHOTO_TOO_DARK,
    "too_bright": PHOTO_TOO_BRIGHT,
    "reflection": PHOTO_REFLECTION,
}


def _told_already(file: FileFacts, page: int, flaw: Flaw) -> bool:
    """Whether the page is blurred through and through, which says it all."""
    return flaw.what == "enlarged" and file.sharpness[page - 1].verdict == "blurred"


def check_picture_sound(dossier: Dossier) -> Iterator[Finding]:
    """Was the picture made so that a reviewer trusts and reads it: at its own size and shape, in enough light?

    Advice for an enlarged screenshot, a warning for a stretched one, for too little or too much light, for reflections.
    """
    for file in dossier.facts:
        for page, flaw in file.flaws:
            if _told_already(file, page, flaw):
                continue
            yield _KINDS_OF_FLAWS[flaw.what].found(
                file=file.file, page=page, box=flaw.box, params={"amount": flaw.amount}, rules=("S001-47",)
            )


PICTURE_EDITED = FindingKind(code="picture-edited", severity="warning", about="file")
PHONE_SCREENSHOT = FindingKind(code="phone-screenshot", severity="advice", about="file")
ADDRESS_BAR_MISSING = FindingKind(code="address-bar-missing", severity="advice", about="file")
_BACK_OFFICE = frozenset({"case_page", "order_page", "back_office_log", "account_record", "listing"})
_EDITORS = re.compile(r"photoshop|gimp|lightroom|snapseed|picsart|meitu|美图|canva|pixelmator|affinity", re.IGNORECASE)


def check_screenshot_origin(dossier: Dossier) -> Iterator[Finding]:
    """Is a back-office page shown whole, from a desk screen, and as it was taken?

    Advice for back-office pages from a phone or without address bar; a warning where an editor left its name.
    """
    for file in dossier.facts:
        if file.exif.software and (match := _EDITORS.search(file.exif.software)):
            yield PICTURE_EDITED.found(file=file.file, params={"program": match[0]}, rules=("S003-53",))
        if file.kind not in _BACK_OFFICE or not file.media_type.startswith("image/"):
            continue
        if file.context.device == "phone":
            yield PHONE_SCREENSHOT.found(file=file.file, rules=("S004-56",))
        elif not file.context.hosts and file.has_text:
            yield ADDRESS_BAR_MISSING.found(file=file.file, rules=("S004-05", "S004-66", "S004-69"))


PAGE_LOST_IN_BUNDLE = FindingKind(code="page-lost-in-bundle", severity="warning")
TYPE_SMALL_IN_BUNDLE = FindingKind(code="type-small-in-bundle", severity="advice")
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


def check_print_legible(dossier: Dossier) -> Iterator[Finding]:
    """Can every picture still be read on its page of the bundle?

    A warning per picture that a size limit made unreadable; advice where type stands very small on the page.
    """
    if not dossier.printed:
        raise Skip("no-plan")
    before = {file.file: file.sharpness[0].verdict for file in dossier.facts if file.sharpness}
    for shown in dossier.printed:
        if _lost(shown, before.get(shown.file, "sharp")):
            yield PAGE_LOST_IN_BUNDLE.found(
                file=shown.file,
                params={"printed": shown.page, "height": round(shown.type_pixels or 0)},
                rules=("S001-47",),
            )
        elif 0 < (shown.type_points or 0) < _SMALLEST_POINTS:
            yield TYPE_SMALL_IN_BUNDLE.found(
                file=shown.file,
                params={"printed": shown.page, "points": round(shown.type_points or 0, 1)},
                rules=("S001-47",),
            )


CHECKS = (
    CheckOf(
        code="page-legible",
        judges="facts",
        findings=(PAGE_ILLEGIBLE, PAGE_EMPTY, TEXT_TOO_SMALL),
        run=check_page_legible,
    ),
    CheckOf(
        code="picture-sound",
        judges="facts",
        findings=(PICTURE_ENLARGED, PICTURE_STRETCHED, PHOTO_TOO_DARK, PHOTO_TOO_BRIGHT, PHOTO_REFLECTION),
        run=check_picture_sound,
    ),
    CheckOf(
        code="screenshot-origin",
        judges="facts",
        findings=(PICTURE_EDITED, PHONE_SCREENSHOT, ADDRESS_BAR_MISSING),
        run=check_screenshot_origin,
    ),
    CheckOf(
        code="print-legible",
        judges="files",
        findings=(PAGE_LOST_IN_BUNDLE, TYPE_SMALL_IN_BUNDLE),
        run=check_print_legible,
    ),
)
