"""The phrases of one language by what they mean, as patterns; and which languages a text is written in. Pure."""

import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from casefile import text_folding
from casefile.house import House
from casefile.text_folding import DENSE

_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), ("ja",)),
    (re.compile("[払円済処発図単実対変戻売覧価]|返金"), ("ja",)),
    (re.compile("[\uac00-\ud7af]"), ("ko",)),
    (re.compile("[\u0e00-\u0e7f]"), ("th",)),
    (re.compile("[\u0400-\u04ff]"), ("ru",)),
    (re.compile("[\u3400-\u9fff]"), ("zh-Hans", "zh-Hant")),
)
"""Scripts, and signs that only one language writes, say which it is; the two spellings of Chinese are read together."""
_GRAM = 4
"""So many first signs rule out most phrases."""
_LITERAL = re.compile(r"[\w' ,-]+")
_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[^\W_][\w' ]*")
_GROUP = re.compile(r"\(((?!\?)[^()\[\]]+)\)(?![?*{])")
"""A group that has to be there, without others in it."""
_STARTS = re.compile(r"(?<![^\W_])[^\W_]")
_NO_SIGN = frozenset({"lead", "behind", "untrue", "mistaken", "goods", "thing", "another"})
"""Meanings whose phrases tell no language."""
_NEARLY = 0.7
"""A language with so many hits of the best one's may be meant too."""
_SENTENCE = re.compile(r"[^.!?。！？…\n]*(?:[.!?。！？…\n]+|$)")
_NO_END = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|no|nr|st|bzw|ca|inkl|evtl|p\.m|a\.m|usw|z\.b|d\.h)|\d|\b\w)\.$", re.IGNORECASE
)
_COMMAS = r"[,，、;；:：()（）]|\s[-–—]\s"


def _is_stem(phrase: str) -> bool:
    return re.search(r"(?<!\\)[^\W\d_]\*$", phrase) is not None


def _spelt(phrase: str) -> str:
    """A pattern of a phrase in folded text: whole words where the script parts words, any ending for ``word*``."""
    stem = _is_stem(phrase)
    folded = text_folding.word(phrase[:-1] if stem else phrase)
    spelt = folded.replace(" ", r"\s?")
    if ord(next((sign for sign in folded if sign.isalpha()), "\uffff")) > DENSE:
        return f"(?:{spelt})"
    return rf"(?<![^\W_])(?:{spelt})" + ("" if stem else r"(?![^\W_])")


def pattern_of(phrases: Sequence[str]) -> re.Pattern[str]:
    """Any of the phrases, in folded text; the longer first, for a shorter one would leave half a word ("저" of "저녁")."""
    return re.compile("|".join(map(_spelt, sorted(phrases, key=len, reverse=True))) or r"(?!)")


_compiled = functools.lru_cache(maxsize=4096)(pattern_of)


class _Patterns(Mapping[str, tuple[re.Pattern[str], ...]]):
    """Meaning → its patterns, made of the phrases of each language when somebody asks: of most meanings nobody does."""

    def __init__(self, spelt: Mapping[str, tuple[tuple[str, ...], ...]]) -> None:
        self.spelt = spelt
        self._made: dict[str, tuple[re.Pattern[str], ...]] = {}

    def __getitem__(self, meaning: str) -> tuple[re.Pattern[str], ...]:
        if meaning not in self._made:
            self._made[meaning] = tuple(map(_compiled, self.spelt[meaning]))
        return self._made[meaning]

    def __iter__(self) -> Iterator[str]:
        return iter(self.spelt)

    def __len__(self) -> int:
        return len(self.spelt)


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Meaning → its patterns, one of each language."""

    patterns: _Patterns

    def has(self, meaning: str, text: str) -> bool:
        """Whether folded ``text`` holds a phrase of this meaning."""
        return any(pattern.search(text) for pattern in self.patterns.get(meaning, ()))

    def search(self, meaning: str, text: str) -> re.Match[str] | None:
        """The first phrase of this meaning in folded ``text``."""
        found = (match for pattern in self.patterns.get(meaning, ()) if (match := pattern.search(text)))
        return min(found, key=lambda match: (match.start(), -match.end()), default=None)

    def full(self, meaning: str, text: str) -> bool:
        """Whether folded ``text`` is a phrase of this meaning and no more."""
        return any(pattern.fullmatch(text.strip()) for pattern in self.patterns.get(meaning, ()))

    def blanked(self, meaning: str, text: str) -> str:
        """Folded ``text`` with spaces, as many as signs, for the phrases of this meaning."""
        for pattern in self.patterns.get(meaning, ()):
            text = pattern.sub(lambda match: " " * len(match[0]), text)
        return text

    def first(self, meaning: str) -> tuple[str, ...]:
        """The first phrase of this meaning in each language, folded."""
        return tuple(text_folding.word(told[0]) for told in self.patterns.spelt.get(meaning, ()) if told)

    def without(self, meaning: str, text: str) -> str:
        """Folded ``text`` without the phrases of this meaning."""
        for pattern in self.patterns.get(meaning, ()):
            text = pattern.sub(" ", text)
        return text


@functools.lru_cache(maxsize=256)
def phrases(house: House, table: str, languages: tuple[str, ...]) -> Phrases:
    """The phrases of ``table`` (``intents``, ``refunds``) in these languages together, their negations among them."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name in languages if len(languages) > 1 else ():
        for meaning, spelt in phrases(house, table, (name,)).patterns.spelt.items():
            found[meaning] = (*found.get(meaning, ()), *spelt)
    words = house.reading_words.get(languages[0]) if len(languages) == 1 else None
    if words is not None:
        said = {**getattr(words, table), "not": (*getattr(words, table).get("not", ()), *words.negations)}
        found = {meaning: (tuple(spelt),) for meaning, spelt in said.items()}
    return Phrases(_Patterns(found))


