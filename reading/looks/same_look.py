"""Which of many pictures show the same: copies, and parts cut out of another, by their cells of colour.

Two hundred pictures make twenty thousand pairs with hundreds of windows each. So the mean colours are compared first, for all
windows of all pictures at once: they can only be nearer than the cells themselves, and what they tell apart is apart.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from casefile.reading import THUMB_SIDE, Thumbprint

_GRID = 16
_VALUES = 3 * _GRID * _GRID
_CUT, _COPY = 6.0, 3.0
"""Mean difference of cells (0 to 255) between cut-out and whole, and between copies of one picture."""
_STRUCTURE = 18.0
"""Deviation of brightness that a picture needs to be known again."""
_SHARES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
_STEPS = 6
_SAME_SHAPE = 0.02
_FINE = 32
"""Proportions are told apart in steps of three per cent, so that many pictures share their windows."""

_FEW = slice(1, None, 4)
_FEW_APART = 2.5
"""Sixteen of the samples are looked at before all of them; of a true match none are so many times farther apart than the rest."""

_Numbers = npt.NDArray[np.float32]
_Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Windows:
    """Where the windows of one proportion take their samples: columns and rows of each (window, 16)."""

    columns: _Places
    rows: _Places


def same_looks(pictures: Sequence[tuple[Thumbprint, float]]) -> frozenset[tuple[int, int]]:
    """The pairs (smaller place first) of pictures that are copies, or of which one is a part of the other.

    Each picture comes as its thumbprint and its width by its height. The first of a pair must have some structure.
    """
    if len(pictures) < 2:
        return frozenset()
    cells = np.stack([np.frombuffer(cells, np.uint8).reshape(THUMB_SIDE, THUMB_SIDE, 3) for cells, _ in pictures])
    shapes = np.array([shape for _, shape in pictures])
    structured = cells.reshape(len(cells), -1).std(axis=1) >= _STRUCTURE
    pairs = _Pairs(cells.astype(np.int16), shapes)
    found = {(min(pair), max(pair)) for pair in itertools.chain(pairs.copies(), pairs.cut_outs())}
    return frozenset(pair for pair in found if structured[pair[0]])


class _Pairs:
    """All pairs of some pictures: ``cells`` (picture, row, column, colour) and the proportions of each."""

    def __init__(self, cells: npt.NDArray[np.int16], shapes: npt.NDArray[np.float64]) -> None:
        self._cells, self._shapes = cells, shapes
        self._colours = np.moveaxis(cells, 3, 1).astype(np.float32)
        whole = _samples(0.0, 1.0)
        self._own = cells[:, whole][:, :, whole]
        self._sums = self._own.sum(axis=(1, 2)).astype(np.float32)

    def copies(self) -> Iterator[tuple[int, int]]:
        """Pairs of one shape whose cells are nearly the same."""
        means = self._own.mean(axis=(1, 2, 3))
        for place in range(len(self._cells) - 1):
            rest = slice(place + 1, None)
            near = np.abs(means[rest] - means[place]) <= _COPY
            near &= np.abs(self._shapes[place] / self._shapes[rest] - 1) <= _SAME_SHAPE
            for other in np.flatnonzero(near) + place + 1:
                if np.abs(self._own[other] - self._own[place]).mean() <= _COPY:
                    yield place, int(other)

    def cut_outs(self) -> Iterator[tuple[int, int]]:
        """Pairs of a part and its whole."""
        steps = np.rint(np.log(self._shapes[:, None] / self._shapes[None, :]) * _FINE).astype(int)
        np.fill_diagonal(steps, np.iinfo(int).max)
        for step in np.unique(steps):
            if step == np.iinfo(int).max:
                continue
            windows = _windows(math.exp(step / _FINE))
            asked = steps == step
            wholes = np.flatnonzero(asked.any(axis=0))
            all_sums = _sums(self._colours[wholes], windows)
            for part in np.flatnonzero(asked.any(axis=1)):
                mine = wholes[asked[part, wholes]]
                sums = all_sums[:, asked[part, wholes]]
                yield from ((int(part), int(whole)) for whole in self._inside(int(part), mine, sums, windows))

    def _inside(self, part: int, wholes: _Places, sums: _Numbers, windows: _Windows) -> Iterator[int]:
        """The wholes of which ``part`` is a window; what is farther apart is sorted out by ever closer looks."""
        apart = sum(np.abs(sums[colour] - self._sums[part, colour]) for colour in range(3))
        place, window = np.nonzero(apart <= _CUT * _VALUES)
        rows, columns = windows.rows[window][:, _FEW], windows.columns[window][:, _FEW]
        seen = self._cells[wholes[place][:, None, None], rows[:, :, None], columns[:, None, :]]
        few = self._own[part][_FEW][:, _FEW]
        near = np.abs(seen - few).mean(axis=(1, 2, 3)) <= _FEW_APART * _CUT
        found: set[int] = set()
        for whole, view in zip(wholes[place[near]], window[near], strict=True):
            if int(whole) in found:
                continue
            cells = self._cells[whole][windows.rows[view]][:, windows.columns[view]]
            if np.abs(cells - self._own[part]).mean() <= _CUT:
                found.add(int(whole))
        yield from sorted(found)


def _samples(start: float, length: float) -> _Places:
    """The cells nearest to the middles of sixteen equal parts of a stretch."""
    middles = start + (np.arange(_GRID) + 0.5) / _GRID * length
    return np.minimum(THUMB_SIDE - 1, (middles * THUMB_SIDE).astype(np.intp))


def _windows(ratio: float) -> _Windows:
    """Windows of a whole in the proportions of a part that is ``ratio`` times as wide by its height."""
    columns, rows = [], []
    for share in _SHARES:
        across, down = (share, share / ratio) if ratio >= 1 else (share * ratio, share)
        starts = [
            [i * room / _STEPS for i in range(_STEPS + 1)] if (room := 1 - side) > 0 else [0.0]
            for side in (across, down)
        ]
        for left, top in itertools.product(*starts):
            columns.append(_samples(left, across))
            rows.append(_samples(top, down))
    return _Windows(np.stack(columns), np.stack(rows))


def _sums(colours: _Numbers, windows: _Windows) -> _Numbers:
    """Sums of the samples of each window by colour: (colour, picture, window)."""
    by_rows, row_of = _counted(windows.rows)
    by_columns, column_of = _counted(windows.columns)
    table = by_rows @ colours @ by_columns.T
    return np.ascontiguousarray(np.moveaxis(table[:, :, row_of, column_of], 1, 0))


def _counted(places: _Places) -> tuple[_Numbers, _Places]:
    """How often each cell is taken, once for every different stretch, and which of them each window has."""
    different, which = np.unique(places, axis=0, return_inverse=True)
    counts = np.zeros((len(different), THUMB_SIDE), np.float32)
    np.add.at(counts, (np.arange(len(different))[:, None], different), 1)
    return counts, which.reshape(-1)
