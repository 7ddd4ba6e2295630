"""Where a case belongs: the mail says it, else the words of its pages, else a person is asked, with one question.

What a mail says stands. What was gathered from the words of screenshots is shown as a question to be confirmed.
"""

from dataclasses import replace

from starlette.requests import Request

from api.form.drafting import FormDraft, chosen
from api.form.mail import MAIL, draft_from, filled
from api.service import service_of
from jobs.case_work.kinds.mail_facts import read_mail

GUESSED = "kept.guessed"
"""Set while the place of a case was gathered from its screenshots and nobody has said that it is right."""
_MOST_LINES = 300


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


def by_pages(request: Request, draft: FormDraft) -> FormDraft:
    """The draft where its pages say that it belongs, as a guess; as it is while they say nothing, or it is known."""
    if draft.placed:
        return draft
    looks, lines = service_of(request).looks, list[str]()
    for row in draft.rows:
        file = draft.file(row.name)
        look = looks.of(file.key) if file else None
        pages = look.reading.pages[:3] if look and look.reading else ()
        lines += [line.text for page in pages for line in page.lines]
    house = service_of(request).house
    found = read_mail("\n".join(lines[:_MOST_LINES]), house) if lines else None
    if found is None:
        return draft
    told = {"site": found.site, "reason": found.reason}
    fields = {**{name: value for name, value in told.items() if value}, **draft.fields, GUESSED: "true"}
    return replace(
        draft, platform=house.platforms[found.platform], procedure_id=found.procedure, placed=True, fields=fields
    )
