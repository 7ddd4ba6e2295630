"""EW10: how many pixels an edge takes to rise, the tenth percentile over the page: sharp, soft or blurred.

Unlike the variance of the Laplacian it does not depend on how much stands on the page or how dark it is. A Gaussian blur of
sigma s gives a width of about 2.5 s. All thresholds stand here and nowhere else. Sharpness never replaces the search for a
number: large type survives blur, and a masked number is sharp.

A shake hardly shows in widths along rows and columns: thin strokes end where they began. It shows in the gradients, at whatever
angle (``reading/looks/shake.py``), and widens what was measured.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from casefile.reading import Sharpness, Verdict
from reading.looks.reduced import LONG_SIDE, reduced
from reading.looks.shake import widened_by_shake

SHARP_UP_TO = 2.5
SOFT_UP_TO = 3.3

_NOISE_TILE = 16
_NOISE_LIMIT = 2.0
_PASSES = 3
_PASS_VARIANCE = 0.5
_WINDOW = 17
_NEIGHBOURS = 3
_LEAST_RANGE = 28.0
_NOISE_RANGES = 6.0
_STEEPNESS = 12.0
TILE = 64
_TILE_EDGES = 10
_FEW = 0.1
"""Share of a picture's pixels up to which looking around each of them is cheaper than looking around all."""
_CRISP = 1.6
"""Up to this width nothing was moved: bars and rules, which have one direction as a shaken picture has, are crisp."""
_SIGMA_WIDTH = 2.507
_LEAST_VARIANCE = 0.16

Grey = npt.NDArray[np.int16 | np.float32]
Widths = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Edges:
    widths: Grey
    rows: npt.NDArray[np.intp]
    columns: npt.NDArray[np.intp]


def sharpness(grey: npt.NDArray[np.uint8], small: npt.NDArray[np.uint8] | None = None) -> Sharpness:
    """The edge width of a page (rows of grey, upright, any size) and what it means; ``small`` is its reduced copy, if made."""
    width = edge_width(grey if small is None else small)
    return Sharpness(edge_width=None if width is None else round(width, 3), verdict=_verdict(width))


def _verdict(width: float | None) -> Verdict:
    if width is None:
        return "no_content"
    if width <= SHARP_UP_TO:
        return "sharp"
    return "soft" if width <= SOFT_UP_TO else "blurred"


def edge_width(grey: npt.NDArray[np.uint8]) -> float | None:
    """EW10 in pixels of a copy whose long side is at most ``LONG_SIDE``; ``None`` where no tile has enough edges."""
    picture = _measured(reduced(grey))
    tiles = _worse(*_axes(picture))
    if not tiles.size:
        return None
    width = float(np.percentile(tiles, 10))
    return width * widened_by_shake(picture) if width >= _CRISP else width


