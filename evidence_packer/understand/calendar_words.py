"""How the service's languages write months, weekdays and times of day, as tables and patterns for reading dates.

A page may mix languages, so that the words of all of them are one table; where a name means a month in one language and an
ordinary word in another, the table says so.
"""

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from casefile import text_folding
from casefile.house import House
from casefile.lexicon import DateWords

_DENSE_NAME = 2
_MARKED = re.compile(r"(\D+?)\s*\d+")
"""A month by its number behind a word (tháng 11)."""


@dataclass(frozen=True, slots=True, eq=False)
class CalendarWords:
    """Words as ``bare`` writes them: ``months`` and ``weekdays`` → number, ``halves`` → am, pm, noon or night.

    ``markers`` stand before the number of a month; ``dense`` finds names in scripts without spaces; ``ordinary`` names need a
    year or a time, ``capital`` ones a capital. The others are alternatives of patterns.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    halves: Mapping[str, str]
    markers: frozenset[str]
    dense: re.Pattern[str]
    ordinary: frozenset[str]
    capital: frozenset[str]
    half: str
    links: str
    before_time: str
    after_time: str
    before_date: str
    to: str
    weekday: str
    numbers: re.Pattern[str]
    units: re.Pattern[str]


@functools.lru_cache(maxsize=8192)
def bare(word: str) -> str:
    """A word as it is compared: small letters without accents, dots and spaces.

    The Turkish i without its dot is an i, also where OCR reads it twice (KasiIm).
    """
    folded = text_folding.unaccented(word).casefold().replace("\u0307", "")
    return re.sub(r"[\s.]", "", folded).replace("ii", "i")


@functools.lru_cache(maxsize=4)
def calendar_words(house: House) -> CalendarWords:
    """Of every language together; no name means two months."""
    languages = [words.calendar for words in house.reading_words.values()]
    names = [(name, int(n)) for one in languages for n, all_ in one.months.items() for name in all_]
    marked = {found[1] for name, _ in names if (found := _MARKED.fullmatch(name))}
    plain = [(name, number) for name, number in names if not name[-1].isdigit()]
    days = [(name, day) for one in languages for day, all_ in enumerate(one.weekdays) for name in all_]
    return CalendarWords(
        months={bare(name): number for name, number in plain},
        weekdays={bare(name): day for name, day in days},
        halves={
            bare(word): half
            for half in ("night", "noon", "am", "pm")
            for one in languages
            for word in getattr(one, half)
        },
        markers=frozenset(map(bare, marked)),
        dense=re.compile(either(name for name, _ in plain if _is_dense(name))),
        ordinary=frozenset(bare(name) for one in languages for name in one.ordinary),
        capital=frozenset(bare(name) for one in languages for name in one.capital),
        half=_either(languages, lambda one: (*one.am, *one.pm, *one.noon, *one.night)),
        links=_either(languages, lambda one: one.links),
        before_time=_either(languages, lambda one: one.before_time),
        after_time=_either(languages, lambda one: one.after_time),
        before_date=_either(languages, lambda one: one.before_date),
        to=_either(languages, lambda one: one.to),
        weekday=bounded(name for name, _ in days),
        numbers=re.compile(_either(languages, lambda one: one.numbers) + r"[\s.:：#№-]*\Z", re.IGNORECASE),
        units=re.compile(r"[\s-]*" + _either(languages, lambda one: one.units), re.IGNORECASE),
    )


def _either(languages: Iterable[DateWords], of: Callable[[DateWords], Iterable[str]]) -> str:
    return bounded(dict.fromkeys(word for one in languages for word in of(one)))


def _is_dense(word: str) -> bool:
    return ord(word[0]) > text_folding.DENSE


def is_dense_name(name: str) -> bool:
    """Whether a name of two signs or more is of a script without spaces, where so few are a whole one."""
    return len(name) >= _DENSE_NAME and _is_dense(name)


def bounded(words: Iterable[str]) -> str:
    """A group for any of the words as whole words; those of scripts without spaces stand anywhere."""
    spaced, dense = list[str](), list[str]()
    for word in words:
        (dense if _is_dense(word) else spaced).append(word)
    return rf"(?:{either(dense)}|(?<![^\W\d_])(?:{either(map(text_folding.unaccented, spaced))})(?![^\W\d_]))"


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
