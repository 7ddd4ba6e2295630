"""What a line says of a parcel: its state, to whom it came, and whether the words state it or undo it. Pure.

Every word of the line counts. "Delivered" is believed only where the rest of its sentence is understood, and nothing in it denies,
postpones, doubts, or names somebody else than the buyer; a line that is not understood states no delivery.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from casefile.house import House
from casefile.statement import ParcelState, Recipient, Silent
from evidence_packer.understand.parcel_lexicon import lexicon, speaking
from evidence_packer.understand.parcel_lexing import Token, Vocabulary, chain, tokens

_SILENT: dict[str, Silent] = {
    "not": "help", "later": "help", "if": "instruction", "asks": "help", "said": "help", "measure": "tab", "menu": "menu",
    "doubt": "help",
}  # fmt: skip
_WEIGHT = (
    "delivered", "info_received", "accepted", "in_transit", "out_for_delivery", "available_for_pickup", "exception",
    "attempt_failed", "returning", "cancelled", "returned", "lost",
)  # fmt: skip
"""Of several states in one line the heaviest counts."""
_ELSEWHERE: tuple[Recipient, ...] = ("sender", "facility", "pickup_point", "locker", "agent")
_AT_HOME: tuple[Recipient, ...] = ("neighbour", "reception", "safe_place", "mailbox", "household", "recipient")
_NOT_THE_BUYER: dict[Recipient | None, str] = {"sender": "returned", "facility": "in_transit"}
_SHORT, _SENTENCE, _WIDE_SENTENCE = 60, 120, 70
"""Longest lines, in signs, that state a single word, several words, or words of a script without spaces inside them."""
_WIDE = 0x0DFF
_QUESTION = re.compile(r"[?？]\s*[)）\"”」]*\s*$")
_ASKS = ("toward", "by", "until", "near")
_MOMENT = re.compile(r"\d\s?[:/.–-]\s?\d|[年月日時时]")
_ADVERSE = frozenset({"exception", "attempt_failed", "returning", "returned", "lost", "cancelled"})
"""States of which words of doubt and harm are a part."""
_PERCENT = re.compile(r"[%％٪]")
_OPEN, _CLOSE = "(（[［【「<", ")）]］】」>"
_STEPS = 3
_WHOLE_SENTENCE = 5
"""A sentence of so many known words may hold one that nobody knows."""
_UNKNOWN_IN_EVENT = 3
_FEW_DIGITS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelClaim:
    """A state that a line speaks of: signs ``start`` to ``end`` of the line.

    ``silent``: the words alone show that it is no fact. ``label``: it only names a moment or a signer, which stands elsewhere.
    ``value``: what follows a signature, the signer as written.
    """

    says: ParcelState | str
    start: int
    end: int
    to: Recipient | None = None
    silent: Silent | None = None
    label: bool = False
    value: str | None = None


@functools.lru_cache(maxsize=16384)
def claims(text: str, house: House, names: Vocabulary | None = None, *, dated: bool = False) -> tuple[ParcelClaim, ...]:
    """What a line says of a parcel.

    ``names``: words of the case that may stand in it, such as the buyer's town. ``dated``: a time stands beside the words, so
    that a word or two may stay unknown.
    """
    line, known = chain(text), lexicon(house)
    languages = speaking(line, known)
    read = [
        _Sentence(text, names, known.languages[language], commas=language in known.commas)
        for language in known.languages
        if language in languages
    ]
    read = [one for one in read if one.stated]
    if not read:
        return ()
    return min(read, key=lambda one: one.unknown).claims(dated=dated)


class _Sentence:
    """A line in one language."""

    def __init__(self, text: str, names: Vocabulary | None, known: Vocabulary, *, commas: bool) -> None:
        self._text, self._line, self._known, self._commas = text, chain(text), known, commas
        self._tokens = tokens(self._line, known, names)
        self.stated = [token for token in self._tokens if self._state(token)]

    @property
    def unknown(self) -> int:
        """How many signs nobody knows: the language that knows most of the line is its language."""
        return sum(token.end - token.start for token in self._tokens if not token.tags)

    @staticmethod
    def _state(token: Token) -> str | None:
        found = sorted(tag.partition(":")[2] for tag in token.tags if tag.startswith(("state:", "label:")))
        return found[0] if found else None

    def claims(self, *, dated: bool) -> tuple[ParcelClaim, ...]:
        """One claim for each state of the line, silent ones included."""
        states = {str(self._state(token)) for token in self.stated} - {"signed"}
        heaviest = max(states, key=_WEIGHT.index, default="signed")
        mixed = len(states) >= _STEPS
        found: dict[str, ParcelClaim] = {}
        for token in self.stated:
            state = str(self._state(token))
            claim = self._claim(token, state, dated=dated)
            if mixed or state not in {heaviest, "signed"}:
                claim = replace(claim, silent=claim.silent or "step")
            if state not in found or (found[state].silent and not claim.silent):
                found[state] = claim
        if (
            len({claim.silent for claim in found.values()}) > 1
            and heaviest in found
            and found[heaviest].silent == "tab"
        ):
            return tuple(replace(claim, silent=claim.silent or "tab") for claim in found.values())
        return tuple(found.values())

    # -- one state ----------------------------------------------------------------------------------------------------

    def _claim(self, token: Token, state: str, *, dated: bool) -> ParcelClaim:
        scope = self._scope(token)
        start, end = self._line.span(token.start, token.end)
        says, to = self._where(token, state, scope)
        silent: Silent | None = "template" if self._names_a_field(token) else None
        silent = silent or self._undone(token, state, scope) or self._odd(token, state, says, scope, dated=dated)
        label = not any(tag.startswith("state:") for tag in token.tags) and not self._dated_behind(token, state)
        value = self._value(token) if state == "signed" else None
        if state == "signed" and not silent and not value and self._needs_value(token):
            silent = "template"
        return ParcelClaim(says=says, start=start, end=end, to=to, silent=silent, label=label, value=value)

    def _scope(self, token: Token) -> list[Token]:
        """The tokens of a state's sentence; where commas part sentences, those up to the end of its clause."""
        same = [one for one in self._tokens if one.sentence == token.sentence]
        return [one for one in same if one.clause <= token.clause] if self._commas else same

    def _undone(self, token: Token, state: str, scope: Sequence[Token]) -> Silent | None:
        """The silent voice of a state that a word, a question, a share, a deadline or a number of parcels undoes."""
        spared = {"undo:doubt"} if state in _ADVERSE else set[str]()
        for one in scope:
            kinds = [tag for tag in one.tags - spared if tag.startswith("undo:")]
            waits = state == "available_for_pickup" and one.has("waiting")
            if kinds and one is not token and not waits:
                return _SILENT[kinds[0].partition(":")[2]]
        if _QUESTION.search(self._text) or _PERCENT.search(self._text) or self._has_deadline(token):
            return "help"
        return "tab" if self._counted(token) else None

    def _names_a_field(self, token: Token) -> bool:
        """Whether the line ends in a word that asks for what follows ("Delivered To", "Left At")."""
        if not any(tag.startswith("state:") for tag in token.tags):
            return False
        last = self._tokens[-1]
        if last is not token:
            asks = last.start >= token.end and last.has(*_ASKS)
            return asks and ord(self._line.text[last.start]) <= _WIDE
        words = self._text[slice(*self._line.span(token.start, token.end))].split()
        behind = tokens(chain(words[-1]), self._known) if len(words) > 1 else ()
        return len(behind) == 1 and behind[0].has(*_ASKS)

    def _has_deadline(self, token: Token) -> bool:
        """Whether a day or hour of the sentence is only a limit ("by Friday")."""
        here = [one for one in self._tokens if one.sentence == token.sentence]
        for place, one in enumerate(here):
            behind = here[place + 1 : place + 3]
            close = behind[:1] if behind and not behind[0].has("plain") else behind
            if one.has("until") and any(other.has("number", "day") for other in close):
                return True
        return False

    def _counted(self, token: Token) -> bool:
        """Whether a bare number beside the word counts parcels ("Delivered 0", "Delivered (3)")."""
        rest = [one for one in self._tokens if one is not token and not one.has("plain")]
        numbers = [one for one in rest if one.has("number")]
        few = all(one.end - one.start < _FEW_DIGITS for one in numbers)
        only = all(one.has("number") or self._state(one) for one in rest)
        moment = _MOMENT.search(self._text) is not None
        return bool(numbers) and only and few and not moment and (len(numbers) == 1 or len(self.stated) > 1)

    def _odd(self, token: Token, state: str, says: str, scope: Sequence[Token], *, dated: bool) -> Silent | None:
        """Why a line is not taken as a statement though no word undoes it."""
        if "delivered" in {state, says} or state in {"signed", "available_for_pickup"}:
            if any(one.has("against") for one in self._tokens):
                return "help"
            return self._not_understood(scope, dated=dated) if state == "delivered" else None
        before = [one for one in self._tokens if one.end <= token.start and not one.has("plain", "number", "brand")]
        if not before:
            return None
        wide = any(ord(char) > _WIDE for char in self._line.text[token.start : token.end])
        several = " " in self._text[slice(*self._line.span(token.start, token.end))]
        longest = _WIDE_SENTENCE if wide else _SENTENCE if several else _SHORT
        return "help" if len(self._text) > longest else None

    # -- to whom -------------------------------------------------------------------------------------------------------

    def _where(self, token: Token, state: str, scope: Sequence[Token]) -> tuple[str, Recipient | None]:
        """The state as the recipient makes it, and the recipient."""
        if state in {"returned", "returning"}:
            return state, "sender"
        named = self._named(token, state)
        elsewhere = next((who for who in _ELSEWHERE if who in named), None)
        at_home = next((who for who in _AT_HOME if who in named), None)
        if state == "delivered":
            return self._delivered(scope, elsewhere, at_home)
        if state == "available_for_pickup":
            collected = any(one.has("collected") for one in scope)
            where = elsewhere if elsewhere in {"locker", "agent"} else "pickup_point"
            return "delivered" if collected else state, where
        return state, "facility" if state in {"in_transit", "accepted"} and elsewhere == "facility" else None

    def _delivered(
        self, scope: Sequence[Token], elsewhere: Recipient | None, at_home: Recipient | None
    ) -> tuple[str, Recipient | None]:
        """What "delivered" is, by whom it names: with the sender or a carrier the parcel is not with the buyer."""
        if elsewhere in _NOT_THE_BUYER:
            return _NOT_THE_BUYER[elsewhere], elsewhere
        collected = any(one.has("collected") for one in scope)
        waits = any(one.has("waiting") for one in self._tokens)
        left = elsewhere == "pickup_point" and at_home != "recipient"
        if (waits or left) and not collected:
            return "available_for_pickup", elsewhere or "pickup_point"
        return "delivered", elsewhere or at_home or "unknown"

    def _named(self, token: Token, state: str) -> set[Recipient]:
        """Everybody whom the sentence names, but for who did it or whence it came."""
        found: set[Recipient] = set()
        for place, one in enumerate(self._tokens):
            if one.sentence != token.sentence:
                continue
            who = {tag.partition(":")[2] for tag in one.tags if tag.startswith("to:")}
            near = self._tokens[max(0, place - 3) : place]
            before = [other for other in near if not other.has("plain") or other.has("by", "toward")]
            if one.has("brand") and before and before[-1].has("toward"):
                who.add("facility")
            doer = bool(before) and before[-1].has("by") and state != "signed"
            if who and not (doer and who & {"facility", "sender", "agent"}):
                found |= cast("set[Recipient]", who)
        return found

    # -- what is not understood ----------------------------------------------------------------------------------------------

    def _not_understood(self, scope: Sequence[Token], *, dated: bool) -> Silent | None:
        """A sentence with words that nobody knows states no delivery: they may say anything."""
        unknown = [one for one in scope if not one.tags and not self._a_name(one)]
        dense = any(ord(self._line.text[one.start]) > _WIDE for one in unknown)
        size = len(unknown)
        known = sum(1 for one in scope if one.tags and not one.has("number"))
        few = (2 if known > 1 else 1) if dense else int(known >= _WHOLE_SENTENCE)
        most = _UNKNOWN_IN_EVENT if dated else few
        return "help" if size > most else None

    def _a_name(self, token: Token) -> bool:
        """Whether an unknown word is a name: in brackets, behind a word of place, or a town before its state and code."""
        start, end = self._line.span(token.start, token.end)
        before, after = self._text[:start], self._text[end:]
        for opens, closes in zip(_OPEN, _CLOSE, strict=True):
            if opens in before and before.rfind(opens) > before.rfind(closes) and closes in after:
                return True
        if ord(self._line.text[token.start]) > _WIDE or not self._text[start : start + 1].isupper():
            return False
        place = self._tokens.index(token)
        while place and not self._tokens[place - 1].tags and self._tokens[place - 1].sentence == token.sentence:
            place -= 1
        first = self._line.span(self._tokens[place].start, self._tokens[place].end)[0]
        if place and self._tokens[place - 1].has("near", "by", "toward"):
            return True
        return bool(re.match(r"[^.;]{0,40}?,\s*[A-Z]{2}\b", self._text[first:])) and not self._text[first:end].islower()

    def _dated_behind(self, token: Token, state: str) -> bool:
        """Whether the moment that a label names stands behind it in the line."""
        behind = next((one for one in self._tokens if one.start >= token.end and not one.has("plain")), None)
        return state != "signed" and behind is not None and behind.has("number", "day")

    def _needs_value(self, token: Token) -> bool:
        return not any(tag == "state:signed" for tag in token.tags)

    def _value(self, token: Token) -> str | None:
        """What follows the words of a signature."""
        rest = self._text[self._line.span(token.start, token.end)[1] :].strip(" :：-–—.·")
        return rest or None
