"""Whether a line of text may be one of the wanted numbers, read badly.

Only used to decide what is worth reading again; whether a number *is* the wanted one is decided elsewhere, exactly.
"""

import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz

_SAME = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "|": "1"})
_NEAR, _VAGUE = 80.0, 60.0
_LEAST = 6
SURE = 0.85
"""A line with a lower score decides nothing."""


def plain(text: str) -> str:
    """Letters and digits in upper case, look-alikes made equal, separators gone."""
    upper = unicodedata.normalize("NFKC", text).upper().translate(_SAME)
    return "".join(char for char in upper if char.isascii() and char.isalnum())


def found(text: str, wanted: Iterable[str]) -> bool:
    """Whether a wanted number stands in ``text`` as it is."""
    line = plain(text)
    return any(number in line for number in map(plain, wanted) if len(number) >= _LEAST)


def worth_reading_again(text: str, score: float, wanted: Iterable[str]) -> bool:
    """Whether ``text`` looks like a wanted number that was misread: nearly it, or roughly it with a poor score."""
    line = plain(text)
    if len(line) < _LEAST:
        return False
    for number in map(plain, wanted):
        if len(number) < _LEAST:
            continue
        there = number in line or (line in number and len(line) >= _LEAST)
        if there and score >= SURE:
            continue
        if there or fuzz.partial_ratio(number, line) >= (_NEAR if score >= SURE else _VAGUE):
            return True
    return False
