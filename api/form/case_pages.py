"""The form of one case: a page that works without scripts, every answer of which is a draft kept on the server.

Without scripts each button posts the whole form, the draft is saved, and the browser is sent back to its address. With scripts
the same form is posted while it is being typed (``desk``), and only the parts beside the fields come back.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.form.building import built, without_files
from api.form.desk import desk
from api.form.drafting import FormDraft, add_files, chosen, load, save, with_typed
from api.form.entries import BANKED, with_line
from api.form.groups import groups
from api.form.looking import look_at_all
from api.form.mail import filled
from api.form.own_words import restored
from api.form.shell import check_token, html_reply, page, problem_page, remember_language, render, words_of
from api.form.typed import Row, Typed, is_field, typed
from api.form.words import PageWords
from api.request.multipart import Form
from api.request.numbers import MOST, at_most
from api.request.problems import Problem, describe
from api.request.threads import computed
from api.request.uploads import received
from api.service import service_of, tenant_of
from casefile.errors import EvidencePackerError, RequestFault
from casefile.fields.files import Kind
from casefile.letter_language import letter_language
from casefile.wording import as_shown
from jobs.case_work.kinds.live_preview import warmed
from jobs.case_work.kinds.sentence_bank import bank_choices
from jobs.records.drafts import DraftChanged

router = APIRouter(include_in_schema=False)

_DOTS = re.compile(r"\{[a-z_]+\}")
_MOST_UPLOADS = 5
"""Files on their way at once: as many as are read at once, so that the last one dropped is next, and one connection stays free."""


def _problem_fields(problem: Problem | None) -> dict[str, str]:
    """Message by pointer; a fault inside a value (the amount of money) also stands at the value."""
    found: dict[str, str] = {}
    for error in problem.errors if problem else ():
        pointer = error.pointer
        found.setdefault(pointer, error.message)
        found.setdefault(pointer.rpartition("/")[0], error.message)
    return found


def _values(request: Request, draft: FormDraft, problem: Problem | None = None) -> dict[str, object]:
    """What the templates of the case show, whole page and parts alike."""
    words = words_of(request)
    procedure, house = draft.procedure, service_of(request).house
    seen, site = desk(request, draft, words), draft.platform.site(draft.site_code)
    return {
        "words": words, "draft": draft, "platform": draft.platform, "procedure": procedure, "reason": draft.reason,
        "site_code": draft.site_code, "site": site, "typed": draft.fields,
        "groups": groups(procedure, draft.reason, draft.fields), "required": procedure.required,
        "carriers": house.carriers.values(), "limits": words.limits(procedure), "problem": problem,
        "faults": _problem_fields(problem), "letter_language": seen.letter.language, "desk": seen,
        "letter_languages": words.letter_languages(draft.fields.get("letter") or procedure.letter),
        "usual_letter": procedure.letter,
        "usual_language": letter_language(None, site, procedure, house.catalogs),
        "readers": min(_MOST_UPLOADS, service_of(request).settings.slots),
        "kinds": get_args(Kind), "action": f"/form/{draft.platform.id}/{draft.procedure_id}", "bank": _bank(request, words),
    }  # fmt: skip


def _bank(request: Request, words: PageWords) -> dict[str, list[dict[str, Any]]]:
    """The ready sentences by list, in the reader's language."""
    templates = service_of(request).house.templates
    return {
        row: [
            {
                "code": choice.code, "slots": choice.slots, "scenario_name": words.name(choice.scenario),
                "text": _DOTS.sub("…", as_shown(words.catalog.text(f"bank.{choice.code}"))),
            }
            for choice in bank_choices(templates, use)
        ]
        for row, use in BANKED.items()
    }  # fmt: skip


