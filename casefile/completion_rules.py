"""``practice/completion.toml``: which fields of a case the evidence may fill, from which pages, and which it never may."""

from typing import Literal

from pydantic import model_validator

from casefile.facts import FieldName
from casefile.fields.base import Words
from casefile.fields.files import Kind
from casefile.sources import Source, SourceId
from casefile.statement import Says


class FillRule(Words):
    """One field of the case and what fills it.

    ``fields``: values under labels. ``says``: dated statements about the parcel (``/parcels/*/…``), the ``which`` of them,
    of which ``day`` takes no more than the day. A later rule of a pointer is asked only where the earlier ones found nothing,
    or one value that none of their pages decides.
    ``authority``: kinds of pages whose word is enough; without one of them two exhibits have to agree.
    """

    pointer: str
    fields: tuple[FieldName, ...] = ()
    says: tuple[Says, ...] = ()
    which: Literal["first", "last"] = "first"
    day: bool = False
    kinds: tuple[Kind, ...]
    authority: tuple[Kind, ...] = ()
    value: Literal["time", "money", "text", "name", "account", "address"]
    source: SourceId

    @model_validator(mode="after")
    def _one_origin(self) -> "FillRule":
        if bool(self.fields) == bool(self.says):
            raise ValueError(f"{self.pointer}: either fields or says")
        return self


class Completion(Words):
    """What the evidence fills. ``never`` are pointers, with everything under them, that only a person may fill."""

    fills: tuple[FillRule, ...]
    numbers: tuple[Kind, ...]
    """Kinds of pages that name the parcel of an order."""
    carriers: tuple[Kind, ...]
    """Kinds of pages that are a carrier's word on a parcel."""
    claims: tuple[Kind, ...]
    """Kinds of pages on which the platform says what is claimed, and by when it wants an answer."""
    messages: tuple[Kind, ...]
    """Kinds of pages whose messages become contacts."""
    never: tuple[str, ...]
    sources: dict[str, Source]

    @model_validator(mode="after")
    def _nothing_forbidden(self) -> "Completion":
        for rule in self.fills:
            if any(rule.pointer == one or rule.pointer.startswith(f"{one}/") for one in self.never):
                raise ValueError(f"{rule.pointer} is never filled")
        return self
