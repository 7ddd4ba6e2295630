"""How the service's languages write months and half-days, as tables for the date patterns."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from casefile.house import House


@dataclass(frozen=True, slots=True, eq=False)
class CalendarWords:
    """Month names in lower case with their numbers, and words for the halves of a day."""

    months: tuple[tuple[str, int], ...]
    am: tuple[str, ...]
    pm: tuple[str, ...]


@functools.lru_cache(maxsize=4)
def calendar_words(house: House) -> CalendarWords:
    """Of every language together: a page may mix them, and no name means two months."""
    languages = house.reading_words.values()
    return CalendarWords(
        months=tuple(
            dict.fromkeys(
                (name.casefold(), int(number))
                for words in languages
                for number, names in words.months.items()
                for name in names
            )
        ),
        am=_all(words.am for words in languages),
        pm=_all(words.pm for words in languages),
    )


def _all(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.casefold() for group in groups for word in group))


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first; for none, one that never matches."""
    return (
        "|".join(sorted((r"\s?".join(map(re_escaped, word.split())) for word in words), key=len, reverse=True))
        or r"(?!)"
    )


def re_escaped(word: str) -> str:
    """A word for a pattern: its dots may be missing, as OCR often leaves them out."""
    return "".join(
        r"\.?" if char == "." else f"\\{char}" if not char.isalnum() and char.isascii() else char for char in word
    )
