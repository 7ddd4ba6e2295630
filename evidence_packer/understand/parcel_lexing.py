"""A line of a page cut into the known words of one language, the longest first. Pure.

Comparing is done on a chain of signs without spaces, hyphens and apostrophes, since OCR loses them; where a script parts its
words, a word begins and ends where the line does so, or where a run of letters is made of known words only ("Notdelivered").
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from casefile import text_folding
from casefile.text_folding import DENSE

_SOFT = frozenset(" \u00a0'’‘`´-‐‑­\u200b\u0e46")
_SPLIT = frozenset(".!?;。！？；｡…|•·")
_COMMAS = frozenset(",，、､")
_LONG_ENOUGH = 4
"""A full stop behind fewer letters may belong to a short form ("Est.")."""
_DENSE_KEY, _KEY = 2, 3
_PLAIN_WORDS = re.compile("[a-zа-я]+(?: [a-zа-я]+)*")
_DENSE_WORD = re.compile("[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uac00-\ud7a3]+")

Kind = Literal["letter", "digit", "split", "comma", "mark"]


@functools.lru_cache(maxsize=8192)
def _kind(char: str) -> Kind | None:
    """What a sign is; ``None`` for signs that do not count."""
    if char in _SOFT:
        return None
    if char.isdigit():
        return "digit"
    if char == "&" or unicodedata.category(char)[0] in "LM":
        return "letter"
    return "split" if char in _SPLIT else "comma" if char in _COMMAS else "mark"


@dataclass(frozen=True, slots=True)
class Chain:
    """The signs of a line that count, folded; ``places[i]`` is where sign ``i`` stands in the line as it was read."""

    text: str
    kinds: tuple[Kind, ...]
    places: tuple[int, ...]
    begins: tuple[bool, ...]
    """Whether a word can begin at a sign; one more than there are signs, for the end."""

    def gaps(self, start: int, end: int) -> list[int]:
        """How far behind ``start`` a letter begins a new word inside a script that parts its words."""
        inner = range(start + 1, end)
        return [
            at - start
            for at in inner
            if self.begins[at] and ord(self.text[at]) <= DENSE and ord(self.text[at - 1]) <= DENSE
        ]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The signs ``start`` to ``end`` as places of the line."""
        return self.places[start], self.places[end - 1] + 1


@functools.lru_cache(maxsize=8192)
def chain(line: str) -> Chain:
    """The chain of a line."""
    return _chained(line)


def _chained(line: str) -> Chain:
    bare = text_folding.bare(line.replace("\u3000", " "))
    text, kinds, places, begins = list[str](), list[Kind](), list[int](), list[bool]()
    gap = True
    for index, char in enumerate(bare.text):
        kind = _kind(char)
        if kind is None:
            gap = True
            continue
        before = kinds[-1] if kinds else None
        parted = gap or kind != "letter" or before != "letter" or ord(char) > DENSE or ord(text[-1]) > DENSE
        if ord(char) > DENSE and unicodedata.category(char) == "Mn":
            parted = False
        text.append(char)
        kinds.append(kind)
        places.append(bare.places[index])
        begins.append(parted)
        gap = False
    return Chain("".join(text), tuple(kinds), tuple(places), (*begins, True))


def spelling(word: str) -> str:
    """A word as chains have it."""
    return _spelt(word)[0]


def _spelt(word: str) -> tuple[str, Iterable[int]]:
    """A word as chains have it, and how far in a letter begins a new one: most are letters and spaces, and need no chain."""
    plain = text_folding.word(word)
    if _DENSE_WORD.fullmatch(plain):
        return plain, ()
    if not _PLAIN_WORDS.fullmatch(plain):
        known = _chained(word)
        return known.text, known.gaps(0, len(known.text))
    parts = plain.split(" ")
    return "".join(parts), itertools.accumulate(map(len, parts[:-1]))


@dataclass(frozen=True, slots=True)
class Token:
    """A known word with its tags, a number, or (without tags) something unknown: signs ``start`` to ``end`` of the chain.

    ``sentence`` and ``clause`` count what full stops and commas part.
    """

    start: int
    end: int
    tags: frozenset[str]
    sentence: int = 0
    clause: int = 0

    def has(self, *tags: str) -> bool:
        """Whether it has one of these tags."""
        return not self.tags.isdisjoint(tags)


NUMBER = frozenset({"number"})
_NOTHING: frozenset[str] = frozenset()


