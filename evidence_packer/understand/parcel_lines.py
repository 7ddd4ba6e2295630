"""What a line says of a parcel: its state, to whom it came, and whether the words state it or undo it. Pure.

Every word of the line counts. "Delivered" is believed only where the rest of its sentence is understood, and nothing in it denies,
postpones, doubts, or names somebody else than the buyer; a line that is not understood states no delivery.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from casefile.house import House
from casefile.statement import ParcelState, Recipient, Silent
from evidence_packer.understand.parcel_lexicon import lexicon, speaking, vocabulary
from evidence_packer.understand.parcel_lexing import Token, Vocabulary, chain
from evidence_packer.understand.parcel_sentences import WIDE, ParcelSentence

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
_STEPS = 3


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
    languages = speaking(chain(text), lexicon(house))
    read = [
        _Sentence(text, names, vocabulary(house, language), commas=words.commas)
        for language, words in house.parcel_words.items()
        if language in languages
    ]
    read = [one for one in read if one.stated]
    if not read:
        return ()
    return min(read, key=lambda one: one.unknown).claims(dated=dated)


class _Sentence(ParcelSentence):
    """A line in one language, asked for its claims."""

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
        silent = silent or self._undone(token, state, scope, dated=dated) or self._odd(token, state, scope, dated=dated)
        label = not any(tag.startswith("state:") for tag in token.tags) and not self._dated_behind(token, state)
        value = self._value(token) if state == "signed" else None
        if state == "signed" and not silent:
            carriers = any(one.has("brand") for one in self._tokens if one.start >= token.end)
            stranger = carriers or bool(self._named(token, state) & {"facility", "sender"})
            silent = "help" if stranger else "template" if not value and self._needs_value(token) else None
        return ParcelClaim(says=says, start=start, end=end, to=to, silent=silent, label=label, value=value)

    def _odd(self, token: Token, state: str, scope: Sequence[Token], *, dated: bool) -> Silent | None:
        """Why a line is not taken as a statement though no word undoes it."""
        if state in {"delivered", "signed", "available_for_pickup"}:
            if any(one.has("against") for one in self._tokens):
                return "help"
            if state != "delivered":
                return None
            weak = token.has("weak") and not self._named(token, state)
            return "help" if weak else self._not_understood(scope, dated=dated)
        before = [one for one in self._tokens if one.end <= token.start and not one.has("plain", "number", "brand")]
        if not before:
            return None
        wide = any(ord(char) > WIDE for char in self._line.text[token.start : token.end])
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
        branded = False
        for place, one in enumerate(self._tokens):
            if one.sentence != token.sentence:
                continue
            who = {tag.partition(":")[2] for tag in one.tags if tag.startswith("to:")}
            near = self._tokens[max(0, place - 3) : place]
            before = [other for other in near if not other.has("plain") or other.has("by", "toward")]
            branded |= one.has("brand") and bool(before) and before[-1].has("toward")
            doer = bool(before) and before[-1].has("by") and state != "signed"
            if who and not (doer and who & {"facility", "sender", "agent", "pickup_point"}):
                found |= cast("set[Recipient]", who)
        return found or ({"facility"} if branded else found)

    def _dated_behind(self, token: Token, state: str) -> bool:
        """Whether the moment or the place that a label names stands behind it in the line."""
        behind = next((one for one in self._tokens if one.start >= token.end and not one.has("plain")), None)
        if state == "signed" or behind is None:
            return False
        return behind.has("number", "day") or any(tag.startswith("to:") for tag in behind.tags)

    def _needs_value(self, token: Token) -> bool:
        return not any(tag == "state:signed" for tag in token.tags)

    def _value(self, token: Token) -> str | None:
        """What follows the words of a signature."""
        rest = self._text[self._line.span(token.start, token.end)[1] :].strip(" :：-–—.·")
        return rest or None
