"""What worked: plain counts of outcomes, of the evidence that was there, and of why files were refused. No rates, no advice."""

from typing import Any, TypeVar

from pydantic import Field
from sqlalchemy import Select, func, select

from casefile.json_model import JsonModel
from jobs.records.database import Database
from jobs.records.tables import pack_marks, packs

_MOST = 2_000
"""Rows of one table of the answer; there are far fewer combinations in practice."""


class PackCount(JsonModel):
    """Packs by how they ended."""

    state: str = Field(description="How the pack ended")
    verdict: str | None = Field(description="Whether the evidence could be sent as it was")
    packs: int = Field(description="Number of packs")


class OutcomeCount(JsonModel):
    """Packs by what they were about and how the dispute ended."""

    platform: str = Field(description="The platform")
    procedure: str = Field(description="The procedure of the platform")
    reason: str | None = Field(description="Why the dispute existed")
    outcome: str = Field(description="How the dispute ended; `open` where nothing was recorded")
    packs: int = Field(description="Number of packs")


class EvidenceCount(OutcomeCount):
    """The same by kind of evidence."""

    kind: str = Field(description="A kind of evidence that was there")


class CodeCount(JsonModel):
    """Packs by a code."""

    code: str = Field(description="Code of a finding, or of the reason a file became no page")
    packs: int = Field(description="Number of packs")


class InsightCounts(JsonModel):
    """Plain counts over a tenant's packs; ``outcome`` is ``open`` where none was recorded."""

    packs: tuple[PackCount, ...] = Field(description="By state and verdict")
    outcomes: tuple[OutcomeCount, ...] = Field(description="By platform, procedure, reason and outcome")
    evidence: tuple[EvidenceCount, ...] = Field(
        description="By platform, procedure, reason, kind of evidence and outcome"
    )
    refused: tuple[CodeCount, ...] = Field(description="Files that became no page, by reason")
    findings: tuple[CodeCount, ...] = Field(description="Packs with a finding, by its code")


Counted = TypeVar("Counted", PackCount, OutcomeCount, EvidenceCount, CodeCount)


class Insights:
    """Counts over the packs of one tenant. Erased packs count: their rows hold no buyer's data."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self, tenant: str, *, platform: str | None = None, since: str | None = None) -> InsightCounts:
        """The tables of the answer.

        Args:
            tenant: whose packs.
            platform: only packs for this platform.
            since: only packs accepted at or after this time (ISO 8601, UTC).
        """
        where = (packs.c.tenant == tenant) & packs.c.state.in_(("succeeded", "failed"))
        if platform is not None:
            where &= packs.c.platform == platform
        if since is not None:
            where &= packs.c.created_at >= since
        outcome = func.coalesce(packs.c.outcome_name, "open").label("outcome")
        about = (packs.c.platform, packs.c.procedure, packs.c.reason)
        number = func.count().label("packs")
        marked = (
            select(pack_marks.c.value.label("code"), number)
            .join(packs, packs.c.id == pack_marks.c.pack_id)
            .where(where)
        )
        evidence = (
            select(*about, pack_marks.c.value.label("kind"), outcome, number)
            .join(packs, packs.c.id == pack_marks.c.pack_id)
            .where(where & (pack_marks.c.what == "evidence"))
            .group_by(*about, pack_marks.c.value, outcome)
        )
        ended = select(packs.c.state, packs.c.verdict, number).where(where).group_by(packs.c.state, packs.c.verdict)
        ways = select(*about, outcome, number).where(where).group_by(*about, outcome)
        refused, found = (marked.where(pack_marks.c.what == what) for what in ("refused", "finding"))
        return InsightCounts(
            packs=self._rows(ended, PackCount),
            outcomes=self._rows(ways, OutcomeCount),
            evidence=self._rows(evidence, EvidenceCount),
            refused=self._rows(refused.group_by(pack_marks.c.value), CodeCount),
            findings=self._rows(found.group_by(pack_marks.c.value), CodeCount),
        )

    def _rows(self, wanted: Select[Any], shape: type[Counted]) -> tuple[Counted, ...]:
        """The rows as values, the most frequent first."""
        with self._database.read() as connection:
            found = [row._mapping for row in connection.execute(wanted.limit(_MOST))]  # noqa: SLF001  # the library's public name for it
        rows = sorted(found, key=lambda row: [-row["packs"], *(str(value or "") for value in row.values())])
        return tuple(shape(**row) for row in rows)
