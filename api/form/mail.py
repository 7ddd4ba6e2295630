"""A pasted mail of a platform becomes filled fields, each marked as to be checked."""

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.form.drafting import FormDraft
from api.form.entries import ROWS, asked
from api.form.origins import FROM_MAIL
from api.form.shell import check_token
from api.form.small_form import small_form
from api.service import service_of
from casefile.procedure import Procedure
from jobs.case_work.kinds.mail_facts import MailFacts, read_mail

MAIL = "kept.mail"
"""The text of the mail itself."""
_MOST = 40_000
_ITEMS = "/notice/required_items"


async def mail_text(request: Request) -> str:
    """The pasted text of a posted form."""
    form = await small_form(request)
    await run_in_threadpool(check_token, request, form)
    return form.get("mail", "")[:_MOST]


def draft_from(request: Request, text: str) -> FormDraft | None:
    """A new draft as the mail fills it, or ``None`` when it names no platform we know."""
    house = service_of(request).house
    facts = read_mail(text[:_MOST], house)
    if facts is None:
        return None
    draft = FormDraft(platform=house.platforms[facts.platform], procedure_id=facts.procedure, fields={})
    return _with(draft, facts, text)


def filled(request: Request, draft: FormDraft, text: str) -> FormDraft:
    """The draft with what the mail says; what a person typed stands."""
    facts = read_mail(text[:_MOST], service_of(request).house, platform=draft.platform.id, procedure=draft.procedure_id)
    return _with(draft, facts, text) if facts else draft


def _with(draft: FormDraft, facts: MailFacts, text: str) -> FormDraft:
    found = {**facts.fields, "/notice/text": text.strip()[:8000]}
    found |= {f"{_ITEMS}/{n}/text": item for n, item in enumerate(facts.items)}
    wanted = _wanted(draft.procedure, found)
    new = {
        name: value
        for name, value in found.items()
        if name.removesuffix(".currency") in wanted and not draft.fields.get(name)
    }
    if facts.reason and not draft.fields.get("reason"):
        new["reason"] = facts.reason
    if facts.site and not draft.fields.get("site"):
        new["site"] = facts.site
    named = [name for name in new if not name.endswith(".currency")]
    before = draft.fields.get(FROM_MAIL, "").split()
    told = {MAIL: text.strip()[:_MOST], FROM_MAIL: " ".join(dict.fromkeys([*before, *named]))}
    return replace(draft, fields={**draft.fields, **new, **told})


def _wanted(procedure: Procedure, found: dict[str, str]) -> set[str]:
    lines = sum(name.startswith(_ITEMS) for name in found)
    return {field.pointer for field in asked(procedure, {ROWS + _ITEMS: str(lines)})}
