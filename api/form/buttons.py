"""What the small buttons of a case do: each changes the draft and keeps it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from starlette.requests import Request

from api.form.drafting import FormDraft, kept, load
from api.form.entries import with_line
from api.form.facts import ACCEPTED
from api.form.own_words import restored
from api.form.placing import confirmed, placed_at, with_mail
from api.form.typed import Row
from api.service import service_of, tenant_of

REDRAWN = frozenset({"add", "mail", "restore", "refresh", "fill", "place", "placed", "cover"})
"""Buttons after which the fields themselves are drawn anew."""
PRESSED = REDRAWN | {"accept"}
"""Buttons that change more than what was typed."""


def pressed(
    request: Request, draft: FormDraft, action: str, which: str, fields: Mapping[str, str]
) -> FormDraft:  # a button and what it is about
    """The draft after a button was pressed, kept; a mail that was pasted is read whichever button it was."""
    mail = fields.get("mail", "")
    if mail.strip() and action in {"mail", "save", "refresh", ""}:
        draft = kept(request, draft, lambda there: with_mail(request, there, mail))
    if action == "place":
        return kept(request, draft, lambda there: placed_at(request, there, which or fields.get("place", "")))
    if action == "remove":
        return _without(request, draft, which)
    change = _CHANGES.get(action)
    return kept(request, draft, lambda there: change(there, which)) if change else draft


def _without(request: Request, draft: FormDraft, key: str) -> FormDraft:
    row = next((row for row in draft.rows if row.key == key), None)
    if row is None or draft.id is None:
        return draft
    service_of(request).drafts.remove_file(tenant_of(request), draft.id, row.name)
    return load(request, draft.id)


def _accepted(draft: FormDraft, which: str) -> FormDraft:
    """With lines of the table of facts accepted, by their marks."""
    marks = dict.fromkeys([*draft.fields.get(ACCEPTED, "").split(), *which.split(",")])
    return replace(draft, fields={**draft.fields, ACCEPTED: " ".join(marks)})


def _filled(draft: FormDraft, which: str) -> FormDraft:
    """With one of several values chosen: ``<pointer>=<value>``, an amount's currency behind a bar."""
    pointer, _, value = which.partition("=")
    amount, _, currency = value.partition("|")
    new = {pointer: amount, **({f"{pointer}.currency": currency} if currency else {})}
    return replace(draft, fields={**draft.fields, **new})


def moved(rows: tuple[Row, ...], key: str, by: int) -> tuple[Row, ...]:
    """The rows with one moved up (-1) or down (1); at the ends nothing changes."""
    place = next((n for n, row in enumerate(rows) if row.key == key), None)
    if place is None or not 0 <= place + by < len(rows):
        return rows
    found = list(rows)
    found[place], found[place + by] = found[place + by], found[place]
    return tuple(found)


def _covered(draft: FormDraft, which: str) -> FormDraft:
    """With one more place of a file covered: its key, and the place as it is typed."""
    key, _, place = which.partition(":")
    rows = [replace(row, covers=f"{row.covers}\n{place}".strip()) if row.key == key else row for row in draft.rows]
    return replace(draft, rows=tuple(rows))


_CHANGES: Mapping[str, Callable[[FormDraft, str], FormDraft]] = {
    "add": lambda draft, row: replace(draft, fields=with_line(draft.fields, draft.procedure, row)),
    "restore": lambda draft, key: replace(draft, fields=restored(draft.fields, key)),
    "up": lambda draft, key: replace(draft, rows=moved(draft.rows, key, -1)),
    "down": lambda draft, key: replace(draft, rows=moved(draft.rows, key, 1)),
    "placed": lambda draft, _: confirmed(draft),
    "accept": _accepted,
    "cover": _covered,
    "fill": _filled,
}
