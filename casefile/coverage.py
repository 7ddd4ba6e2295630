"""Which propositions of a claim are proved, and where."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from casefile.citation import Citation
from casefile.facts import Spot
from casefile.fields.files import Kind

CoverageStatus = Literal["shown", "described", "attached", "contradicted", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PropositionCoverage:
    """One proposition to prove (text: ``proposition.<id>``) and how far the evidence carries it.

    ``shown``: the datum itself was read inside an exhibit of a right kind. ``attached``: a right kind is there, the datum
    was not read. ``contradicted``: the evidence says otherwise. ``missing``: nothing of the needed kinds.
    """

    proposition: str
    needs: tuple[Kind, ...]
    status: CoverageStatus
    required: bool
    optional: bool = False
    exhibits: tuple[Citation, ...] = ()
    spots: tuple[tuple[Spot, ...], ...] = ()
    """For each of ``exhibits``, where in its file each datum was read."""
    source: str | None = None
    confidence: str = "K"


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

    @property
    def moment(self) -> dt.datetime:
        """``at`` for sorting and drawing; what a page prints without a zone counts as UTC."""
        moment = dt.datetime.fromisoformat(self.at)
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)

    @property
    def has_time(self) -> bool:
        """Whether the time of day is known."""
        return "T" in self.at
