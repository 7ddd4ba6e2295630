"""The phrases of one language by what they mean, as patterns; and which languages a text is written in. Pure."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casefile import text_folding
from casefile.house import House

_DENSE = 0x0DFF
_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), ("ja",)),
    (re.compile("[\uac00-\ud7af]"), ("ko",)),
    (re.compile("[\u0e00-\u0e7f]"), ("th",)),
    (re.compile("[\u0400-\u04ff]"), ("ru",)),
    (re.compile("[\u3400-\u9fff]"), ("zh-Hans", "zh-Hant")),
)
"""Scripts that say which language it is; the two spellings of Chinese are read together."""
_NEARLY = 0.7
"""A language with so many hits of the best one's may be meant too."""
_SENTENCE = re.compile(r"[^.!?。！？…\n]*(?:[.!?。！？…\n]+|$)")
_NO_END = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|no|nr|st|bzw|ca|inkl|evtl|p\.m|a\.m|usw|z\.b|d\.h)|\d|\b\w)\.$", re.IGNORECASE
)
_COMMAS = r"[,，、;；:：()（）]|\s[-–—]\s"


def _spelt(phrase: str) -> str:
    """A pattern of a phrase in folded text: whole words where the script parts words, any ending for ``word*``."""
    stem = re.search(r"(?<!\\)[^\W\d_]\*$", phrase) is not None
    folded = text_folding.word(phrase[:-1] if stem else phrase)
    spelt = folded.replace(" ", r"\s?")
    if ord(next((sign for sign in folded if sign.isalpha()), "\uffff")) > _DENSE:
        return f"(?:{spelt})"
    return rf"(?<![^\W_])(?:{spelt})" + ("" if stem else r"(?![^\W_])")


def pattern_of(phrases: Sequence[str]) -> re.Pattern[str]:
    """Any of the phrases, in folded text."""
    return re.compile("|".join(map(_spelt, phrases)) or r"(?!)")


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Meaning → its pattern, of one language or of several together."""

    patterns: Mapping[str, re.Pattern[str]]

    def has(self, meaning: str, text: str) -> bool:
        """Whether folded ``text`` holds a phrase of this meaning."""
        return meaning in self.patterns and self.patterns[meaning].search(text) is not None

    def full(self, meaning: str, text: str) -> bool:
        """Whether folded ``text`` is a phrase of this meaning and no more."""
        return meaning in self.patterns and self.patterns[meaning].fullmatch(text.strip()) is not None

    def without(self, meaning: str, text: str) -> str:
        """Folded ``text`` without the phrases of this meaning."""
        return self.patterns[meaning].sub(" ", text) if meaning in self.patterns else text

    def count(self, text: str) -> int:
        """How many letters of folded ``text`` the language knows; phrases that lie in each other count once."""
        known = {
            place for pattern in self.patterns.values() for m in pattern.finditer(text) for place in range(*m.span())
        }
        return sum(text[place].isalpha() for place in known)


@functools.lru_cache(maxsize=256)
def phrases(house: House, table: str, languages: tuple[str, ...]) -> Phrases:
    """The phrases of ``table`` (``intents``, ``refunds``) in these languages together, their negations among them."""
    found: dict[str, list[str]] = {}
    for name in languages:
        words = house.reading_words.get(name)
        if words is not None:
            for meaning, said in getattr(words, table).items():
                found.setdefault(meaning, []).extend(said)
            found.setdefault("not", []).extend(words.negations)
    return Phrases({meaning: pattern_of(said) for meaning, said in found.items()})


def languages_of(text: str, house: House, table: str) -> tuple[str, ...]:
    """The languages in which a text may be written: by its script, else by their words in it; none where none is known."""
    for script, names in _SCRIPTS:
        if script.search(text):
            return names
    folded = folded_words(text)
    latin = sorted(set(house.reading_words) - {name for _, names in _SCRIPTS for name in names})
    hits = {name: phrases(house, table, (name,)).count(folded) for name in latin}
    best = max(hits.values(), default=0)
    return tuple(name for name in latin if best and hits[name] >= _NEARLY * best)


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
    between = words.patterns.get("but")
    parts = re.split(_COMMAS, between.sub(",", sentence) if between else sentence)
    return [clause for clause in parts if clause.strip()]
