"""Checks over HTTP: the same body as for a pack, findings only, nothing kept."""

import uuid
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.http.case_bodies import case_sent
from api.http.described.packs import CHECK
from api.http.pack_answers import checked
from api.http.trials import id_of, view_of_trial
from api.http.waiting import answer_of
from api.request.case_requests import clock, files_on_disk
from api.request.replies import json_reply
from api.request.threads import computed
from api.request.uploads import CaseUpload
from api.service import catalog_of, now, service_of, tenant_of
from casefile.admission import admit
from evidence_packer.report.shape import Report
from jobs.engine.recall import recall
from jobs.engine.tasks import CHECK as CHECK_TASK
from jobs.engine.tasks import RequestOnDisk
from jobs.engine.worker_process import Task

router = APIRouter(tags=["checks"])

Scope = Annotated[Literal["file", "case"], Query(description="`file` judges the files alone, `case` everything")]
Pictures = Annotated[bool, Query(description="Add boxed crops of what was read, as data URIs")]


@router.post("/v1/checks", operation_id="checkCase", **CHECK)
async def check(request: Request, *, scope: Scope = "case", pictures: Pictures = False) -> Response:
    """Check the evidence of a case without building anything; no case or file is kept."""
    service, tenant = service_of(request), tenant_of(request)
    await run_in_threadpool(service.room, tenant)
    async with case_sent(request) as upload:
        if scope == "case":
            admit(upload.case, service.house)
        if request.state.admitted.test:
            return await computed(_tried, request, upload)
        earlier = await run_in_threadpool(recall, service.packs, tenant) if scope == "case" else ()
        asked = RequestOnDisk(
            case=upload.plain, files=files_on_disk(upload.files), as_of=clock(upload.case, now()),
            language=catalog_of(request).language, earlier=tuple(earlier),
        )  # fmt: skip
        seconds, part = service.settings.job_seconds, "file" if scope == "file" else "all"
        about = {"check": service.trade.check_case, "request": asked, "scope": part, "pictures": pictures}
        name = f"check-{uuid.uuid4().hex}"
        task = Task(id=name, tenant=tenant, run=CHECK_TASK, arguments=about, seconds=seconds, urgent=True)
        ticket = service.pool.submit(task)
        report: Report = await answer_of(service.pool, ticket, seconds + 60)
    return await computed(_reply, report, request.state.request_id)


def _tried(request: Request, upload: CaseUpload) -> Response:
    """The made-up answer of a test key."""
    made_up = view_of_trial(id_of(upload.case), catalog_of(request), upload.case.platform)
    assert made_up is not None
    assert made_up.result is not None
    assert made_up.result.report is not None
    return _reply(made_up.result.report.with_files(()), request.state.request_id)


def _reply(report: Report, request_id: str) -> Response:
    return json_reply(checked(report, request_id))
