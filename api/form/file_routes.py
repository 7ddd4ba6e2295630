"""The files of a draft, one by one: put in and read at once, taken out, shown."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.form.case_pages import checked, file_row, part_reply
from api.form.drafting import FormDraft, add_files, load
from api.form.looking import look_at
from api.form.shell import check_token, html_reply, words_of
from api.form.typed import is_field
from api.http.waiting import ended
from api.request.problems import describe
from api.request.threads import computed
from api.request.uploads import received
from api.service import service_of, tenant_of
from casefile.errors import EvidencePackerError, RequestFault

router = APIRouter(include_in_schema=False)

_PATIENCE = 20.0
_PICTURE = {"cache-control": "private, max-age=3600", "content-security-policy": "sandbox; default-src 'none'"}


@router.post("/drafts/{draft_id}/files")
async def put(request: Request, draft_id: str) -> Response:
    """Keep one file and answer with its row: thumbnail, kind, signs and hints."""
    service = service_of(request)
    try:
        async with received(request, service.settings, is_field) as form:
            inputs = await computed(checked, request, form)
            if not inputs.files:
                raise RequestFault("files-missing", status=400)
            draft = await run_in_threadpool(load, request, draft_id)
            (sent, kind), *_ = inputs.files
            chosen = ((sent, inputs.fields.get("kind") or kind),)
            draft, (name, *_) = await run_in_threadpool(add_files, request, draft, chosen)
        file = draft.file(name)
        assert file is not None
        future = await run_in_threadpool(look_at, request, draft, file)
        if future is not None:
            await ended(future, _PATIENCE)
        draft = await run_in_threadpool(load, request, draft_id)
        return await computed(_row, request, draft, name)
    except EvidencePackerError as error:
        problem = describe(error, words_of(request).catalog)
        return await run_in_threadpool(part_reply, request, "parts/refused.html", problem.status, problem=problem)


def _row(request: Request, draft: FormDraft, name: str) -> Response:
    return html_reply(request, file_row(request, draft, name))


@router.delete("/drafts/{draft_id}/files/{key}")
def remove(request: Request, draft_id: str, key: str) -> Response:
    """Take a file out of the draft."""
    check_token(request)
    draft = load(request, draft_id)
    row = next((row for row in draft.rows if row.key == key), None)
    if row is not None:
        service_of(request).drafts.remove_file(tenant_of(request), draft_id, row.name)
    return Response(status_code=200)


@router.get("/drafts/{draft_id}/pictures/{key}")
def picture(request: Request, draft_id: str, key: str, page: int = 1) -> Response:
    """A page of a file as a JPEG of our own making; what was uploaded is never sent back as it came."""
    draft = load(request, draft_id)
    row = next((row for row in draft.rows if row.key == key), None)
    file = draft.file(row.name) if row else None
    data = service_of(request).looks.picture(file.key, page) if file else None
    if data is None:
        raise RequestFault("file-not-found", status=404)
    return Response(data, media_type="image/jpeg", headers=_PICTURE)
