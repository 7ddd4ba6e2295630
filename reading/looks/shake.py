"""Shake: how much a movement while the picture was taken widened its edges, measured along the direction of the gradients.

Type has strokes in every direction. A movement takes the gradients along it away and leaves those across it, so the two
eigenvalues of the structure tensor (the sums of gx gx, gx gy, gy gy over a tile; Bigun and Granlund, 1987) fall apart, at whatever
angle. Bars and ruled lines have one direction by themselves: tiles of nothing else do not count, and the others must agree.
"""

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.int16 | np.float32]

_STRIDE, _TILE = 2, 32
"""Every other pixel of every other row is enough; samples along a tile's side."""
_LEAST_STEP = 24
"""Gradients below it are noise and compression."""
_BUSY = 0.15
"""Of the energy of the busiest tiles: what a tile needs to count."""
_LEAST_TILES, _LEAST_SHARE = 6, 0.3
"""How many tiles, and which share of the busy ones, must hold more than bars and lines."""
_ONE_WAY = 0.05
"""Smaller to larger eigenvalue below which a tile holds bars or lines alone."""
_TYPE, _SHAKEN = 0.7, 0.46
"""The same for type as it is printed, and from where on it is shaken."""
_AGREE = 0.8
"""Length of the mean direction: 1 where all tiles agree."""


def widened_by_shake(picture: Picture) -> float:
    """The factor, 1 and more, by which edges across a shake are wider than those along it; 1 without a shake."""
    tensors = _tensors(picture)
    if tensors is None:
        return 1.0
    xx, yy, xy = tensors
    total, apart = xx + yy, np.hypot(xx - yy, 2 * xy)
    counted = total > _BUSY * np.percentile(total, 90)
    ratio = (total - apart) / np.maximum(total + apart, 1)
    busy = np.count_nonzero(counted)
    counted &= ratio >= _ONE_WAY
    if np.count_nonzero(counted) < max(_LEAST_TILES, _LEAST_SHARE * busy):
        return 1.0
    share = float(np.median(ratio[counted]))
    length = np.maximum(apart[counted], 1)
    direction = np.hypot(np.mean((xx - yy)[counted] / length), np.mean(2 * xy[counted] / length))
    return float(np.sqrt(_TYPE / share)) if share < _SHAKEN and direction >= _AGREE else 1.0


def _tensors(picture: Picture) -> tuple[npt.NDArray[np.float32], ...] | None:
    """The sums per tile of gx gx, gy gy and gx gy; ``None`` for a picture smaller than a tile."""
    inner = picture[1:-1, 1:-1][::_STRIDE, ::_STRIDE].shape
    rows, columns = inner[0] // _TILE, inner[1] // _TILE
    if not rows or not columns:
        return None
    across = (picture[1:-1, 2:][::_STRIDE, ::_STRIDE] - picture[1:-1, :-2][::_STRIDE, ::_STRIDE]).astype(np.float32)
    down = (picture[2:, 1:-1][::_STRIDE, ::_STRIDE] - picture[:-2, 1:-1][::_STRIDE, ::_STRIDE]).astype(np.float32)
    faint = np.abs(across) + np.abs(down) < _LEAST_STEP
    across[faint] = 0
    down[faint] = 0

    def summed(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        cut = values[: rows * _TILE, : columns * _TILE]
        tiles: npt.NDArray[np.float32] = cut.reshape(rows, _TILE, columns, _TILE).sum(axis=(1, 3)).ravel()
        return tiles

    return summed(across * across), summed(down * down), summed(across * down)
