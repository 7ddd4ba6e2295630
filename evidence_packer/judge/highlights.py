"""What matters on the pages of an exhibit: where the data were read that prove something. Pure.

Shown enlarged in the band and marked in the margin, so that a reviewer looks at the right line at once; the evidence itself is
never drawn on.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from casefile.citation import PlannedExhibit
from casefile.coverage import PropositionCoverage
from casefile.facts import Spot
from casefile.fields.files import Box, Redaction

MOST = 3
"""So many places are marked on one page."""
_SAME = 0.55
"""Share of the smaller box from which two places are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Places of one printed page, as boxes of its source page: what to look at, and what the seller made unreadable."""

    places: tuple[Box, ...] = ()
    redacted: tuple[Box, ...] = ()


def _shared(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((b[2] - b[0]) * (b[3] - b[1]) for b in (one, other))
    return width * height / smaller if width > 0 and height > 0 and smaller > 0 else 0.0


def _distinct(boxes: Iterable[Box]) -> tuple[Box, ...]:
    kept: list[Box] = []
    for box in boxes:
        if box[2] > box[0] and box[3] > box[1] and all(_shared(box, other) < _SAME for other in kept):
            kept.append(box)
    return tuple(sorted(kept[:MOST], key=lambda box: (box[1], box[0])))


def spots_in(exhibit: PlannedExhibit, coverage: Iterable[PropositionCoverage]) -> tuple[Spot, ...]:
    """Where the exhibit proves something, the decisive first, each place once."""
    shown = sorted((c for c in coverage if c.status == "shown"), key=lambda covered: not covered.required)
    found = [
        spot
        for covered in shown
        for citation, spots in zip(covered.exhibits, covered.spots, strict=False)
        if citation.number == exhibit.number
        for spot in spots
        if spot.box
    ]
    return tuple(dict.fromkeys(found))


def marks(
    exhibit: PlannedExhibit, coverage: Iterable[PropositionCoverage], redactions: Iterable[Redaction] = ()
) -> tuple[Marks, ...]:
    """One for each evidence page of the exhibit, in order."""
    spots, burned, found = spots_in(exhibit, coverage), tuple(redactions), []
    for place, page in enumerate(exhibit.source_pages):
        top, bottom = exhibit.part(place)
        here = [spot.box for spot in spots if spot.page == page and spot.box and top <= spot.height <= bottom]
        hidden = [r.box for r in burned if r.page == page and top <= (r.box[1] + r.box[3]) / 2 <= bottom]
        found.append(Marks(places=_distinct(here), redacted=tuple(hidden)))
    return tuple(found)
