"""Packs over HTTP: make one, look at it, fetch its files, list, cancel or erase, record what was sent and how it ended."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.http.case_bodies import case_sent
from api.http.described.packs import ERASE, LIST, MAKE, PACK_FILE, PACK_STATE
from api.http.downloads import Piece, send
from api.http.pack_answers import PackAnswer, PackList, path_of, summary, whole
from api.http.queries import PackQuery
from api.http.trials import RUN, id_of, piece_of_trial, view_of_trial
from api.http.waiting import ended, patience
from api.request.case_requests import accepted
from api.request.cursors import check_cursor
from api.request.idempotency import claim_of, earlier, fingerprint, read_key
from api.request.problems import CaseBlocked
from api.request.replies import json_reply, problem_answer, wants
from api.request.threads import computed
from api.request.uploads import CaseUpload
from api.service import Service, catalog_of, now, service_of, tenant_of
from casefile.errors import RequestFault
from jobs.engine.pack_view import Erased, PackView
from jobs.faults import PASSING, AlreadyAsked, JobError
from jobs.records.ledger import KeyClaim
from jobs.records.pack_id import new_pack_id
from jobs.records.pack_store import Accepted, ReceivedFile

router = APIRouter(tags=["packs"])

_ROUTE = "/v1/packs"
_LOOK_AGAIN = "2"
PackId = Annotated[str, Path(description="The pack's id")]


@router.post(_ROUTE, operation_id="createPack", **MAKE)
async def create(
    request: Request, *, strict: Annotated[bool, Query(description="Blockers answer 422")] = False
) -> Response:
    """Check the evidence of one case, build the bundle and write the letter.

    With `Accept: application/zip` the answer is the zip; otherwise the pack as JSON. Large requests are answered 202.
    The case and its files come as a form, or as one JSON body with files in base64 or by the address of a draft's file.
    """
    service, tenant = service_of(request), tenant_of(request)
    key = read_key(request.headers.get("idempotency-key"))
    await run_in_threadpool(service.room, tenant)
    async with case_sent(request) as upload:
        if request.state.admitted.test:
            return await computed(_tried, request, upload, strict=strict)
        return await make(request, upload, key, strict=strict)


def _tried(request: Request, upload: CaseUpload, *, strict: bool) -> Response:
    """The made-up answer of a test key, to a case that a real one would be taken with."""
    service = service_of(request)
    _asked(request, upload, None, strict=strict)
    view = found(request, id_of(upload.case))
    if "respond-async" in request.headers.get("prefer", ""):
        begun = replace(view, state="queued", result=None)
        return _going_on(request, begun, {})
    assert view.result is not None
    if strict and view.result.verdict == "blocked":
        raise CaseBlocked(view.result.report)
    return _finished(request, service, view, {})


async def make(request: Request, upload: CaseUpload, key: str | None, *, strict: bool) -> Response:
    """Accept an upload as a pack, and answer with it, or with 202 when that takes longer than the client waits."""
    service, tenant = service_of(request), tenant_of(request)
    asked, claim = await computed(_asked, request, upload, key, strict=strict)
    before = await run_in_threadpool(_taken, service, asked, upload.files, claim)
    if before is not None:
        return await run_in_threadpool(_answered_before, request, service, before)
    seconds = await patience(request, upload, service.settings)
    future = await run_in_threadpool(service.packs.run, tenant, asked.id, urgent=seconds > 0)
    try:
        done = await ended(future, seconds) if seconds > 0 else False
    except Exception as error:
        if getattr(error, "code", "") != PASSING:
            await run_in_threadpool(service.keys.release, asked.id)
            raise
        done = False
    return await run_in_threadpool(_answer, request, service, asked.id, done=done)


def _asked(request: Request, upload: CaseUpload, key: str | None, *, strict: bool) -> tuple[Accepted, KeyClaim | None]:
    """What is kept of a request, and what is written down for its key."""
    asked = accepted(
        upload,
        service_of(request).house,
        pack_id=new_pack_id(now()),
        tenant=tenant_of(request),
        language=catalog_of(request).language,
        strict=strict,
        now=now(),
        trace=request.state.trace,
    )
    return asked, claim_of(_ROUTE, key, fingerprint(_ROUTE, {"strict": strict}, upload)) if key else None


def _taken(
    service: Service, asked: Accepted, files: tuple[ReceivedFile, ...], claim: KeyClaim | None
) -> PackView | None:
    """Accept a request; or the pack that an equal one made before under the same key."""
    for _ in range(2):
        before = earlier(service.keys, asked.tenant, claim, now()) if claim else None
        view = service.packs.view(asked.tenant, before) if before else None
        if isinstance(view, PackView):
            return view
        try:
            service.packs.accept(asked, files, claim)
        except AlreadyAsked:
            continue
        return None
    raise RequestFault("idempotency-in-progress", status=409)


def _answered_before(request: Request, service: Service, view: PackView) -> Response:
    """The answer to a request that came before under the same key: its pack, or that it is still being made."""
    headers = {"idempotency-replayed": "true"}
    return _going_on(request, view, headers) if view.result is None else _finished(request, service, view, headers)


def _going_on(request: Request, view: PackView, headers: dict[str, str]) -> Response:
    about = {"location": path_of(view.id), "retry-after": _LOOK_AGAIN, "preference-applied": "respond-async"}
    return json_reply(whole(view, request.state.request_id), 202, {**about, **headers})


def _answer(request: Request, service: Service, pack_id: str, *, done: bool) -> Response:
    view = found(request, pack_id)
    if not done or view.result is None:
        return _going_on(request, view, {})
    if view.result.problem is not None and view.result.problem["code"] == "case-blocked":
        _forget(service, view)
        raise CaseBlocked(view.result.report)
    return _finished(request, service, view, {})


def _forget(service: Service, view: PackView) -> None:
    """A strict request that was refused leaves nothing behind."""
    service.keys.release(view.id)
    service.packs.shelf(view.asked.tenant, view.id).forget()
    service.packs.ledger.forget(view.id)


def _finished(request: Request, service: Service, view: PackView, headers: dict[str, str]) -> Response:
    result = view.result
    assert result is not None
    if result.archive and wants(request, "application/json", "application/zip") == "application/zip":
        piece = _archive(view)
        return send(request, service.store, piece, **{"content-location": path_of(view.id), **headers})
    return json_reply(_whole(request, view), 201, {"location": path_of(view.id), **headers})


def found(request: Request, pack_id: str) -> PackView:
    """The pack of this id, if the asking tenant has it.

    Raises:
        RequestFault: ``pack-not-found`` (404) or ``pack-erased`` (410).
    """
    service = service_of(request)
    if request.state.admitted.test:
        return _there(view_of_trial(pack_id, catalog_of(request), min(service.house.platforms)))
    return _there(service.packs.view(tenant_of(request), pack_id))


def glanced(request: Request, pack_id: str) -> PackView:
    """As ``found``, without report and files."""
    if request.state.admitted.test:
        return found(request, pack_id)
    return _there(service_of(request).packs.view(tenant_of(request), pack_id, brief=True))


def _there(view: PackView | Erased | None) -> PackView:
    if view is None:
        raise RequestFault("pack-not-found", status=404)
    if isinstance(view, Erased):
        raise RequestFault("pack-erased", status=410, erased_at=view.at)
    return view


def _whole(request: Request, view: PackView) -> PackAnswer:
    problem = None
    if view.result is not None and view.result.problem is not None:
        error = JobError.from_plain(view.result.problem).error()
        problem = problem_answer(request, error)
    return whole(view, request.state.request_id, problem)


@router.get(_ROUTE, operation_id="listPacks", **LIST)
def listed(request: Request, sought: Annotated[PackQuery, Query()]) -> Response:
    """List packs, the newest first.

    Every condition given has to hold. `next_cursor` leads to the next page with the same conditions.
    """
    check_cursor(sought.cursor)
    packs = service_of(request).packs
    views, more = packs.page(tenant_of(request), sought.filter(), after=sought.cursor, limit=sought.limit)
    following = views[-1].id if more else None
    return json_reply(PackList(items=tuple(summary(view) for view in views), next_cursor=following))


@router.get(_ROUTE + "/{pack_id}", operation_id="getPack", **PACK_STATE)
def look(request: Request, pack_id: PackId) -> Response:
    """Show a pack: status and progress, and once it is made its report, files and links."""
    view = found(request, pack_id)
    return json_reply(_whole(request, view), headers={} if view.result else {"retry-after": _LOOK_AGAIN})


def _made(view: PackView) -> None:
    if view.result is None:
        raise RequestFault("pack-not-finished", status=409)
    if view.result.archive is None:
        raise RequestFault("pack-without-files", status=409)


def _archive(view: PackView) -> Piece:
    if view.run == RUN:
        return piece_of_trial()
    assert view.result is not None
    assert view.result.archive is not None
    return Piece(
        key=view.result.archive,
        start=0,
        length=view.result.archive_bytes,
        sha256=view.result.archive_sha256,
        name=f"{view.result.folder}.zip",
    )


@router.api_route(_ROUTE + "/{pack_id}/archive", methods=["GET"], operation_id="getPackArchive", **PACK_FILE)
@router.api_route(_ROUTE + "/{pack_id}/archive", methods=["HEAD"], include_in_schema=False)
def archive(request: Request, pack_id: PackId) -> Response:
    """Fetch the whole pack as a zip."""
    view = found(request, pack_id)
    _made(view)
    return send(request, service_of(request).store, _archive(view))


@router.api_route(_ROUTE + "/{pack_id}/files/{name:path}", methods=["GET"], operation_id="getPackFile", **PACK_FILE)
@router.api_route(_ROUTE + "/{pack_id}/files/{name:path}", methods=["HEAD"], include_in_schema=False)
def file(request: Request, pack_id: PackId, name: Annotated[str, Path(description="Path in the folder")]) -> Response:
    """Fetch one file of a pack."""
    view = found(request, pack_id)
    _made(view)
    if view.run == RUN:
        return send(request, service_of(request).store, piece_of_trial(name))
    assert view.result is not None
    kept = view.result.file(name)
    if kept is None or view.result.archive is None:
        raise RequestFault("file-not-found", status=404)
    piece = Piece(key=view.result.archive, start=kept.start, length=kept.bytes, sha256=kept.sha256, name=kept.name)
    return send(request, service_of(request).store, piece)


@router.delete(_ROUTE + "/{pack_id}", operation_id="deletePack", **ERASE)
def delete(request: Request, pack_id: PackId) -> Response:
    """Cancel a pack that waits or runs; erase a finished one, also out of its batch.

    Hashes and the record of the submission stay 180 days, without names.
    """
    packs = service_of(request).packs
    view = found(request, pack_id)
    if view.result is not None:
        service_of(request).erasing.pack(view)
        return Response(status_code=204)
    packs.cancel(view)
    return json_reply(_whole(request, found(request, pack_id)))
