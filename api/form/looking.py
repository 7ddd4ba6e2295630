"""Has the files of a draft read by the workers, once each, and again when the numbers to look for have changed."""

import asyncio
import uuid
from concurrent.futures import Future
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.form.drafting import FormDraft
from api.service import service_of, tenant_of
from casefile.errors import EvidencePackerError
from jobs.case_work.kinds.case_look_for import deserves_another_look, looked_for
from jobs.case_work.kinds.live_preview import readable
from jobs.engine.tasks import LOOK
from jobs.engine.worker_process import Task
from jobs.records.drafts import DraftFile
from jobs.records.reading_cache import KeptLook

_SECONDS = 300.0
"""As long as a whole pack: on a busy machine one file may take minutes."""


def look_at(request: Request, draft: FormDraft, file: DraftFile) -> Future[Any] | None:
    """Have one file read unless it was, for these numbers, or is being read; the future ends when the look is kept."""
    service, tenant = service_of(request), tenant_of(request)
    wanted = looked_for(readable(draft.plain_case()))
    kept = service.looks.of(file.key)
    if kept is not None and not _again(kept, wanted):
        return None
    task_id = f"look-{uuid.uuid5(uuid.NAMESPACE_OID, file.key + repr(wanted)).hex}"
    running = service.pool.ticket(task_id)
    if running is not None:
        return running.future
    site = draft.platform.site(draft.site_code)
    arguments = {
        "look": service.trade.look_at, "url": service.store.url, "key": file.key, "name": file.name, "wanted": wanted,
        "languages": site.reading_languages,
    }  # fmt: skip
    service.room(tenant)
    task = Task(id=task_id, tenant=tenant, run=LOOK, arguments=arguments, seconds=_SECONDS, urgent=True, newest=True)
    ticket = service.pool.submit(task)
    ticket.future.add_done_callback(lambda _: service.looks.forget(file.key))
    return ticket.future


def _again(kept: KeptLook, wanted: tuple[str, ...]) -> bool:
    if not kept.done:
        return True
    new = tuple(number for number in wanted if number not in kept.wanted)
    return bool(new) and kept.reading is not None and deserves_another_look(kept.reading, new)


async def look_at_all(request: Request, draft: FormDraft, seconds: float) -> None:
    """Have every file of a draft read; wait so long at most. A file that cannot be looked at now is looked at later."""
    futures = await run_in_threadpool(_start, request, draft)
    if futures and seconds > 0:
        await asyncio.wait([asyncio.wrap_future(future) for future in futures], timeout=seconds)


def _start(request: Request, draft: FormDraft) -> list[Future[Any]]:
    found = []
    for row in draft.rows:
        file = draft.file(row.name)
        try:
            future = look_at(request, draft, file) if file else None
        except EvidencePackerError:
            continue
        found += [future] if future else []
    return found
