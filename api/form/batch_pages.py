"""Many cases at once: drop a sheet and a zip, watch the rows fill, fetch the zip and the sheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.form.shell import check_token, html_reply, page, problem_page, render, words_of
from api.form.small_form import small_form
from api.form.words import PageWords
from api.http.batch_answers import RowAnswer, RowMessage, row_answer
from api.http.batches import FIELDS, asked_of, taken
from api.request.numbers import whole
from api.request.problems import describe
from api.request.uploads import received, spooled
from api.service import service_of, tenant_of
from casefile.errors import EvidencePackerError, RequestFault
from jobs.records.batch_ledger import OPEN, BatchView

router = APIRouter(include_in_schema=False)

_ROWS, _BATCHES = 200, 20
_TONES = {"ready": "good", "review": "warn", "blocked": "bad", "failed": "bad", "invalid": "bad", "running": "note"}
_NAMES = {*FIELDS, "csrf"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A zip of a batch that may be fetched."""

    number: int
    name: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """A batch as its line or its page shows it."""

    id: str
    href: str
    title: str
    at: str
    state: str
    open: bool
    rows: int
    done: int
    verdicts: list[tuple[str, str, int]]
    parts: list[_Part]
    sheet: bool
    unmatched: Sequence[str]
    why: Mapping[str, str]
    unknown: Sequence[str]
    left_rows: Sequence[int]
    other_sheets: Sequence[str]
    failed: int


def _line(words: PageWords, view: BatchView) -> _Batch:
    done, plan = sum(count for state, count in view.counts.items() if state not in OPEN), view.result.plan
    return _Batch(
        id=view.id, href=f"/batches/{view.id}", title=view.sheet_name, at=words.beijing_of(view.created_at),
        state=words.catalog.text(f"state.{view.state}"), open=view.state in OPEN, rows=view.rows, done=done,
        verdicts=[(words.catalog.text(f"verdict.{v}"), _TONES[v], count) for v, count in sorted(view.verdicts.items())],
        parts=[_Part(number=n, name=part.name, bytes=part.bytes) for n, part in enumerate(view.parts, start=1)],
        sheet=view.result.sheet is not None,
        unmatched=plan.unmatched_files if plan else (),
        why={one.file: one.message for one in plan.open_files} if plan else {},
        unknown=plan.unknown_columns if plan else (),
        left_rows=plan.left_rows if plan else (),
        other_sheets=plan.other_sheets if plan else (),
        failed=sum(view.counts.get(state, 0) for state in ("failed", "cancelled", "invalid")),
    )  # fmt: skip


@router.get("/batches")
def start(request: Request) -> Response:
    """Where a batch begins, and the batches so far."""
    return _start(request)


def _start(request: Request, problem: Any = None) -> Response:  # noqa: ANN401  # a Problem or nothing
    service, words = service_of(request), words_of(request)
    views, _ = service.batches.ledger.page(tenant_of(request), after=None, limit=_BATCHES)
    return page(
        request, "batches.html", problem.status if problem else 200, words=words, problem=problem, path="/batches",
        batches=[_line(words, view) for view in views], platforms=service.house.platforms.values(),
    )  # fmt: skip


@router.post("/batches")
async def send(request: Request) -> Response:
    """Take the sheet and the evidence, and show the rows."""
    service, tenant, words = service_of(request), tenant_of(request), words_of(request)
    settings = service.settings.model_copy(update={"body_bytes": service.settings.batch_bytes, "files": 5_000})
    try:
        await run_in_threadpool(service.room, tenant)
        async with received(request, settings, _NAMES.__contains__) as form, spooled(settings) as folder:
            field = form.field("csrf")
            await run_in_threadpool(
                check_token, request, {"csrf": field.value.decode("ascii", "replace") if field else ""}
            )
            chosen = type(form)(
                fields=form.fields, files=tuple(part for part in form.files if part.named or part.file.bytes)
            )
            asked = await run_in_threadpool(asked_of, chosen, folder, words.catalog.language, dry_run=False)
            batch_id = await run_in_threadpool(taken, service, tenant, asked, None)
    except EvidencePackerError as error:
        return await run_in_threadpool(_start, request, describe(error, words.catalog))
    return RedirectResponse(f"/batches/{batch_id}", 303)


@router.get("/batches/{batch_id}")
def look(request: Request, batch_id: str) -> Response:
    """A batch with its rows; while it works, the part with the rows renews itself."""
    service, words = service_of(request), words_of(request)
    try:
        view = service.batches.ledger.view(tenant_of(request), batch_id)
    except RequestFault as error:
        return problem_page(request, error, words)
    after = whole(request.query_params.get("after", "")) or 0
    rows: list[RowView] = []
    for row in service.batches.ledger.rows(batch_id, after=after):
        rows.append(_row(words, row_answer(row)))
        if len(rows) == _ROWS:
            break
    more = rows[-1].number if len(rows) == _ROWS and rows[-1].number < view.rows else None
    problem = view.result.problem
    values: dict[str, Any] = {"batch": _line(words, view), "rows": rows, "more": more, "trouble": problem}
    if request.headers.get("hx-request"):
        return html_reply(request, render(request, "parts/batch.html", words, **values))
    reply = page(request, "batch.html", words=words, **values)
    if view.state in OPEN:
        reply.headers["refresh"] = "5"
    return reply


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One case of a batch as the page shows it."""

    number: int
    subject: str
    files: tuple[str, ...]
    state: str
    tone: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    href: str | None


def _row(words: PageWords, row: RowAnswer) -> RowView:
    text, pack = words.catalog.text, row.links.get("pack")
    errors = _once(row.errors)
    return RowView(
        number=row.number,
        subject=row.subject,
        files=row.files,
        state=text(f"verdict.{row.verdict}") if row.verdict else text(f"row.{row.status}"),
        tone=_TONES.get(row.verdict or row.status, ""),
        errors=errors,
        warnings=tuple(line for line in _once(row.warnings) if line not in errors),
        href=pack.removeprefix("/v1") if pack else None,
    )


def _once(lines: Iterable[RowMessage]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.message for line in lines))


@router.post("/batches/{batch_id}/again")
async def again(request: Request, batch_id: str) -> Response:
    """Do the failed rows again."""
    try:
        await run_in_threadpool(check_token, request, await small_form(request))
        await run_in_threadpool(service_of(request).batches.retry, tenant_of(request), batch_id)
    except EvidencePackerError as error:
        return await run_in_threadpool(problem_page, request, error)
    return RedirectResponse(f"/batches/{batch_id}", 303)


@router.post("/batches/{batch_id}/erase")
async def erase(request: Request, batch_id: str) -> Response:
    """Erase a finished batch."""
    try:
        await run_in_threadpool(check_token, request, await small_form(request))
        view = await run_in_threadpool(service_of(request).batches.ledger.view, tenant_of(request), batch_id)
        if view.state in OPEN:
            raise RequestFault("batch-not-finished", status=409)
        await run_in_threadpool(service_of(request).erasing.batch, tenant_of(request), batch_id)
    except EvidencePackerError as error:
        return await run_in_threadpool(problem_page, request, error)
    return RedirectResponse("/batches", 303)


@router.post("/batches/{batch_id}/cancel")
async def cancel(request: Request, batch_id: str) -> Response:
    """Do no more rows."""
    try:
        await run_in_threadpool(check_token, request, await small_form(request))
        await run_in_threadpool(service_of(request).batches.cancel, tenant_of(request), batch_id)
    except EvidencePackerError as error:
        return await run_in_threadpool(problem_page, request, error)
    return RedirectResponse(f"/batches/{batch_id}", 303)
