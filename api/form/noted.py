"""What the files of a draft say of its number and its times, kept with it: lists and packs name the case by them.

It is no typed value: it follows the files, and whatever a person types stands before it.
"""

from collections.abc import Iterable
from dataclasses import replace

from starlette.requests import Request

from api.form.drafting import FormDraft, kept
from casefile.case import Case
from casefile.filling import Filled
from casefile.plain_case import PlainCase
from casefile.subject import SUBJECT_FIELDS


def noted(draft: FormDraft, case: Case, filled: Iterable[Filled]) -> FormDraft:
    """The draft with the numbers and times that its files say, of the case as they complete it."""
    numbers = SUBJECT_FIELDS[draft.procedure.subject]
    wanted = [
        one.pointer
        for one in filled
        if one.state == "adopted" and (one.pointer in numbers or one.pointer.endswith(("/at", "_at")))
    ]
    plain = PlainCase.of(case)
    values = {pointer: value for pointer in wanted if isinstance(value := _in(plain, pointer), str)}
    return replace(draft, seen=values)


def _in(plain: PlainCase, pointer: str) -> object:
    """A value of a case as JSON has it."""
    value: object = plain.json
    for part in pointer.split("/")[1:]:
        if isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            value = value.get(part) if isinstance(value, dict) else None
    return value


def keep(request: Request, draft: FormDraft, case: Case, filled: tuple[Filled, ...]) -> FormDraft:
    """The draft with what its files say now, kept where that is new."""
    now = noted(draft, case, filled)
    if draft.id is None or now.seen == draft.seen:
        return draft
    return kept(request, draft, lambda there: replace(there, seen=now.seen))
