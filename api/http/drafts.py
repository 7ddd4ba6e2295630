"""Drafts over HTTP: a case being typed and its files, saved piece by piece, until it becomes a pack.

The ETag of a draft names the version of its typed text; files have their own ETag (SHA-256) and never disturb it.
"""

import json
import re
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.http.described.drafts import (
    DRAFT,
    DRAFT_DELETE,
    DRAFT_FILE,
    DRAFT_FILES,
    DRAFT_LIST,
    DRAFT_NEW,
    DRAFT_SAVE,
    MAKE_DRAFT,
)
from api.http.described.packs import PACK_FILE
from api.http.downloads import Piece, send
from api.http.draft_answers import ROUTE, DraftFiles, DraftList, draft_answer, draft_file_answer
from api.http.packs import make
from api.request.cursors import check_cursor
from api.request.file_names import clean_name
from api.request.idempotency import read_key
from api.request.readers import case_as_kept, draft_body
from api.request.replies import json_reply
from api.request.threads import computed
from api.request.uploads import CaseUpload, body, json_body, named_files, receive_file, received, spooled
from api.service import now, service_of, tenant_of
from casefile.errors import RequestFault
from casefile.plain_case import PlainCase
from jobs.records.drafts import Draft, DraftContent

router = APIRouter(tags=["drafts"])

_ETAG = re.compile(r'"(\d{1,9})"')
DraftId = Annotated[str, Path(description="The draft's id")]
FileName = Annotated[str, Path(description="Name of the file")]


def _reply(draft: Draft, status: int = 200) -> Response:
    headers = {"etag": f'"{draft.version}"', "location": f"{ROUTE}/{draft.id}"}
    return json_reply(draft_answer(draft), status, headers)


async def _body(request: Request, *, may_be_empty: bool = False) -> PlainCase:
    data = await json_body(request, service_of(request).settings)
    if may_be_empty and not data.strip():
        return PlainCase({})
    return await service_of(request).bodies.read(tenant_of(request), draft_body, data)


def _version(request: Request) -> int | None:
    """The version of ``If-Match``; ``None`` for ``*``.

    Raises:
        RequestFault: ``if-match-needed`` (428) or ``if-match-wrong`` (412).
    """
    header = request.headers.get("if-match", "").strip()
    if not header:
        raise RequestFault("if-match-needed", status=428)
    if header == "*":
        return None
    match = _ETAG.fullmatch(header.removeprefix("W/"))
    if match is None:
        raise RequestFault("draft-changed", status=412)
    return int(match[1])


@router.post(ROUTE, operation_id="createDraft", **DRAFT_NEW)
async def create(request: Request) -> Response:
    """Start a draft; the case may be as incomplete as it is."""
    body = await _body(request, may_be_empty=True)
    return await run_in_threadpool(_created, request, body)


def _created(request: Request, body: PlainCase) -> Response:
    return _reply(service_of(request).drafts.create(tenant_of(request), DraftContent(body.json), now()), 201)


@router.get(ROUTE, operation_id="listDrafts", **DRAFT_LIST)
def listed(
    request: Request,
    *,
    cursor: Annotated[str | None, Query(max_length=40, description="`next_cursor` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many at most on a page")] = 20,
) -> Response:
    """List drafts, the newest first."""
    check_cursor(cursor)
    found, more = service_of(request).drafts.page(tenant_of(request), after=cursor, limit=limit)
    return json_reply(
        DraftList(items=tuple(draft_answer(draft) for draft in found), next_cursor=found[-1].id if more else None)
    )


@router.get(ROUTE + "/{draft_id}", operation_id="getDraft", **DRAFT)
def look(request: Request, draft_id: DraftId) -> Response:
    """Show a draft: the case as typed, and its files."""
    return _reply(service_of(request).drafts.get(tenant_of(request), draft_id))


@router.put(ROUTE + "/{draft_id}", operation_id="saveDraft", **DRAFT_SAVE)
async def save(request: Request, draft_id: DraftId) -> Response:
    """Replace the typed case. `If-Match` says over which version; another one answers 412 and changes nothing."""
    version = _version(request)
    body = await _body(request)
    return await run_in_threadpool(_saved, request, draft_id, version, body)


