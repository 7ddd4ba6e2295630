"""The published limits of what a case, and any other JSON, may hold: in one place, because documents and tests quote them.

They are judged before anything is validated, so that a body of nonsense costs no more than reading it once.
"""

import typing
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

MAX_BYTES = 1_000_000
"""Largest JSON body in bytes."""

MAX_DEPTH = 24
"""Deepest nesting of objects and lists; a case needs eight."""

MAX_ENTRIES = 1_000
"""Most entries of one list, and most names of one object; a field may allow fewer."""

MAX_VALUES = 20_000
"""Most values in one body, counted through all lists and objects."""

MAX_DIGITS = 100
"""Most signs of one number."""

MAX_TEXT = 20_000
"""Longest text in one field, in characters."""

MAX_FILES = 200
"""Most files of one case."""

MAX_FAULTS = 100
"""No more wrong fields than this are named in one answer."""


def list_limits(model: type[BaseModel]) -> Mapping[str, int]:
    """Every list of a model by its pointer (``/parcels/*/items``) with the most entries it may have."""
    return dict(_lists(model, ""))


def _lists(model: type[BaseModel], path: str) -> Iterator[tuple[str, int]]:
    for name, field in model.model_fields.items():
        pointer = f"{path}/{field.alias or name}"
        lengths = [length for mark in field.metadata if (length := getattr(mark, "max_length", None)) is not None]
        for inner, is_list in _kinds(field.annotation):
            if is_list:
                yield pointer, min([MAX_ENTRIES, *lengths])
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from _lists(inner, f"{pointer}/*" if is_list else pointer)


def _kinds(annotation: typing.Any) -> Iterator[tuple[typing.Any, bool]]:  # noqa: ANN401  # annotations are any object
    """The types inside an annotation, and whether they stand in a list."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is tuple and inner[1:] == (Ellipsis,):
        yield _bare(inner[0]), True
    elif origin is not None and origin is not typing.Literal:
        for one in inner:
            yield from _kinds(one)
    else:
        yield annotation, False


def _bare(annotation: typing.Any) -> typing.Any:  # noqa: ANN401  # as above
    return typing.get_args(annotation)[0] if typing.get_origin(annotation) is typing.Annotated else annotation
