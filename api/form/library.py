"""The desk: the cases of a tenant by the time that is left, found again by number, platform and state."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.form.cases import STATE_TONES, STATES, CaseRow, DraftLine, Wanted, rows
from api.form.drafting import load_all, save, unplaced
from api.form.mail import mail_text
from api.form.placing import with_mail
from api.form.shell import check_token, page, problem_page, words_of
from api.form.small_form import small_form
from api.form.words import PageWords
from api.http.packs import found
from api.service import now, service_of, tenant_of
from casefile.errors import EvidencePackerError, RequestFault
from jobs.engine.pack_view import PackView

router = APIRouter(include_in_schema=False)

_MOST = 200
"""Drafts, and packs, that one page of the desk is made of."""
_SOON_HOURS = 24
_TONES = {"ready": "good", "review": "warn", "blocked": "bad"}


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One pack of a case, as one line."""

    href: str
    at: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case as the desk shows it."""

    href: str
    title: str
    platform: str
    about: str
    state: str
    tone: str
    due: str
    left: str
    left_tone: str
    due_name: str
    there: str
    who: str
    versions: tuple[VersionLine, ...]


def _line(words: PageWords, row: CaseRow, request: Request) -> CaseLine:
    text, house = words.catalog.text, service_of(request).house
    platform = house.platforms.get(row.platform)
    procedure = platform.procedures.get(row.procedure) if platform else None
    hours = (row.due.at - now()).total_seconds() / 3600 if row.due else 0.0
    reason = text(f"reason.{row.reason}") if row.reason and words.catalog.has(f"reason.{row.reason}") else ""
    return CaseLine(
        href=row.href, title=row.subject or text("desk.no_number"),
        platform=words.name(platform.name) if platform else text("desk.no_platform"),
        about=" · ".join(part for part in (words.name(procedure.name) if procedure else "", reason) if part),
        state=text(f"case_state.{row.state}"), tone=STATE_TONES[row.state],
        due=row.due.at.isoformat() if row.due else "", left=words.left(hours) if row.due else "",
        left_tone="bad" if hours < 0 else "warn" if hours < _SOON_HOURS else "",
        due_name=words.name(row.due.name) if row.due else "",
        there=words.beijing(row.due.at) if row.due else "", who=row.who,
        versions=(*(_pack(words, view) for view in row.packs), *_drafts(words, row)),
    )  # fmt: skip


def _pack(words: PageWords, view: PackView) -> VersionLine:
    verdict = view.result.verdict if view.result else None
    return VersionLine(
        href=f"/packs/{view.id}", at=words.beijing_of(view.asked.created_at), tone=_TONES.get(verdict or "", ""),
        state=words.catalog.text(f"verdict.{verdict}" if verdict else f"state.{view.state}"),
    )  # fmt: skip


def _drafts(words: PageWords, row: CaseRow) -> Iterator[VersionLine]:
    """Drafts that no pack was made of, and of several all."""
    made = {view.id for view in row.packs}
    for line in row.drafts:
        if line.draft.pack not in made:
            at, state = words.beijing_of(line.changed), words.catalog.text("form.draft")
            yield VersionLine(href=f"/drafts/{line.draft.id}", at=at, state=state, tone="")


@router.get("/")
@router.get("/packs")
def start(request: Request) -> Response:
    """The cases, the most pressing first. Packs were found under ``/packs`` before there was a desk."""
    service, words, tenant, query = service_of(request), words_of(request), tenant_of(request), request.query_params
    text = (query.get("q") or query.get("order_id", "")).strip()
    wanted = Wanted(text=text, state=query.get("state", ""), platform=query.get("platform", ""))
    try:
        views, more = service.packs.page(tenant, after=query.get("after") or None, limit=_MOST)
    except RequestFault:
        views, more = [], False
    drafts = [] if query.get("after") else load_all(request, _MOST)
    every = rows(service, (DraftLine(draft, changed) for draft, changed in drafts), views)
    counts = {state: sum(row.state == state for row in every) for state in STATES}
    names = {row.platform for row in every if row.platform}
    return page(
        request, "start.html", words=words, path="/", wanted=wanted, counts=counts,
        cases=[_line(words, row, request) for row in every if wanted.takes(row)], any=bool(every),
        platforms=[p for p in service.house.platforms.values() if p.id in names],
        address=lambda **changed: _address(wanted, **changed), after=views[-1].id if more and views else None,
    )  # fmt: skip


def _address(wanted: Wanted, **changed: str) -> str:
    """The desk narrowed as now, with some of it changed."""
    known = {"q": wanted.text, "state": wanted.state, "platform": wanted.platform, **changed}
    query = urlencode({name: value for name, value in known.items() if value})
    return f"/?{query}" if query else "/"


@router.post("/mail")
async def from_mail(request: Request) -> Response:
    """A new case from a pasted mail of a platform."""
    try:
        return await _opened(request, await mail_text(request))
    except EvidencePackerError as error:
        return await run_in_threadpool(problem_page, request, error)


async def _opened(request: Request, text: str) -> Response:
    def work() -> Response:
        return RedirectResponse(f"/drafts/{save(request, with_mail(request, unplaced(request), text), None).id}", 303)

    return await run_in_threadpool(work)


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
    return RedirectResponse("/", 303)
