"""The base of every value that a door hands out as JSON: frozen, described field by field, written by one ``to_json``.

Answers, reports and stored results share it, so that what is sent, kept and documented has one shape.
"""

import json
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


def _open(schema: dict[str, Any]) -> None:
    """What is described stays open: a later release may tell more, and a reader has to take that."""
    schema.pop("additionalProperties", None)


def is_none(value: object) -> bool:
    """Whether a member is left out of what is written, for ``exclude_if``."""
    return value is None


class JsonModel(BaseModel):
    """A frozen value that is JSON outside; an unknown name is a mistake of ours and is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=_open)

    def plain(self) -> dict[str, Any]:
        """The value as JSON objects, lists, texts and numbers, in the order of its fields."""
        return self.model_dump(mode="json", by_alias=True)

    def to_json(self, indent: int | None = None) -> bytes:
        """The value as UTF-8 JSON, the same each time; in one line, or indented and ended by a line break."""
        separators = (",", ":") if indent is None else None
        text = json.dumps(self.plain(), ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
        return (text if indent is None else text + "\n").encode("utf-8")

    @classmethod
    def kept(cls, value: object) -> Self:
        """A value as it was kept before, perhaps by an earlier or later release: what is missing gets its default.

        Raises:
            pydantic.ValidationError: it is no such value.
        """
        return cls.model_validate(value, extra="ignore")
