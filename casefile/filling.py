"""What the evidence fills in of a case: each value with the places it was read at, and how it came to stand.

A typed value always wins. ``adopted``: the page that decides says it, or two exhibits do. ``asked``: several values, or none that
is sure; the case stays without it and a person is asked. ``typed``: the case says it, and the evidence says the same.
"""

from dataclasses import dataclass
from typing import Literal

from casefile.fields.files import Box

FillState = Literal["adopted", "asked", "typed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledAt:
    """Where a value was read: file, page of the file (from 1), box, and the words."""

    file: str
    page: int
    box: Box
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several values that the evidence offers."""

    value: str
    at: tuple[FilledAt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One field of the case (``pointer``, RFC 6901) and its value as a person reads it.

    ``source``: the key of a text that says why it is believed (``filled.source.<source>``). ``choices``: what is asked about.
    """

    pointer: str
    value: str
    state: FillState
    at: tuple[FilledAt, ...]
    source: str
    choices: tuple[Choice, ...] = ()
