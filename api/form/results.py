"""The result of a case: what to do, what to mend, what to copy, what to send."""

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.form.chips import chips
from api.form.drafting import load
from api.form.due import TimeLeft, due_now
from api.form.gaps import named_pack, place, without_ids
from api.form.retake import retake_list
from api.form.shell import html_reply as html
from api.form.shell import page, problem_page, render, words_of
from api.form.two_states import edited, shown_by
from api.form.words import PageWords
from api.http.packs import found
from api.http.waiting import answer_of
from api.request.problems import Problem
from api.service import now, service_of
from casefile.errors import RequestFault
from casefile.plain_case import PlainCase
from evidence_packer.report.shape import Report, ReportFinding
from jobs.engine.pack_view import PackView
from jobs.engine.tasks import PICTURE
from jobs.engine.worker_process import Task
from jobs.records.pack_store import KeptFile

router = APIRouter(include_in_schema=False)

_ROLES = ("submission", "bundle", "letter", "letter_text", "reading_copy", "report", "calendar", "original")
"""What the result page offers, in its order."""
_PICTURE = {"cache-control": "private, max-age=86400", "content-security-policy": "sandbox; default-src 'none'"}


@router.get("/packs/{pack_id}")
def result(request: Request, pack_id: str) -> Response:
    """The result; while it is being made, how far it is."""
    words = words_of(request)
    try:
        view = found(request, pack_id)
    except RequestFault as error:
        text = words.catalog.text
        detail = text("form.not_found_detail")
        gone = Problem(code=error.code, status=error.status, title=text("form.not_found"), detail=detail, hint="")
        return problem_page(request, gone if error.status == 404 else error, words)
    draft_id = _draft(case_of(request, view))
    if draft_id and shown_by(request, draft_id, pack_id):
        return RedirectResponse(f"/drafts/{draft_id}", 303)
    return made_page(request, words, view)


def made_page(request: Request, words: PageWords, view: PackView) -> Response:
    """What was made of a case; while it is being made, how far it is."""
    if view.state in {"queued", "running"}:
        return _waiting(request, words, view)
    if failed(view):
        return problem_page(request, failure(words, view.id), words)
    return _result_page(request, words, view)


def failed(view: PackView) -> bool:
    """Whether it has ended and there is nothing to show."""
    return view.state not in {"queued", "running"} and (view.result is None or view.result.report is None)


def failure(words: PageWords, pack_id: str) -> Problem:
    """That nothing could be made of a case."""
    text = words.catalog.text
    detail = text("form.failed_detail", id=pack_id)
    return Problem(code="failed", status=200, title=text("form.failed"), detail=detail, hint="")


def case_of(request: Request, view: PackView) -> PlainCase:
    """The case the pack was made of."""
    accepted = service_of(request).packs.shelf(view.asked.tenant, view.id).accepted()
    return PlainCase(accepted.case if accepted else {})


def _draft(case: PlainCase) -> str | None:
    return (case.get("extra") or {}).get("draft")


def _waiting(request: Request, words: PageWords, view: PackView) -> Response:
    values: dict[str, Any] = {"id": view.id, "progress": view.share or None, "stage": view.stage or "queued"}
    if request.headers.get("hx-request"):
        return html(request, render(request, "parts/wait.html", words, **values))
    reply = page(request, "wait.html", words=words, **values)
    reply.headers["refresh"] = "2"
    return reply


def _result_page(request: Request, words: PageWords, view: PackView) -> Response:
    service, outcome = service_of(request), view.result
    assert outcome is not None
    report = outcome.report_in(words.catalog.language)
    assert report is not None
    platform = service.house.platforms[view.asked.platform]
    case = case_of(request, view)
    zone, draft = platform.site(case.get("site")).zone, _draft(case)
    procedure = platform.procedures[view.asked.procedure]
    findings = words.findings(report)
    bundle = next((file for file in outcome.files if file.role == "bundle"), None)
    shown = sorted((file for file in outcome.files if file.role in _ROLES), key=lambda file: _ROLES.index(file.role))
    return page(
        request, "result.html", words=words, walk=_walk(request, draft, findings), heaviest=_heaviest(findings),
        recommendation=_recommendation(report, procedure.chargeback), id=view.id, report=report, platform=platform,
        procedure_id=view.asked.procedure, procedure=procedure, subject=view.asked.subject,
        findings=findings, deadlines=_deadlines(words, report, zone), zone=zone, named_pack=named_pack,
        without_ids=without_ids, timeline=report.timeline,
        retakes=retake_list(words, view.asked.subject, report), boxes=_boxes(request, words, view, case),
        files=[{"path": f.name, "role": f.role, "bytes": f.bytes, "pages": f.pages} for f in shown],
        bundle_pages=bundle.pages if bundle else 0, submission=view.submission, outcome=view.outcome,
        draft=draft, chips=lambda exhibit: chips(words, exhibit), picture_of=lambda one: _picture_of(view.id, one, report),
    )  # fmt: skip


