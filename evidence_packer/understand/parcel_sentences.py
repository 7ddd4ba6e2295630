"""What undoes a state in its sentence, and whether the sentence is understood at all. Pure.

A word that denies, postpones, doubts or asks undoes it; so do a share, a number of parcels, a deadline, and a label that waits for
its value. A word that nobody knows may do so too, so that only a line that is wholly understood states a delivery.
"""

import re
from collections.abc import Sequence

from casefile.statement import Silent
from casefile.text_folding import DENSE
from evidence_packer.understand.parcel_lexing import Token, chain, tokens
from evidence_packer.understand.parcel_names import ParcelNames

_SILENT: dict[str, Silent] = {
    "not": "help", "later": "help", "if": "instruction", "asks": "help", "said": "help", "measure": "tab", "menu": "menu",
    "doubt": "help", "why": "instruction",
}  # fmt: skip
_FEW_DIGITS = 5
_SENTENCE_ENDS = re.compile(r"[.!?。！？;；…]")
_PERCENT = re.compile(r"[%％٪]")
_PART = re.compile(r"(?<![\d/.-])[1-9]\s?/\s?[1-9](?![\d/.-])")
_EMPTY = re.compile(r"\s*[:：]\s*[-–—_./\s]*$")
_COUNT = re.compile(r"[:：]\s*\d{1,4}\s*\D{0,3}$")
_ASKS = ("toward", "by", "until", "near")
_MOMENT = re.compile(r"\d\s?[:/.–-]\s?\d|\d\s?[年月日時时]")
_PART_OF = {"returning": ("later",)}
"""Kinds of words that belong to a state: a return is still under way."""
_NOT_BEHIND = frozenset({"attempt_failed", "exception", "info_received", "cancelled"})
"""States that a denial behind them confirms ("attempt unsuccessful", "label created, not yet received")."""
_ADVERSE = frozenset({"exception", "attempt_failed", "returning", "returned", "lost", "cancelled"})
"""States of which words of doubt and harm are a part."""
_HAN = re.compile("[\u3400-\u9fff]")