def _case_page(request: Request, draft: FormDraft, problem: Problem | None = None, *, status: int = 200) -> Response:
    values = _values(request, draft, problem)
    steps = {1: "#step-case", 2: "#step-evidence", **({3: f"/packs/{draft.pack}"} if draft.pack else {})}
    path = f"/drafts/{draft.id}" if draft.id else str(values["action"])
    return page(request, "case.html", status, at=1, steps=steps, path=path, **values)  # type: ignore[arg-type]  # words are among them


@router.get("/form/{platform_id}/{procedure_id}")
def blank(request: Request, platform_id: str, procedure_id: str) -> Response:
    """The form of one procedure; query parameters fill fields."""
    platform, procedure = chosen(request, platform_id, procedure_id)
    fields = {name: value for name, value in request.query_params.items() if name != "lang"}
    reply = _case_page(request, FormDraft(platform=platform, procedure_id=procedure, fields=fields))
    reply.background = BackgroundTask(warmed, service_of(request).house)
    return reply


@router.get("/drafts/{draft_id}")
def resumed(request: Request, draft_id: str) -> Response:
    """A draft, where it was left."""
    try:
        return _case_page(request, load(request, draft_id))
    except RequestFault as fault:
        return problem_page(request, fault)


def _taken(request: Request, platform_id: str, procedure_id: str, sent: Typed) -> FormDraft:
    """The draft with what was posted, saved; new files are kept."""
    platform, procedure = chosen(request, platform_id, procedure_id)
    if draft_id := sent.fields.get("draft"):
        draft = replace(load(request, draft_id), platform=platform, procedure_id=procedure)
    else:
        draft = FormDraft(platform=platform, procedure_id=procedure, fields={})
    version = sent.fields.get("version", "")
    catalogs = service_of(request).house.catalogs
    saved = save(request, with_typed(draft, sent, catalogs), at_most(version, MOST) if draft.id else None)
    if sent.files:
        saved = save(request, add_files(request, saved, sent.files)[0], None)
    return saved


async def _posted(request: Request, platform_id: str, procedure_id: str) -> tuple[Typed, FormDraft]:
    """What was posted, and the draft with it, kept.

    Raises:
        DraftChanged: another window saved it meanwhile.
        EvidencePackerError: as ``api.request.uploads.received``, or the draft cannot be kept.
    """
    service = service_of(request)
    async with received(request, service.settings, is_field) as form:
        inputs = await computed(checked, request, form)
        return inputs, await computed(_taken, request, platform_id, procedure_id, inputs)


def checked(request: Request, form: Form) -> Typed:
    """What was typed, if it comes from a page of this session.

    Raises:
        RequestFault: ``token-wrong``.
    """
    inputs = typed(form)
    check_token(request, inputs.fields)
    return inputs


@router.post("/form/{platform_id}/{procedure_id}")
async def sent(request: Request, platform_id: str, procedure_id: str) -> Response:
    """Save, then do what the pressed button says; wrong fields are named beside them."""
    service, draft = service_of(request), None
    try:
        inputs, draft = await _posted(request, platform_id, procedure_id)
        await look_at_all(request, draft, service.settings.wait_seconds if inputs.files else 0.0)
        action, _, which = inputs.fields.get("action", "").partition(":")
        if action == "build":
            if missing := await computed(without_files, draft, words_of(request).catalog):
                return await computed(_case_page, request, draft, missing, status=missing.status)
            return RedirectResponse(f"/packs/{await built(request, draft)}", 303)
        return await computed(_done, request, draft, action, which, inputs.fields)
    except DraftChanged as changed:
        return await computed(_changed_elsewhere, request, changed)
    except EvidencePackerError as error:
        problem = describe(error, words_of(request).catalog)
        if draft is None:
            return await computed(problem_page, request, problem)
        return await computed(_case_page, request, draft, problem, status=problem.status)


def _changed_elsewhere(request: Request, changed: DraftChanged) -> Response:
    text = words_of(request).catalog.text
    problem = Problem(
        code="draft-changed", status=412, title=text("form.changed.title"), detail=text("form.changed.detail"), hint=""
    )  # fmt: skip
    return _case_page(request, load(request, changed.draft_id), problem, status=412)


