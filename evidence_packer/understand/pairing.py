"""Which time belongs to which line of a list where they stand above each other: the list decides, not the nearest line. Pure.

In "Delivered / Columbus / 2 November 14:22 / Out for delivery / …" the time of the next entry stands as near to a status as its
own. A list writes all its entries alike, so that all times stand below their status, or all above.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from casefile.fields.files import Box

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


def paired(whats: Sequence[Box], times: Sequence[Box]) -> dict[int, int]:
    """Index of a thing → index of its time. Things of one entry share a time."""
    entries = [PairedEntry(place, box, is_time=False) for place, box in enumerate(whats)]
    entries += [PairedEntry(place, box, is_time=True) for place, box in enumerate(times)]
    entries.sort(key=lambda entry: entry.box[1])
    below, above = _pairs(entries, 1), _pairs(entries, -1)
    chosen = max(below, above, key=_worth)
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


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2
