"""Which pages go to a receiver that takes only so many: the ones that carry the case, in the bundle's order. Pure.

Order of worth: the first page, pages behind the ground that leads, pages that prove what decides, other proofs, the first page of
every exhibit, the index, the rest.
Numbers never change: what is left out leaves a gap, and is listed.
"""

from collections.abc import Iterable, Iterator, Sequence

from casefile.citation import BundlePlan
from casefile.coverage import PropositionCoverage
from casefile.ground import StandingGround


def _cited(coverage: Iterable[PropositionCoverage]) -> Iterator[int]:
    ranked = sorted(coverage, key=lambda c: (c.status != "shown", not c.required, c.optional))
    groups = [c for c in ranked if c.status in {"shown", "attached"}]
    for covered in groups:
        yield from (citation.page for citation in covered.exhibits[:1])
    for covered in groups:
        yield from (citation.page for citation in covered.exhibits[1:])


def _behind(leading: StandingGround | None) -> Iterator[int]:
    """The pages that the answer cites, then those of its arguments."""
    if leading:
        yield from (cited.page for cited in leading.citations)
        yield from (cited.page for argument in leading.arguments for cited in argument.citations)


def by_worth(
    plan: BundlePlan, coverage: Iterable[PropositionCoverage], leading: StandingGround | None = None
) -> tuple[int, ...]:
    """Every printed page, the most telling first."""
    firsts = (exhibit.first_page for exhibit in plan.exhibits)
    return tuple(dict.fromkeys((*_behind(leading), *_cited(coverage), *firsts, *range(plan.front + 1, plan.pages + 1))))


def kept(ranked: Sequence[int], room: int | None) -> tuple[int, ...]:
    """As many of the ``ranked`` printed pages as there is ``room`` for, in printed order."""
    return tuple(sorted(ranked if room is None else ranked[: max(0, room)]))


def front_kept(front: int, exhibit_pages: int, room: int | None) -> int:
    """How many front pages go along: all where everything fits, else the first page alone, none where there is no room."""
    if room is None or front + exhibit_pages <= room:
        return front
    return min(front, 1) if room > 1 else 0