def _done(
    request: Request, draft: FormDraft, action: str, which: str, fields: Mapping[str, str]
) -> Response:  # a button and what it is about
    """What the small buttons do; every one ends at the draft's own address."""
    if action == "lang":
        reply = RedirectResponse(f"/drafts/{draft.id}", 303)
        remember_language(reply, which)
        return reply
    draft = _changed(request, draft, action, which, fields)
    return RedirectResponse(f"/drafts/{draft.id}{'#step-evidence' if action in {'up', 'down', 'remove'} else ''}", 303)


def _changed(
    request: Request, draft: FormDraft, action: str, which: str, fields: Mapping[str, str]
) -> FormDraft:  # as above
    if action == "add":
        return save(request, replace(draft, fields=with_line(draft.fields, draft.procedure, which)), None)
    if action == "mail":
        return save(request, filled(request, draft, fields.get("mail", "")), None)
    if action == "restore":
        return save(request, replace(draft, fields=restored(draft.fields, which)), None)
    if action in {"up", "down"}:
        return save(request, replace(draft, rows=moved(draft.rows, which, -1 if action == "up" else 1)), None)
    if action == "remove":
        row = next((row for row in draft.rows if row.key == which), None)
        if row is not None and draft.id is not None:
            service_of(request).drafts.remove_file(tenant_of(request), draft.id, row.name)
            return load(request, draft.id)
    return draft


def moved(rows: tuple[Row, ...], key: str, by: int) -> tuple[Row, ...]:
    """The rows with one moved up (-1) or down (1); at the ends nothing changes."""
    place = next((n for n, row in enumerate(rows) if row.key == key), None)
    if place is None or not 0 <= place + by < len(rows):
        return rows
    found = list(rows)
    found[place], found[place + by] = found[place + by], found[place]
    return tuple(found)


@router.post("/form/{platform_id}/{procedure_id}/desk")
async def while_typing(request: Request, platform_id: str, procedure_id: str) -> Response:
    """Save what is there and answer with the parts beside the fields, each to be put in its place (htmx, out of band)."""
    try:
        inputs, draft = await _posted(request, platform_id, procedure_id)
        await look_at_all(request, draft, 0.0)
        action, _, which = inputs.fields.get("action", "").partition(":")
        if action in {"add", "mail", "restore"}:
            draft = await computed(_changed, request, draft, action, which, inputs.fields)
        return await computed(_parts, request, draft, inputs.rows, fields_too=bool(action))
    except DraftChanged as changed:
        values: dict[str, Any] = {"draft_id": changed.draft_id, "version": changed.version}
        return await computed(part_reply, request, "parts/changed.html", values)
    except EvidencePackerError as error:
        values = {"problem": describe(error, words_of(request).catalog)}
        return await computed(part_reply, request, "parts/not_saved.html", values)


def part_reply(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """A part of a page as the whole answer."""
    return html_reply(request, render(request, template, words_of(request), **values), status)


def _parts(request: Request, draft: FormDraft, rows: tuple[Row, ...], *, fields_too: bool) -> Response:
    """The parts beside the fields; ``rows`` are those that the page has."""
    shown = {row.key for row in rows}
    values = _values(request, draft)
    words = values.pop("words")
    html = render(request, "parts/desk.html", words, fields_too=fields_too, shown=shown, **values)  # type: ignore[arg-type]  # they are
    return html_reply(request, html)


def file_row(request: Request, draft: FormDraft, name: str) -> str:
    """One row of the list of files as HTML."""
    values = _values(request, draft)
    words, seen = values.pop("words"), values["desk"]
    file = next(view for view in seen.files if view.row.name == name)  # type: ignore[attr-defined]  # a Desk
    return render(request, "parts/file.html", words, file=file, **values)  # type: ignore[arg-type]  # they are
