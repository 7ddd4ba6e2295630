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
from casefile.text_folding import DENSE
from evidence_packer.understand.parcel_lexicon import lexicon, speaking, vocabulary
from evidence_packer.understand.parcel_lexing import Token, Vocabulary, chain, tokens
from evidence_packer.understand.parcel_sentences import ParcelSentence

_WEIGHT = (
    "delivered", "info_received", "accepted", "in_transit", "out_for_delivery", "available_for_pickup", "exception",
    "attempt_failed", "returning", "cancelled", "returned", "lost",
)  # fmt: skip
"""Of several states in one line the heaviest counts."""
_ELSEWHERE: tuple[Recipient, ...] = ("sender", "facility", "pickup_point", "locker", "agent")
_AT_HOME: tuple[Recipient, ...] = ("neighbour", "reception", "safe_place", "mailbox", "household", "recipient")
_NEXT_DOOR: tuple[Recipient, ...] = ("neighbour", "locker", "pickup_point", "agent")
_NOT_THE_BUYER: dict[Recipient | None, str] = {"sender": "returned", "facility": "in_transit"}
_SHORT, _SENTENCE, _WIDE_SENTENCE = 60, 120, 70
"""Longest lines, in signs, that state a single word, several words, or words of a script without spaces inside them."""
_SHORT_LINE = 16
_STEPS = 3
_MOST_STATED = 32
"""Words of states in a line that is still read: one that holds more states nothing, and takes minutes."""


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
    that a name of several words may stand beside them, which is a place.
    """
    languages = speaking(chain(text), lexicon(house))
    read = [
        _Sentence(text, names, vocabulary(house, language), commas=words.commas, nouns=words.nouns)
        for language, words in house.parcel_words.items()
        if language in languages
    ]
    read = [one for one in read if 0 < len(one.stated) <= _MOST_STATED]
    if not read:
        return ()
    return min(read, key=lambda one: one.unknown).claims(dated=dated)


@functools.lru_cache(maxsize=4096)
def only_undoes(text: str, house: House) -> bool:
    """Whether a short line holds nothing but words that deny or postpone: the beginning of a heading ("Not" above "Delivered")."""
    line = chain(text)
    if not 0 < len(line.text) <= _SHORT_LINE or "digit" in line.kinds:
        return False
    for language in house.parcel_words:
        words = tokens(line, vocabulary(house, language))
        undoing = [one for one in words if one.has("undo:not", "undo:later")]
        if undoing and all(one in undoing or one.has("plain") for one in words):
            return True
    return False


def _says_who_or_where(token: Token) -> bool:
    return token.has("plain", "number", "brand", "by", "near") or any(tag.startswith("to:") for tag in token.tags)


def _says_more(one: ParcelClaim, other: ParcelClaim) -> bool:
    """Whether a claim of the same state is a fact where another is none, or says to whom the parcel came."""
    if one.silent:
        return False
    return other.silent is not None or (other.to == "unknown" and one.to not in {None, "unknown"})


class _Sentence(ParcelSentence):
    """A line in one language, asked for its claims."""

    def claims(self, *, dated: bool) -> tuple[ParcelClaim, ...]:
        """One claim for each state of the line, silent ones included."""
        stated = [(token, str(self._state(token))) for token in self.stated]
        claimed = [(token, state, self._claim(token, state, dated=dated)) for token, state in stated]
        heaviest = self._heaviest(claimed)
        mixed = len({state for _, state in stated} - {"signed"}) >= _STEPS
        found: dict[str, ParcelClaim] = {}
        for _, state, one in claimed:
            beside = mixed or state not in {heaviest, "signed"}
            claim = replace(one, silent=one.silent or "step") if beside else one
            if state not in found or _says_more(claim, found[state]):
                found[state] = claim
        if (
            len({claim.silent for claim in found.values()}) > 1
            and heaviest in found
            and found[heaviest].silent == "tab"
        ):
            return tuple(replace(claim, silent=claim.silent or "tab") for claim in found.values())
        return tuple(found.values())

    def _heaviest(self, claimed: Sequence[tuple[Token, str, ParcelClaim]]) -> str:
        """The state that counts: not one that only another sentence of the line speaks of, as something to come.

        What is announced waits for its carrier, not for its recipient ("Label created, awaiting pickup").
        """
        states = {state for _, state, _ in claimed} - {"signed"}
        if "info_received" in states:
            states.discard("available_for_pickup")
        heaviest = max(states, key=_WEIGHT.index, default="signed")
        if states == {"in_transit", "delivered"} and self._left_at_home(claimed):
            return "delivered"
        loud = [(token, state) for token, state, claim in claimed if not claim.silent and state in states]
        silent = {token.sentence for token, state, claim in claimed if state == heaviest and claim.silent}
        apart = all(token.sentence not in silent and state not in {"delivered", heaviest} for token, state in loud)
        return max((state for _, state in loud), key=_WEIGHT.index) if loud and silent and apart else heaviest

    def _left_at_home(self, claimed: Sequence[tuple[Token, str, ParcelClaim]]) -> bool:
        """Whether what arrived was left at home in the next sentence ("It has arrived! We left it at your door.")."""
        token, state, claim = claimed[-1]
        before = {token.sentence for token, state, _ in claimed if state == "in_transit"}
        home = state == "delivered" and not claim.silent and claim.to in _AT_HOME
        return home and token.sentence not in before and not self._has_bars

    # -- one state ----------------------------------------------------------------------------------------------------

    def _claim(self, token: Token, state: str, *, dated: bool) -> ParcelClaim:
        scope = self._scope(token)
        says, to = self._where(token, state, scope)
        start, end = self._line.span(*self._with_whom(token, says, to))
        silent: Silent | None = "template" if self._names_a_field(token) and not self._ends_in_place(token) else None
        told = says if says == "returned" else state
        silent = silent or self._undone(token, told, scope, dated=dated) or self._odd(token, told, scope, dated=dated)
        label = not any(tag.startswith("state:") for tag in token.tags) and not self._dated_behind(token, state)
        value = self._value(token) if state == "signed" else None
        if state == "signed" and not silent:
            carriers = any(one.has("brand") for one in self._tokens if one.start >= token.end)
            stranger = carriers or self._a_place(token) or bool(self._named(token, state) & {"facility", "sender"})
            silent = "help" if stranger else "template" if not value and self._needs_value(token) else None
        return ParcelClaim(says=says, start=start, end=end, to=to, silent=silent, label=label, value=value)

    def _with_whom(self, token: Token, says: str, to: Recipient | None) -> tuple[int, int]:
        """From where to where the words of a delivery go: with those that say next door to whom."""
        if says != "delivered" or to not in _NEXT_DOOR:
            return token.start, token.end
        near = [one for one in self._tokens if one.sentence == token.sentence and one.has(f"to:{to}")]
        return min(one.start for one in (token, *near)), max(one.end for one in (token, *near))

    def _odd(self, token: Token, state: str, scope: Sequence[Token], *, dated: bool) -> Silent | None:
        """Why a line is not taken as a statement though no word undoes it."""
        if state in {"delivered", "signed", "available_for_pickup"}:
            if any(one.has("against") for one in self._tokens):
                return "help"
            if state != "delivered":
                return None
            weak = token.has("weak") and not self._named(token, state)
            return "help" if weak else self._not_understood(token, scope, dated=dated)
        before = [one for one in self._tokens if one.end <= token.start and not _says_who_or_where(one)]
        if not before:
            return None
        wide = any(ord(char) > DENSE for char in self._line.text[token.start : token.end])
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
            if token.has("state:delivered") and at_home and not elsewhere:
                return self._delivered(scope, None, at_home)
            collected = any(one.has("collected") for one in scope)
            where = elsewhere if elsewhere in {"locker", "agent"} else "pickup_point"
            return "delivered" if collected else state, where
        if state == "signed":
            return state, next((who for who in _NEXT_DOOR if who in named), None)
        return state, "facility" if state in {"in_transit", "accepted"} and elsewhere == "facility" else None

    def _delivered(
        self, scope: Sequence[Token], elsewhere: Recipient | None, at_home: Recipient | None
    ) -> tuple[str, Recipient | None]:
        """What "delivered" is, by whom it names: with the sender or a carrier the parcel is not with the buyer."""
        collected = any(one.has("collected") for one in scope)
        if collected and elsewhere == "facility" and at_home == "recipient":
            elsewhere = "pickup_point"
        if elsewhere in _NOT_THE_BUYER:
            return _NOT_THE_BUYER[elsewhere], elsewhere
        waits = any(one.has("waiting") for one in self._tokens)
        left = elsewhere == "pickup_point" and at_home != "recipient"
        if (waits or left) and not collected:
            return "available_for_pickup", elsewhere or "pickup_point"
        return "delivered", elsewhere or at_home or "unknown"

    def _named(self, token: Token, state: str) -> set[Recipient]:
        """Everybody whom the sentence names, but for who did it or whence it came."""
        found: set[Recipient] = set()
        branded = False
        aside = self._asides(token)
        for place, one in enumerate(self._tokens):
            if one.sentence != token.sentence or one.clause in aside:
                continue
            who = {tag.partition(":")[2] for tag in (*one.tags, *self._inside(one)) if tag.startswith("to:")}
            near = self._tokens[max(0, place - 3) : place]
            before = [other for other in near if not other.has("plain") or other.has("by", "toward")]
            branded |= one.has("brand") and bool(before) and before[-1].has("toward")
            doer = bool(before) and before[-1].has("by") and state != "signed"
            if who and not (doer and who & {"facility", "sender", "agent", "pickup_point"}):
                found |= cast("set[Recipient]", who)
        return found or ({"facility"} if branded else found)

    def _asides(self, token: Token) -> set[int]:
        """Clauses behind the state that say what to do ("如有疑问请联系快递员"), where commas part sentences."""
        behind = {one.clause for one in self._tokens if one.has("undo:if", "undo:asks") and one.clause > token.clause}
        return behind if self._commas else set()

    def _inside(self, token: Token) -> frozenset[str]:
        """Who is named inside a word of a state ("picked up at post office")."""
        if not self._state(token):
            return frozenset()
        found: set[str] = set()
        place = token.start
        while place < token.end:
            end, tags = self._longest_within(place, token)
            found |= tags - {"to:facility", "to:sender", "to:agent"}
            place = end
        return frozenset(found)

    def _ends_in_place(self, token: Token) -> bool:
        """Whether a state's words end in somebody or some place ("déposé en lieu sûr")."""
        if token is not self._tokens[-1]:
            return False
        return any(
            end == token.end and any(tag.startswith("to:") for tag in tags)
            for place in range(token.start, token.end)
            for end, tags in [self._longest_within(place, token)]
        )

    def _longest_within(self, place: int, token: Token) -> tuple[int, frozenset[str]]:
        """The end and the tags of the longest word at a place inside a token that is shorter than the token itself."""
        if self._line.kinds[place] == "letter" and self._line.begins[place]:
            for end, tags in self._known.at(self._line, place):
                whole = place == token.start and end == token.end
                if end <= token.end and self._line.begins[end] and not whole:
                    return end, tags
        return place + 1, frozenset()

    def _dated_behind(self, token: Token, state: str) -> bool:
        """Whether the moment or the place that a label names stands behind it in the line."""
        behind = next((one for one in self._tokens if one.start >= token.end and not one.has("plain")), None)
        if state == "signed" or behind is None:
            return False
        return behind.has("number", "day") or any(tag.startswith("to:") for tag in behind.tags)

    def _needs_value(self, token: Token) -> bool:
        return not any(tag == "state:signed" for tag in token.tags)

    def _a_place(self, token: Token) -> bool:
        """Whether a door or a mailbox stands where the signer should ("Received by: FRONT DOOR"): nobody signed there."""
        behind = [one for one in self._tokens if one.start >= token.end and one.sentence == token.sentence]
        places = [one for one in behind if one.has("to:safe_place", "to:mailbox")]
        return bool(places) and all(one in places or one.has("plain", "number") for one in behind)

    def _value(self, token: Token) -> str | None:
        """What follows the words of a signature."""
        rest = self._text[self._line.span(token.start, token.end)[1] :].strip(" :：-–—.·")
        return rest or None
