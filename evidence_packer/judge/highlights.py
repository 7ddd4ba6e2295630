"""What matters on the pages of an exhibit: where the data were read that prove something. Pure.

Shown enlarged in the band and marked in the margin, so that a reviewer looks at the right line at once; the evidence itself is
never drawn on.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from casefile.citation import Citation, PlannedExhibit
from casefile.coverage import PropositionCoverage
from casefile.facts import Spot
from casefile.fields.files import Box, Redaction

MOST = 3
"""So many places are marked on one page."""
_SAME = 0.55
"""Share of the smaller box from which two places are one."""
_BESIDE, _BELOW = 0.25, 1.6
"""How far a value may stand from its label: beside it as a share of the page, below it in heights of the label."""


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
        for spot in with_values(covered, citation, spots)
        if spot.box
    ]
    return tuple(dict.fromkeys(found))


def with_values(covered: PropositionCoverage, citation: Citation, spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """The spots of a citation, a label together with its value: "Delivered On" alone tells nothing."""
    told = dict(zip(covered.exhibits, covered.statements, strict=False)).get(citation, ())
    said = [Spot(page=span.page, box=span.box) for one in told for span in (one.span, *one.near)]
    return tuple(dict.fromkeys(_with_value(spot, said) for spot in spots))


def _with_value(spot: Spot, said: Iterable[Spot]) -> Spot:
    box = spot.box
    if box is None:
        return spot
    for other in said:
        if other.page == spot.page and other.box and _belongs(box, other.box):
            box = (
                min(box[0], other.box[0]), min(box[1], other.box[1]), max(box[2], other.box[2]), max(box[3], other.box[3])
            )  # fmt: skip
    return Spot(page=spot.page, box=box)


def _belongs(one: Box, other: Box) -> bool:
    """Whether two boxes stand in one row near each other, or right above one another."""
    tall = min(one[3] - one[1], other[3] - other[1])
    in_row = min(one[3], other[3]) - max(one[1], other[1]) > tall / 2
    in_column = min(one[2], other[2]) > max(one[0], other[0])
    across = max(one[0], other[0]) - min(one[2], other[2])
    down = max(one[1], other[1]) - min(one[3], other[3])
    return (in_row and across <= _BESIDE) or (in_column and down <= tall * _BELOW)


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
