"""How a photograph was lit: its darkest and brightest parts, and reflections of a lamp that wiped out what lay under them.

A reflection is a blot without any drawing, burnt out to white, that fades into its surroundings; white paper ends at an edge,
and a white studio background reaches the rim. Works on a small copy, in tiles.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from casefile.fields.files import Box

_LONG_SIDE = 800
_TILE = 8
_BURNT = 250
_LEAST_SHARE = 0.006
"""Of the picture, for a blot that hides something."""
_FADES_OVER = 8
"""Tiles within which a reflection has faded."""
_LEAST_FADE = 30
_STEEPEST = 0.7
"""Share of the fade that one tile may take: more is the edge of a paper."""

_Tiles = npt.NDArray[np.uint8]
_Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Brightness (0 to 255) below which 1, 50, 99.5 and 99.9 percent of the picture lie, and the boxes of reflections."""

    darkest: float
    middle: float
    bright: float
    brightest: float
    reflections: tuple[Box, ...]


def exposure(grey: npt.NDArray[np.uint8]) -> Exposure:
    """How a picture (rows of grey, upright, any size) was lit."""
    image = Image.fromarray(grey)
    image.thumbnail((_LONG_SIDE, _LONG_SIDE), Image.Resampling.BOX)
    small = np.asarray(image)
    darkest, middle, bright, brightest = (float(value) for value in np.percentile(small, (1, 50, 99.5, 99.9)))
    return Exposure(
        darkest=darkest, middle=middle, bright=bright, brightest=brightest, reflections=tuple(_reflections(small))
    )


def _reflections(small: npt.NDArray[np.uint8]) -> Iterator[Box]:
    rows, columns = small.shape[0] // _TILE, small.shape[1] // _TILE
    if not rows or not columns:
        return
    cut = small[: rows * _TILE, : columns * _TILE].reshape(rows, _TILE, columns, _TILE).swapaxes(1, 2)
    ordered = np.sort(cut.reshape(rows, columns, _TILE * _TILE), axis=2)
    low, high = ordered[:, :, _TILE * _TILE // 10], ordered[:, :, -_TILE * _TILE // 10]
    burnt = {(int(row), int(column)) for row, column in np.argwhere(low >= _BURNT)}
    for blot in _blots(burnt):
        down, across = {row for row, _ in blot}, {column for _, column in blot}
        inside = min(down) > 0 and min(across) > 0 and max(down) < rows - 1 and max(across) < columns - 1
        if inside and len(blot) >= _LEAST_SHARE * rows * columns and _fades(blot, high):
            yield (min(across) / columns, min(down) / rows, (max(across) + 1) / columns, (max(down) + 1) / rows)


def _around(places: Iterable[_Place]) -> set[_Place]:
    return {(row + down, column + across) for row, column in places for down in (-1, 0, 1) for across in (-1, 0, 1)}


def _blots(tiles: set[_Place]) -> Iterator[set[_Place]]:
    """Tiles that touch each other, together."""
    left = set(tiles)
    while left:
        blot, edge = set[_Place](), {left.pop()}
        while edge:
            blot |= edge
            edge = _around(edge) & left
            left -= edge
        yield blot


def _fades(blot: set[_Place], paper: _Tiles) -> bool:
    """Whether brightness falls little by little with the distance from the blot; ``paper`` is the light of each tile."""
    known, levels = set(blot), [255.0]
    for _ in range(_FADES_OVER):
        ring = {(r, c) for r, c in _around(known) - known if 0 <= r < paper.shape[0] and 0 <= c < paper.shape[1]}
        if not ring:
            break
        levels.append(float(np.median([paper[place] for place in ring])))
        known |= ring
    falls = [before - after for before, after in itertools.pairwise(levels)]
    fade = levels[0] - min(levels)
    return fade >= _LEAST_FADE and max(falls) <= _STEEPEST * fade
