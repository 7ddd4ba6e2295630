"""Where a case belongs: the mail says it, else the words of its pages, else a person is asked, with one question.

What a mail says stands. What was gathered from the words of screenshots is shown as a question to be confirmed.
"""

from dataclasses import replace

from starlette.requests import Request

from api.form.drafting import FormDraft, chosen
from api.form.mail import MAIL, draft_from, filled
from api.service import service_of
from casefile.case import Case
from casefile.reading import Reading
from jobs.case_work.kinds.mail_facts import MAIL_TYPES, begun_by_heap

GUESSED = "kept.guessed"
"""Set while the place of a case was gathered from its screenshots and nobody has said that it is right."""
_TOLD = ("site", "reason")
_NOWHERE = Case(platform="", procedure="")


def placed_at(request: Request, draft: FormDraft, place: str) -> FormDraft:
    """The draft at the platform and procedure that a person chose (``amazon/a_to_z_response``).

    Raises:
        RequestFault: ``route-unknown``.
    """
    platform, procedure = chosen(request, *(place.partition("/")[::2]))
    moved = replace(_sure(draft), platform=platform, procedure_id=procedure, placed=True)
    if platform.id != draft.platform.id:
        moved = replace(moved, fields={n: value for n, value in moved.fields.items() if n not in {"reason", "site"}})
    mail = moved.fields.get(MAIL, "")
    return filled(request, moved, mail) if mail else moved


def confirmed(draft: FormDraft) -> FormDraft:
    """The draft whose place a person found right."""
    return _sure(draft)


def _sure(draft: FormDraft) -> FormDraft:
    return replace(draft, fields={name: value for name, value in draft.fields.items() if name != GUESSED})


def with_mail(request: Request, draft: FormDraft, text: str) -> FormDraft:
    """The draft with what a mail says, and where it says that the case belongs; a mail nobody understands is kept."""
    if not text.strip():
        return draft
    if draft.placed:
        return filled(request, draft, text)
    begun = draft_from(request, text)
    if begun is None:
        return replace(draft, fields={**draft.fields, MAIL: text})
    return replace(
        draft, platform=begun.platform, procedure_id=begun.procedure_id, placed=True,
        fields={**begun.fields, **{name: value for name, value in draft.fields.items() if value}},
    )  # fmt: skip


def unsure(draft: FormDraft) -> bool:
    """Whether nobody has said yet where the case belongs."""
    return not draft.placed or GUESSED in draft.fields


def by_pages(request: Request, draft: FormDraft) -> FormDraft:
    """The draft where its files say that it belongs: for sure where a mail among them says it, as a guess by screenshots.

    It stays as it is while they say nothing, or where somebody said it.
    """
    if not unsure(draft):
        return draft
    looks, readings = service_of(request).looks, list[Reading]()
    for row in draft.rows:
        file = draft.file(row.name)
        look = looks.of(file.key) if file else None
        readings += [look.reading] if look and look.reading else []
    if draft.placed and not any(one.media_type in MAIL_TYPES for one in readings):
        return draft
    house = service_of(request).house
    found = begun_by_heap(_NOWHERE, "", readings, house)
    case = found.case
    if not case.platform or (draft.placed and not found.of_mail):
        return draft
    told = {name: value for name in _TOLD if (value := getattr(case, name))}
    typed = {name: value for name, value in draft.fields.items() if name != GUESSED}
    guessed = {} if found.of_mail else {GUESSED: "true"}
    moved = draft.placed and (case.platform, case.procedure) != (draft.platform.id, draft.procedure_id)
    kept = {name: value for name, value in typed.items() if not moved or name not in _TOLD}
    return replace(
        draft, platform=house.platforms[case.platform], procedure_id=case.procedure, placed=True,
        fields={**told, **kept, **guessed},
    )  # fmt: skip
