"""A case that a program or a connector keeps as a draft, as the form types it.

What an input gives back exactly as it was becomes typed text. All else stays beside what is typed, by its pointer, and is in the
case unless somebody types over it: nothing that was said is lost because a person opens the draft.
"""

import datetime as dt
from collections.abc import Iterator

from pydantic import JsonValue

from api.form.covers import typed_redactions
from api.form.entries import CONFIRM, asked, case_from
from api.form.fact_values import as_typed
from api.form.fields import FormField
from api.form.typed import Row
from casefile.plain_case import PlainCase
from casefile.platform import Platform
from casefile.pointer import written

Said = tuple[tuple[str, JsonValue], ...]
"""Values of a case with their pointers."""

_CHOSEN = ("site", "reason", "language", "reading_copy", "letter")
_WHOLE = ("extra", "letter_edits")
_NOT_ASKED = {"schema_version", "platform", "procedure", "files", *_CHOSEN, *_WHOLE}


def typed_of(case: PlainCase, platform: Platform, procedure_id: str) -> dict[str, str]:
    """The inputs of the form that hold what the case says."""
    said, zone = tuple(leaves(case)), platform.site(case.get("site")).zone
    chosen = {name: str(case.get(name)) for name in _CHOSEN if case.get(name)}
    chosen |= {CONFIRM + code: "true" for code in case.get("confirmations") or ()}
    fields = asked(platform.procedures[procedure_id], {pointer: "" for pointer, _ in said})
    inputs = {field.pointer: _inputs(field, said, zone) for field in fields}
    for _ in range(2):
        typed = chosen | {name: text for one in inputs.values() for name, text in one.items()}
        back = leaves(case_from(typed, platform, procedure_id))
        wrong = [pointer for pointer, value in back if not _same(_value(said, pointer), value)]
        if not wrong:
            return typed
        inputs = {at: one for at, one in inputs.items() if not any(f"{it}/".startswith(f"{at}/") for it in wrong)}
    return {name: text for name, text in chosen.items() if name in _CHOSEN}


def beside(case: PlainCase, typed: PlainCase) -> Said:
    """What the case says and the typed one does not: pointers and values."""
    there = dict(leaves(typed))
    return tuple((pointer, value) for pointer, value in leaves(case) if pointer not in there)


def listed(case: PlainCase) -> tuple[tuple[Row, ...], tuple[tuple[str, Said], ...]]:
    """The files of the case as rows, and what no row holds of them."""
    rows, more = list[Row](), list[tuple[str, Said]]()
    for entry in case.get("files") or ():
        caption = entry.get("caption")
        plain = caption if isinstance(caption, str) else ""
        covers = typed_redactions(entry.get("redact"))
        rows.append(Row(name=entry["name"], kind=entry.get("kind"), caption=plain, covers=covers))
        held = {"name", "kind", *(["caption"] if plain else []), *(["redact"] if covers else [])}
        if rest := tuple((name, value) for name, value in entry.items() if name not in held):
            more.append((entry["name"], rest))
    return tuple(rows), tuple(more)


def leaves(case: PlainCase) -> Iterator[tuple[str, JsonValue]]:
    """Every value of a case by its pointer, but what the form keeps in its own way."""
    yield from ((f"/{name}", case.get(name)) for name in _WHOLE if case.get(name))
    yield from _leaves({name: value for name, value in case.json.items() if name not in _NOT_ASKED}, ())


def _leaves(value: JsonValue, names: tuple[str | int, ...]) -> Iterator[tuple[str, JsonValue]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _leaves(one, (*names, name))
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for place, one in enumerate(value):
            yield from _leaves(one, (*names, place))
    elif value is not None:
        yield written(names), value


def _value(said: Said, pointer: str) -> JsonValue:
    return next((value for name, value in said if name == pointer), None)


def _inputs(field: FormField, said: Said, zone: str) -> dict[str, str]:
    """What would stand in the inputs of a field."""
    pointer, value = field.pointer, _value(said, field.pointer)
    if field.sort == "money":
        amount, currency = _value(said, f"{pointer}/amount"), _value(said, f"{pointer}/currency")
        return {pointer: str(amount), f"{pointer}.currency": str(currency)} if amount and currency else {}
    if value is None and field.in_languages:
        said_in = {name.removeprefix(f"{pointer}/"): text for name, text in said if name.startswith(f"{pointer}/")}
        return {f"{pointer}@{language}": str(text) for language, text in said_in.items()}
    if value is None or value is False:
        return {}
    return {pointer: "; ".join(map(str, value)) if isinstance(value, list) else as_typed(str(value), field, zone)}


def _same(one: JsonValue, other: JsonValue) -> bool:
    """Whether two values say the same; a moment may be written with another offset."""
    if str(one) == str(other):
        return True
    try:
        return dt.datetime.fromisoformat(str(one)) == dt.datetime.fromisoformat(str(other))
    except (TypeError, ValueError):
        return False