_spelt_pattern = functools.lru_cache(maxsize=16384)(re.compile)
"""Made when a line needs it: most of them never are."""


@functools.lru_cache(maxsize=8)
def _latin_phrases(house: House, table: str) -> Mapping[str, tuple[tuple[str, "_Needed", str], ...]]:
    """The phrases of ``table`` in languages of Latin letters, by their first signs: (language, what it needs, pattern)."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for name in set(house.reading_words) - {name for _, names in _SCRIPTS for name in names}:
        words = house.reading_words[name]
        told = (one for meaning, said in getattr(words, table).items() if meaning not in _NO_SIGN for one in said)
        for phrase in dict.fromkeys((*told, *words.intents.get("common", ()), *words.negations)):
            for begins in _beginnings(phrase):
                found.setdefault(begins, {})[name, phrase] = _spelt(phrase)
    return {
        begins: tuple((name, _needed(phrase), pattern) for (name, phrase), pattern in known.items())
        for begins, known in found.items()
    }


_Spans = Mapping[str, Sequence[tuple[int, int]]]
"""Word → where it stands."""


class _Needed(NamedTuple):
    """What every text with a phrase has: ``signs``, spaces left out, or this very ``word``; nothing where it is spelt in ways."""

    signs: str = ""
    word: str = ""

    def stands(self, squeezed: str, words: _Spans) -> bool:
        """Whether a text may hold the phrase; a pattern is made only then."""
        return self.word in words if self.word else self.signs in squeezed

    def spans(self, folded: str, pattern: str, words: _Spans) -> Sequence[tuple[int, int]]:
        """Where a text holds it; a word of its own needs no pattern."""
        return words[self.word] if self.word else [match.span() for match in _spelt_pattern(pattern).finditer(folded)]


def _needed(phrase: str) -> _Needed:
    sure = phrase[:-1] if _is_stem(phrase) else phrase
    if not _LITERAL.fullmatch(sure):
        return _Needed()
    folded = text_folding.word(sure)
    return _Needed(word=folded) if sure == phrase and _WORD.fullmatch(folded) else _Needed(signs=_squeezed(folded))


def _beginnings(phrase: str) -> set[str]:
    """The first signs with one of which every text with the phrase has it, spaces left out; ``""`` where they cannot be told."""
    found: set[str] = set()
    for way in _choices(phrase):
        group = _GROUP.match(way)
        inner = _choices(group[1]) if group else [way]
        found |= {_begins(one) for one in inner}
    return {""} if "" in found else found


def _choices(pattern: str) -> list[str]:
    """What the bars outside of brackets part."""
    found, depth = [""], 0
    for sign in pattern:
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and not depth:
            found.append("")
        else:
            found[-1] += sign
    return found


def _begins(way: str) -> str:
    """The first signs of one way; nothing where it begins with no plain ones."""
    literal = _PLAIN.match(way)
    if literal is None:
        return ""
    sure = literal[0][: len(literal[0]) - (way[literal.end() : literal.end() + 1] in {"?", "*", "{"})]
    return _squeezed(text_folding.word(sure))[:_GRAM]


def _squeezed(folded: str) -> str:
    return re.sub(r"\s+", "", folded)


@functools.lru_cache(maxsize=4096)
def languages_of(text: str, house: House, table: str) -> tuple[str, ...]:
    """The languages in which a text may be written: by its script, else by their words in it; none where none is known."""
    for script, names in _SCRIPTS:
        if script.search(text):
            return names
    folded = folded_words(text)
    squeezed, known = _squeezed(folded), _latin_phrases(house, table)
    words: dict[str, list[tuple[int, int]]] = {}
    for match in _WORD.finditer(folded):
        words.setdefault(match[0], []).append(match.span())
    # Nearly all phrases are ruled out by their first signs; searching each in every line would cost more than all else.
    signs = [0, *itertools.accumulate(not sign.isspace() for sign in folded)]
    starts = [signs[match.start()] for match in _STARTS.finditer(folded)]
    begun = {""} | {squeezed[place : place + size] for size in range(1, _GRAM + 1) for place in starts}
    places: dict[str, set[int]] = {}
    for begins in begun & known.keys():
        for name, needed, pattern in known[begins]:
            for span in needed.spans(folded, pattern, words) if needed.stands(squeezed, words) else ():
                places.setdefault(name, set()).update(range(*span))
    hits = {name: sum(folded[place].isalpha() for place in found) for name, found in places.items()}
    best = max(hits.values(), default=0)
    return tuple(sorted(name for name, count in hits.items() if best and count >= _NEARLY * best))


@functools.lru_cache(maxsize=8192)
def folded_words(text: str) -> str:
    """``text`` as phrases are looked for in it."""
    return text_folding.word(re.sub("[’‘`´]", "'", text))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end; a point behind a number or a shortened word ends none."""
    start = 0
    for match in _SENTENCE.finditer(text):
        end = match.end()
        if end <= start:
            continue
        piece, behind = text[start:end], text[end : end + 1]
        if piece.endswith(".") and behind and (_NO_END.search(piece) or not (behind.isspace() or behind.isupper())):
            continue
        if piece.strip():
            yield start, end
        start = end
    if text[start:].strip():
        yield start, len(text)


def clauses(sentence: str, words: Phrases) -> list[str]:
    """The clauses of a folded sentence: parted by commas and by words such as "but"."""
    for between in words.patterns.get("but", ()):
        sentence = between.sub(",", sentence)
    return [clause for clause in re.split(_COMMAS, sentence) if clause.strip()]
