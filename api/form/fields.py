"""Form fields made from the case's own types: a JSON pointer becomes an input of the right sort.

The platform's file says which pointers to ask for; nothing about a field is written twice. Names are pointers; a text that may
be said in several languages is typed under ``<pointer>@<language>``, an amount's currency under ``<pointer>.currency``.
"""

import datetime as dt
import functools
import types
import typing
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from casefile.case import Case
from casefile.fields.base import LocalText, Money

Sort = Literal["text", "long_text", "time", "date", "money", "choice", "number", "flag", "list"]
_LONG = {"statement", "text", "request", "answer", "says", "listing_says", "decision", "condition"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One input: its pointer is its name; ``choices`` are the values of a closed list."""

    pointer: str
    sort: Sort
    choices: tuple[str, ...] = ()
    in_languages: bool = False
    """It may be said in several languages, one text each."""

    @property
    def row(self) -> str | None:
        """The list this field stands in a line of (``/claim/points`` for ``/claim/points/0/says``)."""
        parts = self.pointer.split("/")
        place = next((n for n, part in enumerate(parts) if part.isdigit()), None)
        return "/".join(parts[:place]) if place else None

    @property
    def line(self) -> str | None:
        """The line of a list that it stands in (``/claim/points/0`` for ``/claim/points/0/says``)."""
        return self.row and "/".join(self.pointer.split("/")[: self.row.count("/") + 2])

    @property
    def label(self) -> str:
        """The catalog key of its label; list places are left out (``field./parcels/carrier``)."""
        return "field." + "/".join(part for part in self.pointer.split("/") if not part.isdigit())


def _plain(annotation: Any) -> Any:  # noqa: ANN401  # annotations are any object
    """The annotation without ``Annotated`` and without ``None``; of a union the first member."""
    while True:
        origin = typing.get_origin(annotation)
        if origin is Annotated:
            annotation = typing.get_args(annotation)[0]
        elif origin in {typing.Union, types.UnionType}:
            annotation = next(member for member in typing.get_args(annotation) if member is not type(None))
        else:
            return annotation


def _inner(annotation: Any, part: str) -> Any:  # noqa: ANN401  # as above
    plain = _plain(annotation)
    if typing.get_origin(plain) is tuple:
        return typing.get_args(plain)[0]
    for name, field in plain.model_fields.items():
        if (field.alias or name) == part:
            return field.annotation
    raise KeyError(part)


@functools.lru_cache(maxsize=4096)
def describe(pointer: str) -> FormField:
    """The form field of a JSON pointer into a case.

    Raises:
        KeyError: cases have no such field.
    """
    annotation: Any = Case
    for part in pointer.strip("/").split("/"):
        annotation = _inner(annotation, part)
    plain = _plain(annotation)
    if typing.get_origin(plain) is tuple:
        return FormField(pointer=pointer, sort="list")
    if typing.get_origin(plain) is Literal:
        return FormField(pointer=pointer, sort="choice", choices=tuple(map(str, typing.get_args(plain))))
    sorts: dict[Any, Sort] = {
        dt.datetime: "time", dt.date: "date", Money: "money", int: "number", Decimal: "number", bool: "flag",
    }  # fmt: skip
    long = pointer.rsplit("/", maxsplit=1)[-1] in _LONG
    sort = sorts.get(plain, "long_text" if long else "text")
    return FormField(pointer=pointer, sort=sort, in_languages=_is_local(annotation) and sort == "long_text")


def _is_local(annotation: Any) -> bool:  # noqa: ANN401  # as above
    return set(typing.get_args(LocalText)) <= set(typing.get_args(annotation))
