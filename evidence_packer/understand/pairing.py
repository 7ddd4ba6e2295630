"""Which time belongs to which line of a list where they stand above each other: the list decides, not the nearest line. Pure.

In "Delivered / Columbus / 2 November 14:22 / Out for delivery / …" the time of the next entry stands as near to a status as its
own. A list writes all its entries alike, so that all times stand below their status, or all above.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from casefile.fields.files import Box

_CLOSE = 1.2
"""Lines of one entry stand at most so many line heights apart."""
_FAR = 6.0
"""A time more line heights away belongs to something else."""


@dataclass(frozen=True, slots=True)
class PairedEntry:
    """Something to be paired: its place among its like, its box, and whether it is a time."""

    index: int
    box: Box
    is_time: bool


@dataclass(frozen=True, slots=True)
class _Pair:
    what: PairedEntry
    time: PairedEntry
    gap: float


def paired(whats: Sequence[Box], times: Sequence[Box], step: int = 0) -> dict[int, int]:
    """Index of a thing → index of its time. Things of one entry share a time.

    ``step``: 1 where all times of the page stand below their thing, -1 where all stand above, 0 where the list has to tell.
    """
    entries = [PairedEntry(place, box, is_time=False) for place, box in enumerate(whats)]
    entries += [PairedEntry(place, box, is_time=True) for place, box in enumerate(times)]
    entries.sort(key=lambda entry: entry.box[1])
    below = _pairs(entries, 1) if step >= 0 else []
    above = _pairs(entries, -1) if step <= 0 else []
    chosen = _of_one_entry(max(below, above, key=_worth))
    return {pair.what.index: pair.time.index for pair in chosen}


def _worth(pairs: Sequence[_Pair]) -> tuple[int, float, float]:
    """More pairs, then a narrower widest gap, then narrower gaps in all."""
    times = {pair.time.index for pair in pairs}
    gaps = [round(pair.gap, 1) for pair in pairs]
    return len(times), -max(gaps, default=0.0), -sum(gaps)


def _pairs(entries: Sequence[PairedEntry], step: int) -> list[_Pair]:
    """Pairs of each thing with the next time in one direction, across other things of its own entry only."""
    found, time = list[_Pair](), None
    for entry in entries[::-1] if step > 0 else entries:
        if entry.is_time:
            time = entry
        elif time is not None:
            height = max(entry.box[3] - entry.box[1], 1e-6)
            gap = abs(_middle(time.box) - _middle(entry.box)) / height
            if gap <= _FAR:
                found.append(_Pair(entry, time, gap))
    return found


def _of_one_entry(pairs: Sequence[_Pair]) -> list[_Pair]:
    """Without things that stand apart from the one nearest to their time: a headline above a list has none."""
    kept: list[_Pair] = []
    for pair in sorted(pairs, key=lambda one: one.gap):
        nearer = [one for one in kept if one.time.index == pair.time.index]
        if not nearer or _touches(nearer[-1].what.box, pair.what.box):
            kept.append(pair)
    return kept


def _touches(one: Box, other: Box) -> bool:
    """Whether two lines stand close below each other."""
    gap = max(one[1] - other[3], other[1] - one[3])
    return gap < _CLOSE * min(one[3] - one[1], other[3] - other[1])


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2
