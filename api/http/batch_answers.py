"""Batches as they are answered: in a list, and whole with a page of their rows."""

from typing import Any, Literal

from pydantic import Field

from api.http.pack_answers import LINKS, Status
from casefile.finding import Verdict
from casefile.json_model import JsonModel
from jobs.faults import JobError
from jobs.records.batch_ledger import OPEN, BatchView
from jobs.records.batch_values import row_made, row_work

_ROUTE = "/v1/batches"


class RowMessage(JsonModel):
    """What is wrong with a row, or worth a look."""

    code: str = Field(default="", description="Stable code of the message")
    column: str = Field(default="", description="The column of the sheet it is about; empty for the row as a whole")
    message: str = Field(description="The message in the language of the batch")


class RowAnswer(JsonModel):
    """One case of a batch."""

    number: int = Field(description="Number of the case in the batch, from 1")
    sheet_rows: tuple[int, ...] = Field(description="Rows of the sheet that make the case")
    subject: str = Field(description="The id the case is about, such as the order's")
    status: Literal["queued", "running", "done", "failed", "invalid", "cancelled", "erased"] = Field(
        description="How far the case is"
    )
    verdict: Verdict | None = Field(default=None, description="Whether its evidence can be sent as it is")
    errors: tuple[RowMessage, ...] = Field(description="Why there is no pack, or what blocks it")
    warnings: tuple[RowMessage, ...] = Field(description="What is worth a look")
    files: tuple[str, ...] = Field(description="Names of its files")
    bundle: str | None = Field(default=None, description="Path of its bundle in the archive")
    sha256: str | None = Field(default=None, description="SHA-256 of its bundle")
    links: dict[str, str] = Field(description=LINKS)


class BatchProgress(JsonModel):
    """How far a batch is."""

    rows: int = Field(description="Number of cases")
    done: int = Field(description="Number of cases that ended in any way")
    share: float = Field(description="How much of it is done, from 0 to 1")


class PartAnswer(JsonModel):
    """One zip of the batch's archive."""

    name: str = Field(description="Name of the zip")
    bytes: int = Field(description="Size in bytes")
    sha256: str | None = Field(description="SHA-256 of the zip; null after a part of it was erased")
    links: dict[str, str] = Field(description=LINKS)


class OpenFileAnswer(JsonModel):
    """A file of which nobody can tell whose it is."""

    file: str = Field(description="Its path in the archive")
    code: Literal[
        "file-shows-none", "file-shows-several", "file-row-names-others", "file-in-folder", "file-not-looked-at"
    ] = Field(description="Why it belongs to no row")
    message: str = Field(description="The same in the language of the batch")
    rows: tuple[int, ...] = Field(description="Rows of the sheet whose numbers it shows")


class BatchSummary(JsonModel):
    """A batch: progress, counts and files, without its rows."""

    id: str = Field(description="The id of the batch")
    status: Status = Field(description="How far the batch is")
    created_at: str = Field(description="When it was asked for (ISO 8601)")
    finished_at: str | None = Field(default=None, description="When it ended")
    sheet: str = Field(description="Name of the sheet that was sent")
    dry_run: bool = Field(description="Whether the rows are only read and no packs made")
    progress: BatchProgress = Field(description="How far it is")
    counts: dict[str, int] = Field(description="Number of cases by status")
    verdicts: dict[str, int] = Field(description="Number of packs by verdict")
    partial: bool = Field(description="Whether some cases have no pack")
    export: str | None = Field(default=None, description="The kind of export the sheet was recognised as")
    unknown_columns: tuple[str, ...] = Field(description="Columns of the sheet that mean nothing here")
    left_rows: tuple[int, ...] = Field(
        default=(), description="Rows that are no cases: totals, headers once more, explanations of the columns"
    )
    other_sheets: tuple[str, ...] = Field(
        default=(), description="Sheets with the same columns that were not read: send each as a batch of its own"
    )
    unmatched_files: tuple[str, ...] = Field(description="Files of the archive that belong to no row")
    open_files: tuple[OpenFileAnswer, ...] = Field(
        description="Why each of them belongs to none: it shows the number of no row, or those of several"
    )
    parts: tuple[PartAnswer, ...] = Field(description="The zips of the archive")
    problem: str | None = Field(default=None, description="Code of what ended the batch before its time")
    request_id: str = Field(description="The id of this request, for questions to whoever runs the service")
    links: dict[str, str] = Field(description=LINKS)


