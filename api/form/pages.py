"""The upload form: choose a procedure, state the case, add files, read the result. Works without scripts."""

from typing import Any

from fastapi import APIRouter
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.case_requests import accepted
from api.form.entries import asked
from api.form.submission import Typed, is_field, typed, upload_from
from api.form.words import LANGUAGES, PageWords
from api.language import choose
from api.packs import found
from api.problems import Problem, describe
from api.service import Service, now, service_of, tenant_of
from api.uploads import received
from api.waiting import ended
from casefile.errors import EvidencePackerError, RequestFault
from casefile.platform import Platform, Procedure
from jobs.pack_id import new_pack_id
from jobs.packs import PackView

router = APIRouter(include_in_schema=False)

_COOKIE = "language"
_ROLES = ("submission", "bundle", "letter", "letter_text", "reading_copy", "report", "calendar", "original")
"""What the result page offers, in its order."""
_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


def _words(request: Request) -> PageWords:
    """Words in the language of ``?lang``, else of the cookie, else of the browser."""
    service = service_of(request)
    wanted = request.query_params.get("lang") or request.cookies.get(_COOKIE)
    return PageWords(choose(service.house.catalogs, wanted, request.headers.get("accept-language")))


def _environment(service: Service) -> Environment:
    return Environment(
        loader=FileSystemLoader(service.house.templates / "web"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def _page(request: Request, template: str, status: int = 200, *, step: tuple[int, ...] = (), **values: Any) -> Response:  # noqa: ANN401  # whatever the template shows
    service, words = service_of(request), values.pop("words", None) or _words(request)
    path = request.url.path if request.method == "GET" else values.get("path", "/")

    def language_link(tag: str) -> str:
        kept = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
        query = "&".join(f"{k}={v}" for k, v in [*kept, ("lang", tag)])
        return f"{path}?{query}"

    html = _environment(service).get_template(template).render(
        catalog=words.catalog, t=words.catalog.text, name=words.name, country=words.country, choice=words.choice,
        hint=words.hint, size=words.size, chips=words.chips, languages=LANGUAGES, language_link=language_link,
        step=step, **values,
    )  # fmt: skip
    response = HTMLResponse(html, status, headers={"content-security-policy": _POLICY, "cache-control": "no-store"})
    if request.query_params.get("lang"):
        response.set_cookie(_COOKIE, words.catalog.language, max_age=31_536_000, samesite="lax", httponly=True)
    return response


def _chosen(service: Service, platform_id: str, procedure_id: str) -> tuple[Platform, Procedure]:
    platform = service.house.platforms.get(platform_id)
    procedure = platform.procedures.get(procedure_id) if platform else None
    if platform is None or procedure is None:
        raise RequestFault("not-found", status=404)
    return platform, procedure


def _slots(words: PageWords, procedure: Procedure, reason: str) -> list[dict[str, Any]]:
    """One slot per kind of evidence that this reason can use: what it proves, whether it is needed."""
    found_slots: dict[str, dict[str, Any]] = {}
    for evidence in procedure.evidence_for(reason):
        statement = words.catalog.text(f"proposition.{evidence.proposition}")
        for place, kind in enumerate(evidence.kinds):
            slot = found_slots.setdefault(kind, {"kind": kind, "required": False, "proves": []})
            slot["required"] = slot["required"] or (place == 0 and not evidence.optional)
            if statement not in slot["proves"]:
                slot["proves"].append(statement)
    return sorted(found_slots.values(), key=lambda slot: not slot["required"])


def _problem_fields(problem: Problem | None) -> dict[str, str]:
    """Message by pointer; a fault inside a value (the amount of money) also stands at the value."""
    found: dict[str, str] = {}
    for error in problem.errors if problem else ():
        pointer = error["pointer"]
        found.setdefault(pointer, error["message"])
        found.setdefault(pointer.rpartition("/")[0], error["message"])
    return found


def _case_page(  # noqa: PLR0913  # what the page shows
    request: Request,
    platform: Platform,
    procedure_id: str,
    fields: dict[str, str],
    problem: Problem | None = None,
    *,
    files_lost: bool = False,
    status: int = 200,
) -> Response:
    procedure, words = platform.procedures[procedure_id], _words(request)
    reason = fields.get("reason") or procedure.reasons[0]
    site_code = fields.get("site") or platform.default_site or min(platform.sites)
    return _page(
        request, "case.html", status, step=(1, 2), words=words, path=f"/form/{platform.id}/{procedure_id}",
        platform=platform, procedure=procedure, procedure_id=procedure_id, fields=asked(procedure),
        required=procedure.required, typed=fields, reason=reason, site_code=site_code, site=platform.site(site_code),
        slots=_slots(words, procedure, reason), carriers=service_of(request).house.carriers.values(),
        limits=words.limits(procedure), problem=problem, faults=_problem_fields(problem), files_lost=files_lost,
    )  # fmt: skip


@router.get("/")
def start(request: Request) -> Response:
    """What are you answering?"""
    return _page(request, "start.html", platforms=service_of(request).house.platforms.values())


@router.get("/form/{platform_id}/{procedure_id}")
def blank(request: Request, platform_id: str, procedure_id: str) -> Response:
    """The form of one procedure; query parameters fill fields."""
    platform, _ = _chosen(service_of(request), platform_id, procedure_id)
    fields = {name: value for name, value in request.query_params.items() if name != "lang"}
    return _case_page(request, platform, procedure_id, fields)


@router.post("/form/{platform_id}/{procedure_id}")
async def sent(request: Request, platform_id: str, procedure_id: str) -> Response:
    """Show the checklist again, or make the pack; wrong fields are named beside them."""
    service = service_of(request)
    platform, _ = _chosen(service, platform_id, procedure_id)
    fields: dict[str, str] = {}
    try:
        async with received(request, service.settings, is_field) as form:
            inputs = typed(form)
            fields = inputs.fields
            if fields.get("action") == "refresh":
                return _case_page(request, platform, procedure_id, fields)
            if not inputs.files:
                words = _words(request).catalog
                missing = Problem(
                    code="no-files", status=422, title=words.text("form.no_files"),
                    detail=words.text("form.no_files_detail"), hint="",
                )  # fmt: skip
                return _case_page(request, platform, procedure_id, fields, missing, status=422)
            pack_id = await _build(request, service, platform, procedure_id, inputs)
    except EvidencePackerError as error:
        problem = describe(error, _words(request).catalog)
        return _case_page(request, platform, procedure_id, fields, problem, files_lost=True, status=problem.status)
    return RedirectResponse(f"/packs/{pack_id}", 303)


async def _build(request: Request, service: Service, platform: Platform, procedure_id: str, inputs: Typed) -> str:
    """The id of the pack, made as far as it could be in the time a person waits."""
    tenant = tenant_of(request)
    service.room(tenant)
    upload = await run_in_threadpool(upload_from, inputs, platform, procedure_id)
    taken = accepted(
        upload, service.house, pack_id=new_pack_id(now()), tenant=tenant, language=_words(request).catalog.language,
        strict=False, now=now(),
    )  # fmt: skip
    await run_in_threadpool(service.packs.accept, taken, upload.files)
    future = await run_in_threadpool(service.packs.run, tenant, taken.id, urgent=True)
    await ended(future, service.settings.wait_seconds)
    return taken.id


@router.get("/packs")
def search(request: Request) -> Response:
    """Packs by order number."""
    service, words = service_of(request), _words(request)
    order_id = request.query_params.get("order_id", "").strip()
    views: list[PackView] = []
    if order_id:
        views, _ = service.packs.page(tenant_of(request), order_id=order_id, after=None, limit=50)
    rows = []
    for view in views:
        platform = service.house.platforms[view.asked.platform]
        procedure = platform.procedures[view.asked.procedure]
        detail = words.catalog.text(
            "form.find.detail", platform=words.name(platform.name), procedure=words.name(procedure.name),
            created=view.asked.created_at[:16].replace("T", " "),
        )  # fmt: skip
        rows.append({"id": view.id, "title": view.asked.subject, "detail": detail})
    return _page(request, "packs.html", packs=rows, order_id=order_id)


@router.get("/packs/{pack_id}")
def result(request: Request, pack_id: str) -> Response:
    """The result: verdict, what to fix, downloads."""
    words = _words(request)
    try:
        view = found(request, pack_id)
    except RequestFault as error:
        return _page(request, "problem.html", error.status, words=words, problem=describe(error, words.catalog))
    if view.state in {"queued", "running"}:
        page = _page(request, "wait.html", step=(3,), words=words, id=pack_id, progress=view.share or None)
        page.headers["refresh"] = "2"
        return page
    if view.result is None or view.result.report is None:
        problem = {
            "title": words.catalog.text("form.failed"),
            "detail": words.catalog.text("form.failed_detail", id=pack_id),
            "hint": "",
        }
        return _page(request, "problem.html", 200, words=words, problem=problem)
    return _result_page(request, words, view)


def _result_page(request: Request, words: PageWords, view: PackView) -> Response:
    service, outcome = service_of(request), view.result
    assert outcome is not None
    assert outcome.report is not None
    platform = service.house.platforms[view.asked.platform]
    letter = next((file for file in outcome.files if file.role == "letter_text"), None)
    text = ""
    if letter and outcome.archive:
        text = service.store.read(outcome.archive, letter.start, letter.bytes).decode("utf-8")
    shown = sorted((file for file in outcome.files if file.role in _ROLES), key=lambda file: _ROLES.index(file.role))
    return _page(
        request, "result.html", step=(3,), words=words, id=view.id, report=outcome.report, folder=outcome.folder,
        platform=platform, procedure_id=view.asked.procedure, procedure=platform.procedures[view.asked.procedure],
        subject=view.asked.subject, findings=words.findings(outcome.report), deadlines=words.deadlines(outcome.report),
        files=[{"path": f.name, "role": f.role, "bytes": f.bytes, "pages": f.pages} for f in shown], letter_text=text,
    )  # fmt: skip
