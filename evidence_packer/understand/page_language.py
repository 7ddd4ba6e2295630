"""In which language a page is written, where its common words leave no doubt. Pure."""

import functools
import re
from collections.abc import Iterable

from casefile import text_folding
from casefile.house import House

_WORD = re.compile(r"[^\W\d_]+")
_THAI = re.compile(r"[\u0e01-\u0e2e]{2}")
_ENOUGH, _AHEAD = 4, 2
"""So many different common words tell a language that has so many times as many as the next."""


@functools.lru_cache(maxsize=4)
def _common(house: House) -> dict[str, frozenset[str]]:
    return {tag: frozenset(map(_plain, words.common)) for tag, words in house.reading_words.items() if words.common}


def language_of(lines: Iterable[str], house: House) -> str | None:
    """The tag of the language of a page, or ``None`` where that is not sure."""
    lines = tuple(lines)
    if sum(_THAI.search(line) is not None for line in lines) >= _ENOUGH:
        return "th"  # its words are not parted, and no other language has its letters
    seen = {_plain(word) for line in lines for word in _WORD.findall(line)}
    counts = sorted(((len(seen & words), tag) for tag, words in _common(house).items()), reverse=True)
    (most, tag), *rest = counts or [(0, "")]
    return tag if most >= _ENOUGH and most >= _AHEAD * max((count for count, _ in rest), default=0) else None


def _plain(word: str) -> str:
    """A word without accents, which are often badly read."""
    return text_folding.unaccented(word.lower())
