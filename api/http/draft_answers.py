"""Drafts as they are answered: the case as typed so far, and its files."""

from typing import Any
from urllib.parse import quote

from pydantic import Field

from api.http.pack_answers import LINKS
from casefile.json_model import JsonModel
from jobs.records.drafts import Draft, DraftFile

ROUTE = "/v1/drafts"


class DraftFileAnswer(JsonModel):
    """One file of a draft."""

    name: str = Field(description="Name of the file")
    bytes: int = Field(description="Size in bytes")
    sha256: str = Field(description="SHA-256 of the file")
    about: dict[str, Any] | None = Field(default=None, description="What the form noted about the file")
    links: dict[str, str] = Field(description=LINKS)


class DraftFiles(JsonModel):
    """Files that were added."""

    files: tuple[DraftFileAnswer, ...] = Field(description="The files as they are kept")


class DraftAnswer(JsonModel):
    """A draft: the case as typed so far, and its files."""

    id: str = Field(description="The id of the draft")
    version: int = Field(description="Number of the version; also the ETag, for `If-Match`")
    case: dict[str, Any] = Field(description="Fields of the case, as far as they are known")
    files: tuple[DraftFileAnswer, ...] = Field(description="The files in their order")
    created_at: str = Field(description="When it was started (ISO 8601)")
    changed_at: str = Field(description="When it was last changed (ISO 8601)")
    expires_at: str = Field(description="When it is removed (ISO 8601)")
    links: dict[str, str] = Field(description=LINKS)


class DraftList(JsonModel):
    """Drafts from the newest on."""

    items: tuple[DraftAnswer, ...] = Field(description="The drafts of this page")
    next_cursor: str | None = Field(description="`cursor` of the next page; null on the last one")


def draft_answer(draft: Draft) -> DraftAnswer:
    """A draft with its files."""
    path = f"{ROUTE}/{draft.id}"
    return DraftAnswer(
        id=draft.id,
        version=draft.version,
        case=dict(draft.case),
        files=tuple(draft_file_answer(draft.id, file) for file in draft.files),
        created_at=draft.created_at,
        changed_at=draft.changed_at,
        expires_at=draft.expires_at,
        links={"self": path, "files": f"{path}/files", "pack": f"{path}/pack"},
    )


def draft_file_answer(draft_id: str, file: DraftFile) -> DraftFileAnswer:
    """One file of a draft."""
    links = {"self": f"{ROUTE}/{draft_id}/files/{quote(file.name)}"}
    about = dict(file.about) if file.about is not None else None
    return DraftFileAnswer(name=file.name, bytes=file.bytes, sha256=file.sha256, about=about, links=links)
