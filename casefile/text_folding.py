"""How text is folded before it is compared: numbers, words, names of files and people. Pure.

Every comparison asks here, so that two of them never disagree about what is the same. What is folded, and what never is, stands
as rows in ``tests/casefile/test_text_folding.py``.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

DECIDES = 0.85
"""A line that OCR read with a lower score does not decide a match."""
NEAR_ENOUGH = 80.0
"""Likeness in percent below which no single sign can be the difference, for numbers of eight signs and more."""

_EITHER_SIDE = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "|": "1"})
"""Signs that nobody tells apart in print, whatever the other number says."""
LOOKS_LIKE_DIGIT = {"S": "5", "B": "8", "Z": "2", "G": "6", "D": "0", "T": "7", "A": "4"}
"""Letters that OCR reads for digits: the same only where a digit is expected."""
_LOOSE = str.maketrans(LOOKS_LIKE_DIGIT)

_DENSE = 0x0DFF
"""Scripts from Thai on are read with spaces where they have none."""
_ALONE = {"đ": "d", "ł": "l", "ø": "o", "ß": "ss", "ำ": "\u0e4d\u0e32"}
_ACCENTS = ("\u0300", "\u036f")


def compatible(text: str) -> str:
    """``text`` in its plain form (NFKC): full-width, ligature and circled signs become the ordinary ones."""
    return unicodedata.normalize("NFKC", text)


def composed(text: str) -> str:
    """``text`` with each accent joined to its letter (NFC), as names of files are kept."""
    return unicodedata.normalize("NFC", text)


def is_composed(text: str) -> bool:
    """Whether ``text`` is ``composed`` already."""
    return unicodedata.is_normalized("NFC", text)


def ascii_only(text: str) -> str:
    """What is left of ``text`` in ASCII: letters without their accents; other scripts vanish."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def caseless(text: str) -> str:
    """``text`` in its plain form without difference of case; spaces, accents and marks stay."""
    return compatible(text).casefold()


def file_name(text: str) -> str:
    """A name or path as file systems compare it: composed, without difference of case."""
    return composed(text).casefold()


def squeezed(text: str) -> str:
    """``text`` with letters and digits only, plain, without difference of case; accents stay."""
    return "".join(char for char in caseless(text) if char.isalnum())


def unspaced(text: str) -> str:
    """``text`` without its spaces."""
    return "".join(text.split())


# -- numbers ----------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=8192)
def _number_signs(char: str) -> str:
    upper = compatible(char).upper()
    return "".join(sign for sign in upper if sign.isalnum() or sign == "|").translate(_EITHER_SIDE)


def number_signs(text: str) -> Iterator[tuple[str, int]]:
    """The signs of ``number(text)``, each with the place in ``text`` where it comes from."""
    for place, char in enumerate(text):
        for sign in _number_signs(char):
            yield sign, place


def number(text: str) -> str:
    """``text`` as numbers are compared: upper case, letters and digits only; O and Q are 0, I, l and | are 1."""
    return "".join(map(_number_signs, text))


@functools.lru_cache(maxsize=4096)
def loose_number(text: str) -> str:
    """``number`` with every look-alike as its digit: where this does not hold a number, the number cannot stand."""
    return number(text).translate(_LOOSE)


def same_sign(seen: str, expected: str) -> bool:
    """Whether a folded sign may be the expected one: itself, or a letter that looks like the digit that is expected."""
    return seen == expected or (expected.isdigit() and LOOKS_LIKE_DIGIT.get(seen) == expected)


# -- words ------------------------------------------------------------------------------------------------------------


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
    """``text`` as words are compared: plain, small letters, no accents, no spaces inside scripts that have none.

    OCR drops accents, splits Korean words into syllables and writes the Thai vowel am as two signs; a word list has one spelling.
    """
    if text.isascii():
        return Bare(text.lower(), range(len(text) + 1))
    signs: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for sign in _word_signs(char):
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


def word(text: str) -> str:
    """The text of ``bare``, where places do not matter."""
    return bare(text).text


@functools.lru_cache(maxsize=8192)
def _word_signs(char: str) -> str:
    low = char.lower()
    if low in _ALONE:
        return _ALONE[low]
    plain = compatible(low)
    if "\uac00" <= low <= "\ud7af" or "\u3040" <= low <= "\u30ff":
        return plain
    apart = unicodedata.normalize("NFD", plain)
    return "".join(sign for sign in apart if not _ACCENTS[0] <= sign <= _ACCENTS[1])


# -- sign by sign, so that places in a line stay ------------------------------------------------------------------------


def in_place(text: str) -> str:
    """``text`` in its plain form, sign by sign; digits of every script become 0 to 9. Its length, and so each place, stays."""
    return text if text.isascii() else "".join(map(_in_place, text))


@functools.lru_cache(maxsize=8192)
def _in_place(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    plain = compatible(char) if digit is None else str(digit)
    return plain if len(plain) == 1 else char


def unaccented(text: str) -> str:
    """``text`` without accents, sign by sign; case and length stay."""
    return text if text.isascii() else "".join(map(_unaccented, text))


@functools.lru_cache(maxsize=8192)
def _unaccented(char: str) -> str:
    base = unicodedata.normalize("NFD", {"đ": "d", "Đ": "D"}.get(char, char))
    accents = all(_ACCENTS[0] <= mark <= _ACCENTS[1] for mark in base[1:])
    return base[0] if accents else char
