"""The roles of who writes (buyer, seller, service, platform) in every language, as pages print them and as OCR reads them. Pure."""

import functools
import re

from rapidfuzz.distance import Levenshtein

from casefile import text_folding
from casefile.house import House
from casefile.text_folding import DENSE
from evidence_packer.understand.talk.parts import Who

_LONGEST = 48
_MISREAD = 7
"""A role of so many letters is known with one of them misread."""
_ONE_STROKE, _LEAST_STROKED = str.maketrans("l1|!", "iiii"), 5
_WHO: dict[str, Who] = {"platform": "platform", "seller": "seller", "service": "seller", "buyer": "buyer"}
"""Whom the roles of ``reading.toml`` mean; a service is the seller's while nobody else speaks for the seller."""


def whole_word(word: str) -> str:
    """A pattern for a word that is no part of another one, in scripts that part words."""
    bare = text_folding.word(word)
    spelt = r"\s?".join(map(re.escape, bare.split()))
    return spelt if ord(bare[0]) > DENSE else rf"(?<![^\W_]){spelt}(?![^\W\d_])"


@functools.lru_cache(maxsize=1024)
def role_pattern(word: str) -> re.Pattern[str]:
    """``whole_word`` of a role, made when a text may hold it."""
    return re.compile(whole_word(word))


@functools.lru_cache(maxsize=4)
def roles(house: House) -> tuple[tuple[str, Who], ...]:
    """(role as compared, who), the longest first: a customer service is no customer."""
    found: dict[str, Who] = {}
    for language in house.reading_words.values():
        for name, who in _WHO.items():
            for word in language.speakers.get(name, ()):
                found.setdefault(text_folding.word(word), who)
    return tuple(sorted(found.items(), key=lambda item: len(item[0]), reverse=True))


@functools.lru_cache(maxsize=4)
def _role_names(house: House) -> dict[str, Who]:
    """Role as compared → who."""
    return dict(roles(house))


def _stroked(folded: str) -> str:
    """A word in which letters that are one stroke are one letter: OCR reads the Turkish i without its dot as any of them."""
    return folded.translate(_ONE_STROKE) if len(folded) >= _LEAST_STROKED else ""


@functools.lru_cache(maxsize=4)
def _strokes(house: House) -> dict[str, Who]:
    """The roles in that writing, without those that become alike."""
    found: dict[str, set[Who]] = {}
    for word, who in roles(house):
        found.setdefault(_stroked(word), set()).add(who)
    return {word: next(iter(those)) for word, those in found.items() if word and len(those) == 1}


@functools.lru_cache(maxsize=4)
def _long_roles(house: House) -> dict[int, tuple[tuple[str, Who], ...]]:
    """Length → the roles of so many letters, which are known though one of them is misread."""
    found: dict[int, tuple[tuple[str, Who], ...]] = {}
    for word, who in roles(house):
        if len(word) >= _MISREAD:
            found[len(word)] = (*found.get(len(word), ()), (word, who))
    return found


@functools.lru_cache(maxsize=1024)
def _nearly(folded: str, house: House) -> Who:
    """The role that a text is but for one letter that OCR misread or put in; short ones have to be exact."""
    if len(folded) < _MISREAD or not folded[0].isalpha() or len(folded) > _LONGEST:
        return "unknown"
    known = _long_roles(house)
    alike = (one for size in (-1, 0, 1) for one in known.get(len(folded) + size, ()))
    near = {who for word, who in alike if Levenshtein.distance(word, folded, score_cutoff=1) <= 1}
    return near.pop() if len(near) == 1 else "unknown"


def role_of(folded: str, house: House) -> Who:
    """Whom a folded text means that is a role and nothing else, but for what OCR misreads."""
    return _role_names(house).get(folded) or _strokes(house).get(_stroked(folded)) or _nearly(folded, house)
