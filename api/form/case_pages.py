"""The form of one case: a page that works without scripts, every answer of which is a draft kept on the server.

Without scripts each button posts the whole form, the draft is saved, and the browser is sent back to its address. With scripts
the same form is posted while it is being typed (``desk``), and only the parts beside the fields come back.
"""

from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.form.building import build, without_files
from api.form.buttons import PRESSED, REDRAWN, pressed
from api.form.case_view import address, case_page, values_of
from api.form.desk import known_files
from api.form.drafting import FormDraft, add_files, chosen, kept, load, save, unplaced, with_typed
from api.form.looking import look_at_all
from api.form.origins import still_theirs
from api.form.placing import by_pages, unsure
from api.form.results import failed, failure, made_page
from api.form.shell import check_token, html_reply, problem_page, remember_language, render, words_of
from api.form.two_states import EDIT, edited, made_of
from api.form.two_windows import TOUCHED, SameField, merged
from api.form.typed import Typed, is_field, most_fields, typed
from api.request.multipart import Form
from api.request.numbers import MOST, at_most
from api.request.problems import Problem, describe
from api.request.threads import computed
from api.request.uploads import received
from api.service import service_of
from casefile.errors import EvidencePackerError, RequestFault
from jobs.case_work.kinds.live_preview import warmed
from jobs.records.drafts import DraftChanged

router = APIRouter(include_in_schema=False)

_FEW = 12
"""So many files are judged with one that comes."""
LEFT = "left"
"""What a page says that is closed while something in it was not saved yet: it wants no answer."""


@router.get("/new")
def new(request: Request) -> Response:
    """A new case: one box for the mail and every file."""
    reply = case_page(request, unplaced(request))
    reply.background = BackgroundTask(warmed, service_of(request).house)
    return reply


@router.get("/form/{platform_id}/{procedure_id}")
def blank(request: Request, platform_id: str, procedure_id: str) -> Response:
    """The form of one procedure; query parameters fill fields."""
    platform, procedure = chosen(request, platform_id, procedure_id)
    fields = {name: value for name, value in request.query_params.items() if name != "lang"}
    reply = case_page(request, FormDraft(platform=platform, procedure_id=procedure, fields=fields))
    reply.background = BackgroundTask(warmed, service_of(request).house)
    return reply


@router.get("/drafts/{draft_id}")
def resumed(request: Request, draft_id: str) -> Response:
    """A case in the state it is in: as it was made, or, with ``?edit`` and where nothing was made of it yet, being made."""
    try:
        draft = load(request, draft_id)
        made = None if EDIT in request.query_params else made_of(request, draft)
        if made and not failed(made):
            return made_page(request, words_of(request), made)
        problem = failure(words_of(request), made.id) if made else None
        return case_page(request, _known(request, draft), problem)
    except RequestFault as fault:
        return problem_page(request, fault)


def _taken(request: Request, place: tuple[str, str] | None, sent: Typed) -> FormDraft:
    """The draft with what was posted, saved; new files are kept. ``place``: platform and procedure of the page, if it had them."""
    draft_id = sent.fields.get("draft")
    draft = load(request, draft_id) if draft_id else unplaced(request)
    version = at_most(sent.fields.get("version", ""), MOST) if draft.id else None

    def typed_into(there: FormDraft) -> FormDraft:
        if place is not None:
            platform, procedure = chosen(request, *place)
            there = replace(there, platform=platform, procedure_id=procedure, placed=True)
        mine = merged(there, with_typed(there, sent, service_of(request).house.catalogs), sent, version)
        return replace(mine, fields={**mine.fields, **still_theirs(there.fields, mine.fields)})

    by_fields = TOUCHED in sent.fields
    saved = kept(request, draft, typed_into) if by_fields else save(request, typed_into(draft), version)
    if sent.files:
        added, _ = add_files(request, saved, sent.files)
        saved = kept(request, added, lambda there: there)
    return saved


async def _posted(request: Request, place: tuple[str, str] | None) -> tuple[Typed, FormDraft]:
    """What was posted, and the draft with it, kept.

    Raises:
        DraftChanged: another window saved it meanwhile.
        EvidencePackerError: as ``api.request.uploads.received``, or the draft cannot be kept.
    """
    service = service_of(request)
    async with received(request, service.settings, is_field, most_fields(service.settings.files)) as form:
        inputs = await computed(checked, request, form)
        return inputs, await computed(_taken, request, place, inputs)


def checked(request: Request, form: Form) -> Typed:
    """What was typed, if it comes from a page of this session.

    Raises:
        RequestFault: ``token-wrong``.
    """
    inputs = typed(form)
    check_token(request, inputs.fields)
    return inputs


@router.post("/new")
async def sent_new(request: Request) -> Response:
    """As ``sent``, of a case of which it is not known yet where it belongs."""
    return await _sent(request, None)


@router.post("/form/{platform_id}/{procedure_id}")
async def sent(request: Request, platform_id: str, procedure_id: str) -> Response:
    """Save, then do what the pressed button says; wrong fields are named beside them."""
    return await _sent(request, (platform_id, procedure_id))


