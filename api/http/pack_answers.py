"""Packs as they are answered: in a list, and whole with report and files."""

from typing import Literal
from urllib.parse import quote

from pydantic import Field

from api.request.problems import ProblemAnswer
from casefile.finding import Verdict
from casefile.json_model import JsonModel, is_none
from evidence_packer.report.shape import Report
from jobs.engine.pack_view import PackView
from jobs.records.notes import OutcomeRecord, SubmissionRecord
from jobs.records.pack_store import KeptFile

Status = Literal["queued", "running", "succeeded", "failed", "cancelled"]
LINKS = "Addresses that belong to it, by what they are for"


class FileAnswer(JsonModel):
    """One file of a pack."""

    name: str = Field(description="Path in the folder of the pack")
    role: str = Field(description="What the file is for, such as bundle, letter, submission or original")
    bytes: int = Field(description="Size in bytes")
    pages: int | None = Field(default=None, description="Number of pages, where it has pages")
    sha256: str = Field(description="SHA-256 of the file; also its ETag")
    links: dict[str, str] = Field(description=LINKS)


class Progress(JsonModel):
    """How far a running pack is."""

    stage: str = Field(description="What is being done")
    share: float = Field(ge=0, le=1, description="How much of it is done, from 0 to 1")


class PackSummary(JsonModel):
    """A pack without its report, for lists."""

    id: str = Field(description="The id of the pack")
    status: Status = Field(description="How far the pack is")
    created_at: str = Field(description="When it was asked for (ISO 8601)")
    finished_at: str | None = Field(default=None, description="When it ended")
    platform: str = Field(description="The platform the case is on")
    procedure: str = Field(description="The procedure of the platform")
    subject: str = Field(description="The id the case is about, such as the order's")
    folder: str | None = Field(default=None, description="Name of the folder in the zip")
    verdict: Verdict | None = Field(default=None, description="Whether the evidence can be sent as it is")
    submission: SubmissionRecord | None = Field(default=None, description="What was recorded when it was sent")
    outcome: OutcomeRecord | None = Field(default=None, description="What was recorded about how the dispute ended")
    links: dict[str, str] = Field(description=LINKS)
    progress: Progress | None = Field(default=None, description="How far it is, while it runs", exclude_if=is_none)


class PackReport(Report):
    """The report of a pack, with the pack it belongs to."""

    pack_id: str = Field(description="The id of the pack")
    links: dict[str, str] = Field(description=LINKS)
    request_id: str = Field(description="The id of this request, for questions to whoever runs the service")


class PackAnswer(PackSummary):
    """A pack: status, and once it succeeded its verdict, report and files."""

    request_id: str = Field(description="The id of this request, for questions to whoever runs the service")
    files: tuple[FileAnswer, ...] = Field(default=(), description="Every file of the pack")
    report: PackReport | None = Field(default=None, description="What was found about the case", exclude_if=is_none)
    problem: ProblemAnswer | None = Field(default=None, description="Why there is no pack", exclude_if=is_none)


class PackList(JsonModel):
    """Packs from the newest on."""

    items: tuple[PackSummary, ...] = Field(description="The packs of this page")
    next_cursor: str | None = Field(description="`cursor` of the next page; null on the last one")


class CheckAnswer(Report):
    """The report about evidence of which no pack is made."""

    request_id: str = Field(description="The id of this request, for questions to whoever runs the service")


def path_of(pack_id: str) -> str:
    """The address of a pack."""
    return f"/v1/packs/{pack_id}"


def file_answer(pack_id: str, file: KeptFile) -> FileAnswer:
    """One file of a pack."""
    links = {"self": f"{path_of(pack_id)}/files/{quote(file.name)}"}
    return FileAnswer(
        name=file.name, role=file.role, bytes=file.bytes, pages=file.pages, sha256=file.sha256, links=links
    )


def summary(view: PackView) -> PackSummary:
    """A pack without its report, for lists."""
    asked, result = view.asked, view.result
    running = view.state in {"queued", "running"}
    return PackSummary(
        id=view.id,
        status=view.state,
        created_at=asked.created_at,
        finished_at=result.finished_at if result else None,
        platform=asked.platform,
        procedure=asked.procedure,
        subject=asked.subject,
        folder=(result.folder or None) if result else None,
        verdict=result.verdict if result else None,
        submission=view.submission,
        outcome=view.outcome,
        links=_links(view),
        progress=Progress(stage=view.stage, share=round(view.share, 3)) if running else None,
    )


def _links(view: PackView) -> dict[str, str]:
    path = path_of(view.id)
    links = {"self": path, "submission": f"{path}/submission", "outcome": f"{path}/outcome"}
    if view.state in {"queued", "running"}:
        links["events"] = f"{path}/events"
    if view.result and view.result.archive:
        links["archive"] = f"{path}/archive"
    return links


def whole(view: PackView, request_id: str, problem: ProblemAnswer | None = None) -> PackAnswer:
    """A pack with its report and files."""
    brief = summary(view)
    files = view.result.files if view.result else ()
    return PackAnswer(
        **dict(brief),
        request_id=request_id,
        files=tuple(file_answer(view.id, file) for file in files),
        report=_report(view, brief, request_id),
        problem=problem,
    )


def _report(view: PackView, brief: PackSummary, request_id: str) -> PackReport | None:
    """The report with what only an answer has; its parts are values already and are not checked again."""
    if view.result is None or view.result.report is None:
        return None
    parts = dict(view.result.report)
    return PackReport.model_construct(**parts, pack_id=view.id, links=brief.links, request_id=request_id)


def checked(report: Report, request_id: str) -> CheckAnswer:
    """A report about evidence of which no pack is made."""
    return CheckAnswer.model_construct(**dict(report), request_id=request_id)