class BatchAnswer(BatchSummary):
    """A batch with a page of its rows."""

    rows: tuple[RowAnswer, ...] = Field(description="The cases of this page")
    next_after: int | None = Field(description="`after` of the next page; null on the last one")


class BatchList(JsonModel):
    """Batches from the newest on."""

    items: tuple[BatchSummary, ...] = Field(description="The batches of this page")
    next_cursor: str | None = Field(description="`cursor` of the next page; null on the last one")


def batch_answer(view: BatchView, request_id: str) -> BatchSummary:
    """A batch without its rows."""
    path = f"{_ROUTE}/{view.id}"
    plan, problem = view.result.plan, view.result.problem
    done = sum(count for state, count in view.counts.items() if state not in OPEN)
    return BatchSummary(
        id=view.id,
        status=view.state,
        created_at=view.created_at,
        finished_at=view.finished_at,
        sheet=view.sheet_name,
        dry_run=view.options.dry_run,
        progress=BatchProgress(rows=view.rows, done=done, share=round(done / view.rows, 4) if view.rows else 0.0),
        counts=dict(view.counts),
        verdicts=dict(view.verdicts),
        partial=bool(set(view.counts) - {"done", *OPEN}),
        export=plan.export if plan else None,
        unknown_columns=plan.unknown_columns if plan else (),
        left_rows=plan.left_rows if plan else (),
        other_sheets=plan.other_sheets if plan else (),
        unmatched_files=plan.unmatched_files if plan else (),
        open_files=tuple(OpenFileAnswer.model_validate(dict(one)) for one in plan.open_files) if plan else (),
        parts=tuple(
            PartAnswer(
                name=part.name,
                bytes=part.bytes,
                sha256=part.sha256,
                links={"self": f"{path}/archive?part={number}"},
            )
            for number, part in enumerate(view.parts, start=1)
        ),
        problem=JobError.from_plain(problem).error().code if problem else None,
        request_id=request_id,
        links=_links(view, path),
    )


def _links(view: BatchView, path: str) -> dict[str, str]:
    links = {"self": path, "retry": f"{path}/retry"}
    if view.state in OPEN:
        links["events"] = f"{path}/events"
    if view.result.sheet:
        links["sheet"] = f"{path}/sheet"
    if view.parts:
        links["archive"] = f"{path}/archive"
    return links


def with_rows(brief: BatchSummary, rows: tuple[RowAnswer, ...], next_after: int | None) -> BatchAnswer:
    """A batch with a page of its rows."""
    return BatchAnswer(**dict(brief), rows=rows, next_after=next_after)


def row_answer(row: Any) -> RowAnswer:  # noqa: ANN401  # a row of the table
    """One case of a batch; ``sheet_rows`` are its row numbers in the sheet."""
    work, made = row_work(row), row_made(row)
    told = made.told or work.told
    return RowAnswer(
        number=row.number,
        sheet_rows=work.rows,
        subject=row.subject,
        status=row.state,
        verdict=row.verdict,
        errors=tuple(RowMessage(**dict(one)) for one in told.errors),
        warnings=tuple(RowMessage(**dict(one)) for one in told.warnings),
        files=work.files,
        bundle=made.bundle or None,
        sha256=row.sha256,
        links={"pack": f"/v1/packs/{row.pack_id}"} if row.pack_id and row.state != "erased" else {},
    )