async def _sent(request: Request, place: tuple[str, str] | None) -> Response:
    service, draft = service_of(request), None
    try:
        inputs, draft = await _posted(request, place)
        await look_at_all(request, draft, service.settings.wait_seconds if inputs.files else 0.0)
        action, _, which = inputs.fields.get("action", "").partition(":")
        draft = await computed(_known, request, draft)
        if action == "build" and draft.placed:
            if missing := await computed(without_files, draft, words_of(request).catalog):
                return await computed(case_page, request, draft, missing, status=missing.status)
            return RedirectResponse(await build(request, draft), 303)
        return await computed(_done, request, draft, action, which, inputs.fields)
    except DraftChanged as changed:
        return await computed(_changed_elsewhere, request, changed)
    except EvidencePackerError as error:
        problem = describe(error, words_of(request).catalog)
        if draft is None:
            return await computed(problem_page, request, problem)
        return await computed(case_page, request, draft, problem, status=problem.status)


def _known(request: Request, draft: FormDraft) -> FormDraft:
    """The draft, placed where its pages say that it belongs."""
    return kept(request, draft, lambda there: by_pages(request, there)) if unsure(draft) else draft


def _changed_elsewhere(request: Request, changed: DraftChanged) -> Response:
    text = words_of(request).catalog.text
    problem = Problem(
        code="draft-changed", status=412, title=text("form.changed.title"), detail=text("form.changed.detail"), hint=""
    )  # fmt: skip
    return case_page(request, load(request, changed.draft_id), problem, status=412)


def _done(
    request: Request, draft: FormDraft, action: str, which: str, fields: Mapping[str, str]
) -> Response:  # a button and what it is about
    """What the small buttons do; every one ends at the draft's own address."""
    if action == "lang":
        reply = RedirectResponse(edited(draft), 303)
        remember_language(reply, which)
        return reply
    draft = pressed(request, draft, action, which, fields)
    return RedirectResponse(f"{edited(draft)}{'#step-evidence' if action in {'up', 'down', 'remove'} else ''}", 303)


@router.post("/new/desk")
async def while_new(request: Request) -> Response:
    """As ``while_typing``, of a case of which it is not known yet where it belongs."""
    return await _while_typing(request, None)


@router.post("/form/{platform_id}/{procedure_id}/desk")
async def while_typing(request: Request, platform_id: str, procedure_id: str) -> Response:
    """Save what is there and answer with the parts beside the fields, each to be put in its place (htmx, out of band)."""
    return await _while_typing(request, (platform_id, procedure_id))


async def _while_typing(request: Request, place: tuple[str, str] | None) -> Response:
    try:
        inputs, draft = await _posted(request, place)
        await look_at_all(request, draft, 0.0)
        action, _, which = inputs.fields.get("action", "").partition(":")
        if action == LEFT:
            return Response(status_code=204)
        if action in PRESSED:
            draft = await computed(pressed, request, draft, action, which, inputs.fields)
        draft = await computed(_known, request, draft)
        elsewhere = at_most(inputs.fields.get("version", ""), MOST) not in {None, draft.version - 1, draft.version}
        return await computed(_parts, request, draft, inputs, fields_too=action in REDRAWN or elsewhere)
    except DraftChanged as changed:
        what = words_of(request).inputs(changed.names) if isinstance(changed, SameField) else ""
        version, draft_id = changed.version, changed.draft_id
        return await computed(part_reply, request, "parts/changed.html", draft_id=draft_id, version=version, what=what)
    except EvidencePackerError as error:
        problem = describe(error, words_of(request).catalog)
        return await computed(part_reply, request, "parts/not_saved.html", problem=problem)


def part_reply(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """A part of a page as the whole answer; its template knows ``values`` by their names."""
    return html_reply(request, render(request, template, words_of(request), **values), status)


def _parts(request: Request, draft: FormDraft, sent: Typed, *, fields_too: bool) -> Response:
    """The parts beside the fields; ``sent`` tells which fields and rows the page has, and where it stands."""
    shown = {row.key for row in sent.rows}
    values = values_of(request, draft)
    words, seen = values.pop("words"), values["desk"]
    posted = {name.partition("@")[0] for name in sent.fields}
    there = [fact for pointer, fact in seen.table.facts.items() if pointer in posted]  # type: ignore[attr-defined]  # a Desk
    lines = sent.fields.get("lines", "") != seen.table.lines  # type: ignore[attr-defined]
    moved = request.url.path != f"{address(draft)}/desk"
    html = render(
        request, "parts/desk.html", words, fields_too=fields_too or lines, shown=shown, there=there, moved=moved, **values  # type: ignore[arg-type]  # words
    )  # fmt: skip
    return html_reply(request, html)


def file_row(request: Request, draft: FormDraft, name: str) -> str:
    """One row of the list of files as HTML; among many it is judged alone: the desk, asked for next, sees all."""
    place = next(place for place, row in enumerate(draft.rows) if row.name == name)
    alone = len(draft.rows) > _FEW
    values = values_of(request, replace(draft, rows=draft.rows[place : place + 1]) if alone else draft, part=True)
    words, seen = values.pop("words"), values["desk"]
    file = next(view for view in seen.files if view.row.name == name)  # type: ignore[attr-defined]  # a Desk
    if alone and file.number:
        before = known_files(service_of(request), replace(draft, rows=draft.rows[: place + 1]))
        file = replace(file, number=sum(not known.refused for known, _ in before))
    return render(request, "parts/file.html", words, file=file, **values)  # type: ignore[arg-type]  # they are
