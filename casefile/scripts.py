"""Words in a script that the reader of a language cannot be expected to read: found and named, never a reason to drop a text. Pure.

Everybody reads Latin letters; every other script has its languages.
"""

import re
from collections.abc import Iterator

HAN = "\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, as the inside of a class of a regular expression."""

_SCRIPTS = (
    (HAN, frozenset({"zh", "ja"})),
    ("\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f", frozenset({"ja"})),
    ("\u1100-\u11ff\u3130-\u318f\uac00-\ud7af", frozenset({"ko"})),
    ("\u0e00-\u0e7f", frozenset({"th"})),
    ("\u0e80-\u0eff", frozenset({"lo"})),
    ("\u0370-\u03ff\u1f00-\u1fff", frozenset({"el"})),
    ("\u0400-\u052f", frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"})),
    ("\u0530-\u058f", frozenset({"hy"})),
    ("\u0590-\u05ff", frozenset({"he", "yi"})),
    ("\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff", frozenset({"ar", "fa", "ur", "ug", "ps"})),
    ("\u0900-\u097f", frozenset({"hi", "mr", "ne"})),
    (
        "\u0980-\u0dff\u1000-\u10ff\u1780-\u17ff",
        frozenset({"bn", "ta", "te", "my", "ka", "km", "si", "ml", "kn", "gu", "pa"}),
    ),
)
"""Ranges of a script, and the languages whose readers know it."""

_SYMBOLS = frozenset({"el"})
"""Scripts of which a single letter is a symbol that everybody knows (α, Ω)."""

_RUNS = tuple(
    (re.compile(f"[{chars}]{{{2 if readers == _SYMBOLS else 1},}}(?:[ ·・\u200c\u200d-][{chars}]+)*"), readers)
    for chars, readers in _SCRIPTS
)
_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = ((re.compile(f"[{HAN}\u3040-\u30ff]"), 2), (re.compile("[\u0e00-\u0eff]"), 4))
"""Scripts that set no spaces between words, and how many letters make one."""


def foreign_words(text: str, language: str) -> tuple[str, ...]:
    """The words of ``text`` in scripts that a reader of ``language`` does not read, each once, as they stand in it."""
    base = language.split("-", maxsplit=1)[0]
    found = [match for run, readers in _RUNS if base not in readers for match in run.finditer(text)]
    return tuple(dict.fromkeys(match[0] for match in sorted(found, key=lambda match: match.start())))


def mostly_foreign(text: str, language: str) -> bool:
    """Whether ``text`` is written for other readers: more of its words than not are in scripts foreign to ``language``."""
    theirs = sum(_words(words) for words in _runs(text, language))
    return theirs > 0 and theirs * 2 > _words(text)


def _runs(text: str, language: str) -> Iterator[str]:
    base = language.split("-", maxsplit=1)[0]
    return (match[0] for run, readers in _RUNS if base not in readers for match in run.finditer(text))


def _words(text: str) -> float:
    """Words in a text, near enough to weigh one script against another."""
    found = 0.0
    for letter, a_word in _UNSPACED:
        text, count = letter.subn(" ", text)
        found += count / a_word
    return found + len(_WORD.findall(text))
