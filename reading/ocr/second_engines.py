"""Which further engine a page needs, and how its lines join those of the first.

The first engine reads digits and Latin better than any other, so a further one only brings the lines that hold its own
script. It is asked where the case names its language, or where the first engine was mostly unsure of what it saw; in the second
case it only says what it is sure of, for it finds its letters in everything.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from casefile.reading import Line
from casefile.text_folding import DECIDES
from reading.ocr import cyrillic
from reading.ocr.likeness import found

_HANGUL, _THAI = re.compile("[\uac00-\ud7a3]"), re.compile("[\u0e00-\u0e7f]")
SCRIPTS: Mapping[str, Callable[[str], int]] = {
    "ko": lambda text: len(_HANGUL.findall(text)),
    "th": lambda text: len(_THAI.findall(text)),
    "ru": cyrillic.letters,
}
"""Language → how many of its own letters stand in a text."""
_TRIED = ("ko", "th")
"""Those for which a page is read where nobody can tell its script; Cyrillic is told well, and every poor picture would pay."""

_LEAST_LETTERS = 2
_GUESSED = 0.85
"""Score of a line in a language that nobody named."""
_UNSURE, _UNSURE_SHARE = 0.8, 0.3
_FEW = 3


def named(languages: Iterable[str]) -> tuple[str, ...]:
    """Those of the case's languages that a further engine reads."""
    bases = dict.fromkeys(language.split("-", maxsplit=1)[0].lower() for language in languages)
    return tuple(language for language in bases if language in SCRIPTS)


def wanted(languages: Iterable[str], lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The languages to read once more for, by the case's languages and what the first engine made of the page."""
    return named(languages) or (_TRIED if _unsure(lines) else ())


def sure(first: tuple[Line, ...], more: Iterable[Line], language: str) -> tuple[Line, ...]:
    """The lines of a language that nobody named: read well, and better than the first engine read the same place.

    Of Cyrillic the first engine makes Latin words at scores that say nothing: there most must be read well, and all count.
    """
    seen = tuple(more)
    if language == "ru":
        own = [line for line in seen if in_script(line.text, language)]
        return seen if sum(line.score >= _GUESSED for line in own) > len(own) / 2 else ()
    return tuple(
        line
        for line in seen
        if line.score >= _GUESSED and all(line.score > old.score for old in first if _covers(line, old))
    )


def _unsure(lines: tuple[Line, ...]) -> bool:
    total = sum(len(line.text) for line in lines)
    poor = sum(len(line.text) for line in lines if line.score < _UNSURE)
    return len(lines) >= _FEW and poor > _UNSURE_SHARE * total


def in_script(text: str, language: str) -> bool:
    """Whether ``text`` holds a word of the language's own letters."""
    return SCRIPTS[language](text) >= _LEAST_LETTERS


def joined(
    first: tuple[Line, ...], more: tuple[Line, ...], language: str, numbers: tuple[str, ...]
) -> tuple[Line, ...]:
    """Lines of the first engine, those that a line of the language's script covers replaced by it.

    A line in which a wanted number was surely read stays besides, unless the new one surely has it too.
    """
    better = tuple(line for line in more if in_script(line.text, language))
    kept = tuple(
        line
        for line in first
        if not (over := [new for new in better if _covers(new, line)])
        or (_surely_has(line, numbers) and not any(_surely_has(new, numbers) for new in over))
    )
    return tuple(sorted((*kept, *better), key=lambda line: (round(line.box[1], 3), line.box[0])))


def _surely_has(line: Line, numbers: Iterable[str]) -> bool:
    return line.score >= DECIDES and found(line.text, numbers)


def _covers(new: Line, old: Line) -> bool:
    middle = (old.box[1] + old.box[3]) / 2
    shared = min(new.box[2], old.box[2]) - max(new.box[0], old.box[0])
    return new.box[1] <= middle <= new.box[3] and shared > 0.5 * (old.box[2] - old.box[0])