def _saved(request: Request, draft_id: str, version: int | None, body: PlainCase) -> Response:
    return _reply(
        service_of(request).drafts.save(tenant_of(request), draft_id, version, DraftContent(body.json), now())
    )


@router.delete(ROUTE + "/{draft_id}", operation_id="deleteDraft", **DRAFT_DELETE)
def delete(request: Request, draft_id: DraftId) -> Response:
    """Remove a draft with its files."""
    service_of(request).drafts.delete(tenant_of(request), draft_id)
    return Response(status_code=204)


@router.post(ROUTE + "/{draft_id}/files", operation_id="addDraftFiles", **DRAFT_FILES)
async def add(request: Request, draft_id: DraftId) -> Response:
    """Add files as a form with parts `files`; a file of a name that is there replaces it."""
    service, tenant = service_of(request), tenant_of(request)
    await run_in_threadpool(service.drafts.get, tenant, draft_id)
    async with received(request, service.settings, lambda _: False) as form:
        files = named_files(form.files)
        if not files:
            raise RequestFault("file-name-missing", status=400)
        kept = [await run_in_threadpool(service.drafts.put_file, tenant, draft_id, file, now()) for file in files]
    return json_reply(DraftFiles(files=tuple(draft_file_answer(draft_id, file) for file in kept)), 201)


@router.put(ROUTE + "/{draft_id}/files/{name:path}", operation_id="putDraftFile", **DRAFT_FILE)
async def put(request: Request, draft_id: DraftId, name: FileName) -> Response:
    """Add or replace one file: the body is its bytes."""
    service, tenant = service_of(request), tenant_of(request)
    there = await run_in_threadpool(service.drafts.get, tenant, draft_id)
    async with spooled(service.settings) as folder:
        file = await receive_file(body(request, service.settings), folder, await computed(clean_name, name))
        kept = await run_in_threadpool(service.drafts.put_file, tenant, draft_id, file, now())
    status = 200 if there.file(kept.name) else 201
    return json_reply(draft_file_answer(draft_id, kept), status, {"etag": f'"{kept.sha256}"'})


@router.api_route(ROUTE + "/{draft_id}/files/{name:path}", methods=["GET"], operation_id="getDraftFile", **PACK_FILE)
@router.api_route(ROUTE + "/{draft_id}/files/{name:path}", methods=["HEAD"], include_in_schema=False)
def fetch(request: Request, draft_id: DraftId, name: FileName) -> Response:
    """Fetch one file of a draft."""
    service = service_of(request)
    file = service.drafts.get(tenant_of(request), draft_id).file(name)
    if file is None:
        raise RequestFault("file-not-found", status=404)
    piece = Piece(key=file.key, start=0, length=file.bytes, sha256=file.sha256, name=file.name)
    return send(request, service.store, piece)


@router.delete(ROUTE + "/{draft_id}/files/{name:path}", operation_id="deleteDraftFile", **DRAFT_DELETE)
def remove(request: Request, draft_id: DraftId, name: FileName) -> Response:
    """Remove one file of a draft."""
    service_of(request).drafts.remove_file(tenant_of(request), draft_id, name)
    return Response(status_code=204)


@router.post(ROUTE + "/{draft_id}/pack", operation_id="packDraft", **MAKE_DRAFT)
async def pack(
    request: Request, draft_id: DraftId, *, strict: Annotated[bool, Query(description="Blockers answer 422")] = False
) -> Response:
    """Make the pack of a draft, as `POST /v1/packs` would with its case and files. The draft stays until it expires."""
    service, tenant = service_of(request), tenant_of(request)
    await run_in_threadpool(service.room, tenant)
    key = read_key(request.headers.get("idempotency-key"))
    draft = await run_in_threadpool(service.drafts.get, tenant, draft_id)
    async with spooled(service.settings) as folder:
        sent = await run_in_threadpool(_as_bytes, draft)
        read = await service.bodies.read(tenant, case_as_kept, sent)
        files = await run_in_threadpool(service.drafts.fetch, draft, folder)
        upload = CaseUpload(sent=sent, plain=read.sent, case=read.case, files=files)
        return await make(request, upload, key, strict=strict)


def _as_bytes(draft: Draft) -> bytes:
    return json.dumps(dict(draft.case), ensure_ascii=False).encode()
