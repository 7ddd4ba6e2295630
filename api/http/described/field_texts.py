"""Sentences for every field of the case, in the description of the API: its name, what it means, and how it is written.

The names are those of the form, of messages and of docs/case-fields.md; they stand in one place, ``locales/*/fields.po``. What a
field means, and an example, stand in ``practice/case_fields.toml``.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, get_args, get_origin

from pydantic import BaseModel, JsonValue
from pydantic.fields import FieldInfo

from casefile.case import Case
from casefile.field_notes import FieldNote, field_notes, note_at
from casefile.labels import field_name
from casefile.pointer import plain_kinds
from casefile.wording import Catalog

_WRITTEN: dict[object, str] = {
    dt.datetime: "ISO 8601 with offset, such as `2026-11-18T18:03:00-05:00`",
    dt.date: "ISO 8601 date, such as `2026-11-18`",
    Decimal: "decimal number as text, such as `12.50`",
}
_UNITS = {"_g": "in grams", "_percent": "in percent"}
_LISTED = "as a list"
_MONEY = {
    "amount": "The amount; decimal number as text, such as `12.50`",
    "currency": "The currency; ISO 4217, such as `USD`",
}


class FieldText(NamedTuple):
    """What is said of one property of a schema, and an example as JSON value, if there is one."""

    schema: str
    name: str
    text: str
    example: JsonValue = None


def field_texts(catalog: Catalog, root: Path) -> Iterator[FieldText]:
    """What is said of every property of a case; ``root`` is the folder of the data."""
    notes = field_notes(root)
    for model, name, field, pointer in _fields(Case, "", set()):
        note = note_at(pointer, notes)
        text = _sentence(field, name, pointer, catalog)
        said = f"{text}. {note.means}" if note else text
        yield FieldText(model.__name__, field.alias or name, said, _example(field, note) if note else None)
    for name, text in _MONEY.items():
        yield FieldText("Money", name, text)


def _example(field: FieldInfo, note: FieldNote) -> JsonValue:
    listed = any(get_origin(kind) is tuple and get_args(kind)[-1] is ... for kind in plain_kinds(field.annotation))
    return [note.value] if listed else note.value


def _fields(
    model: type[BaseModel], at: str, seen: set[type[BaseModel]]
) -> Iterator[tuple[type[BaseModel], str, FieldInfo, str]]:
    """Model, name, field and pointer of every field below ``at``; each model where it is met first."""
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        pointer = f"{at}/{field.alias or name}"
        yield model, name, field, pointer
        for below in _models(field.annotation):
            yield from _fields(below, pointer, seen)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """The parts of the case that stand in a field: its own, those of its list, those of its table."""
    for kind in plain_kinds(annotation):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield kind
        elif get_origin(kind) in {tuple, dict, list}:
            for inner in get_args(kind):
                yield from _models(inner)


def _sentence(field: FieldInfo, name: str, pointer: str, catalog: Catalog) -> str:
    """``Delivered on; ISO 8601 with offset``."""
    kinds = list(plain_kinds(field.annotation))
    told = [field_name(pointer, catalog)]
    told += [text for kind, text in _WRITTEN.items() if kind in kinds]
    told += [text for end, text in _UNITS.items() if name.endswith(end)]
    if any(get_origin(kind) is tuple and get_args(kind)[-1] is ... for kind in kinds):
        told.append(_LISTED)
    return "; ".join(told)
