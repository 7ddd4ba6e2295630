"""Checks over HTTP: the same body as for a pack, findings only, nothing kept."""

import uuid
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.http.described.packs import CHECK
from api.http.pack_answers import checked
from api.http.waiting import answer_of
from api.request.case_requests import plain_request
from api.request.replies import json_reply
from api.request.threads import computed
from api.request.uploads import case_upload, received
from api.service import catalog_of, now, service_of, tenant_of
from casefile.admission import admit
from evidence_packer.report.shape import Report
from jobs.engine.recall import recall
from jobs.engine.tasks import CHECK as CHECK_TASK
from jobs.engine.worker_process import Task

router = APIRouter(tags=["checks"])

Scope = Annotated[Literal["file", "case"], Query(description="`file` judges the files alone, `case` everything")]
Pictures = Annotated[bool, Query(description="Add boxed crops of what was read, as data URIs")]


@router.post("/v1/checks", operation_id="checkCase", **CHECK)
async def check(request: Request, *, scope: Scope = "case", pictures: Pictures = False) -> Response:
    """Check the evidence of a case without building anything; no case or file is kept."""
    service, tenant = service_of(request), tenant_of(request)
    await run_in_threadpool(service.room, tenant)
    async with received(request, service.settings) as form:
        upload = await case_upload(service.bodies, tenant, form)
        if scope == "case":
            admit(upload.case, service.house)
        earlier = await run_in_threadpool(recall, service.packs, tenant) if scope == "case" else ()
        plain = plain_request(upload, language=catalog_of(request).language, now=now())
        arguments: dict[str, Any] = {
            "check": service.trade.check_case,
            "request": {**plain, "earlier": earlier},
            "scope": "file" if scope == "file" else "all",
            "pictures": pictures,
        }
        seconds = service.settings.job_seconds
        task = Task(
            id=f"check-{uuid.uuid4().hex}",
            tenant=tenant,
            run=CHECK_TASK,
            arguments=arguments,
            seconds=seconds,
            urgent=True,
        )
        ticket = service.pool.submit(task)
        report: Report = await answer_of(service.pool, ticket, seconds + 60)
    return await computed(_reply, report, request.state.request_id)


def _reply(report: Report, request_id: str) -> Response:
    return json_reply(checked(report, request_id))
