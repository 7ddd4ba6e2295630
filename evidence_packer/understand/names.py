"""Whether two written names can be one person's or firm's. Pure.

Initials, a surname alone, another order, titles and hidden signs are no difference.
"""

import functools
import re
from typing import Literal

from rapidfuzz import fuzz

from casefile import text_folding

Likeness = Literal["same", "near", "other"]
_NEAR = 80.0
"""Likeness in percent from which two names differ by a slip."""
_TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "herr",
        "frau",
        "mme",
        "sr",
        "sra",
        "sig",
        "inc",
        "llc",
        "ltd",
        "gmbh",
        "co",
    }
)
_FORMS = frozenset(
    {
        "mr", "mrs", "ms", "miss", "dr", "herr", "frau", "firma", "familie", "herrn", "m", "mme", "mlle", "monsieur", "madame",
        "sr", "sra", "srta", "sig", "sigra", "signor", "signora", "pan", "pani", "dhr", "mevr", "mevrouw", "先生", "女士",
    }
)  # fmt: skip
"""Forms of address that stand in a line of their own."""
_HONORIFICS = re.compile(r"(?:先生|女士|小姐|太太|様|さん|님|씨)$")
_MASK = re.compile(r"[*＊●•xX]{2,}|[*＊●•]")
_HIDDEN = re.compile(
    r"[*＊∗●•○◯〇◦∙█■▇▒░▪]|[·・…×#_.]{3,}|[·・×#_]{2,}|…|(?<![^\W_])[^\W\d_]?[xX]{2,}(?![^\W_])"
    r"|(?<![^\W_])[^\W\d_][0°º]{2,}(?![^\W_])|^[\u4e00-\u9fff]某{1,2}$"
)
"""Signs that stand for hidden ones in names and addresses: stars, dots, blocks, an initial with x's, dots read as noughts, 王某."""


def has_hidden_signs(text: str) -> bool:
    """Whether part of a written name or address is hidden, so that it is not what somebody is called or where they live."""
    return _HIDDEN.search(text) is not None


def is_title(text: str) -> bool:
    """Whether a text is a form of address and no name: Frau, Mr., Firma."""
    return text_folding.word(text).strip(" .:") in _FORMS


def _tokens(name: str) -> list[str]:
    text = re.sub(r"[^\w\s*＊●•]", " ", text_folding.word(name))
    return [token for token in text.split() if token not in _TITLES]


def _dense(name: str) -> str:
    return _HONORIFICS.sub("", text_folding.unspaced(text_folding.word(name)))


def _masked(one: str, other: str) -> bool:
    """Whether one of two names with hidden signs (张**, J*** R**) can be the other."""
    return _hides(one, other) or _hides(other, one)


def _hides(shown: str, whole: str) -> bool:
    first, *between = _MASK.split(shown)
    if not between:
        return bool(first) and first == whole
    last, place = between.pop(), len(first)
    if not (first or last or any(between)) or not whole.startswith(first):
        return False
    # Each part where it stands first: what is hidden may be of any length, so no later place serves better.
    for part in between:
        found = whole.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return len(whole) - len(last) >= place and whole.endswith(last)


def _fits(one: str, other: str) -> bool:
    """Whether two parts of names can be the same: equal, an initial, or hidden."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) == 1 and short.isalpha() and long.startswith(short)) or _masked(one, other)


def _within(few: list[str], many: list[str]) -> bool:
    """Whether each part of one name is a part of its own in the other."""
    left = list(many)
    for token in few:
        fitting = next((other for other in left if _fits(token, other)), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return bool(few)


@functools.lru_cache(maxsize=8192)
def likeness(shown: str, known: str) -> Likeness:
    """``same`` where nothing speaks against it, ``near`` where a slip would explain the difference, else ``other``."""
    if any(ord(char) > 0x2E7F for char in shown + known):
        one, other = _dense(shown), _dense(known)
        short = min(len(one), len(other))
        if one == other or _masked(one, other) or (short > 1 and (one in other or other in one)):
            return "same"
        return "near" if short > 2 and fuzz.ratio(one, other) >= _NEAR else "other"
    mine, theirs = _tokens(shown), _tokens(known)
    if _within(mine, theirs) or _within(theirs, mine):
        return "same"
    if text_folding.unspaced(" ".join(mine)) == text_folding.unspaced(" ".join(theirs)):
        return "same"
    return "near" if fuzz.token_sort_ratio(" ".join(mine), " ".join(theirs)) >= _NEAR else "other"
