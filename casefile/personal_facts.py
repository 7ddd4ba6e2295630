"""What pages show of persons' data: whole, with part of it hidden, or read where it should have been burned out."""

from dataclasses import dataclass
from typing import Literal

from casefile.fields.files import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateSeen:
    """Data of a person on a page; ``text`` is hidden but for its ends."""

    what: Literal["card", "identity", "iban", "email", "phone"]
    text: str
    box: Box
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedSeen:
    """One of the case's numbers with part of it hidden, as shown and as known."""

    text: str
    number: str
    box: Box
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakSeen:
    """A word read where something was burned out."""

    box: Box
    page: int
