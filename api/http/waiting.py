"""Whether a request is answered with its result or with 202, and the waiting in between."""

import asyncio
import re
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.request.page_count import guessed_pages
from api.request.uploads import CaseUpload
from api.settings import Settings
from jobs.engine.job_queue import QueuedTask
from jobs.engine.workers import WorkerPool
from jobs.faults import Busy

_WAIT = re.compile(r"wait\s*=\s*\"?(\d{1,4})")


async def patience(request: Request, upload: CaseUpload, settings: Settings) -> float:
    """How many seconds to wait for the result: none when the client or the size of the request says so (RFC 7240)."""
    prefer = ",".join(request.headers.getlist("prefer")).lower()
    if "respond-async" in (part.split(";")[0].strip() for part in prefer.split(",")):
        return 0.0
    if len(upload.files) > settings.wait_files or upload.bytes > settings.wait_bytes:
        return 0.0
    pages = await run_in_threadpool(_pages, [file.path for file in upload.files])
    if pages > settings.wait_pages:
        return 0.0
    asked = _WAIT.search(prefer)
    return min(settings.wait_seconds, float(asked[1])) if asked else settings.wait_seconds


def _pages(paths: list[Path]) -> int:
    return sum(guessed_pages(path) for path in paths)


async def ended(future: Future[Any], seconds: float) -> bool:
    """Whether ``future`` ended within ``seconds``; it goes on when it did not.

    Raises:
        EvidencePackerError: the reason it ended without a result.
    """
    try:
        await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(future)), seconds)
    except TimeoutError:
        return False
    return True


async def answer_of(pool: WorkerPool, ticket: QueuedTask, seconds: float) -> Any:  # noqa: ANN401  # the task's own answer
    """The answer of a task that is of no use once nobody waits for it.

    Raises:
        Busy: it was not reached in time.
        EvidencePackerError: the reason it has no answer.
    """
    try:
        if not await ended(ticket.future, seconds):
            raise Busy("queue-full", status=503, retry_after=15)
    finally:
        pool.cancel(ticket.task.id)
    return await asyncio.wrap_future(ticket.future)
