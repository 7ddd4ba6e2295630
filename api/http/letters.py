"""Letters over HTTP: the draft of a case without files, or the letter of a pack, as PDF, HTML or plain text."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.http.answers import LetterOfPack
from api.http.described.packs import LETTER
from api.http.downloads import Piece, send
from api.http.packs import found
from api.http.waiting import answer_of
from api.request.case_requests import clock
from api.request.file_names import disposition
from api.request.readers import case_or
from api.request.replies import wants
from api.request.uploads import json_body
from api.service import Service, now, service_of, tenant_of
from casefile.admission import admit
from casefile.case import Case
from casefile.errors import RequestFault
from jobs.engine.pack_view import PackView
from jobs.engine.tasks import LETTER as LETTER_TASK
from jobs.engine.tasks import LETTER_PAGE, WrittenLetter
from jobs.engine.worker_process import Task

router = APIRouter(tags=["letters"])

_FORMS = {"application/pdf": ("pdf", "pdf"), "text/html": ("html", "html"), "text/plain": ("text", "txt")}
"""Media type → key of the written letter, and ending of its file."""
_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
_ROLES = {"application/pdf": "letter", "text/plain": "letter_text"}


_KIND = (
    "Another kind of letter than the procedure's own, such as `follow_up`, `carrier_request` or `agent_authorisation`"
)


@router.post("/v1/letters", operation_id="writeLetter", **LETTER)
async def write(
    request: Request, letter: Annotated[str | None, Query(max_length=40, description=_KIND)] = None
) -> Response:
    """Write the letter of a case, marked as a draft; or, given `{"pack_id": …}`, fetch the letter of a pack."""
    service, tenant = service_of(request), tenant_of(request)
    sent = await service.bodies.read(
        tenant, case_or, await json_body(request, service_of(request).settings), LetterOfPack
    )
    if isinstance(sent, LetterOfPack):
        return await _of_pack(request, sent)
    media_type = _media_type(request)
    case = sent.case.model_copy(update={"letter": letter}) if letter else sent.case
    written = await _draft(service, tenant, case)
    data: bytes | str = getattr(written, _FORMS[media_type][0])
    return _sent(data if isinstance(data, bytes) else data.encode(), media_type, "Letter_draft")


def _media_type(request: Request) -> str:
    media_type = wants(request, *_FORMS)
    if media_type is None:
        raise RequestFault("not-acceptable", status=406, allowed=", ".join(_FORMS))
    return media_type


def _sent(data: bytes, media_type: str, name: str) -> Response:
    headers = {
        "content-disposition": disposition(f"{name}.{_FORMS[media_type][1]}"),
        "content-security-policy": _POLICY,
    }
    return Response(data, headers=headers, media_type=media_type)


async def _draft(service: Service, tenant: str, case: Case) -> WrittenLetter:
    admit(case, service.house)
    await run_in_threadpool(service.room, tenant)
    arguments = {"write": service.trade.write_letter, "case": case, "as_of": clock(case, now())}
    task = Task(
        id=f"letter-{uuid.uuid4().hex}", tenant=tenant, run=LETTER_TASK, arguments=arguments, seconds=60, urgent=True
    )
    ticket = service.pool.submit(task)
    letter: WrittenLetter = await answer_of(service.pool, ticket, service.settings.job_seconds)
    return letter


async def _of_pack(request: Request, wanted: LetterOfPack) -> Response:
    view = await run_in_threadpool(found, request, wanted.pack_id)
    if view.result is None:
        raise RequestFault("pack-not-finished", status=409)
    media_type = _media_type(request)
    role = _ROLES.get(media_type, "letter")
    kept = next((file for file in view.result.files if file.role == role), None)
    if kept is None or view.result.archive is None:
        raise RequestFault("pack-without-files", status=409)
    if media_type not in _ROLES:
        page = await _page(request, view)
        return _sent(page.encode(), media_type, kept.name.rpartition("/")[2].rpartition(".")[0])
    piece = Piece(key=view.result.archive, start=kept.start, length=kept.bytes, sha256=kept.sha256, name=kept.name)
    return await run_in_threadpool(send, request, service_of(request).store, piece)


async def _page(request: Request, view: PackView) -> str:
    service = service_of(request)
    await run_in_threadpool(service.room, view.asked.tenant)
    names = {"url": service.store.url, "tenant": view.asked.tenant, "pack_id": view.id, "run": view.run}
    arguments = {"page": service.trade.letter_page, **names}
    seconds = service.settings.job_seconds
    task = Task(
        id=f"letter-{uuid.uuid4().hex}", tenant=view.asked.tenant, run=LETTER_PAGE, arguments=arguments, seconds=seconds,
        urgent=True,
    )  # fmt: skip
    page: str = await answer_of(service.pool, service.pool.submit(task), seconds)
    return page