class ParcelSentence(ParcelNames):
    """A line in one language."""

    @property
    def stated(self) -> list[Token]:
        """The words of the line that name a state."""
        return [token for token in self._tokens if self._state(token)]

    @property
    def unknown(self) -> int:
        """How many signs nobody knows: the language that knows most of the line is its language."""
        return sum(token.end - token.start for token in self._tokens if not token.tags)

    @staticmethod
    def _state(token: Token) -> str | None:
        found = sorted(tag.partition(":")[2] for tag in token.tags if tag.startswith(("state:", "label:")))
        return found[0] if found else None

    @property
    def _has_bars(self) -> bool:
        """Whether signs part the line that stand between steps and tabs."""
        return any(sign in self._text for sign in "|•·>›→")

    def _scope(self, token: Token) -> list[Token]:
        """The tokens of a state's sentence; where commas part sentences, those up to the end of its clause."""
        same = [one for one in self._tokens if one.sentence == token.sentence]
        return [one for one in same if one.clause <= token.clause] if self._commas else same

    def _undone(self, token: Token, state: str, scope: Sequence[Token], *, dated: bool) -> Silent | None:
        """The silent voice of a state that its sentence undoes."""
        spared = {"undo:doubt", "undo:why"} if state in _ADVERSE else set[str]()
        spared |= {f"undo:{kind}" for kind in _PART_OF.get(state, ())}
        spared |= {"undo:said", "undo:asks"} if dated and state == "lost" else set()
        for one in scope:
            confirms = {"undo:not"} if one.start >= token.end and state in _NOT_BEHIND else set[str]()
            if state in _ADVERSE and one.clause != token.clause:
                confirms |= {"undo:not", "undo:later"}
            kinds = [tag for tag in one.tags - spared - confirms if tag.startswith("undo:")]
            waits = state == "available_for_pickup" and one.has("waiting")
            if kinds and one is not token and not waits:
                return _SILENT[min(kinds).partition(":")[2]]
        rest = self._text[self._line.span(token.start, token.end)[1] :]
        ends = _SENTENCE_ENDS.search(rest)
        asked = (ends is not None and ends[0] in "?？") or "¿" in self._text
        if asked or _PERCENT.search(self._text) or self._has_deadline(token):
            return "help"
        if _EMPTY.match(rest):
            return "template"
        if _COUNT.search(self._text) and not _MOMENT.search(self._text):
            return "tab"
        return "tab" if self._counted(token) or self._in_part(scope) else None

    def _in_part(self, scope: Sequence[Token]) -> bool:
        """Whether only some of several parcels are meant ("2 of 3")."""
        if _PART.search(self._text):
            return True
        for place, one in enumerate(scope):
            behind = [other for other in scope[place + 1 : place + 4] if one.has("number")]
            if behind and behind[0].has("plain") and not behind[0].has("of"):
                del behind[0]
            if behind and behind[0].has("of"):
                dense = ord(self._line.text[behind[0].start]) > DENSE
                others = scope[place + 2 :] if dense else behind[1:2]
                if any(other.has("number") for other in others):
                    return True
        return False

    def _names_a_field(self, token: Token) -> bool:
        """Whether the line ends in a word that asks for what follows ("Delivered To", "Left At")."""
        if not any(tag.startswith("state:") for tag in token.tags):
            return False
        last = self._tokens[-1]
        if self._names_who_delivers(token):
            return True
        if last is not token:
            asks = last.start >= token.end and last.has(*_ASKS)
            return asks and ord(self._line.text[last.start]) <= DENSE
        words = self._text[slice(*self._line.span(token.start, token.end))].split()
        behind = tokens(chain(words[-1]), self._known) if len(words) > 1 else ()
        return len(behind) == 1 and behind[0].has(*_ASKS)

    def _names_who_delivers(self, token: Token) -> bool:
        """Whether nothing follows but by whom: "Delivered by Amazon" says who delivers, not that it was done."""
        behind = [one for one in self._tokens if one.start >= token.end]
        who = behind[1:] if behind and behind[0].has("by") else ()
        done = [one for one in who if not one.has("plain")]
        return (
            token.has("state:delivered")
            and bool(done)
            and all(one.has("brand", "to:facility", "to:sender") for one in done)
        )

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
        numbers = [one for one in rest if one.has("number") and one.sentence == token.sentence]
        few = all(one.end - one.start < _FEW_DIGITS for one in numbers)
        only = all(one.has("number") or self._state(one) for one in rest)
        moment = _MOMENT.search(self._text) is not None
        return bool(numbers) and only and few and not moment and (len(numbers) == 1 or len(self.stated) > 1)

    def _not_understood(self, state: Token, scope: Sequence[Token], *, dated: bool) -> Silent | None:
        """A sentence with a word that nobody knows states no delivery: it may say anything ("Delivered hopefully")."""
        if self._prefixed(state) or self._suffixed(state):
            return "help"
        where = self._place_beside() if dated else range(0)
        unknown = [one for one in scope if self._unknown(one) and self._line.places[one.start] not in where]
        return "help" if any(not (self._of_a_number(one) or self._a_name(one)) for one in unknown) else None

    def _prefixed(self, state: Token) -> bool:
        """Whether a single sign that nobody knows touches a Chinese word: it may turn the word round ("反签收")."""
        place = self._tokens.index(state)
        if not place or not _HAN.match(self._line.text[state.start]):
            return False
        sign, before = self._tokens[place - 1], self._tokens[place - 2] if place > 1 else None
        touches = self._unknown(sign) and sign.end - sign.start == 1 and self._touch(sign, state)
        return touches and (before is None or not self._unknown(before) or not self._touch(before, sign))

    def _suffixed(self, state: Token) -> bool:
        """Whether signs that nobody knows touch a Chinese word from behind: "签收入库" is no receipt of the buyer's."""
        place = self._tokens.index(state)
        if place + 1 == len(self._tokens) or not _HAN.match(self._line.text[state.end - 1]):
            return False
        behind = self._tokens[place + 1]
        return self._unknown(behind) and bool(_HAN.match(self._line.text[behind.start])) and self._touch(state, behind)
