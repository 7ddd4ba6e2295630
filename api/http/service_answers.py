"""What the service says of itself and of its rules: health, readiness, version, platforms."""

from typing import Literal

from pydantic import Field

from api.http.pack_answers import LINKS
from casefile.json_model import JsonModel


class HealthAnswer(JsonModel):
    """The process answers."""

    status: Literal["ok"] = Field(default="ok", description="Always `ok`")


class ReadinessChecks(JsonModel):
    """What has to hold for packs to be made; false names what is missing."""

    workers: bool = Field(description="A worker process has loaded what it needs")
    database: bool = Field(description="The database answers and has this release's tables")
    engine: bool = Field(description="Somebody takes work: this process, or a worker elsewhere")
    fonts: bool = Field(description="The fonts of the documents are there")
    disk: bool = Field(description="The data folder can be written")
    room: bool = Field(description="The disk has room for uploads")
    queue: bool = Field(description="The queue of this process takes more")
    rules: bool = Field(description="The platforms' rules are loaded")
    guard: bool = Field(description="What is uploaded can be opened safely")


class ReadinessAnswer(JsonModel):
    """Whether packs can be made now, and what is missing."""

    status: Literal["ready", "not_ready"] = Field(description="Whether packs can be made now")
    checks: ReadinessChecks = Field(description="What holds and what does not")
    engine: str = Field(description="How work is kept: durable or direct")
    role: str = Field(description="What this process does: all, api or worker")
    workers_ready: int = Field(description="Worker processes that take work now")
    workers: int = Field(description="Worker processes that are meant to run")
    waiting: int = Field(description="Tasks that wait in this process")
    running: int = Field(description="Tasks that run in this process")
    ocr: tuple[str, ...] = Field(default=(), description="OCR engines of the worker's machine")
    refused: tuple[str, ...] = Field(default=(), description="Ways out that a guarded child was refused when it tried")
    allowed: tuple[str, ...] = Field(default=(), description="Ways out that it was not refused")
    guard_level: int = Field(description="How far uploads are locked in here, 1 to 4 (docs/operations.md)")
    guard_least: int = Field(description="The level below which nothing uploaded is opened")
    guard_open: tuple[str, ...] = Field(description="Ways out that are open here; none from level 3 on")
    reasons: dict[str, str] = Field(
        description="Why a check failed, in words, by its name; `jobs` where an older copy lies over it"
    )


class VersionAnswer(JsonModel):
    """Which release answers."""

    name: str = Field(default="evidence-packer", description="The name of the service")
    version: str = Field(description="The release")
    schema_version: str = Field(default="1", description="Version of the case and report formats")


class ProcedureBrief(JsonModel):
    """One way in which a platform takes answers."""

    id: str = Field(description="The id of the procedure, for `procedure` of a case")
    name: str = Field(description="Its name in the language of the request, where it has one, else in English")
    subject: str = Field(description="What a case is about: order, orders, listing, account, shipment or charge")
    reasons: tuple[str, ...] = Field(description="Reasons it takes, for `reason` of a case")
    letter: str = Field(description="The kind of letter that is written")


class PlatformBrief(JsonModel):
    """A platform in short."""

    id: str = Field(description="The id of the platform, for `platform` of a case")
    name: str = Field(description="Its name in the language of the request, where it has one, else in English")
    kind: str = Field(description="marketplace or processor")
    default_site: str | None = Field(description="The country site that is taken where a case names none")
    sites: tuple[str, ...] = Field(description="Its country sites (ISO 3166 alpha-2)")
    procedures: tuple[ProcedureBrief, ...] = Field(description="The ways in which it takes answers")
    links: dict[str, str] = Field(description=LINKS)


class PlatformBriefs(JsonModel):
    """Every platform in short."""

    items: tuple[PlatformBrief, ...] = Field(description="The platforms, sorted by id")
