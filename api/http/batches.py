"""Batches over HTTP: a sheet and its files in, progress row by row, numbered zips and the same sheet back."""

import functools
import uuid
from dataclasses import replace
from pathlib import Path as Folder
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.http.batch_answers import BatchList, RowAnswer, batch_answer, row_answer, with_rows
from api.http.described.batches import (
    BATCH,
    BATCH_ERASE,
    BATCH_FILE,
    BATCH_LIST,
    BATCH_NEW,
    BATCH_RETRY,
    COLUMNS_ERASE,
    TEMPLATE,
)
from api.http.downloads import Piece, send
from api.request.cursors import check_cursor
from api.request.file_names import disposition
from api.request.idempotency import claim_of, earlier, file_fingerprint, read_key
from api.request.multipart import Form
from api.request.numbers import MOST
from api.request.replies import json_reply
from api.request.uploads import CaseUpload, named_files, received, refuse_strange_parts, spooled
from api.service import Service, catalog_of, now, service_of, tenant_of
from casefile.errors import FieldFault, RequestFault
from jobs.batch.batch_archive import opened_path, write_files
from jobs.batch.batches import BatchRequest
from jobs.batch.kept_columns import forget_columns as forgotten
from jobs.faults import AlreadyAsked
from jobs.records.batch_ledger import OPEN, BatchView
from jobs.records.pack_store import ReceivedFile

router = APIRouter(tags=["batches"])

_ROUTE = "/v1/batches"
_OPTIONS = ("platform", "site", "procedure", "reason", "language", "reading_copy", "map")
FIELDS = {*_OPTIONS, "dry_run", "only_failed"}
_FILES = {"sheet", "archive", "files"}
_LOOK_AGAIN = "2"
BatchId = Annotated[str, Path(description="The batch's id")]
DryRun = Annotated[bool, Query(description="Read and match everything, build nothing")]


@router.post(_ROUTE, operation_id="createBatch", **BATCH_NEW)
async def create(request: Request, *, dry_run: DryRun = False) -> Response:
    """Make a pack for every case of a spreadsheet. Send the evidence as one zip (`archive`) or as `files`.

    Files belong to the row that names them, whose order names their folder, or whose order stands in their name.
    """
    service, tenant = service_of(request), tenant_of(request)
    key = read_key(request.headers.get("idempotency-key"))
    await run_in_threadpool(service.room, tenant)
    settings = service.settings.model_copy(update={"body_bytes": service.settings.batch_bytes, "files": 5_000})
    async with received(request, settings, FIELDS.__contains__) as form, spooled(settings) as folder:
        asked = await run_in_threadpool(asked_of, form, folder, catalog_of(request).language, dry_run=dry_run)
        return await run_in_threadpool(_accepted, request, form, replace(asked, trace=request.state.trace), key)


def _accepted(request: Request, form: Form, asked: BatchRequest, key: str | None) -> Response:
    service, tenant = service_of(request), tenant_of(request)
    options: dict[str, str | bool | None] = {
        **asked.defaults,
        "dry_run": asked.dry_run,
        "only_failed": asked.only_failed,
    }
    files = tuple(part.file for part in form.files)
    upload = CaseUpload(sent=b"", plain={}, case=None, files=files)  # type: ignore[arg-type]  # a batch has no case of its own
    claim = claim_of(_ROUTE, key, file_fingerprint(_ROUTE, options, upload)) if key else None
    batch_id = taken(service, tenant, asked, claim)
    headers = {"location": f"{_ROUTE}/{batch_id}", "retry-after": _LOOK_AGAIN}
    return json_reply(
        batch_answer(service.batches.ledger.view(tenant, batch_id), request.state.request_id), 202, headers
    )


def taken(service: Service, tenant: str, asked: BatchRequest, claim: Any) -> str:  # noqa: ANN401  # a claim or nothing
    """The id of the batch, accepted and started; of the earlier one where the key was used for the same request."""
    before = earlier(service.keys, tenant, claim, now()) if claim else None
    if before:
        return before
    try:
        batch_id = service.batches.accept(tenant, asked, now(), claim)
    except AlreadyAsked:
        raise RequestFault("idempotency-in-progress", status=409) from None
    service.batches.start(tenant, batch_id)
    return batch_id


