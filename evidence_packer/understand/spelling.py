"""Text as words are compared: small letters, no accents, no spaces inside scripts that have none. Pure.

OCR drops accents, splits Korean words into syllables and writes the Thai vowel am as two signs; a word list has one spelling.
"""

import functools
import re
import unicodedata
from dataclasses import dataclass

_DENSE = 0x0DFF
"""Scripts from Thai on are read with spaces where they have none."""
_ALONE = {"đ": "d", "ł": "l", "ø": "o", "ß": "ss", "ำ": "\u0e4d\u0e32"}


@dataclass(frozen=True, slots=True)
class Bare:
    """``text`` as it is compared; ``places[i]`` is where its sign ``i`` stands in the original, with the end behind the last."""

    text: str
    places: tuple[int, ...] | range

    def span(self, match: re.Match[str], group: str | int = 0) -> tuple[int, int]:
        """Where a group of a match stands in the original."""
        start, end = match.span(group)
        last = self.places[end - 1] + 1 if end else 0
        return (self.places[start] if start < end else last), last


@functools.lru_cache(maxsize=16384)
def bare(text: str) -> Bare:
    """``text`` as words are compared."""
    if text.isascii():
        return Bare(text.lower(), range(len(text) + 1))
    signs: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for sign in _signs(char):
            signs.append(sign)
            places.append(place)
    kept = [
        place
        for place, sign in enumerate(signs)
        if not (
            sign == " "
            and 0 < place < len(signs) - 1
            and ord(signs[place - 1]) > _DENSE
            and ord(signs[place + 1]) > _DENSE
        )
    ]
    return Bare("".join(signs[k] for k in kept), (*(places[k] for k in kept), len(text)))


@functools.lru_cache(maxsize=8192)
def _signs(char: str) -> str:
    low = char.lower()
    if low in _ALONE:
        return _ALONE[low]
    plain = unicodedata.normalize("NFKC", low)
    if "\uac00" <= low <= "\ud7af" or "\u3040" <= low <= "\u30ff":
        return plain
    return "".join(sign for sign in unicodedata.normalize("NFD", plain) if not "\u0300" <= sign <= "\u036f")


@functools.lru_cache(maxsize=8192)
def spelt(word: str) -> str:
    """A pattern for a bare word, not inside another where its script parts words; spaces may be missing."""
    text = bare(word).text
    pattern = r"\s?".join(map(re.escape, text.split()))
    before = r"(?<![^\W_])" if text[0].isascii() and text[0].isalnum() else ""
    after = r"(?![^\W\d_])" if text[-1].isascii() and text[-1].isalnum() else ""
    return before + pattern + after


def squeezed(text: str) -> str:
    """``text`` without its spaces."""
    return "".join(text.split())
