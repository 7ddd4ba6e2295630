"""What went wrong when a picture was made: enlarged, stretched, too dark, too bright, a reflection over it.

All thresholds stand here. A screenshot is known by its exactly even areas; a dark one is not dark for want of light, so only
photographs are judged by their light. Where their words were surely read they are bright enough, unless hardly any light is there.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from casefile.fields.files import Box
from casefile.reading import Flaw, Line
from reading.looks.exposure import Exposure, exposure
from reading.looks.type_detail import TypeDetail, drawn, type_detail

SCREENSHOT = 0.75
"""Share of exactly equal neighbours from which a picture was drawn by a program."""
NATIVE_EDGE = 1.15
"""Width in pixels of an edge of type as drawn."""
ENLARGED_FROM = 1.9
"""Width of edges that no drawing, scaling down or strong compression brings about (they stay below 1.75)."""
STRETCHED_FROM = 1.4
"""How much wider edges must be one way than the other (drawn, scaled down or compressed: up to 1.22)."""
DARK_BRIGHT, DARK_BRIGHTEST = 90, 60
"""No brighter pixel, but for half a percent (a thousandth): too dark to read, too dark whatever was read."""
BRIGHT_DARKEST, BRIGHT_MIDDLE = 130, 232
"""No darker pixel, but for a hundredth, and half of all pixels brighter: the writing faded into the white."""
SURE, LEGIBLE_CHARACTERS = 0.85, 24
"""Score of a line, and characters of such lines, from which the words of a picture were surely read."""


def flaws(grey: npt.NDArray[np.uint8], lines: Sequence[Line], *, whole: bool = True) -> tuple[Flaw, ...]:
    """The flaws of a picture (rows of grey, upright) on which ``lines`` were read.

    ``whole``: in its own pixels; of a smaller copy only the light is judged.
    """
    if drawn(grey) >= SCREENSHOT:
        return tuple(_of_screenshot(type_detail(grey, lines))) if whole else ()
    return tuple(_of_photograph(exposure(grey), lines))


def _of_screenshot(detail: TypeDetail | None) -> Iterator[Flaw]:
    if detail is None:
        return
    fine, coarse = sorted((detail.across, detail.down))
    if coarse >= STRETCHED_FROM * fine and fine < STRETCHED_FROM:
        yield Flaw(what="stretched", amount=round(coarse / fine, 1))
    elif coarse >= ENLARGED_FROM:
        yield Flaw(what="enlarged", amount=round(coarse / NATIVE_EDGE, 1))


def _of_photograph(light: Exposure, lines: Sequence[Line]) -> Iterator[Flaw]:
    read = sum(len(line.text) for line in lines if line.score >= SURE)
    legible = read >= LEGIBLE_CHARACTERS
    if light.brightest <= DARK_BRIGHTEST or (light.bright <= DARK_BRIGHT and not legible):
        yield Flaw(what="too_dark", amount=round(light.bright))
    elif light.darkest >= BRIGHT_DARKEST and light.middle >= BRIGHT_MIDDLE and not legible:
        yield Flaw(what="too_bright", amount=round(light.darkest))
    if (words := _hull(lines)) is not None:
        yield from (Flaw(what="reflection", amount=0, box=box) for box in light.reflections if _meets(box, words))


def _hull(lines: Sequence[Line]) -> Box | None:
    sure = [line.box for line in lines if line.score >= SURE]
    if not sure:
        return None
    lefts, tops, rights, bottoms = zip(*sure, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def _meets(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
