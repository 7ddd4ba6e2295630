"""Whether a line of text may be one of the wanted numbers, read badly.

Only used to decide what is worth reading again; whether a number *is* the wanted one is decided elsewhere, exactly.
"""

from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from casefile.text_folding import DECIDES, NEAR_ENOUGH, number_chars

_VAGUE = 60.0
_LEAST = 6


def plain(text: str) -> str:
    """The number in ``text`` as numbers are compared, without characters of other scripts, which may be digits read badly."""
    return "".join(char for char, _ in _chars(text))


def _chars(text: str) -> Iterator[tuple[str, int]]:
    """The same, each with the place in ``text`` where it comes from."""
    return ((char, place) for char, place in number_chars(text) if char.isascii())


def found(text: str, wanted: Iterable[str]) -> bool:
    """Whether a wanted number stands in ``text`` as it is, no further digit right beside it."""
    return any(_stands(number, text) for number in map(plain, wanted) if len(number) >= _LEAST)


def _stands(number: str, text: str) -> bool:
    chars = list(_chars(text))
    line = "".join(char for char, _ in chars)
    start = line.find(number)
    while start >= 0:
        first, last = chars[start][1], chars[start + len(number) - 1][1]
        if not text[first - 1 : first].isdigit() and not text[last + 1 : last + 2].isdigit():
            return True
        start = line.find(number, start + 1)
    return False


def worth_reading_again(text: str, score: float, wanted: Iterable[str]) -> bool:
    """Whether ``text`` looks like a wanted number that was misread: nearly it, or roughly it with a poor score."""
    line = plain(text)
    if len(line) < _LEAST:
        return False
    for number in map(plain, wanted):
        if len(number) < _LEAST:
            continue
        there = _stands(number, text) or line in number
        if there and score >= DECIDES:
            continue
        if there or fuzz.partial_ratio(number, line) >= (NEAR_ENOUGH if score >= DECIDES else _VAGUE):
            return True
    return False
