"""Which propositions of a claim are proved, and where."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from casefile.citation import Citation
from casefile.facts import Spot
from casefile.fields.files import Kind
from casefile.statement import Statement

CoverageStatus = Literal["shown", "described", "attached", "contradicted", "missing"]
Idle = Literal["no_number", "before_order", "contradicts"]
"""Why a page proves nothing: no number of the case on it, older than its order, or it speaks against us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PropositionCoverage:
    """One proposition to prove (text: ``proposition.<id>``) and how far the evidence carries it.

    ``shown``: an exhibit of a right kind says it, about this very thing. ``described``: a photograph of which the seller says
    what it shows. ``attached``: a right kind is there, what it says of this was not understood. ``contradicted``: the evidence
    says otherwise; that beats everything. ``missing``: nothing of the needed kinds, or nothing that says it.
    """

    proposition: str
    needs: tuple[Kind, ...]
    status: CoverageStatus
    required: bool
    optional: bool = False
    exhibits: tuple[Citation, ...] = ()
    spots: tuple[tuple[Spot, ...], ...] = ()
    """For each of ``exhibits``, where in its file each datum was read."""
    statements: tuple[tuple[Statement, ...], ...] = ()
    """For each of ``exhibits``, what it says of this, with its words; of ``contradicted``, what it says against it."""
    of: str | None = None
    """The number of the parcel, or the id or sum of the refund, that is meant where the case has several: each has its row."""
    claimed: bool = True
    """Whether the case itself states it: a parcel that the case knows as lost is not claimed to be delivered."""
    source: str | None = None
    confidence: str = "K"


_WEAKEST: tuple[CoverageStatus, ...] = ("contradicted", "missing", "attached", "described", "shown")


def row_of(
    coverage: Iterable[PropositionCoverage], proposition: str, of: str | None = None
) -> PropositionCoverage | None:
    """The row of a proposition: that of parcel ``of``, else the weakest that the case claims, so that none hides another."""
    rows = [row for row in coverage if row.proposition == proposition]
    own = [row for row in rows if row.of == of] if of else []
    told = own or [row for row in rows if row.claimed] or rows
    return min(told, key=lambda row: _WEAKEST.index(row.status), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePoint:
    """One dated point. ``what`` is a text key (``timeline.<what>``); ``page`` is a printed number.

    ``at`` is ISO 8601; where an exhibit prints no more, without a zone or a date alone.
    """

    at: str
    what: str
    source: Literal["case", "exhibit", "exif"]
    exhibit: int | None = None
    page: int | None = None
    conflict: bool = False
    of: str | None = None
    """The number of the parcel that it is of, as the case writes it."""

    @property
    def moment(self) -> dt.datetime:
        """``at`` for sorting and drawing; what a page prints without a zone counts as UTC."""
        moment = dt.datetime.fromisoformat(self.at)
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)

    @property
    def has_time(self) -> bool:
        """Whether the time of day is known."""
        return "T" in self.at
