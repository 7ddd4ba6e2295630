"""A sentence for every field of the case, in the description of the API: its name from the catalog, and how it is written.

The names are those of the form, of messages and of docs/case-fields.md; they stand in one place, ``locales/*/fields.po``.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casefile.case import Case
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


def field_sentences(catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """Schema, property and sentence of every property of a case."""
    for model, name, field, pointer in _fields(Case, "", set()):
        yield model.__name__, field.alias or name, _sentence(field, name, pointer, catalog)
    for name, text in _MONEY.items():
        yield "Money", name, text


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
