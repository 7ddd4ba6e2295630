"""A statement of the case in words: the bank's sentence with its slots filled, or the seller's own text. Pure."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Protocol

from casefile.fields.base import any_text, in_language
from casefile.text_value import TextValues
from letters.bank import SlotType, Use
from letters.letter_context import LetterContext


class Stated(Protocol):
    """What causes, actions, preventions and facts have in common."""

    @property
    def code(self) -> str | None:
        """The bank's code."""

    @property
    def slots(self) -> TextValues:
        """Values for the bank's sentence."""

    @property
    def text(self) -> Any:  # noqa: ANN401  # a LocalText
        """The seller's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementText:
    """The words of a statement, and whether they are the seller's own."""

    words: str
    own: bool


def statement_text(scene: LetterContext, statement: Stated, use: Use, pointer: str) -> StatementText | None:
    """The words, or ``None`` (named in ``left_out``): code unknown or out of place, a slot missing, no text in the language.

    Own text steps in where the code does not help.
    """
    own = any_text(statement.text)
    banked = _banked(scene, statement, use, pointer, quiet=bool(own)) if statement.code else None
    if banked:
        return StatementText(words=banked, own=False)
    if statement.code and not own:
        return None
    words = scene.words(statement.text, f"{pointer}/text")
    return StatementText(words=words, own=True) if words else None


def _banked(scene: LetterContext, statement: Stated, use: Use, pointer: str, *, quiet: bool) -> str | None:
    entry = scene.request.bank.get(statement.code or "")
    fault = None
    if entry is None or entry.use != use or not scene.has(f"bank.{entry.code}"):
        fault = "bank-unknown"
    elif entry.confesses and not scene.accepts:
        fault = "bank-confesses"
    elif any(_missing(statement.slots.get(slot)) for slot in entry.slots):
        fault = "bank-slot-missing"
    if fault or entry is None:
        if not quiet or fault == "bank-confesses":
            scene.left(f"{pointer}/code", fault or "bank-unknown")
        return None
    filled = {slot: _filled(scene, kind, statement.slots[slot]) for slot, kind in entry.slots.items()}
    if lacking := [slot for slot, value in filled.items() if value is None]:
        said = statement.slots[lacking[0]]
        scene.left(f"{pointer}/slots", "no-text-in-language", any_text(said) if isinstance(said, (str, dict)) else None)
        return None
    return scene.text(f"bank.{entry.code}", **filled)


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _filled(scene: LetterContext, kind: SlotType, value: Any) -> str | None:  # noqa: ANN401  # whatever JSON holds
    """One slot in the letter's language, ``None`` where it has no text in it; foreign words are said, and a check names them."""
    if kind == "date":
        return _date(scene, str(value))
    if kind == "carrier":
        return scene.carrier(str(value).strip())
    if kind == "number":
        return scene.say.number(str(value).strip())
    deciding = scene.request.copy_of or scene.request.language
    if isinstance(value, dict):
        return str(in_language(value, scene.request.language) or in_language(value, deciding) or "") or None
    return str(value).strip() or None


def _date(scene: LetterContext, value: str) -> str:
    try:
        return scene.say.when(dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value))
    except ValueError:
        return value
