"""Marks beside the evidence: a letter and a tick in the margin, and the same place enlarged in the band.

A crop is the same stream behind a small window: it costs no bytes and cannot differ from what it enlarges.
"""

from collections.abc import Iterator

from casefile.fields.files import Box
from evidence_packer.bind.bundle.sheets import ExhibitSheet
from evidence_packer.bind.bundle.stamp import CROPS, band_area, page_size
from press.pdf.bundle_file import BundleFile, Placed, picture_matrix
from press.pdf.geometry import Paper, Rectangle, numbers, whole_of
from press.pdf.lettering import Letters
from press.pdf.pictures import Picture

LETTERS = "ABC"
_SIZE, _NOTE = 9.0, 6.5
"""Size of a letter and of a note in the margin, in points."""
_ROW, _GAP = 19.0, 2.5
"""Height of a crop in the band, and the space between two."""
_TICK = 6.0
_LARGEST = 1.4
"""Points per pixel of a crop: larger would show pixels, not more."""
_AROUND = 0.22
"""White shown around a crop, as a share of its height."""


def _middle(sheet: ExhibitSheet, box: Box) -> float:
    return sheet.whole.y + (1 - (box[1] + box[3]) / 2) * sheet.whole.height


def _apart(heights: list[float]) -> list[float]:
    """Places for letters, top down, that do not touch one another."""
    placed: list[float] = []
    for height in heights:
        placed.append(min(height, placed[-1] - _SIZE) if placed else height)
    return placed


def _tick(sheet: ExhibitSheet, box: Box, letter_at: float) -> str:
    """A bracket as high as the place, and a line from it to its letter."""
    edge = sheet.place.x - 2.5
    low = sheet.whole.y + (1 - box[3]) * sheet.whole.height
    high = sheet.whole.y + (1 - box[1]) * sheet.whole.height
    bracket = f"{numbers(edge, low)} m {numbers(edge, high)} l"
    line = f"{numbers(edge, (low + high) / 2)} m {numbers(edge - _TICK, letter_at)} l"
    return f"q 1.6 w 0.12 0.29 0.48 RG {bracket} {line} S Q\n"


def margin_text(sheet: ExhibitSheet, letters: Letters, redacted: str) -> str:
    """The operators of letters, ticks and notes beside the evidence of a sheet."""
    places = sheet.marks.places
    heights = [_middle(sheet, box) for box in places]
    parts = []
    for letter, box, at in zip(LETTERS, places, _apart(heights), strict=False):
        x = sheet.place.x - _TICK - 5 - letters.width(letter, _SIZE)
        parts.append(_tick(sheet, box, at))
        parts.append(_shown_text(letters, letter, _SIZE, (x, at - _SIZE * 0.36)))
    right = sheet.place.x + sheet.place.width
    for box in sheet.marks.redacted:
        at = _middle(sheet, box)
        parts.append(f"q 1.1 w 0.35 G {numbers(right + 1, at)} m {numbers(right + 5, at)} l S Q\n")
        parts.append(_upright(letters, redacted, (right + 12, at)))
    return "".join(parts)


def _shown_text(letters: Letters, text: str, size: float, at: tuple[float, float]) -> str:
    return f"BT 0.12 0.29 0.48 rg {numbers(*at)} Td {letters.shown(text, size)} ET\n"


def _upright(letters: Letters, text: str, at: tuple[float, float]) -> str:
    """A note that runs upwards in the margin, centred on its place."""
    x, y = at
    down = letters.width(text, _NOTE) / 2
    return f"BT 0.35 g 0 1 -1 0 {numbers(x, y - down)} Tm {letters.shown(text, _NOTE)} ET\n"


def crops(file: BundleFile, sheet: ExhibitSheet, paper: Paper) -> Iterator[Placed]:
    """The marked places enlarged, stacked at the right end of the band; pictures only."""
    if not isinstance(sheet.shown, Picture):
        return
    band = band_area(page_size(paper, landscape=sheet.landscape))
    for row, box in enumerate(sheet.marks.places[: len(LETTERS)]):
        top = band.y + band.height - 1 - row * (_ROW + _GAP)
        window, part = _window(sheet.shown.upright_size, box, (band.x + band.width, top))
        yield Placed(
            name=f"Crop{LETTERS[row]}",
            resource=file.image(sheet.shown),
            matrix=picture_matrix(sheet.shown, whole_of(part, window)),
            clip=window,
            frame=window,
        )


def _window(size: tuple[int, int], box: Box, corner: tuple[float, float]) -> tuple[Rectangle, Box]:
    """Where a crop stands (its upper right corner at ``corner``), and the part of the picture it shows."""
    width, height = size
    around = (box[3] - box[1]) * height * _AROUND
    x0, x1 = max(0.0, box[0] * width - 2 * around), min(width, box[2] * width + 2 * around)
    y0, y1 = max(0.0, box[1] * height - around), min(height, box[3] * height + around)
    room = CROPS - 14
    scale = min(_ROW / (y1 - y0), room / (x1 - x0), _LARGEST)
    window = Rectangle(
        x=corner[0] - (x1 - x0) * scale,
        y=corner[1] - (y1 - y0) * scale,
        width=(x1 - x0) * scale,
        height=(y1 - y0) * scale,
    )
    return window, (x0 / width, y0 / height, x1 / width, y1 / height)


def crop_letters(sheet: ExhibitSheet, letters: Letters, placed: list[Placed]) -> str:
    """The letters before the crops in the band."""
    parts = []
    for letter, crop in zip(LETTERS, placed, strict=False):
        window = crop.clip
        if window:
            x = window.x - 4 - letters.width(letter, _SIZE)
            parts.append(_shown_text(letters, letter, _SIZE, (x, window.y + window.height / 2 - _SIZE * 0.36)))
    return "".join(parts) if sheet.marks.places else ""
