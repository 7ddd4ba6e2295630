"""The table of facts: one line for each thing the letter needs, with its value, where that was read, and how sure it is.

What the evidence fills in is shown with its place and needs no typing; what differs is asked with both places; what decides and is
missing is marked. A person accepts a line or types over it; what was typed always stands.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from api.form.drafting import FormDraft
from api.form.fact_values import as_typed, beside, currency_of, shown, value_of
from api.form.fields import FormField
from api.form.file_views import FileView
from api.form.mail import MAIL
from api.form.origins import FROM_MAIL, Origin, origin_of
from api.form.words import PageWords
from casefile.fields.files import Box
from casefile.filling import Filled, FilledAt
from jobs.case_work.kinds.live_preview import Preview

FactState = Literal["agreed", "read", "mail", "given", "typed", "differs", "missing", "open"]
ACCEPTED = "kept.accepted"
"""The marks of the lines that a person accepted, separated by blanks."""
TONES: Mapping[FactState, str] = {
    "agreed": "good", "read": "good", "mail": "good", "given": "good", "typed": "note", "differs": "bad", "missing": "bad",
    "open": "",
}  # fmt: skip
_MOST_PLACES = 3
_SIGNS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPlace:
    """Where a value stands: on a page of a file, with the boxed place where there is a picture of it."""

    number: int
    file: str
    page: int
    text: str
    picture: str | None
    size: tuple[int, int]
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChoice:
    """One of several values, as people read it and as the input takes it."""

    value: str
    typed: str
    currency: str
    places: tuple[FactPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the table. ``value`` is what the evidence or the mail says; a typed one stands in its input."""

    field: FormField
    state: FactState
    value: str
    beside: str
    places: tuple[FactPlace, ...]
    choices: tuple[FactChoice, ...]
    line: str
    """The line of the mail that says it."""
    decides: bool
    accepted: bool
    mark: str

    @property
    def id(self) -> str:
        """The id of the line on the page."""
        return "f" + self.field.pointer.replace("/", "-")

    @property
    def tone(self) -> str:
        """How it looks; what differs and decides nothing is no fault."""
        return "warn" if self.state == "differs" and not self.decides else TONES[self.state]

    @property
    def filled(self) -> bool:
        """Whether the case has a value here without anybody typing one."""
        return self.state in {"agreed", "read"} or (self.state in {"mail", "given"} and bool(self.value))


def facts(
    draft: FormDraft, words: PageWords, fields: Sequence[FormField], seen: Preview, views: Sequence[FileView],
    decisive: Iterable[str],
) -> dict[str, Fact]:  # a line brings all of these together  # fmt: skip
    """The line of every field, by pointer; ``decisive`` are pointers without which nothing is won."""
    known, told = set(decisive), {view.row.name: view for view in views}
    accepted = set(draft.fields.get(ACCEPTED, "").split())
    begun = bool(draft.rows) or bool(draft.fields.get(FROM_MAIL))
    beside_it = [pointer for pointer, _ in draft.beside]
    return {
        field.pointer: _fact(
            field, _filled(seen.filled, field.pointer), (draft, words, seen, told),
            begun and (field.pointer in known), origin_of(field.pointer, draft.fields, beside_it), accepted,
        )
        for field in fields
    }  # fmt: skip


def _filled(filled: Sequence[Filled], pointer: str) -> Filled | None:
    """What the evidence says of a field, or of the whole that it is a part of."""
    found = [one for one in filled if one.pointer == pointer or pointer.startswith(one.pointer + "/")]
    return max(found, key=lambda one: len(one.pointer), default=None)


def _fact(
    field: FormField, filled: Filled | None, about: tuple[FormDraft, PageWords, Preview, Mapping[str, FileView]],
    decides: bool, origin: Origin, accepted: set[str],
) -> Fact:  # as above  # fmt: skip
    draft, words, seen, files = about
    typed = any(n == field.pointer or n.startswith(field.pointer + "@") for n, text in draft.fields.items() if text)
    value = value_of(seen.case, field.pointer)
    zone = draft.platform.site(draft.site_code).zone
    places = _places(filled.at if filled and filled.state != "asked" else (), files)
    offered = "" if typed or filled else seen.offers.get(field.pointer, "")
    state = _state(filled, typed=typed, origin=origin, empty=value is None, decides=decides, offered=offered)
    said = shown(value, field, words)
    mark = hashlib.sha256(f"{field.pointer}={said}".encode()).hexdigest()[:10]
    return Fact(
        field=field, state=state, value=said, beside=beside(value, words), places=places,
        choices=(FactChoice(value=offered, typed=offered, currency="", places=()),) if offered
        else _choices(filled, field, zone, files) if state == "differs" else (),
        line=_mail_line(draft.fields.get(MAIL, ""), draft.fields.get(field.pointer, "")) if origin == "mail" else "",
        decides=decides, accepted=mark in accepted, mark=mark,
    )  # fmt: skip


def _state(
    filled: Filled | None, *, typed: bool, origin: Origin, empty: bool, decides: bool, offered: str
) -> FactState:
    if typed or (origin == "given" and not empty):
        return "agreed" if filled and filled.state == "typed" else origin or "typed"
    if offered or (filled and filled.state == "asked"):
        return "differs"
    if filled and not empty:
        return "agreed" if len({at.file for at in filled.at}) > 1 else "read"
    return "missing" if decides else "open"


def _choices(
    filled: Filled | None, field: FormField, zone: str, files: Mapping[str, FileView]
) -> tuple[FactChoice, ...]:  # as above
    found: dict[str, FactChoice] = {}
    for one in filled.choices if filled else ():
        typed = as_typed(one.value, field, zone)
        text = typed.replace("T", " ") if field.sort == "time" else one.value
        found.setdefault(
            typed,
            FactChoice(value=text, typed=typed, currency=currency_of(one.value), places=_places(one.at, files)),
        )
    return tuple(found.values())


def _places(found: Sequence[FilledAt], files: Mapping[str, FileView]) -> tuple[FactPlace, ...]:
    places: dict[str, FactPlace] = {}
    for at in found:
        view = files.get(at.file)
        if view is None or at.file in places:
            continue
        drawn = view.picture is not None and at.page in view.sizes
        places[at.file] = FactPlace(
            number=view.number, file=at.file, page=at.page, text=at.text, box=at.box,
            picture=f"{view.picture}?page={at.page}" if drawn else None, size=view.sizes.get(at.page, (0, 0)),
        )  # fmt: skip
    return tuple(places.values())[:_MOST_PLACES]


def _mail_line(mail: str, value: str) -> str:
    """The line of a mail that says a value; nothing where no line says it in these signs."""
    wanted = _SIGNS.sub("", value)
    lines = (line.strip() for line in mail.splitlines())
    return next((line[:160] for line in lines if wanted and wanted in _SIGNS.sub("", line)), "")


def extra(seen: Preview, known: Mapping[str, Fact], words: PageWords) -> tuple[tuple[str, str], ...]:
    """What was read besides the fields of the form, as names and values: it stands in the letter all the same."""
    found = [
        one for one in seen.filled
        if one.state == "adopted" and not any(p == one.pointer or p.startswith(one.pointer + "/") for p in known)
    ]  # fmt: skip
    return tuple((words.field(one.pointer), one.value) for one in found)
