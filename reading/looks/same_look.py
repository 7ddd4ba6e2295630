"""Which of many pictures show the same: copies, and parts cut out of another, by their cells of colour.

Two hundred pictures make twenty thousand pairs with hundreds of windows each. So the mean colours are compared first, for all
windows of all pictures at once, then those of their quarters: they can only be nearer than the cells themselves, and what they tell
apart is apart. What was compared lately is remembered: beside two hundred pictures a form is judged at every pause, and one that
came is compared with the others, which are not compared anew.
"""

import functools
import itertools
import math
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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


Picture = tuple[Thumbprint, float]
"""A thumbprint, and the width of its picture by its height."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """Pictures each of which was compared with all the others, and those that look the same."""

    pictures: frozenset[Picture]
    alike: frozenset[tuple[Picture, Picture]]


_LATELY: deque[_Compared] = deque(maxlen=8)


def same_looks(pictures: Sequence[Picture]) -> frozenset[tuple[int, int]]:
    """The pairs (smaller place first) of pictures that are copies, or of which one is a part of the other.

    The first of a pair must have some structure.
    """
    return _compared(tuple(pictures)) if len(pictures) > 1 else frozenset()


@functools.lru_cache(maxsize=64)
def _compared(pictures: tuple[Picture, ...]) -> frozenset[tuple[int, int]]:
    asked = frozenset(pictures)
    known = max(_LATELY.copy(), key=lambda one: len(one.pictures & asked), default=_Compared(frozenset(), frozenset()))
    new = np.array([picture not in known.pictures for picture in pictures])
    cells = np.stack([np.frombuffer(cells, np.uint8).reshape(THUMB_SIDE, THUMB_SIDE, 3) for cells, _ in pictures])
    structured = cells.reshape(len(cells), -1).std(axis=1) >= _STRUCTURE
    found = {(min(pair), max(pair)) for pair in _remembered(pictures, known)}
    if new.any():
        pairs = _Pairs(cells.astype(np.int16), np.array([shape for _, shape in pictures]), new)
        found |= {(min(pair), max(pair)) for pair in itertools.chain(pairs.copies(), pairs.cut_outs())}
    _LATELY.append(_Compared(asked, frozenset((pictures[one], pictures[other]) for one, other in found)))
    return frozenset(pair for pair in found if structured[pair[0]])


def _remembered(pictures: tuple[Picture, ...], known: _Compared) -> Iterator[tuple[int, int]]:
    """The pairs that are known to look the same; what is there twice looks like itself."""
    places: defaultdict[Picture, list[int]] = defaultdict(list)
    for place, picture in enumerate(pictures):
        places[picture].append(place)
    for group in places.values():
        yield from itertools.combinations(group, 2)
    for one, other in known.alike:
        if one != other:
            yield from itertools.product(places.get(one, ()), places.get(other, ()))


class _Pairs:
    """The pairs of some pictures of which one is ``new``: ``cells`` (picture, row, column, colour), the proportions of each."""

    def __init__(
        self, cells: npt.NDArray[np.int16], shapes: npt.NDArray[np.float64], new: npt.NDArray[np.bool_]
    ) -> None:
        self._cells, self._shapes, self._new = cells, shapes, new
        self._colours = np.moveaxis(cells, 3, 1).astype(np.float32)
        whole = _samples(0.0, 1.0)
        self._own = cells[:, whole][:, :, whole]
        half = _GRID // 2
        self._sums = self._own.sum(axis=(1, 2)).astype(np.float32)
        self._quarters = self._own.reshape(-1, 2, half, 2, half, 3).sum(axis=(2, 4, 5)).astype(np.float32)

    def copies(self) -> Iterator[tuple[int, int]]:
        """Pairs of one shape whose cells are nearly the same."""
        means = self._own.mean(axis=(1, 2, 3))
        for place in range(len(self._cells) - 1):
            rest = slice(place + 1, None)
            near = (np.abs(means[rest] - means[place]) <= _COPY) & (self._new[rest] | self._new[place])
            near &= np.abs(self._shapes[place] / self._shapes[rest] - 1) <= _SAME_SHAPE
            for other in np.flatnonzero(near) + place + 1:
                if np.abs(self._own[other] - self._own[place]).mean() <= _COPY:
                    yield place, int(other)

    def cut_outs(self) -> Iterator[tuple[int, int]]:
        """Pairs of a part and its whole."""
        steps = np.rint(np.log(self._shapes[:, None] / self._shapes[None, :]) * _FINE).astype(int)
        for step in np.unique(steps):
            windows = _windows(int(step))
            asked = steps == step
            wholes = np.flatnonzero(asked.any(axis=0))
            sums = _Sums.of(self._colours[wholes], windows)
            parts = np.flatnonzero(asked.any(axis=1))
            for shape in np.unique(self._shapes[parts]):
                alike = parts[self._shapes[parts] == shape]
                for some, chosen in self._asked(alike, wholes, asked[alike[0], wholes]):
                    mine = sums.only(chosen)
                    for part in some:
                        found = self._inside(int(part), wholes[chosen], mine, windows)
                        yield from ((int(part), int(whole)) for whole in found if whole != part)

    def _asked(
        self, parts: _Places, wholes: _Places, chosen: npt.NDArray[np.bool_]
    ) -> Iterator[tuple[_Places, npt.NDArray[np.bool_]]]:
        """New parts with all of their wholes, known ones with those that are new."""
        new = self._new[parts]
        for some, mine in ((parts[new], chosen), (parts[~new], chosen & self._new[wholes])):
            if some.size and mine.any():
                yield some, mine

    def _inside(self, part: int, wholes: _Places, sums: "_Sums", windows: _Windows) -> Iterator[int]:
        """The wholes of which ``part`` is a window; what is farther apart is sorted out by ever closer looks."""
        place, window = sums.within(self._sums[part], _CUT * _VALUES)
        quarters = np.abs(sums.quarters(place, window) - self._quarters[part])
        near = quarters.reshape(-1, 4) @ np.ones(4, np.float32) <= _CUT * _VALUES
        place, window = place[near], window[near]
        rows, columns = windows.rows[window][:, _FEW], windows.columns[window][:, _FEW]
        seen = self._cells[wholes[place][:, None, None], rows[:, :, None], columns[:, None, :]]
        few = self._own[part][_FEW][:, _FEW]
        near = np.abs(seen - few).reshape(len(seen), few.size).sum(axis=1) <= _FEW_APART * _CUT * few.size
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


@functools.cache
def _windows(step: int) -> _Windows:
    """Windows of a whole in the proportions of a part that is so many steps wider by its height."""
    ratio = math.exp(step / _FINE)
    columns, rows = [], []
    for share in _SHARES:
        across, down = (share, share / ratio) if ratio >= 1 else (share * ratio, share)
        over, below = (
            [_samples(i * room / _STEPS, side) for i in range(_STEPS + 1)]
            if (room := 1 - side) > 0
            else [_samples(0, side)]
            for side in (across, down)
        )
        for left, top in itertools.product(over, below):
            columns.append(left)
            rows.append(top)
    return _Windows(np.stack(columns), np.stack(rows))


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums of the samples of every window by (colour, picture, window), and over all colours of every quarter of one.

    The latter stand in a table by (picture, half, stretch of rows, half, stretch of columns), which is looked at for few windows.
    """

    table: _Numbers
    all: _Numbers
    row_of: _Places
    column_of: _Places
    which: _Places | None = None
    """The pictures of the table that are meant; ``None``: all."""

    @classmethod
    def of(cls, colours: _Numbers, windows: _Windows) -> "_Sums":
        """The sums of pictures given by (picture, colour, row, column)."""
        by_rows, row_of = _counted(windows.rows)
        by_columns, column_of = _counted(windows.columns)
        table = (by_rows @ colours.sum(axis=1) @ by_columns.T).reshape(len(colours), 2, len(by_rows) // 2, 2, -1)
        whole = _both(by_rows) @ colours @ _both(by_columns).T
        return cls(table, np.ascontiguousarray(np.moveaxis(whole[:, :, row_of, column_of], 1, 0)), row_of, column_of)

    def only(self, chosen: npt.NDArray[np.bool_]) -> "_Sums":
        """Those of some of the pictures."""
        which = np.arange(len(self.table)) if self.which is None else self.which
        return replace(self, all=self.all[:, chosen], which=which[chosen])

    def within(self, sums: _Numbers, most: float) -> tuple[_Places, _Places]:
        """The windows (picture, window) no farther than this from a picture with these sums by colour.

        By its sums none is farther than its cells are.
        """
        apart = np.abs(self.all[0] - sums[0])
        for colour in (1, 2):
            more = self.all[colour] - sums[colour]
            apart += np.abs(more, out=more)
        pictures, windows = np.divmod(np.flatnonzero(apart <= most), apart.shape[1])
        return pictures, windows

    def quarters(self, pictures: _Places, windows: _Places) -> _Numbers:
        """The sums of each quarter of some windows: (window, half of rows, half of columns)."""
        there = pictures if self.which is None else self.which[pictures]
        return self.table[there, :, self.row_of[windows], :, self.column_of[windows]]


def _both(halves: _Numbers) -> _Numbers:
    return halves[: len(halves) // 2] + halves[len(halves) // 2 :]


def _counted(places: _Places) -> tuple[_Numbers, _Places]:
    """How often each cell is taken, once for every different stretch, first by the first halves and then by the others.

    And which stretch each window has.
    """
    different, which = np.unique(places, axis=0, return_inverse=True)
    halves = np.concatenate([different[:, : _GRID // 2], different[:, _GRID // 2 :]])
    counts = np.zeros((len(halves), THUMB_SIDE), np.float32)
    np.add.at(counts, (np.arange(len(halves))[:, None], halves), 1)
    return counts, which.reshape(-1)
