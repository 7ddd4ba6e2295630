"""The shapes of answers, as types: they document the API and are built in one place each."""

from typing import Annotated, Any, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from casefile.fields.base import LocalText, Text, Time, Words
from casefile.fields.claim import Submission
from jobs.engine.pack_view import PackView
from jobs.records.pack_store import KeptFile

Status = Literal["queued", "running", "succeeded", "failed", "cancelled"]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="allow")


class FaultAnswer(_Answer):
    """One wrong field."""

    pointer: str = Field(description="JSON pointer into what was sent", examples=["/order/id"])
    code: str = Field(examples=["field-unknown"])
    message: str


class ProblemAnswer(_Answer):
    """Why a request was refused (RFC 9457)."""

    type: str = Field(examples=["urn:evidence-packer:problem:case-invalid"])
    title: str
    status: int
    detail: str
    instance: str
    code: str = Field(examples=["case-invalid"])
    request_id: str
    errors: list[FaultAnswer] = []


class FileAnswer(_Answer):
    """One file of a pack; ``name`` is its path in the pack's folder."""

    name: str
    role: str
    bytes: int
    pages: int | None = None
    sha256: str
    links: dict[str, str]


class Progress(_Answer):
    """How far a running pack is."""

    stage: str
    share: float = Field(ge=0, le=1)


class PackAnswer(_Answer):
    """A pack: status, and once it succeeded its verdict, report and files."""

    id: str
    status: Status
    created_at: str
    finished_at: str | None = None
    platform: str
    procedure: str
    subject: str
    folder: str | None = None
    verdict: Literal["ready", "review", "blocked"] | None = None
    progress: Progress | None = None
    report: dict[str, Any] | None = Field(default=None, description="The report: findings, coverage, timeline, letter")
    files: list[FileAnswer] = []
    submission: dict[str, Any] | None = None
    outcome: dict[str, Any] | None = None
    problem: ProblemAnswer | None = None
    links: dict[str, str]


class PackList(_Answer):
    """Packs from the newest on."""

    items: list[PackAnswer]
    next_cursor: str | None


class DraftFileAnswer(_Answer):
    """One file of a draft."""

    name: str
    bytes: int
    sha256: str
    about: dict[str, Any] | None = None
    links: dict[str, str]


class DraftFiles(_Answer):
    """Files that were added."""

    files: list[DraftFileAnswer]


class DraftAnswer(_Answer):
    """A draft: the case as typed so far, and its files."""

    id: str
    version: int
    case: dict[str, Any]
    files: list[DraftFileAnswer]
    created_at: str
    changed_at: str
    expires_at: str
    links: dict[str, str]


class DraftList(_Answer):
    """Drafts from the newest on."""

    items: list[DraftAnswer]
    next_cursor: str | None


class RowAnswer(_Answer):
    """One case of a batch."""

    number: int
    sheet_rows: list[int]
    subject: str
    status: Literal["queued", "running", "done", "failed", "invalid", "cancelled", "erased"]
    verdict: Literal["ready", "review", "blocked"] | None = None
    errors: list[dict[str, str]]
    warnings: list[dict[str, str]]
    files: list[str]
    bundle: str | None = None
    sha256: str | None = None
    links: dict[str, str]


class BatchAnswer(_Answer):
    """A batch: progress, counts, files, and a page of its rows."""

    id: str
    status: Status
    created_at: str
    finished_at: str | None = None
    sheet: str
    dry_run: bool
    progress: dict[str, Any]
    counts: dict[str, int] = Field(description="Rows by status")
    verdicts: dict[str, int]
    partial: bool = Field(description="Some rows have no pack")
    export: str | None = None
    unknown_columns: list[str]
    unmatched_files: list[str]
    parts: list[dict[str, Any]]
    problem: str | None = None
    rows: list[RowAnswer] = []
    next_after: int | None = None
    links: dict[str, str]


class BatchList(_Answer):
    """Batches from the newest on."""

    items: list[BatchAnswer]
    next_cursor: str | None


class ErasureAnswer(_Answer):
    """What was erased of a person: ids and counts, without the person."""

    id: str
    erased_at: str
    query_kinds: list[Literal["order", "email", "name"]]
    query_sha256: str = Field(description="SHA-256 of this id, a line feed, and what was asked for as JSON, folded")
    packs: list[str]
    batches: list[str] = Field(description="Batches of which rows, sheet or evidence were cleaned")
    drafts: list[str]
    counts: dict[str, int] = Field(description="By kind: packs, batch_rows, batches, drafts, events, idempotency_keys")
    later: list[str] = Field(
        description="Batches that still run: their rows are gone, their sheet is cleaned when they end"
    )


