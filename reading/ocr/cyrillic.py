"""Cyrillic: which letters are no Latin look-alikes, what is Russian, and numbers that keep their Latin letters.

Half of the Cyrillic capitals look like Latin ones. So a line counts as Cyrillic only by letters that no Latin alphabet has, and a
number whose letters all look Latin is written in Latin: parcels are numbered so all over the world.
"""

import re
from collections.abc import Iterable, Mapping

from casefile.reading import Line

_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТУХІЈЅасеорухіјѕ", "ABEKMHOPCTYXIJSaceopyxijs")
_LETTER = re.compile("[Ѐ-ӿ]")
_NUMBER = re.compile(r"[\w-]*\d{4,}[\w-]*")
"""A word with so many digits in a row is a number, whatever letters stand in it."""
_POSTAL = re.compile(r"\b[A-Z]{2}\d{9}[A-Z]{2}\b")
"""Two letters, nine digits, two letters of the country: Latin in every country (UPU S10)."""
_RUN = re.compile(r"\d+")
_LONG = 5
"""So many digits in a row are a number's even where letters touch them: the first engine reads single ones into letters."""
_ONLY_RUSSIAN = frozenset("ыэёЫЭЁ")
_ELSEWHERE = re.compile(r"ъ(?![еёюя])|ння\b", re.IGNORECASE)
"""A hard sign where Russian has none (Bulgarian), the ending of Ukrainian nouns."""
_ENOUGH = 160
"""Letters among which Russian without one of its own is hardly found: they are one in fifty."""
_WORD = re.compile(r"[^\W\d_][^\s.,:;!?]{2,}")
_STRANGE = re.compile(r"[a-z][A-Z]|[^\W\d_]\d+[^\W\d_]|∏")
_LEAST_STRANGE, _STRANGE_SHARE = 4, 0.4


def suspected(lines: Iterable[Line]) -> bool:
    """Whether the first engine's words look as it writes Cyrillic: capitals and digits within words (``B03BpaT noCbI∏kI``)."""
    words = [word for line in lines for word in _WORD.findall(line.text) if not _NUMBER.fullmatch(word)]
    strange = sum(1 for word in words if _STRANGE.search(word))
    return strange >= max(_LEAST_STRANGE, _STRANGE_SHARE * len(words))


def letters(text: str) -> int:
    """How many letters outside its numbers are Cyrillic and cannot be taken for Latin ones."""
    return sum(ord(char) not in _LOOK_ALIKES for char in _LETTER.findall(_NUMBER.sub("", text)))


def is_russian(lines: Iterable[Line]) -> bool:
    """Whether nothing in what a Russian model read speaks for another language of the script.

    Ukrainian, Bulgarian and Serbian come out of it as words that look right and may have lost their negation.
    """
    text = "\n".join(line.text for line in lines)
    found = _LETTER.findall(text)
    return not _ELSEWHERE.search(text) and (len(found) < _ENOUGH or not _ONLY_RUSSIAN.isdisjoint(found))


def with_latin_numbers(first: str, text: str) -> str:
    """``text`` with the letters of its numbers in Latin, where all look so or the ``first`` reading has a postal number."""
    postal = {word[2:-2]: word for word in _POSTAL.findall(first)}
    return _NUMBER.sub(lambda word: _in_latin(word[0], postal), text)


def _in_latin(word: str, postal: Mapping[str, str]) -> str:
    latin = word.translate(_LOOK_ALIKES)
    return postal.get("".join(filter(str.isdigit, word)), word) if _LETTER.search(latin) else latin


def with_digits_of(first: str, text: str) -> str:
    """``text`` with the numbers of the first reading, where both have as many of the same lengths.

    The first engine takes Cyrillic letters for digits; such ones stand within words and are left out on both sides.
    """
    runs, own = _numbers(first), _numbers(text)
    if [len(run[0]) for run in runs] != [len(run[0]) for run in own]:
        return text
    for run, mine in zip(reversed(runs), reversed(own), strict=True):
        text = text[: mine.start()] + run[0] + text[mine.end() :]
    return text


def _numbers(text: str) -> list[re.Match[str]]:
    return [run for run in _RUN.finditer(text) if len(run[0]) >= _LONG or not _touched(text, run)]


def _touched(text: str, run: re.Match[str]) -> bool:
    return text[run.start() - 1 : run.start()].isalpha() or text[run.end() : run.end() + 1].isalpha()
