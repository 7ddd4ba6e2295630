"""How far a picture may be made smaller, and about how large it will then be; pure, but for what is measured before.

The floor is the type: what was read at 30 pixels stays at 12 or more, which a reviewer and an OCR engine still read.
"""

from dataclasses import dataclass

from press.pdf.pictures import Picture

SMALLEST_TYPE = 12.0
"""Font size in pixels that stays legible on screen and to OCR."""
PROBE = (640, 72)
"""Longest side and quality of the sample that shows how much detail a picture holds."""
_SIDES = (4000, 3200, 2600, 2000, 1600, 1300)
_QUALITY = {4000: 84, 3200: 82, 2600: 80, 2000: 76, 1600: 72, 1300: 68}
_PHOTO_FLOOR = 1300
"""Longest side of a picture without type."""
_DETAIL = 0.82
"""JPEG bytes grow with this power of the pixels, on photographs and screenshots alike (measured)."""
_WEIGHT = {68: 0.93, 72: 1.0, 75: 1.08, 76: 1.11, 80: 1.26, 82: 1.36, 84: 1.5, 85: 1.58}
"""Bytes at a JPEG quality, against 72."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One way to store a picture: longest side in pixels, and JPEG quality (``None``: PNG of at most 256 colours)."""

    side: int
    quality: int | None


def floor_side(picture: Picture, text_height: float | None) -> int:
    """The longest side below which the picture can no longer be read."""
    side = max(picture.width, picture.height)
    if text_height is None:
        return min(side, _PHOTO_FLOOR)
    return min(side, max(_PHOTO_FLOOR // 2, round(side * SMALLEST_TYPE / text_height)))


def rungs(picture: Picture, text_height: float | None) -> tuple[Rung, ...]:
    """The ways to store it smaller, best first; the last one is the floor."""
    side, floor = max(picture.width, picture.height), floor_side(picture, text_height)
    sides = [s for s in _SIDES if floor < s < side]
    found = [Rung(side, 85), *(Rung(s, _QUALITY[s]) for s in sides), Rung(floor, 68)]
    if picture.format == "png":
        found = [Rung(side, None), Rung(side, 75), *found[1:]]
    return tuple(dict.fromkeys(found))


def expected(picture: Picture, rung: Rung, probe: int) -> float:
    """About how many bytes the picture takes on ``rung``, from the bytes of its sample at ``PROBE``."""
    if rung.quality is None:
        return len(picture.data) * 0.45
    side = max(picture.width, picture.height)
    growth: float = (min(rung.side, side) / min(PROBE[0], side)) ** (2 * _DETAIL)
    return probe * growth * _WEIGHT[rung.quality]
