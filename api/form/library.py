"""Where work begins and where it is found again: the first page, and the packs by order number."""

from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.form.drafting import FormDraft, save
from api.form.mail import draft_from, mail_text
from api.form.shell import check_token, page, problem_page, words_of
from api.form.small_form import small_form
from api.form.words import PageWords
from api.http.packs import found
from api.service import Service, service_of, tenant_of
from casefile.errors import EvidencePackerError, RequestFault
from jobs.engine.pack_view import PackView
from jobs.records.pack_filter import PackFilter

router = APIRouter(include_in_schema=False)

_RECENT = 5
_PAGE = 30
_TONES = {"ready": "good", "review": "warn", "blocked": "bad"}


def pack_line(words: PageWords, service: Service, view: PackView) -> dict[str, Any]:
    """A pack as one line of a list."""
    text, asked = words.catalog.text, view.asked
    platform = service.house.platforms.get(asked.platform)
    procedure = platform.procedures.get(asked.procedure) if platform else None
    names = (words.name(platform.name) if platform else asked.platform, words.name(procedure.name) if procedure else "")
    verdict = view.result.verdict if view.result else None
    return {
        "id": view.id, "href": f"/packs/{view.id}", "title": asked.subject or view.id,
        "about": text("form.find.detail", platform=names[0], procedure=names[1], created=words.stamp(asked.created_at)),
        "state": text(f"verdict.{verdict}") if verdict else text(f"state.{view.state}"),
        "tone": _TONES.get(verdict or "", ""), "outcome": text(f"outcome.{view.outcome.outcome}") if view.outcome else "",
        "sent": bool(view.submission),
    }  # fmt: skip


def _drafts(words: PageWords, service: Service, tenant: str) -> list[dict[str, Any]]:
    found = []
    for draft in service.drafts.page(tenant, after=None, limit=_RECENT)[0]:
        platform = service.house.platforms.get(str(draft.case.get("platform")))
        procedure = platform.procedures.get(str(draft.case.get("procedure"))) if platform else None
        if platform is None or procedure is None or draft.case.get("pack"):
            continue
        fields = draft.case.get("fields", {})
        about = words.catalog.text(
            "form.find.detail", platform=words.name(platform.name), procedure=words.name(procedure.name),
            created=words.stamp(draft.changed_at),
        )  # fmt: skip
        title = fields.get("/order/id") or words.catalog.text("form.draft")
        found.append(
            {
                "href": f"/drafts/{draft.id}",
                "title": title,
                "about": about,
                "state": words.catalog.text("form.draft"),
                "tone": "note",
            }
        )
    return found


def _start(request: Request, mail: str = "", problem: str = "") -> Response:
    service, words, tenant = service_of(request), words_of(request), tenant_of(request)
    views, _ = service.packs.page(tenant, limit=_RECENT)
    recent = [*_drafts(words, service, tenant), *(pack_line(words, service, view) for view in views)]
    platforms = service.house.platforms.values()
    return page(
        request, "start.html", 422 if problem else 200, words=words, path="/", platforms=platforms, recent=recent[: _RECENT + 1],
        mail=mail, mail_problem=problem,
    )  # fmt: skip


@router.get("/")
def start(request: Request) -> Response:
    """What are you answering?"""
    return _start(request)


@router.post("/mail")
async def from_mail(request: Request) -> Response:
    """Open the form that a pasted mail of a platform belongs to, filled with what it says."""
    try:
        return await _opened(request, await mail_text(request))
    except EvidencePackerError as error:
        return await run_in_threadpool(problem_page, request, error)


async def _opened(request: Request, text: str) -> Response:
    def work() -> Response:
        draft: FormDraft | None = draft_from(request, text)
        if draft is None:
            return _start(request, text, words_of(request).catalog.text("form.mail.unknown"))
        return RedirectResponse(f"/drafts/{save(request, draft, None).id}", 303)

    return await run_in_threadpool(work)


@router.get("/packs")
def search(request: Request) -> Response:
    """Packs, the newest first; with ``order_id`` those of one order."""
    service, words = service_of(request), words_of(request)
    order_id = request.query_params.get("order_id", "").strip()
    after = request.query_params.get("after") or None
    try:
        sought = PackFilter(order_id=order_id or None)
        views, more = service.packs.page(tenant_of(request), sought, after=after, limit=_PAGE)
    except RequestFault:
        views, more = [], False
    lines = [pack_line(words, service, view) for view in views]
    return page(
        request, "packs.html", words=words, packs=lines, order_id=order_id, after=views[-1].id if more else None
    )


@router.post("/drafts/{draft_id}/delete")
async def delete_draft(request: Request, draft_id: str) -> Response:
    """Remove a draft with its files."""
    try:
        await run_in_threadpool(check_token, request, await small_form(request))
        await run_in_threadpool(service_of(request).drafts.delete, tenant_of(request), draft_id)
    except EvidencePackerError as error:
        return await run_in_threadpool(problem_page, request, error)
    return RedirectResponse("/", 303)


@router.post("/packs/{pack_id}/erase")
async def erase_pack(request: Request, pack_id: str) -> Response:
    """Erase a finished pack; hashes and the record of the submission stay."""
    try:
        await run_in_threadpool(check_token, request, await small_form(request))
        view = await run_in_threadpool(found, request, pack_id)
        if view.state in {"queued", "running"}:
            raise RequestFault("pack-not-finished", status=409)
        await run_in_threadpool(service_of(request).erasing.pack, view)
    except EvidencePackerError as error:
        return await run_in_threadpool(problem_page, request, error)
    return RedirectResponse("/packs", 303)