def asked_of(form: Form, folder: Folder, language: str, *, dry_run: bool) -> BatchRequest:
    """What the form asks for; the archive is looked through here, so that a bad one is refused and not accepted.

    Raises:
        RequestFault: a part is missing, unknown or given twice; the archive must not be unpacked.
    """
    parts: dict[str, list[ReceivedFile]] = {name: [] for name in _FILES}
    refuse_strange_parts(form, sorted(FIELDS), sorted(_FILES))
    for part in form.files:
        parts[part.part] += named_files((part,))
    if len(parts["sheet"]) != 1 or len(parts["archive"]) > 1:
        raise RequestFault("sheet-missing", status=400, faults=(FieldFault(pointer="/sheet", code="sheet-missing"),))
    fields = {field.part: field.value.decode("utf-8", "replace").strip() for field in form.fields}
    return BatchRequest(
        sheet=parts["sheet"][0],
        archive=_archive(parts, folder),
        defaults={name: fields[name] for name in _OPTIONS if fields.get(name)},
        language=language,
        dry_run=dry_run or fields.get("dry_run", "") in {"true", "1", "on"},
        only_failed=fields.get("only_failed", "") in {"true", "1", "on"},
    )


def _archive(parts: dict[str, list[ReceivedFile]], folder: Folder) -> Folder | None:
    if parts["archive"]:
        path = parts["archive"][0].path
        with opened_path(path):
            return path
    if not parts["files"]:
        return None
    names = [file.name for file in parts["files"]]
    if len(set(names)) < len(names):
        raise RequestFault("file-name-twice", status=400)
    made = folder / uuid.uuid4().hex
    write_files(tuple(parts["files"]), made)
    return made


@router.get(_ROUTE, operation_id="listBatches", **BATCH_LIST)
def listed(
    request: Request,
    *,
    cursor: Annotated[str | None, Query(max_length=40, description="`next_cursor` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many at most on a page")] = 20,
) -> Response:
    """List batches, the newest first."""
    check_cursor(cursor)
    found, more = service_of(request).batches.ledger.page(tenant_of(request), after=cursor, limit=limit)
    items = tuple(batch_answer(view, request.state.request_id) for view in found)
    return json_reply(BatchList(items=items, next_cursor=found[-1].id if more else None))


@router.get(_ROUTE + "/{batch_id}", operation_id="getBatch", **BATCH)
def look(
    request: Request,
    batch_id: BatchId,
    *,
    after: Annotated[int, Query(ge=0, le=MOST, description="Rows after this number")] = 0,
    limit: Annotated[int, Query(ge=0, le=500, description="How many rows")] = 100,
) -> Response:
    """Show a batch: progress, counts, and its rows a page at a time."""
    batches = service_of(request).batches
    view = batches.ledger.view(tenant_of(request), batch_id)
    rows: list[RowAnswer] = []
    for row in batches.ledger.rows(batch_id, after=after) if limit else ():
        rows.append(row_answer(row))
        if len(rows) == limit:
            break
    headers = {"retry-after": _LOOK_AGAIN} if view.state in OPEN else {}
    more = rows[-1].number if len(rows) == limit and rows and rows[-1].number < view.rows else None
    answer = with_rows(batch_answer(view, request.state.request_id), tuple(rows), more)
    return json_reply(answer, headers=headers)


def _fresh(service: Service, tenant: str, batch_id: str) -> BatchView:
    """A finished batch whose sheet tells of nothing that was erased.

    Raises:
        RequestFault: ``batch-not-found``, ``batch-erased`` or ``batch-not-finished``.
    """
    view = service.batches.ledger.view(tenant, batch_id)
    if view.state in OPEN:
        raise RequestFault("batch-not-finished", status=409)
    if view.stale:
        service.erasing.refresh(tenant, batch_id)
        view = service.batches.ledger.view(tenant, batch_id)
    return view


