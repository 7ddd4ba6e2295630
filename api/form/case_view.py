"""The page of one case: what its templates show, whole page and parts alike."""

from typing import get_args

from starlette.requests import Request
from starlette.responses import Response

from api.form.desk import desk
from api.form.drafting import FormDraft
from api.form.noted import keep
from api.form.placing import GUESSED
from api.form.ready_sentences import ready_sentences
from api.form.shell import page, words_of
from api.request.problems import Problem
from api.service import service_of
from casefile.fields.files import Kind
from casefile.letter_language import letter_language
from casefile.limits import FILE_BYTES, FILM_BYTES
from casefile.procedure import Procedure

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


def values_of(
    request: Request, draft: FormDraft, problem: Problem | None = None, *, part: bool = False
) -> dict[str, object]:
    """What the templates of the case show, whole page and parts alike; of a ``part`` of the files nothing is kept."""
    words = words_of(request)
    procedure, house, settings = draft.procedure, service_of(request).house, service_of(request).settings
    seen, site = desk(request, draft, words), draft.platform.site(draft.site_code)
    draft = draft if part or seen.reading else keep(request, draft, seen.case, seen.filled)
    return {
        "words": words, "draft": draft, "platform": draft.platform, "procedure": procedure, "reason": draft.reason,
        "site_code": draft.site_code, "site": site, "typed": draft.fields,
        "required": procedure.required, "reason_label": _reason_label(procedure),
        "megabytes": min(FILE_BYTES, settings.body_bytes) // 1_000_000,
        "film_megabytes": min(FILM_BYTES, settings.body_bytes) // 1_000_000,
        "most_files": settings.files, "guessed": GUESSED in draft.fields, "platforms": house.platforms.values(),
        "carriers": house.carriers.values(), "limits": words.limits(procedure), "problem": problem,
        "faults": _problem_fields(problem), "letter_language": seen.letter.language, "desk": seen,
        "letter_languages": words.letter_languages(draft.fields.get("letter") or procedure.letter),
        "usual_letter": procedure.letter,
        "usual_language": letter_language(None, site, procedure, house.catalogs),
        "readers": min(_MOST_UPLOADS, settings.slots),
        "kinds": get_args(Kind), "action": address(draft),
        "bank": ready_sentences(house.templates, words, draft.reason, draft.fields.get("/ground", "")),
    }  # fmt: skip


def address(draft: FormDraft) -> str:
    """Where the form of a draft is posted to."""
    return f"/form/{draft.platform.id}/{draft.procedure_id}" if draft.placed else "/new"


def _reason_label(procedure: Procedure) -> str:
    """What the reason is a reason of, in this procedure."""
    if procedure.subject == "charge" or procedure.chargeback:
        return "desk.reason.charge"
    if procedure.subject == "order":
        return "desk.reason.claim"
    return "desk.reason.listing" if procedure.subject == "listing" else "desk.reason.warning"


def case_page(request: Request, draft: FormDraft, problem: Problem | None = None, *, status: int = 200) -> Response:
    """The whole page of a case."""
    values = values_of(request, draft, problem)
    path = f"/drafts/{draft.id}" if draft.id else str(values["action"])
    return page(request, "case.html", status, path=path, **values)  # type: ignore[arg-type]  # words are among them
