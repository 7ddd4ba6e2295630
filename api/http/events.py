"""Progress as server-sent events: what a pack or a batch is doing, told when it changes, until it ends.

Every event is the whole state under an id made from it, so nothing can be missed: who connects again with ``Last-Event-ID`` is told
only what differs from it, and who was told the end gets 204, which makes browsers stop asking. Whose key is revoked or whose
session ends while a stream is open hears no more.
"""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.http.batch_answers import batch_answer
from api.http.batches import BatchId
from api.http.described.events import EVENTS_STREAM
from api.http.pack_answers import summary
from api.http.packs import PackId, glanced
from api.request.gate import Admitted
from api.service import Service, service_of, tenant_of
from casefile.json_model import JsonModel
from jobs.faults import Busy
from jobs.records.batch_ledger import OPEN

router = APIRouter()

MEDIA_TYPE = "text/event-stream"
_EVERY = 0.5
_SILENCE = 15.0
"""A comment is sent after so many seconds without news, so that nothing in between takes the line for dead."""

_LONGEST = 900.0
"""A stream ends after so many seconds; the client connects again by itself."""

_MOST = 200
"""Streams of one process; more are told to come back, or to poll."""

_AGAIN = 2_000
_PACK = ("id", "status", "verdict", "progress", "links")
_BATCH = ("id", "status", "progress", "counts", "verdicts", "links")


class _ShutOut(Exception):
    """Whoever follows may not come in any more: the key was revoked, or the session ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSentEvent:
    """One state of the thing watched, ready to be sent."""

    id: str
    data: str
    last: bool

    @classmethod
    def of(cls, answer: JsonModel, told: tuple[str, ...]) -> "ServerSentEvent":
        """The event that tells these members of ``answer``, as far as it has them."""
        plain = answer.plain()
        state = {name: plain[name] for name in told if plain.get(name) is not None}
        data = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
        last = state["status"] not in OPEN
        return cls(id=hashlib.sha256(data.encode()).hexdigest()[:16], data=data, last=last)

    def text(self) -> str:
        """As the stream carries it."""
        return f"event: {'end' if self.last else 'progress'}\nid: {self.id}\ndata: {self.data}\n\n"


@router.get("/v1/packs/{pack_id}/events", operation_id="watchPack", tags=["packs"], **EVENTS_STREAM)
async def pack_events(request: Request, pack_id: PackId) -> Response:
    """Follow a pack: an event whenever its state or stage changes, `end` when it is over."""

    def look() -> ServerSentEvent:
        return ServerSentEvent.of(summary(glanced(request, pack_id)), _PACK)

    return await _stream(request, look)


@router.get("/v1/batches/{batch_id}/events", operation_id="watchBatch", tags=["batches"], **EVENTS_STREAM)
async def batch_events(request: Request, batch_id: BatchId) -> Response:
    """Follow a batch: an event whenever a row ends, `end` when it is over."""
    batches, tenant = service_of(request).batches, tenant_of(request)

    def look() -> ServerSentEvent:
        answer = batch_answer(batches.ledger.view(tenant, batch_id), request.state.request_id)
        return ServerSentEvent.of(answer, _BATCH)

    return await _stream(request, look)


async def _stream(request: Request, look: Callable[[], ServerSentEvent]) -> Response:
    first, told = await run_in_threadpool(look), request.headers.get("last-event-id", "")
    if first.last and first.id == told:
        return Response(status_code=204)
    service = service_of(request)
    if service.streams >= _MOST:
        raise Busy("streams-full", status=503, retry_after=5)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    admitted: Admitted = request.state.admitted

    def watched() -> ServerSentEvent:
        if not service.gate.still_admits(admitted):
            raise _ShutOut
        return look()

    return StreamingResponse(_events(service, watched, told, first), headers=headers, media_type=MEDIA_TYPE)


async def _events(
    service: Service, look: Callable[[], ServerSentEvent], told: str, event: ServerSentEvent
) -> AsyncIterator[str]:
    service.streams += 1
    try:
        clock = asyncio.get_running_loop().time
        end, spoke = clock() + _LONGEST, clock()
        yield f"retry: {_AGAIN}\n\n"
        while True:
            if event.id != told:
                told, spoke = event.id, clock()
                yield event.text()
            if event.last or clock() > end or service.ending():
                return
            if clock() - spoke > _SILENCE:
                spoke = clock()
                yield ":\n\n"
            await asyncio.sleep(_EVERY)
            try:
                event = await run_in_threadpool(look)
            except _ShutOut:
                return
    finally:
        service.streams -= 1
