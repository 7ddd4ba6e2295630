"""What each field of a case means, with an example: read from ``practice/case_fields.toml`` by the descriptions of the case."""

import functools
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import JsonValue

_FILES = "files"
"""Lists of uploaded files mean the same wherever they stand."""


class FieldNote(NamedTuple):
    """A sentence without its full stop, and an example as JSON; of a list, of one member."""

    means: str
    example: str

    @property
    def value(self) -> JsonValue:
        """The example as a value."""
        found: JsonValue = json.loads(self.example)
        return found


@functools.cache
def field_notes(root: Path) -> Mapping[str, FieldNote]:
    """The notes of all fields by pointer, without the places of lists; ``files`` is that of every list of files."""
    told = tomllib.loads((root / "practice" / "case_fields.toml").read_text(encoding="utf-8"))
    found = {pointer: FieldNote(*said) for pointer, said in told["fields"].items()}
    return {**found, _FILES: FieldNote(told["files"]["means"], told["files"]["example"])}


def note_at(pointer: str, notes: Mapping[str, FieldNote]) -> FieldNote | None:
    """The note of a field, whose pointer may hold places of lists; ``None`` for a part that only holds others."""
    names = [name for name in pointer.split("/")[1:] if not name.isdecimal()]
    return notes.get("/" + "/".join(names)) or (notes[_FILES] if names[1:] and names[-1] == _FILES else None)