class ErasureList(_Answer):
    """Receipts from the newest on."""

    items: list[ErasureAnswer]
    next_cursor: str | None


class InsightsAnswer(_Answer):
    """Plain counts over a tenant's packs; ``outcome`` is ``open`` where none was recorded."""

    packs: list[dict[str, Any]] = Field(description="By state and verdict")
    outcomes: list[dict[str, Any]] = Field(description="By platform, procedure, reason and outcome")
    evidence: list[dict[str, Any]] = Field(description="By platform, procedure, reason, kind of evidence and outcome")
    refused: list[dict[str, Any]] = Field(description="Files that became no page, by reason")
    findings: list[dict[str, Any]] = Field(description="Packs with a finding, by its code")


class VerifyAnswer(_Answer):
    """How every file of a pack stands: intact, altered, missing, unlisted, contradictory, unreadable or not_given."""

    intact: bool
    text: str = Field(description="The verdict in words")
    note: str = Field(description="What this does and does not prove")
    packs: list[dict[str, Any]] = Field(description="Per pack: folder, intact, case_digest, files with their state")


class SubmissionNote(Submission):
    """What was sent to the platform, and when."""

    note: LocalText | None = None


class PersonAsked(Words):
    """Who is to be erased; at least one of the three."""

    order_id: Annotated[str, Field(max_length=300)] | None = None
    email: Annotated[str, Field(max_length=300)] | None = None
    name: Annotated[str, Field(max_length=300)] | None = None


class OutcomeNote(Words):
    """How the dispute ended."""

    outcome: Literal["won", "lost", "withdrawn"]
    why: LocalText | None = None
    at: Time | None = None


class LetterOfPack(Words):
    """Names the pack whose letter is wanted."""

    pack_id: Text


class SentenceAnswer(_Answer):
    """One ready sentence: named by ``code`` in the list ``field`` of a case, its ``slots`` filled, it is said by the letter."""

    code: str = Field(examples=["carrier_pickup_missed"])
    use: Literal["cause", "action", "prevention", "fact"]
    field: str = Field(examples=["root_causes"])
    scenario: str = Field(examples=["carrier"])
    scenario_name: dict[str, str]
    slots: dict[str, Literal["text", "number", "date", "carrier"]]
    confesses: bool = Field(description="It owns up to a fault, so only a letter that accepts the point says it")
    text: dict[str, str] = Field(description="How it reads, by language, with `{slot}` where a value goes")


class SentencesAnswer(_Answer):
    """The sentence bank."""

    items: list[SentenceAnswer]


def path_of(pack_id: str) -> str:
    """The address of a pack."""
    return f"/v1/packs/{pack_id}"


def file_answer(pack_id: str, file: KeptFile) -> dict[str, Any]:
    """One file as JSON."""
    return {
        "name": file.name,
        "role": file.role,
        "bytes": file.bytes,
        "pages": file.pages,
        "sha256": file.sha256,
        "links": {"self": f"{path_of(pack_id)}/files/{quote(file.name)}"},
    }


def summary(view: PackView) -> dict[str, Any]:
    """A pack without its report, for lists."""
    asked, result = view.asked, view.result
    found: dict[str, Any] = {
        "id": view.id,
        "status": view.state,
        "created_at": asked.created_at,
        "finished_at": result.finished_at if result else None,
        "platform": asked.platform,
        "procedure": asked.procedure,
        "subject": asked.subject,
        "folder": (result.folder or None) if result else None,
        "verdict": result.verdict if result else None,
        "submission": view.submission,
        "outcome": view.outcome,
        "links": _links(view),
    }
    if view.state in {"queued", "running"}:
        found["progress"] = {"stage": view.stage, "share": round(view.share, 3)}
    return found


def _links(view: PackView) -> dict[str, str]:
    path = path_of(view.id)
    links = {"self": path, "submission": f"{path}/submission", "outcome": f"{path}/outcome"}
    if view.state in {"queued", "running"}:
        links["events"] = f"{path}/events"
    if view.result and view.result.archive:
        links["archive"] = f"{path}/archive"
    return links


def whole(view: PackView, request_id: str, problem: dict[str, Any] | None = None) -> dict[str, Any]:
    """A pack with its report and files."""
    found = {**summary(view), "request_id": request_id}
    if view.result is not None:
        found["files"] = [file_answer(view.id, file) for file in view.result.files]
        if view.result.report is not None:
            more = {"pack_id": view.id, "links": found["links"], "request_id": request_id}
            found["report"] = {**view.result.report.plain(), **more}
    if problem is not None:
        found["problem"] = problem
    return found
