"""Bringing a bundle under a size limit: the largest pictures first, one rung at a time, never below what can be read.

Rungs end at a long side of 1300 pixels for photos and 2000 for tall screenshots, where type of 12 pixels stays legible; what is
still too large is told by the checks with its numbers, never cut.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from casefile.reading import PreparedImage
from evidence_packer.bundle.stamp import ExhibitPages
from press.images import smaller
from press.pdf.pictures import Picture

_RUNGS = ((None, 85), (2600, 80), (2000, 76), (1600, 72), (1300, 68))
"""Longest side (``None``: as it is) and JPEG quality, best first."""
_TALL = 1.8
_TALL_FLOOR = 2000
_ROOM = 0.97


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The bundle that resulted, and the names of files whose pictures were made smaller."""

    bundle: bytes
    changed: tuple[str, ...] = ()


def _rungs(prepared: PreparedImage) -> list[tuple[int, int]]:
    tall = prepared.height > prepared.width * _TALL
    long_side = max(prepared.width, prepared.height)
    floor = _TALL_FLOOR if tall else 0
    found = [(min(side or long_side, long_side), quality) for side, quality in _RUNGS if (side or long_side) >= floor]
    return list(dict.fromkeys(found))


def _reduced(prepared: PreparedImage, rung: tuple[int, int]) -> PreparedImage:
    picture = Picture(
        data=prepared.data, format=prepared.format, width=prepared.width, height=prepared.height,
        orientation=prepared.orientation,
    )  # fmt: skip
    small = smaller(picture, *rung)
    if len(small.data) >= len(prepared.data):
        return prepared
    return PreparedImage(data=small.data, format="jpeg", width=small.width, height=small.height)


def fit(
    exhibits: Sequence[ExhibitPages], limit: int | None, assembled: Callable[[tuple[ExhibitPages, ...]], bytes]
) -> Fitted:
    """The bundle, with pictures made smaller only as far as ``limit`` bytes ask for it.

    Args:
        exhibits: what to place, as prepared.
        limit: bytes the bundle may have, or ``None``.
        assembled: makes a bundle of exhibits.
    """
    now = list(exhibits)
    bundle = assembled(tuple(now))
    if limit is None or len(bundle) <= limit:
        return Fitted(bundle=bundle)
    original = {place: e.prepared for place, e in enumerate(now) if isinstance(e.prepared, PreparedImage)}
    fixed = len(bundle) - sum(len(prepared.data) for prepared in original.values())
    step = dict.fromkeys(original, -1)
    while True:
        sizes = {place: len(now[place].prepared.data) for place in original}
        if fixed + sum(sizes.values()) <= limit * _ROOM:
            break
        ready = [place for place in original if step[place] + 1 < len(_rungs(original[place]))]
        if not ready:
            break
        place = max(ready, key=lambda p: sizes[p])
        step[place] += 1
        now[place] = replace(now[place], prepared=_reduced(original[place], _rungs(original[place])[step[place]]))
    changed = tuple(now[p].planned.file for p in original if now[p].prepared is not original[p])
    return Fitted(bundle=assembled(tuple(now)), changed=changed)