class Vocabulary:
    """Words with their tags, found by their first signs."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        """``words``: a tag → the words that have it."""
        tags: dict[str, set[str]] = {}
        self._gaps: dict[str, set[int]] = {}
        for tag, spelt in words.items():
            for word in spelt:
                text, gaps = _spelt(word)
                tags.setdefault(text, set()).add(tag)
                self._gaps.setdefault(text, set()).update(gaps)
        tags.pop("", None)
        self._tags = {word: frozenset(those) for word, those in tags.items()}
        self._keyed: dict[str, list[str]] = {}
        for word in sorted(tags, key=len, reverse=True):
            self._keyed.setdefault(_key(word, 0), []).append(word)

    def at(self, line: Chain, place: int) -> Iterator[tuple[int, frozenset[str]]]:
        """(end, tags) of the words that stand at a place, the longest first; none across a space that it does not have."""
        text = line.text
        for size in (_DENSE_KEY, 1) if ord(text[place]) > DENSE else (_KEY, 2, 1):
            for word in self._keyed.get(text[place : place + size], ()):
                if text.startswith(word, place) and self._gaps[word].issuperset(line.gaps(place, place + len(word))):
                    yield place + len(word), self._tags[word]


def _key(text: str, place: int) -> str:
    return text[place : place + (_DENSE_KEY if ord(text[place]) > DENSE else _KEY)]


def tokens(line: Chain, known: Vocabulary, more: Vocabulary | None = None) -> tuple[Token, ...]:
    """The line from left to right; ``more`` is asked where ``known`` knows nothing."""
    return tuple(_Lexer(line, known, more).run())


class _Lexer:
    def __init__(self, line: Chain, known: Vocabulary, more: Vocabulary | None) -> None:
        self._line, self._known, self._more = line, known, more
        self._sentence = self._clause = 0

    def run(self) -> Iterator[Token]:
        place, line = 0, self._line
        while place < len(line.text):
            kind = line.kinds[place]
            if kind == "letter":
                found = self._words(place)
                yield from found
                place = found[-1].end
            elif kind == "digit":
                end = self._end(place)
                yield self._token(place, end, NUMBER)
                place = end
            else:
                self._count(place, kind)
                place += 1

    def _token(self, start: int, end: int, tags: frozenset[str]) -> Token:
        return Token(start, end, tags, self._sentence, self._clause)

    def _count(self, place: int, kind: Kind) -> None:
        line = self._line
        if kind == "comma":
            self._clause += 1
        if kind != "split":
            return
        if line.text[place] == ".":
            begin = place
            while begin and line.kinds[begin - 1] == "letter" and (begin == place or not line.begins[begin]):
                begin -= 1
            if place - begin < _LONG_ENOUGH and (not begin or ord(line.text[place - 1]) <= DENSE):
                return
        self._sentence, self._clause = self._sentence + 1, self._clause + 1

    def _end(self, place: int) -> int:
        """The end of a run of digits, or of letters that nothing parts."""
        line, end = self._line, place + 1
        digits = line.kinds[place] == "digit"
        while end < len(line.text) and line.kinds[end] == line.kinds[place] and (digits or not line.begins[end]):
            end += 1
        return end

    def _whole(self, place: int) -> Token | None:
        """The longest known word that begins at a place and ends where words end."""
        for vocabulary in filter(None, (self._known, self._more)):
            for end, tags in vocabulary.at(self._line, place):
                if self._line.begins[end]:
                    return self._token(place, end, tags)
        return None

    def _words(self, place: int) -> list[Token]:
        if found := self._whole(place):
            return [found]
        end = self._end(place)
        if end - place > _LONG_ENOUGH and (parts := self._parts(place, end)):
            return [self._token(start, stop, tags) for start, stop, tags in parts]
        return [self._token(place, end, _NOTHING)]

    def _parts(self, place: int, end: int) -> list[tuple[int, int, frozenset[str]]] | None:
        """A run without spaces as known words only, or ``None``."""
        best: dict[int, list[tuple[int, int, frozenset[str]]]] = {end: []}
        for start in range(end - 1, place - 1, -1):
            for stop, tags in self._known.at(self._line, start):
                if stop <= end and stop - start > 1 and stop in best:
                    best[start] = [(start, stop, tags), *best[stop]]
                    break
        parts = best.get(place)
        if not parts or max(stop - start for start, stop, _ in parts) < _LONG_ENOUGH:
            return None
        kinds = {tag.partition(":")[0] for _, _, tags in parts for tag in tags}
        # "Şubesine" is no February in front of a wife: whom a run names counts only beside what it says.
        return None if "to" in kinds and not kinds & {"state", "label", "undo"} else parts
