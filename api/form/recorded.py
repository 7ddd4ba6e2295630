"""What became of a case: it was sent, and it ended; both are noted from the page of its result."""

import json
from collections.abc import Mapping

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.form.entries import zoned
from api.form.results import case_of
from api.form.shell import check_token, problem_page
from api.form.small_form import small_form
from api.http.answers import OutcomeNote, SubmissionNote
from api.http.notes import Note, keep_screenshot
from api.http.packs import found
from api.request.multipart import Form
from api.request.readers import note as note_in
from api.request.threads import computed
from api.request.uploads import named_files, received
from api.service import now, service_of
from casefile.errors import EvidencePackerError
from casefile.platform import Platform
from jobs.engine.pack_view import PackView

router = APIRouter(include_in_schema=False)


def _note(typed: Mapping[str, str | None], model: type[Note]) -> Note:
    return note_in(json.dumps({name: value for name, value in typed.items() if value}).encode(), model)


@router.post("/packs/{pack_id}/submission")
async def record_submission(request: Request, pack_id: str) -> Response:
    """Record that it was sent: case id, time, a screenshot of the confirmation."""
    try:
        view = await run_in_threadpool(found, request, pack_id)
        service = service_of(request)
        async with received(request, service.settings, lambda part: part != "screenshot") as form:
            await computed(_recorded, request, view, form)
    except EvidencePackerError as error:
        return await run_in_threadpool(problem_page, request, error)
    return RedirectResponse(f"/packs/{pack_id}#submission", 303)


def _recorded(request: Request, view: PackView, form: Form) -> None:
    """Note what the form says about the submission, and keep its picture."""
    service = service_of(request)
    typed = {field.part: field.value.decode("utf-8", "replace").strip() for field in form.fields}
    check_token(request, typed)
    zone = _platform(request, view).site(case_of(request, view).get("site")).zone
    at = zoned(typed["at"], zone) if typed.get("at") else now().isoformat()
    note = _note({"case_id": typed.get("case_id"), "at": at}, SubmissionNote)
    shots = [keep_screenshot(service, view, file) for file in named_files(form.files)[:1]]
    service.packs.note_submission(view, note.recorded(now(), shots[0] if shots else None))


@router.post("/packs/{pack_id}/outcome")
async def record_outcome(request: Request, pack_id: str) -> Response:
    """Record how it ended, and why."""
    try:
        view = await run_in_threadpool(found, request, pack_id)
        await computed(_ended, request, view, await small_form(request))
    except EvidencePackerError as error:
        return await run_in_threadpool(problem_page, request, error)
    return RedirectResponse(f"/packs/{pack_id}#outcome-h", 303)


def _ended(request: Request, view: PackView, form: dict[str, str]) -> None:
    """Note what the form says about the end."""
    check_token(request, form)
    typed = {name: form.get(name, "").strip() for name in ("outcome", "why")}
    note = _note({**typed, "at": now().isoformat()}, OutcomeNote)
    service_of(request).packs.note_outcome(view, note.recorded(now()))


def _platform(request: Request, view: PackView) -> Platform:
    return service_of(request).house.platforms[view.asked.platform]
