"""Cases from help desks and payment processors, and packs back to them."""

import functools
import uuid
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.http.connector_answers import HandedOver, TakenIn
from api.http.described.connectors import HAND_OVER, TAKE_IN
from api.http.draft_answers import ROUTE
from api.http.packs import PackId, found
from api.http.waiting import answer_of
from api.request.gate import CONNECTED
from api.request.replies import json_reply
from api.request.uploads import json_body
from api.service import Service, catalog_of, now, service_of, tenant_of
from casefile.errors import RequestFault
from casefile.wording import Catalog
from evidence_packer.report.proposal import Proposal, ProposedCase
from jobs.connect.contract import GoingFile, Origin, Sent
from jobs.connect.exchange import ORIGIN
from jobs.engine.pack_view import PackView
from jobs.engine.tasks import PROPOSE, HeapOnDisk
from jobs.engine.worker_process import Task
from jobs.records.drafts import Draft
from jobs.records.pack_store import Result

router = APIRouter(tags=["connectors"])

_MOST = 1_000_000
_MOST_TOLD = 20


@router.post(CONNECTED + "{account}", operation_id="takeInFromConnector", **TAKE_IN)
async def take_in(request: Request, account: Annotated[str, Path(description="The account's name")]) -> Response:
    """Take what a service sends to its webhook: proved by its signature, it becomes a draft on the desk, once."""
    service, exchange = service_of(request), service_of(request).exchange
    owner = exchange.account(account)[0].tenant
    body = await json_body(request, service.settings, _MOST)
    headers = {name.lower(): value for name, value in request.headers.items()}
    incoming = await run_in_threadpool(exchange.read, account, Sent(headers=headers, body=body, at=now()))
    if incoming is None:
        return json_reply(TakenIn(draft_id=None, draft=None), 202)
    known = await run_in_threadpool(exchange.known, account, incoming)
    proposed = None if known or not incoming.text else await _proposed(request, owner, incoming.text)
    draft: Draft = await run_in_threadpool(exchange.draft, account, incoming, proposed, now())
    return json_reply(TakenIn(draft_id=draft.id, draft=f"{ROUTE}/{draft.id}"), 202)


async def _proposed(request: Request, owner: str, text: str) -> ProposedCase | None:
    """The case that the words of a ticket are about, as far as they say."""
    service = service_of(request)
    heap = HeapOnDisk(case=None, text=text, files=(), as_of=now(), language=catalog_of(request).language)
    seconds = service.settings.job_seconds
    task = Task(
        id=f"propose-{uuid.uuid4().hex}", tenant=owner, run=PROPOSE, seconds=seconds, urgent=True,
        arguments={"propose": service.trade.propose, "heap": heap},
    )  # fmt: skip
    proposal: Proposal = await answer_of(service.pool, service.pool.submit(task), seconds)
    return next(iter(proposal.cases), None)


@router.post("/v1/packs/{pack_id}/hand-over", operation_id="handOverPack", **HAND_OVER)
def hand_over(request: Request, pack_id: PackId) -> Response:
    """Put a finished pack back to the ticket or dispute that its case came from: a note for the staff, and the files."""
    service, view = service_of(request), found(request, pack_id)
    if view.result is None or view.result.archive is None:
        raise RequestFault("pack-not-finished", status=409)
    asked = service.packs.shelf(tenant_of(request), view.id).accepted()
    extra = asked.case.get("extra") if asked is not None else None
    said = extra.get(ORIGIN) if isinstance(extra, dict) else None
    said = said if isinstance(said, dict) else {}
    origin = Origin(account=str(said.get("account", "")), id=str(said.get("id", "")))
    files = _files(service, view.result)
    note = _note(view, view.result, catalog_of(request))
    went = service.exchange.hand_over(tenant_of(request), origin, note, files)
    return json_reply(HandedOver(account=origin.account, id=origin.id, files=went))


def _files(service: Service, result: Result) -> tuple[GoingFile, ...]:
    read = functools.partial(service.store.read, str(result.archive))
    return tuple(
        GoingFile(name=file.name, role=file.role, read=functools.partial(read, file.start, file.bytes))
        for file in result.files
    )


def _note(view: PackView, result: Result, catalog: Catalog) -> str:
    """What the staff reads: the verdict, and what stands in its way."""
    head = catalog.text("connector.note", subject=view.asked.subject, verdict=catalog.text(f"verdict.{result.verdict}"))
    findings = result.report.findings if result.report is not None else []
    told = [f"- {one.title}" + (f" ({one.file})" if one.file else "") for one in findings if one.severity != "advice"]
    return "\n".join([head, *told[:_MOST_TOLD]])
