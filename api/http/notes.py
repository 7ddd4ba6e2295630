"""What happened after a pack was made: what was sent to the platform, and how the dispute ended."""

import hashlib
from typing import TypeVar

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.http.answers import OutcomeNote, SubmissionNote
from api.http.described.packs import NOTE_OUTCOME, NOTE_SUBMISSION, PACK_FILE
from api.http.downloads import Piece, send
from api.http.packs import PackId, found
from api.request.readers import note
from api.request.replies import json_reply
from api.request.uploads import json_body, named_files, received, refuse_strange_parts
from api.service import Service, now, service_of, tenant_of
from casefile.errors import FieldFault, RequestFault
from jobs.engine.pack_view import PackView
from jobs.records.notes import Screenshot
from jobs.records.pack_store import ReceivedFile

router = APIRouter(tags=["packs"])

Note = TypeVar("Note", bound=BaseModel)

_SUBMISSION = "submission"
_SCREENSHOT = "screenshot"


async def note_of(request: Request, data: bytes, model: type[Note]) -> Note:
    """The note in ``data``.

    Raises:
        RequestFault: ``note-invalid`` with every wrong field.
    """
    return await service_of(request).bodies.read(tenant_of(request), note, data, model)


@router.put("/v1/packs/{pack_id}/submission", operation_id="recordSubmission", **NOTE_SUBMISSION)
async def submission(request: Request, pack_id: PackId) -> Response:
    """Record that the pack was sent: case id, times, and a screenshot of the confirmation if there is one."""
    view = await run_in_threadpool(found, request, pack_id)
    service, shot = service_of(request), None
    if not request.headers.get("content-type", "").lower().startswith("multipart/"):
        told = await note_of(request, await json_body(request, service_of(request).settings), SubmissionNote)
    else:
        async with received(request, service.settings, lambda part: part == _SUBMISSION) as form:
            field = form.field(_SUBMISSION)
            refuse_strange_parts(form, (_SUBMISSION,), (_SCREENSHOT,))
            if field is None:
                fault = FieldFault(pointer="", code="field-missing", params={"field": _SUBMISSION})
                raise RequestFault("note-invalid", faults=(fault,))
            told = await note_of(request, field.value, SubmissionNote)
            for file in named_files(form.files)[:1]:
                shot = await run_in_threadpool(keep_screenshot, service, view, file)
    record = told.recorded(now(), shot)
    await run_in_threadpool(service.packs.note_submission, view, record)
    return json_reply(record)


def keep_screenshot(service: Service, view: PackView, file: ReceivedFile) -> Screenshot:
    """Keep the picture of a confirmation beside its pack; what the note says about it."""
    data = file.path.read_bytes()
    service.packs.shelf(view.asked.tenant, view.id).keep_screenshot(data)
    return Screenshot(name=file.name, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


@router.get("/v1/packs/{pack_id}/submission/screenshot", operation_id="getSubmissionScreenshot", **PACK_FILE)
def screenshot(request: Request, pack_id: PackId) -> Response:
    """Fetch the screenshot of the confirmation."""
    view = found(request, pack_id)
    about = view.submission.screenshot if view.submission else None
    if about is None:
        raise RequestFault("file-not-found", status=404)
    service = service_of(request)
    key = service.packs.shelf(view.asked.tenant, pack_id).screenshot_key(about.sha256)
    piece = Piece(key=key, start=0, length=about.bytes, sha256=about.sha256, name=about.name or "screenshot")
    return send(request, service.store, piece)


@router.put("/v1/packs/{pack_id}/outcome", operation_id="recordOutcome", **NOTE_OUTCOME)
async def outcome(request: Request, pack_id: PackId) -> Response:
    """Record how the dispute ended: won, lost or withdrawn, and why."""
    view = await run_in_threadpool(found, request, pack_id)
    told = await note_of(request, await json_body(request, service_of(request).settings), OutcomeNote)
    record = told.recorded(now())
    await run_in_threadpool(service_of(request).packs.note_outcome, view, record)
    return json_reply(record)
