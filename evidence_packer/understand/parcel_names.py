"""Which unknown words of a line are names of people or places, which say nothing of a parcel. Pure."""

import re
from itertools import pairwise

from casefile.text_folding import DENSE
from evidence_packer.understand.parcel_lexing import Token, Vocabulary, chain, tokens

_PERSON = frozenset({"to:recipient", "to:household"})
_NAME_SIGNS, _CHINESE_NAME = 12, 4
_BEFORE_NAMES = ("near", "by", "toward", "label:signed")
_SIGNS = ("label:signed",)
_INITIALS = 3
_CALLED = ("to:neighbour", "to:household", "title")
"""Words that a name follows: "Frau Schulz", "neighbour Smith"."""
_NAMING = frozenset({"surname", "district"})
_FLAT_LETTERS = 2
"""So many letters that touch a number belong to it ("3B")."""
_IN_NAMES = frozenset({"plain", "district", "near", "of"})
"""What a sign in a town's name may mean elsewhere."""
_OPEN, _CLOSE = "[［【", "]］】"
_STATE = re.compile(r"[A-Z]{2}")
_TOWN = re.compile(r"[^.;]{0,40}?(?:[,/-]\s*[A-Z]{2}\b|\s[A-Z]{2}\s+[A-Z]?\d|\s\(\d{2,5}\))")
_PLACE = re.compile(
    r"(?:\s[-–—|·]\s|[,|]\s?)((?:[^\W\d_]['’])?[A-ZÀ-ÞĀ-ŽА-Я][\w'’]+(?:(?:\s\w{1,3}){0,2}[\s-](?:[^\W\d_]['’])?[A-ZÀ-ÞĀ-ŽА-Я][\w'’]+)+)"
    r"(?=\s*(?:[,|(]|\d|$))"
)
_PLACE_AHEAD = re.compile(
    r"\s*([A-ZÀ-ÞĀ-Ž][\w'’-]+(?: [A-ZÀ-ÞĀ-Ž][\w'’-]+){0,3}(?:, ?[A-Z]{2}(?: \d{5})?)?), ?(?=[A-ZÀ-ÞĀ-Ž][a-zà-ÿ])"
)

_ADVERB = re.compile(r"(?:ly|weise|lich|ment|mente|lijk|ligen|tvis|maybe|perhaps)$", re.IGNORECASE)
"""How words end that say how sure something is ("Hopefully, Delivered"): they are no town."""


class ParcelNames:
    """A line in one language as known and unknown words."""

    def __init__(
        self, text: str, names: Vocabulary | None, known: Vocabulary, *, commas: bool, nouns: bool = False
    ) -> None:
        """``names``: words that may stand in it; ``commas``: whether commas part sentences; ``nouns``: they have capitals."""
        self._nouns, self._shouts = nouns, text.isupper()
        self._text, self._line, self._known, self._commas = text, chain(text), known, commas
        self._tokens = tokens(self._line, known, names)

    @staticmethod
    def _unknown(token: Token) -> bool:
        """Whether nobody knows what a word says; a surname alone says nothing."""
        return token.tags <= _NAMING

    def _touch(self, one: Token, other: Token) -> bool:
        return self._line.places[one.end - 1] + 1 == self._line.places[other.start]

    def _a_name(self, token: Token) -> bool:
        """Whether an unknown word is a name: behind a word of place or of a person, or a town beside its district or code."""
        first = self._run_of_unknown(token)
        place = self._tokens.index(first)
        lead_in = self._tokens[place - 1] if place else None
        lead = self._text[: self._line.span(first.start, first.end)[0]]
        if lead_in is not None and lead_in.tags and re.search(r"[:：]\s*$", lead):
            return lead_in.has("toward") or any(tag.startswith(("to:", "label:")) for tag in lead_in.tags)
        if ord(self._line.text[token.start]) > DENSE:
            return self._behind_a_person(token) or self._a_district(token)
        if not self._capital(token):
            return False
        if lead_in is not None and lead_in.has(*(_BEFORE_NAMES if self._names_stand_out(token) else _SIGNS)):
            return lead_in.has("label:signed") or not lead_in.has("toward")
        called = lead_in is not None and not self._shouts and lead_in.has(*_CALLED)
        called = called or self._a_state(token)
        return called or self._in_square_brackets(token) or _TOWN.match(self._text[len(lead) :]) is not None

    def _a_state(self, token: Token) -> bool:
        """Whether the two letters behind a comma are a state: "Delivered, CHICAGO, IL" where the case knows the town."""
        start, end = self._line.span(token.start, token.end)
        return self._text[:start].rstrip().endswith(",") and _STATE.fullmatch(self._text[start:end]) is not None

    def _place_beside(self) -> range:
        """Where a name stands for itself: several words ("Zugestellt - Bad Aibling"), or before an event ("Leeds, Delivered")."""
        found = None if self._shouts else _PLACE.search(self._text) or _PLACE_AHEAD.match(self._text)
        return range(*found.span(1)) if found and not _ADVERB.search(found[1]) else range(0)

    def _of_a_number(self, token: Token) -> bool:
        """Whether a letter or two belong to the number before them ("3B")."""
        place = self._tokens.index(token)
        lead_in = self._tokens[place - 1] if place else None
        short = token.end - token.start <= _FLAT_LETTERS and ord(self._line.text[token.start]) <= DENSE
        return short and lead_in is not None and lead_in.has("number") and self._touch(lead_in, token)

    def _in_square_brackets(self, token: Token) -> bool:
        """Whether an event's place is set in brackets before or behind it ("[Kab. Sidoarjo]")."""
        start, end = self._line.span(token.start, token.end)
        before, after = self._text[:start], self._text[end:]
        return any(
            opens in before and before.rfind(opens) > before.rfind(closes) and closes in after
            for opens, closes in zip(_OPEN, _CLOSE, strict=True)
        )

    def _a_district(self, token: Token) -> bool:
        """Whether signs that stand alone end in a word for a town or a district ("已签收 呼和浩特市")."""
        place = self._tokens.index(token)
        while place and self._touch(self._tokens[place - 1], self._tokens[place]):
            place -= 1
        for one, other in pairwise((*self._tokens[place:], None)):
            if one is None or not one.tags <= _IN_NAMES:
                return False
            if one.start >= token.start and one.has("district"):
                return True
            if other is None or not self._touch(one, other):
                return False
        return False

    def _capital(self, token: Token) -> bool:
        return self._text[self._line.places[token.start]].isupper()

    def _names_stand_out(self, token: Token) -> bool:
        """Whether a capital makes a name: not where a whole line or every noun has one, but for initials and shouted names."""
        written = self._text[slice(*self._line.span(token.start, token.end))]
        return not self._shouts and (not self._nouns or written.isupper() or len(written) < _INITIALS)

    def _run_of_unknown(self, token: Token) -> Token:
        """The first of the unknown words of a sentence that stand together with one."""
        place = self._tokens.index(token)
        while place and self._unknown(self._tokens[place - 1]) and self._tokens[place - 1].sentence == token.sentence:
            place -= 1
        return self._tokens[place]

    def _behind_a_person(self, token: Token) -> bool:
        """Whether only unknown signs, few enough for a name, stand between a word and one for a recipient or signer."""
        first = self._run_of_unknown(token)
        place = self._tokens.index(first)
        lead_in = self._tokens[place - 1] if place else None
        if lead_in is None:
            return False
        length = self._tokens.index(token) - place
        if lead_in.has("by"):
            return first.has("surname") and length < _CHINESE_NAME
        return length < _NAME_SIGNS and any(tag.startswith("label:signed") or tag in _PERSON for tag in lead_in.tags)
