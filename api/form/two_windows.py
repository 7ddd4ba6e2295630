"""Two windows on one draft: what each changed is put together; only where both changed the same field is somebody asked.

A page with scripts says which fields were touched in it, so that what it merely shows overwrites nothing. A draft remembers at
which version each field last changed, and by which page and request: what a page itself sent, and never heard of again, is no other
window's.
"""

from dataclasses import replace

from api.form.drafting import FormDraft
from api.form.typed import Row, Typed
from jobs.records.drafts import DraftChanged

TOUCHED = "touched"
TURN = "turn"
"""Names the page that sends and counts its requests: ``<page>.<number>``."""
ROWS = "rows"
"""Touched when files were put into another order."""
_WAS = "/was"


class SameField(DraftChanged):
    """Another window changed the same fields since this page was drawn; ``names`` are their names on the page."""

    def __init__(self, draft_id: str, version: int, names: tuple[str, ...]) -> None:
        super().__init__(draft_id, version)
        self.names = names


def merged(there: FormDraft, mine: FormDraft, sent: Typed, version: int | None) -> FormDraft:
    """What is kept with what was touched in this window; all of ``mine`` where the page does not say what was touched.

    Args:
        there: the draft as it is kept.
        mine: as this page would have it.
        sent: what the page posted.
        version: of the draft when the page was drawn; ``None`` where it does not matter.

    Raises:
        SameField: another window touched the same since.
    """
    if there.id is None or TOUCHED not in sent.fields:
        return mine
    touched = sent.fields[TOUCHED].split()
    turn = sent.fields.get(TURN, "")
    names = {name for one in touched for name in (one, one + _WAS) if not _later(there.turns.get(name, ""), turn)}
    since = there.version if version is None else version
    both = tuple(
        name
        for name in sorted(names)
        if there.stamps.get(name, 0) > since
        and not _later(turn, there.turns.get(name, ""))
        and there.fields.get(name, "") != mine.fields.get(name, "")
    )
    if both:
        raise SameField(there.id, there.version, tuple(name.removesuffix(_WAS) for name in both))
    changed = {name: mine.fields[name] for name in names if name in mine.fields}
    kept = {name: text for name, text in there.fields.items() if name not in names}
    return replace(mine, fields={**kept, **changed}, rows=_rows(there, mine, touched), turn=turn)


def _later(one: str, other: str) -> bool:
    """Whether one request of a page came after another of the same page."""
    (page, _, number), (other_page, _, other_number) = one.rpartition("."), other.rpartition(".")
    counts = number.isdecimal() and other_number.isdecimal()
    return bool(page) and page == other_page and counts and int(number) > int(other_number)


def _rows(there: FormDraft, mine: FormDraft, touched: list[str]) -> tuple[Row, ...]:
    """The rows as they are kept, those that were touched as this page has them."""
    if ROWS in touched:
        return mine.rows
    named = {row.key: row for row in mine.rows}
    return tuple(
        named.get(row.key, row) if any(name.startswith(f"file.{row.key}.") for name in touched) else row
        for row in there.rows
    )
