"""Proposals over HTTP: a heap of files and a mail in, the case they make out; nothing is kept."""

import uuid
from dataclasses import replace

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.http.described.proposals import PROPOSE
from api.http.waiting import answer_of
from api.request.case_requests import files_on_disk
from api.request.multipart import Form
from api.request.readers import HeapBody, partial_case
from api.request.replies import json_reply
from api.request.uploads import CASE_PART, json_body, named_files, received, refuse_strange_parts
from api.service import Service, catalog_of, now, service_of, tenant_of
from casefile.errors import FieldFault, RequestFault
from casefile.limits import MAX_TEXT
from evidence_packer.report.proposal import Proposal
from jobs.engine.tasks import PROPOSE as PROPOSE_TASK
from jobs.engine.tasks import HeapOnDisk
from jobs.engine.worker_process import Task
from jobs.records.pack_store import ReceivedFile

router = APIRouter(tags=["proposals"])

_TEXT = "text"
_FIELDS = frozenset({CASE_PART, _TEXT})


@router.post("/v1/proposals", operation_id="proposeCase", **PROPOSE)
async def propose(request: Request) -> Response:
    """Propose the case that files and a mail are about, with its open questions; no case or file is kept."""
    service, tenant = service_of(request), tenant_of(request)
    await run_in_threadpool(service.room, tenant)
    if not request.headers.get("content-type", "").lower().startswith("multipart/"):
        sent = await service.bodies.read(tenant, partial_case, await json_body(request, service_of(request).settings))
        return await _answered(request, sent, ())
    async with received(request, service.settings, _FIELDS.__contains__) as form:
        sent = await _sent(service, tenant, form)
        return await _answered(request, sent, named_files(form.files))


async def _sent(service: Service, tenant: str, form: Form) -> HeapBody:
    """The parts of a form as the body of a proposal without files."""
    refuse_strange_parts(form, (CASE_PART, _TEXT))
    case, text = form.field(CASE_PART), form.field(_TEXT)
    known = HeapBody()
    if case:
        known = await service.bodies.read(tenant, partial_case, b'{"case":' + case.value.strip() + b"}")
    return replace(known, text=text.value.decode("utf-8", "replace")[:MAX_TEXT] if text else "")


async def _answered(request: Request, sent: HeapBody, files: tuple[ReceivedFile, ...]) -> Response:
    if not files and not sent.text.strip():
        fault = FieldFault(pointer="", code="proposal-empty")
        raise RequestFault("proposal-empty", status=400, faults=(fault,))
    service = service_of(request)
    heap = HeapOnDisk(
        case=sent.case, text=sent.text, files=files_on_disk(files), as_of=now(), language=catalog_of(request).language
    )
    seconds = service.settings.job_seconds
    task = Task(
        id=f"propose-{uuid.uuid4().hex}",
        tenant=tenant_of(request),
        run=PROPOSE_TASK,
        arguments={"propose": service.trade.propose, "heap": heap},
        seconds=seconds,
        urgent=True,
    )
    proposal: Proposal = await answer_of(service.pool, service.pool.submit(task), seconds + 60)
    return await run_in_threadpool(json_reply, proposal)
