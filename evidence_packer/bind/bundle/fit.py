"""Bringing a bundle under a size limit: what is given untouched stays so as long as it can; never below what can be read.

One step for all: the best rung is sought on which the expected sizes fit, so that no page suffers for another; then the largest
give way until the true sizes fit. What is still too large is reported by the checks with its numbers, never cut.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from casefile.reading import PreparedImage
from evidence_packer.bind.bundle.quality_ladder import PROBE, Rung, expected, rungs
from evidence_packer.bind.bundle.sheets import picture_of
from evidence_packer.bind.bundle.stamp import ExhibitPages
from press.images import fewer_colours, smaller
from press.pdf.pictures import Picture

_ROOM = 0.985
"""Share of the limit that is filled."""

Reads = Callable[[ExhibitPages, PreparedImage], bool]
"""Whether what was read in an exhibit can still be read in a smaller copy of its picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The bundle that resulted, the exhibits it shows, and the names of files whose pictures were made smaller."""

    bundle: bytes
    exhibits: tuple[ExhibitPages, ...] = ()
    changed: tuple[str, ...] = ()


class _Candidate:
    """One picture on its way down."""

    def __init__(self, exhibit: ExhibitPages, prepared: PreparedImage, reads: Reads) -> None:
        self._exhibit, self._original, self._reads = exhibit, prepared, reads
        self._picture = picture_of(prepared)
        self._rungs = rungs(self._picture, exhibit.text_height)
        self._probe: int | None = None
        self.step, self.prepared = -1, prepared

    @property
    def size(self) -> int:
        return len(self.prepared.data)

    @property
    def changed(self) -> bool:
        return self.prepared is not self._original

    @property
    def steps(self) -> int:
        return len(self._rungs)

    def expected(self, step: int) -> float:
        """Bytes on this step, at most what it takes as it is."""
        if self._probe is None:
            self._probe = len(smaller(self._picture, *PROBE).data)
        rung = self._rungs[min(step, len(self._rungs) - 1)]
        return min(len(self._original.data), expected(self._picture, rung, self._probe))

    def lower_to(self, step: int) -> None:
        """Store it on this step, or on the last one above on which it is smaller and can still be read."""
        self.step = min(step, len(self._rungs) - 1)
        copy = _stored(self._picture, self._rungs[self.step])
        if len(copy.data) >= self.size:
            return
        form: Literal["jpeg", "png"] = "png" if copy.format == "png" else "jpeg"
        made = PreparedImage(data=copy.data, format=form, width=copy.width, height=copy.height)
        if self._reads(self._exhibit, made):
            self.prepared = made
        else:
            self.step = len(self._rungs)


def _stored(picture: Picture, rung: Rung) -> Picture:
    return fewer_colours(picture) if rung.quality is None else smaller(picture, rung.side, rung.quality)


def _lower(candidates: Sequence[_Candidate], room: float) -> None:
    """Lower the pictures until they take at most ``room`` bytes, or cannot go lower."""
    deepest = max(candidate.steps for candidate in candidates)
    step = next((s for s in range(deepest) if sum(c.expected(s) for c in candidates) <= room), deepest - 1)
    for candidate in sorted(candidates, key=lambda c: -c.size):
        if candidate.expected(step) < candidate.size:
            candidate.lower_to(step)
        if sum(c.size for c in candidates) <= room:
            return
    while sum(c.size for c in candidates) > room:
        ready = [c for c in candidates if c.step < c.steps - 1]
        if not ready:
            return
        heaviest = max(ready, key=lambda c: c.size)
        heaviest.lower_to(heaviest.step + 1)


def fit(
    exhibits: Sequence[ExhibitPages],
    limit: int | None,
    assembled: Callable[[tuple[ExhibitPages, ...]], bytes],
    reads: Reads = lambda _exhibit, _copy: True,
) -> Fitted:
    """The bundle, with pictures made smaller only as far as ``limit`` bytes ask for it.

    Args:
        exhibits: what to place, as prepared.
        limit: bytes the bundle may have, or ``None``.
        assembled: makes a bundle of exhibits.
        reads: asked of every smaller copy; a copy that can no longer be read is not used.
    """
    now = list(exhibits)
    bundle = assembled(tuple(now))
    candidates = {
        place: _Candidate(exhibit, exhibit.prepared, reads)
        for place, exhibit in enumerate(now)
        if isinstance(exhibit.prepared, PreparedImage)
    }
    if limit is None or len(bundle) <= limit or not candidates:
        return Fitted(bundle=bundle, exhibits=tuple(now))
    fixed = len(bundle) - sum(candidate.size for candidate in candidates.values())
    _lower(list(candidates.values()), limit * _ROOM - fixed)
    for place, candidate in candidates.items():
        now[place] = replace(now[place], prepared=candidate.prepared)
    changed = tuple(now[place].planned.file for place, candidate in candidates.items() if candidate.changed)
    return Fitted(bundle=assembled(tuple(now)), exhibits=tuple(now), changed=changed)
