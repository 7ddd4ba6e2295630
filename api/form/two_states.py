"""A case is one page in two states: being made, and as it was made.

The address of a draft shows the state that the case is in. ``?edit`` goes back to making it; as soon as something is changed there,
the address shows it being made, and what was made before is found under its own address.
"""

from starlette.requests import Request

from api.form.drafting import FormDraft, load
from api.http.packs import found
from casefile.errors import RequestFault
from jobs.engine.pack_view import PackView

EDIT = "edit"
"""The query of a draft's address that asks for the state in which it is changed."""


def edited(draft: FormDraft) -> str:
    """The address at which a draft is changed."""
    return f"/drafts/{draft.id}?{EDIT}" if draft.pack else f"/drafts/{draft.id}"


def made_of(request: Request, draft: FormDraft) -> PackView | None:
    """The pack made of a draft as it is now; ``None`` where it was changed since, or the pack was erased."""
    if draft.pack is None or draft.built != draft.version:
        return None
    try:
        return found(request, draft.pack)
    except RequestFault:
        return None


def shown_by(request: Request, draft_id: str, pack_id: str) -> bool:
    """Whether the address of this draft shows this pack."""
    try:
        draft = load(request, draft_id)
    except RequestFault:
        return False
    return draft.pack == pack_id and draft.built == draft.version
