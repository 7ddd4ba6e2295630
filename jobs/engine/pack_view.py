"""A pack as its row and its place in the pool tell of it, for whoever looks."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from jobs.engine.job_queue import QueuedTask
from jobs.records.ledger import OPEN
from jobs.records.notes import OutcomeRecord, PackRemains, SubmissionRecord
from jobs.records.pack_store import Result, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a pack is about, as its row tells it."""

    id: str
    tenant: str
    created_at: str
    platform: str
    procedure: str
    reason: str | None
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackView:
    """Everything known about one pack now; ``stage`` and ``share`` tell how far a running one is."""

    id: str
    state: State
    asked: Asked
    result: Result | None
    run: str = ""
    stage: str = ""
    share: float = 0.0
    submission: SubmissionRecord | None = None
    outcome: OutcomeRecord | None = None
    muted: bool = False
    batch_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What is left of an erased pack: when it was erased, hashes and sizes."""

    id: str
    at: str
    remains: PackRemains


def view_of(row: Row[Any], kept: Result | None, ticket: QueuedTask | None) -> PackView:
    """The view of a row; ``kept`` is its whole result where that is wanted, ``ticket`` its place in this process's pool."""
    asked = Asked(**{name: getattr(row, name) for name in Asked.__dataclass_fields__})
    return PackView(
        id=row.id,
        state=ticket.state if ticket else row.state,
        asked=asked,
        result=None if row.state in OPEN else kept or _brief(row),
        run=row.run or "",
        stage=ticket.stage if ticket else row.stage,
        share=ticket.share if ticket else row.share,
        submission=SubmissionRecord.kept(row.submission) if row.submission else None,
        outcome=OutcomeRecord.kept(row.outcome) if row.outcome else None,
        muted=row.muted,
        batch_id=row.batch_id,
    )


def _brief(row: Row[Any]) -> Result:
    """A result as the row alone tells it."""
    return Result(
        state=row.state,
        finished_at=row.finished_at,
        folder=row.folder or "",
        verdict=row.verdict,
        archive=f"packs/{row.tenant}/{row.id}/runs/{row.run}.zip" if row.archive_sha256 else None,
        archive_bytes=row.archive_bytes or 0,
        archive_sha256=row.archive_sha256 or "",
        problem=row.problem,
    )
