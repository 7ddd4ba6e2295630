"""A draft becomes a pack: what is missing is told at once, all of it; what is there is accepted and made."""

from dataclasses import replace
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.form.desk import seen_now
from api.form.drafting import FormDraft, kept, upload_of
from api.form.looking import look_at_all
from api.form.shell import words_of
from api.http.waiting import ended
from api.request.case_requests import accepted
from api.request.problems import FaultAnswer, Problem, describe
from api.request.threads import computed
from api.request.uploads import spooled
from api.service import now, service_of, tenant_of
from casefile.errors import RequestFault
from casefile.parse import parse_case
from casefile.subject import subject_id
from casefile.wording import Catalog
from jobs.case_work.kinds.live_preview import readable
from jobs.records.pack_id import new_pack_id

_WAIT_SECONDS = 1.5
"""A pack that is done so soon is shown at once; otherwise the page that waits for it."""


def without_files(draft: FormDraft, catalog: Catalog) -> Problem | None:
    """What is wrong with a draft that has no file, wrong fields among it; ``None`` when it has one."""
    if draft.rows:
        return None
    return Problem(
        code="no-files", status=422, title=catalog.text("form.no_files"), detail=catalog.text("form.no_files_detail"),
        hint="", errors=_wrong_fields(draft, catalog),
    )  # fmt: skip


def _wrong_fields(draft: FormDraft, catalog: Catalog) -> tuple[FaultAnswer, ...]:
    try:
        parse_case(draft.plain_case().json)
    except RequestFault as fault:
        return describe(fault, catalog).errors
    return ()


async def build(request: Request, draft: FormDraft) -> str:
    """Make a pack of a draft, and where it is shown; it is waited for a moment, so that a quick one is shown at once.

    A number of the case that nobody typed is the one that the files say.
    What another window changed while it was made is kept, and the pack shown under its own address: it does not hold that.

    Raises:
        RequestFault: ``case-invalid`` with every wrong field.
        Busy: there is no room for it now.
    """
    service, tenant = service_of(request), tenant_of(request)
    await run_in_threadpool(service.room, tenant)
    if not subject_id(readable(draft.plain_case()), draft.procedure.subject):
        await look_at_all(request, draft, service.settings.wait_seconds)
        draft = await computed(seen_now, request, draft, words_of(request))
    async with spooled(service.settings) as folder:
        pack_id = await run_in_threadpool(_accepted, request, draft, folder)
    future = await run_in_threadpool(service.packs.run, tenant, pack_id, urgent=True)

    def made(there: FormDraft) -> FormDraft:
        same = there.version == draft.version
        return replace(there, pack=pack_id, built=draft.version + 1 if same else draft.version)

    saved = await run_in_threadpool(kept, request, draft, made)
    await ended(future, _WAIT_SECONDS)
    return f"/drafts/{draft.id}" if saved.built == saved.version else f"/packs/{pack_id}"


def _accepted(request: Request, draft: FormDraft, folder: Path) -> str:
    service, upload = service_of(request), upload_of(request, draft, folder)
    taken = accepted(
        upload, service.house, pack_id=new_pack_id(now()), tenant=tenant_of(request),
        language=words_of(request).catalog.language, strict=False, now=now(), trace=request.state.trace,
    )  # fmt: skip
    service.packs.accept(taken, upload.files)
    return taken.id
