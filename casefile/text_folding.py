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
SURE = 0.95
"""From this score on a line says what stands there: a sign that looks alike is another sign."""
NEAR_ENOUGH = 80.0
"""Likeness in percent below which no single character can be the difference, for numbers of eight characters and more."""

_EITHER_SIDE = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "|": "1"})
"""Characters that nobody tells apart in print, whatever the other number says."""
LOOKS_LIKE_DIGIT = {"S": "5", "B": "8", "Z": "2", "G": "6", "D": "0", "T": "7", "A": "4"}
"""Letters that OCR reads for digits: the same only where a digit is expected."""
_LOOSE = str.maketrans(LOOKS_LIKE_DIGIT)

DENSE = 0x0DFF
"""Scripts from Thai on do not part words, and are read with spaces where they have none."""
_ALONE = {"đ": "d", "ı": "i", "ł": "l", "ø": "o", "ß": "ss", "ำ": "\u0e4d\u0e32"}
_ACCENTS = ("\u0300", "\u036f")


def compatible(text: str) -> str:
    """``text`` in its plain form (NFKC): full-width, ligature and circled characters become the ordinary ones."""
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
def _number_chars(char: str) -> str:
    upper = compatible(char).upper()
    return "".join(char for char in upper if char.isalnum() or char == "|").translate(_EITHER_SIDE)


def number_chars(text: str) -> Iterator[tuple[str, int]]:
    """The characters of ``number(text)``, each with the place in ``text`` where it comes from."""
    for place, char in enumerate(text):
        for folded in _number_chars(char):
            yield folded, place


def number(text: str) -> str:
    """``text`` as numbers are compared: upper case, letters and digits only; O and Q are 0, I, l and | are 1."""
    return "".join(map(_number_chars, text))


def strict_number(text: str) -> str:
    """``text`` as ``number`` has it, with every sign as it is: an O is no 0, an I no 1."""
    return "".join(char for char in compatible(text).upper() if char.isalnum())


@functools.lru_cache(maxsize=4096)
def loose_number(text: str) -> str:
    """``number`` with every look-alike as its digit: where this does not hold a number, the number cannot stand."""
    return number(text).translate(_LOOSE)


def same_char(seen: str, expected: str) -> bool:
    """Whether a folded character may be the expected one: itself, or a letter that looks like the digit that is expected."""
    return seen == expected or (expected.isdigit() and LOOKS_LIKE_DIGIT.get(seen) == expected)


# -- words ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bare:
    """``text`` as it is compared; ``places[i]`` is where its character ``i`` stands in the original, the end behind the last."""

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

    OCR drops accents, splits Korean words into syllables and writes the Thai vowel am as two characters; a word list has one
    spelling.
    """
    if text.isascii():
        return Bare(text.lower(), range(len(text) + 1))
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for folded in _word_chars(char):
            chars.append(folded)
            places.append(place)
    kept = [
        place
        for place, char in enumerate(chars)
        if not (
            char == " "
            and 0 < place < len(chars) - 1
            and ord(chars[place - 1]) > DENSE
            and ord(chars[place + 1]) > DENSE
        )
    ]
    return Bare("".join(chars[k] for k in kept), (*(places[k] for k in kept), len(text)))


def word(text: str) -> str:
    """The text of ``bare``, where places do not matter."""
    return bare(text).text


@functools.lru_cache(maxsize=8192)
def _word_chars(char: str) -> str:
    low = char.lower()
    if low in _ALONE:
        return _ALONE[low]
    plain = compatible(low)
    if "\uac00" <= low <= "\ud7af" or "\u3040" <= low <= "\u30ff":
        return plain
    apart = unicodedata.normalize("NFD", plain)
    return "".join(char for char in apart if not _ACCENTS[0] <= char <= _ACCENTS[1])


# -- character by character, so that places in a line stay ------------------------------------------------------------------------


def in_place(text: str) -> str:
    """``text`` in its plain form, character by character; digits of every script become 0 to 9. Its length and places stay."""
    return text if text.isascii() else "".join(map(_in_place, text))


@functools.lru_cache(maxsize=8192)
def _in_place(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    plain = compatible(char) if digit is None else str(digit)
    return plain if len(plain) == 1 else char


def unaccented(text: str) -> str:
    """``text`` without accents, character by character; case and length stay."""
    return text if text.isascii() else "".join(map(_unaccented, text))


@functools.lru_cache(maxsize=8192)
def _unaccented(char: str) -> str:
    base = unicodedata.normalize("NFD", {"đ": "d", "Đ": "D", "ı": "i"}.get(char, char))
    accents = all(_ACCENTS[0] <= mark <= _ACCENTS[1] for mark in base[1:])
    return base[0] if accents else char
