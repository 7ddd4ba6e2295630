"""A case with its files as one JSON body, for callers that cannot write forms: files in base64, or by address of a draft's file.

``{"case": {…}, "files": [{"name": "a.png", "content": "<base64>"}, {"draft_file": "/v1/drafts/<id>/files/a.png"}]}``
"""

import base64
import binascii
import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pydantic import Field

from api.request.file_names import clean_name, clean_names_in
from api.request.readers import SentCase, noted
from casefile.errors import FieldFault, RequestFault
from casefile.fields.base import Words
from casefile.limits import MAX_FILES
from casefile.parse import parse_case
from casefile.strict_json import read_json
from jobs.records.pack_store import ReceivedFile

MOST_BYTES = 30_000_000
"""Larger bodies come as a form, which is written to disk while it arrives."""
_DRAFT_FILE = re.compile(r"/v1/drafts/([0-9A-Za-z]{26})/files/([^/?#]+)")


class FileInBody(Words):
    """One file of the body: its bytes in base64 under a name, or the address of a file that a draft holds."""

    name: str | None = Field(
        default=None,
        max_length=1_000,
        description="Name of the file; left out, that of the draft's",
        examples=["tracking.png"],
    )
    content: str | None = Field(
        default=None,
        description="The bytes in base64",
        examples=["aVZCT1J3MEtHZ28="],
        json_schema_extra={"format": "byte"},
    )
    draft_file: str | None = Field(
        default=None,
        max_length=4_000,
        description="Instead of `content`: the address of a file uploaded to a draft, as `links.self` of the file gives it",
    )


class CaseInBody(Words):
    """A case and its files as JSON."""

    case: dict[str, Any] = Field(description="The case, as in `Case`")
    files: tuple[FileInBody, ...] = Field(default=(), max_length=MAX_FILES, description="The evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBytes:
    """A file as the body brings it: its bytes, or the draft that holds it and its name there."""

    name: str
    content: bytes = b""
    draft_id: str = ""
    draft_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithFiles:
    """What a body says: the case as JSON text (for fingerprints) and as read, and its files."""

    text: bytes
    sent: SentCase
    files: tuple[NamedBytes, ...]


def case_with_files(data: bytes) -> CaseWithFiles:
    """The case and the files in ``data``.

    Raises:
        RequestFault: ``case-invalid`` with every wrong field, ``file-name-twice``, ``file-content-unclear`` and the like.
    """
    body = noted(read_json(data, MOST_BYTES), CaseInBody, "case-invalid")
    files = tuple(_file(place, one) for place, one in enumerate(body.files))
    names = [file.name for file in files]
    for place, name in enumerate(names):
        if name in names[:place]:
            raise _fault("file-name-twice", place)
    plain: Mapping[str, object] = clean_names_in(body.case)
    text = json.dumps(body.case, ensure_ascii=False).encode()
    return CaseWithFiles(text=text, sent=SentCase(sent=plain, case=parse_case(plain)), files=files)


def _file(place: int, sent: FileInBody) -> NamedBytes:
    if (sent.content is None) == (sent.draft_file is None):
        raise _fault("file-content-unclear", place)
    if sent.draft_file is not None:
        match = _DRAFT_FILE.fullmatch(sent.draft_file)
        if match is None:
            raise _fault("draft-file-wrong", place)
        there = unquote(match[2])
        return NamedBytes(name=clean_name(sent.name or there), draft_id=match[1], draft_name=there)
    if not sent.name or not sent.name.strip():
        raise _fault("file-name-missing", place)
    try:
        content = base64.b64decode(sent.content or "", validate=True)
    except (binascii.Error, ValueError):
        raise _fault("base64-malformed", place) from None
    return NamedBytes(name=clean_name(sent.name), content=content)


def _fault(code: str, place: int) -> RequestFault:
    return RequestFault(code, status=400, faults=(FieldFault(pointer=f"/files/{place}", code=code),))


def laid_down(file: NamedBytes, folder: Path) -> ReceivedFile:
    """A file of the body, written to ``folder``."""
    path = folder / uuid.uuid4().hex
    path.write_bytes(file.content)
    digest = hashlib.sha256(file.content).hexdigest()
    return ReceivedFile(name=file.name, path=path, bytes=len(file.content), sha256=digest)
