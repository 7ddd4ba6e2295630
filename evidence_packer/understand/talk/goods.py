"""Whether a message that says that something came speaks of the goods: of nothing else does it confirm a receipt. Pure."""

import functools
import re

from casefile import text_folding
from casefile.case import Case
from evidence_packer.understand.talk.phrases import Phrases

Titles = tuple[str, ...]
"""What the thing of an order is called, in the languages that the case tells."""
KNOWN = ("lead", "matter", "thanks", "goods")
"""Meanings whose phrases turn nothing around."""
_NO_NAME = ("not_goods", "spoilt", "complaint", "thanks", "arrive", "not", "if", "hedge")
"""Words of a title that mean something of their own in a message name no goods."""
_LETTER = re.compile(r"[^\W\d_]")
_ANY_WORD = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\uac00-\ud7af]{2,}")
"""Scripts that part no words."""
_LONGEST = 8


def titles_of(case: Case) -> Titles:
    """What the one thing of the order is called; nothing where there are several: who has one of them has not all."""
    items = case.order.items if case.order else ()
    name = items[0].name if len(items) == 1 else None
    return tuple(name.values()) if isinstance(name, dict) else (name,) if name else ()


def is_of_goods(clause: str, said: re.Match[str], words: Phrases) -> bool:
    """Whether the thing that came (``said``) is the goods.

    Every word of the clause is known as one of the goods or as one that turns nothing around: "I received a text", "the parcel
    arrived at the depot" and "I received all except one" have others. In languages that put the thing first no ``goods`` are
    given; there, all before the verb is known.
    """
    if "goods" not in words.patterns:
        return True
    told = clause[said.start() :]
    first, last = len(said[0].split(" ")[0]), said[0].rfind(" ")
    left = told
    for meaning in ("behind", *KNOWN):
        left = words.blanked(meaning, left)
    left = _ANY_WORD.sub(lambda word: " " * len(word[0]) if words.has("arrive", word[0]) else word[0], left)
    # The verbs at both ends of what was found are known by that.
    left = " " * first + left[first : max(first, last)] + " " * (len(said[0]) - max(first, last)) + left[len(said[0]) :]
    return _LETTER.search(left) is None


def as_goods(clause: str, words: Phrases, titles: Titles) -> tuple[str, ...]:
    """``clause``, then with the words of the titles as each plain word for goods: "the headphones came" as "the parcel came"."""
    pattern = _of_titles(titles)
    if pattern is None:
        return (clause,)

    def named(match: re.Match[str], plain: str) -> str:
        own = words.full("lead", match[0]) or any(words.has(meaning, match[0]) for meaning in _NO_NAME)
        return match[0] if own else plain

    nouns = (*words.first("goods"), *words.first("thing"))
    told = (pattern.sub(functools.partial(named, plain=plain), clause) for plain in nouns)
    return tuple(dict.fromkeys((clause, *told)))


@functools.lru_cache(maxsize=256)
def _of_titles(titles: Titles) -> re.Pattern[str] | None:
    """A run of words out of the titles; of scripts that part no words, any two signs or more of one piece."""
    folded = [text_folding.word(title) for title in titles]
    spaced = {word for title in folded for word in _WORD.findall(title) if not _DENSE.search(word)}
    dense = {
        piece[start : start + size]
        for title in folded
        for piece in _DENSE.findall(title)
        for size in range(2, _LONGEST + 1)
        for start in range(len(piece) - size + 1)
    }
    parts = [
        rf"(?<![^\W_]){re.escape(word)}(?:e?s|e?n|er|nya)?(?![^\W_])" for word in sorted(spaced, key=len, reverse=True)
    ]
    parts += map(re.escape, sorted(dense, key=len, reverse=True))
    if not parts:
        return None
    one = f"(?:{'|'.join(parts)})"
    return re.compile(rf"{one}(?:\s+{one})*")