def _recommendation(report: Report, chargeback: bool) -> str:
    """The text that says what to do: a claim is answered, a chargeback contested; it praises no evidence that has gaps."""
    key = f"form.recommendation.{report.recommendation}"
    if report.recommendation != "contest":
        return key
    return f"{key}{'_chargeback' if chargeback else ''}{'_review' if report.verdict == 'review' else ''}"


def _heaviest(findings: list[ReportFinding]) -> ReportFinding | None:
    """The most severe thing, which the headline is about; advice is none."""
    return next((finding for finding in findings if finding.severity != "advice"), None)


def _walk(request: Request, draft_id: str | None, findings: list[ReportFinding]) -> list[str]:
    """The places in the draft where what blocks is mended, one after the other; none where there is no draft."""
    blockers = [finding for finding in findings if finding.severity == "blocker"]
    if not draft_id or not blockers:
        return []
    try:
        draft = load(request, draft_id)
    except RequestFault:
        return []
    keys = {row.name: f"#row-{row.key}" for row in draft.rows}
    places = (keys.get(f.file or "") or place(draft, f) or "#verdict-now" for f in blockers)
    return [to if to.startswith("/") else f"{edited(draft)}{to}" for to in dict.fromkeys(places)]


def _deadlines(words: PageWords, report: Report, zone: str) -> list[TimeLeft]:
    """Each deadline as it stands now, not as it stood when the pack was made."""
    found_ones = (due_now(due, words, zone, now()) for due in report.deadlines)
    return [due for due in found_ones if due]


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """Where a picture of a page is fetched, and its width and height."""

    href: str
    size: tuple[int, int]


def _picture_of(pack_id: str, finding: ReportFinding, report: Report) -> PagePicture | None:
    """The page that a finding points at, where the place on the page is known."""
    exhibit = report.exhibit(finding.file)
    if (
        not exhibit
        or not finding.box
        or (finding.page or 1) != 1
        or not exhibit.facts.width
        or not exhibit.facts.height
    ):
        return None
    href = f"/packs/{pack_id}/evidence?file={quote(exhibit.file)}"
    return PagePicture(href=href, size=(exhibit.facts.width, exhibit.facts.height))


@dataclass(frozen=True, slots=True, kw_only=True)
class _TextBox:
    """A text to paste into a box of the platform's page."""

    id: str
    title: str
    text: str


def _boxes(request: Request, words: PageWords, view: PackView, case: PlainCase) -> list[_TextBox]:
    """The texts to paste, one per text box of the platform: the letter first, then the ids."""
    service, outcome, text = service_of(request), view.result, words.catalog.text
    assert outcome is not None
    boxes = []
    letter = next((file for file in outcome.files if file.role == "letter_text"), None)
    if letter and outcome.archive:
        said = service.store.read(outcome.archive, letter.start, letter.bytes).decode("utf-8")
        boxes.append(_TextBox(id="letter", title=text("form.box.letter"), text=said))
    parcels = case.get("parcels") or [{}]
    ids = {
        "order": (case.get("order") or {}).get("id"),
        "claim": (case.get("claim") or {}).get("id"),
        "tracking": parcels[0].get("tracking_number"),
    }
    boxes += [
        _TextBox(id=f"box-{name}", title=text(f"form.box.{name}"), text=value) for name, value in ids.items() if value
    ]
    return boxes


async def _picture(request: Request, view: PackView, draw: str, file: KeptFile, number: int) -> Response:
    service = service_of(request)
    assert view.result is not None
    etag = f'"{file.sha256[:20]}-{number}"'
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={**_PICTURE, "etag": etag})
    arguments = {
        "draw": draw, "source": (service.store.url, view.result.archive, file.start, file.bytes), "page": number
    }  # fmt: skip
    task = Task(
        id=f"picture-{uuid.uuid4().hex}",
        tenant=view.asked.tenant,
        run=PICTURE,
        arguments=arguments,
        seconds=60,
        urgent=True,
    )
    data = await answer_of(service.pool, service.pool.submit(task), 60)
    return Response(data, media_type="image/jpeg", headers={**_PICTURE, "etag": etag})


@router.get("/packs/{pack_id}/pages/{number}")
async def bundle_page(request: Request, pack_id: str, number: int) -> Response:
    """A page of the evidence PDF as a small picture."""
    view = await run_in_threadpool(found, request, pack_id)
    file = next((f for f in view.result.files if f.role == "bundle"), None) if view.result else None
    if file is None or not 1 <= number <= (file.pages or 0):
        raise RequestFault("file-not-found", status=404)
    return await _picture(request, view, service_of(request).trade.draw_page, file, number)


@router.get("/packs/{pack_id}/evidence")
async def evidence(request: Request, pack_id: str, file: str, page: int = 1) -> Response:
    """A page of an uploaded file as a picture of our own making."""
    view = await run_in_threadpool(found, request, pack_id)
    names = [f for f in view.result.files if f.role == "original"] if view.result else []
    wanted = next((f for f in names if f.name.rpartition("/")[2] == file), None)
    if wanted is None:
        raise RequestFault("file-not-found", status=404)
    return await _picture(request, view, service_of(request).trade.draw_original, wanted, page)