def tile_widths(grey: npt.NDArray[np.uint8]) -> Widths:
    """The edge width of each tile of 64 pixels of that copy, as rows of tiles; NaN where a tile has too few edges."""
    picture = _measured(reduced(grey))
    across, down = _axes(picture)
    width, height = grey.shape[1], grey.shape[0]
    scale = min(1.0, LONG_SIDE / max(width, height))
    columns = max(1, -(-round(width * scale) // TILE))
    worse: Widths = np.fmax(across, down)
    if worse.size and not np.isnan(worse).all() and np.nanpercentile(worse, 10) >= _CRISP:
        worse *= widened_by_shake(picture)
    return worse.reshape(-1, columns) if worse.size else np.full((1, columns), np.nan)


def widths_across(picture: Grey) -> Grey:
    """The width in pixels of every edge along the rows of ``picture``, at the size it has; none in a very small one."""
    if min(picture.shape) < _WINDOW + 1:
        return np.empty(0, dtype=np.float32)
    return _edges(picture, 0.0).widths


def _measured(small: npt.NDArray[np.uint8]) -> Grey:
    # Whole numbers are several times faster than fractions, and exact until something has to be smoothed.
    return small.astype(np.int16)


def _axes(picture: Grey) -> tuple[Widths, Widths]:
    """The edge widths per tile along rows and along columns."""
    if min(picture.shape) < _WINDOW + 1:
        return np.empty(0), np.empty(0)
    noise, variance = _noise(picture), 0.0
    for _ in range(_PASSES):
        if noise <= _NOISE_LIMIT:
            break
        picture = _smoothed(picture)
        variance += _PASS_VARIANCE
        noise = _noise(picture)
    across = _tile_widths(_edges(picture, noise), picture.shape, variance)
    down = _tile_widths(_turned(_edges(np.ascontiguousarray(picture.T), noise)), picture.shape, variance)
    return across, down


def _noise(picture: Grey) -> float:
    """25th percentile, over unsaturated tiles, of the deviation of the Laplacian (which scales noise by sqrt 20)."""
    middle = picture[1:-1, 1:-1]
    laplacian = 4 * middle - picture[:-2, 1:-1] - picture[2:, 1:-1] - picture[1:-1, :-2] - picture[1:-1, 2:]
    values, levels = _tiled(laplacian), _tiled(middle)
    if not values.size:
        return 0.0
    unsaturated = (levels.min(axis=1) > 0) & (levels.max(axis=1) < 255)
    deviations = values[unsaturated].std(axis=1, dtype=np.float32)
    return float(np.percentile(deviations, 25) / np.sqrt(20)) if deviations.size else 0.0


def _tiled(picture: Grey) -> Grey:
    rows, columns = picture.shape[0] // _NOISE_TILE, picture.shape[1] // _NOISE_TILE
    cut = picture[: rows * _NOISE_TILE, : columns * _NOISE_TILE]
    tiles = cut.reshape(rows, _NOISE_TILE, columns, _NOISE_TILE).swapaxes(1, 2)
    return tiles.reshape(rows * columns, _NOISE_TILE * _NOISE_TILE)


def _smoothed(picture: Grey) -> Grey:
    padded = np.pad(picture, 1, mode="edge")
    quarter = np.float32(0.25)
    padded = padded.astype(np.float32, copy=False)
    rows = (padded[:-2] + padded[1:-1] + padded[1:-1] + padded[2:]) * quarter
    smooth: Grey = (rows[:, :-2] + rows[:, 1:-1] + rows[:, 1:-1] + rows[:, 2:]) * quarter
    return smooth


def _edges(picture: Grey, noise: float) -> _Edges:
    """Where brightness changes most along a row, and how wide each change is."""
    steps = np.abs(np.diff(picture, axis=1))
    peaks = steps >= _running(steps, 2 * _NEIGHBOURS + 1, np.maximum)
    peaks &= steps >= _LEAST_RANGE / _STEEPNESS  # no lower step can pass the test below
    rows, columns = np.nonzero(peaks)
    ranges, heights = _reach(picture, rows, columns), steps[rows, columns].astype(np.float32)
    kept = (ranges >= max(_LEAST_RANGE, _NOISE_RANGES * noise)) & (_STEEPNESS * heights >= ranges)
    ranges, heights = ranges[kept], heights[kept]
    widths = np.maximum(ranges - 2 * noise, 1) / np.maximum(heights - noise, 0.5)
    return _Edges(widths.astype(np.float32), rows[kept], columns[kept])


def _reach(picture: Grey, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
    """Largest less smallest value in the window around each of these places of a row (edges repeated)."""
    if rows.size > _FEW * picture.size:
        reach = _running(picture, _WINDOW, np.maximum) - _running(picture, _WINDOW, np.minimum)
        return reach[rows, columns].astype(np.float32)
    before = _WINDOW // 2
    padded = np.pad(picture, ((0, 0), (before, _WINDOW - 1 - before)), mode="edge")
    flat, places = padded.ravel(), rows * padded.shape[1] + columns
    highest = lowest = flat[places]
    for step in range(1, _WINDOW):
        beside = flat[places + step]
        highest, lowest = np.maximum(highest, beside), np.minimum(lowest, beside)
    reached: npt.NDArray[np.float32] = (highest - lowest).astype(np.float32)
    return reached


def _running(values: Grey, length: int, pick: np.ufunc) -> Grey:
    """Per column the extreme over ``length`` columns around it (edges repeated), by doubling windows."""
    before = length // 2
    padded = np.pad(values, ((0, 0), (before, length - 1 - before)), mode="edge")
    span, result = 1, padded
    while span * 2 <= length:
        result = pick(result[:, :-span], result[:, span:])
        span *= 2
    if span < length:
        rest = length - span
        result = pick(result[:, : result.shape[1] - rest], result[:, rest:])
    return result


def _turned(edges: _Edges) -> _Edges:
    return _Edges(edges.widths, edges.columns, edges.rows)


def _tile_widths(edges: _Edges, shape: tuple[int, ...], variance: float) -> Widths:
    """The lower quartile of widths in each tile with enough edges; NaN in the others."""
    across = -(-shape[1] // TILE)
    number = (edges.rows // TILE) * across + edges.columns // TILE
    result = np.full(across * -(-shape[0] // TILE), np.nan)
    order = np.lexsort((edges.widths, number))
    widths = edges.widths[order]
    tiles, starts, counts = np.unique(number[order], return_index=True, return_counts=True)
    enough = counts >= _TILE_EDGES
    tiles, quarter = tiles[enough], starts[enough] + (counts[enough] - 1) / 4
    below = quarter.astype(np.intp)
    # Between the two values around the quarter, as percentiles are.
    result[tiles] = widths[below] + (quarter - below) * (widths[below + 1] - widths[below])
    if variance > 0:
        # Our own smoothing widened every edge by a known amount: taken out again.
        own = np.maximum((result / _SIGMA_WIDTH) ** 2 - variance, _LEAST_VARIANCE)
        result = _SIGMA_WIDTH * np.sqrt(own)
    return result


def _worse(across: Widths, down: Widths) -> Widths:
    """The worse axis per tile that has both; where no tile has both, whatever there is."""
    both = ~np.isnan(across) & ~np.isnan(down)
    if both.any():
        return np.maximum(across, down)[both]
    either = np.fmax(across, down)
    kept: Widths = either[~np.isnan(either)]
    return kept