@router.api_route(_ROUTE + "/{batch_id}/archive", methods=["GET"], operation_id="getBatchArchive", **BATCH_FILE)
@router.api_route(_ROUTE + "/{batch_id}/archive", methods=["HEAD"], include_in_schema=False)
def archive(
    request: Request,
    batch_id: BatchId,
    *,
    part: Annotated[int, Query(ge=1, le=MOST, description="Which of the numbered zips")] = 1,
) -> Response:
    """Fetch the packs of a batch as a zip; large batches have several, numbered.

    It is put together from the packs as they are now: an erased one is not in it.
    """
    service = service_of(request)
    view = _fresh(service, tenant_of(request), batch_id)
    if not 1 <= part <= len(view.parts):
        raise RequestFault("batch-without-files", status=404 if view.parts else 409)
    made, tag = service.batches.zips.part(view, part)
    chunks = functools.partial(made.chunks, service.store)
    piece = Piece(key="", start=0, length=made.bytes, sha256=tag, name=view.parts[part - 1].name, made=chunks)
    return send(request, service.store, piece)


@router.get(_ROUTE + "/{batch_id}/sheet", operation_id="getBatchSheet", **BATCH_FILE)
def sheet(request: Request, batch_id: BatchId) -> Response:
    """Fetch the same sheet back, with what became of every row."""
    service = service_of(request)
    view = _fresh(service, tenant_of(request), batch_id)
    found = view.result.sheet
    if not found:
        raise RequestFault("batch-without-files", status=409)
    piece = Piece(key=found.key, start=0, length=found.bytes, sha256=found.sha256, name=found.name)
    return send(request, service.store, piece)


@router.post(_ROUTE + "/{batch_id}/retry", operation_id="retryBatch", **BATCH_RETRY)
def retry(request: Request, batch_id: BatchId) -> Response:
    """Do again the rows that failed or were cancelled; the others stay as they are."""
    batches, tenant = service_of(request).batches, tenant_of(request)
    batches.retry(tenant, batch_id)
    headers = {"location": f"{_ROUTE}/{batch_id}", "retry-after": _LOOK_AGAIN}
    return json_reply(batch_answer(batches.ledger.view(tenant, batch_id), request.state.request_id), 202, headers)


@router.delete(_ROUTE + "/{batch_id}", operation_id="deleteBatch", **BATCH_ERASE)
def cancel(request: Request, batch_id: BatchId) -> Response:
    """Cancel a batch that waits or runs: no more rows are done, packs that are made stay. Erase a finished one.

    Erasing takes its packs, sheet, evidence and rows; hashes stay 180 days.
    """
    service, tenant = service_of(request), tenant_of(request)
    if service.batches.ledger.view(tenant, batch_id).state not in OPEN:
        service.erasing.batch(tenant, batch_id)
        return Response(status_code=204)
    service.batches.cancel(tenant, batch_id)
    return json_reply(batch_answer(service.batches.ledger.view(tenant, batch_id), request.state.request_id))


@router.delete("/v1/batch-columns", operation_id="deleteBatchColumns", **COLUMNS_ERASE)
def forget_columns(request: Request) -> Response:
    """Erase what was said of the columns of earlier sheets: it is kept for sheets with the same headers."""
    forgotten(service_of(request).store, tenant_of(request))
    return Response(status_code=204)


@router.get("/v1/batch-template", operation_id="getBatchTemplate", **TEMPLATE)
def batch_template(
    request: Request,
    *,
    platform: Annotated[str | None, Query(max_length=40, description="Only this platform's choices")] = None,
) -> Response:
    """Fetch the spreadsheet to fill in."""
    from jobs.batch.sheet.template import template  # noqa: PLC0415  # loads the spreadsheet library when it is wanted

    house = service_of(request).house
    if platform is not None and platform not in house.platforms:
        raise RequestFault("platform-unknown", status=404, allowed=", ".join(sorted(house.platforms)))
    data = template(house, catalog_of(request), house.platforms[platform] if platform else None)
    name = f"batch-template-{platform}.xlsx" if platform else "batch-template.xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(data, media_type=media_type, headers={"content-disposition": disposition(name)})
