"""Whether two pages of type are the same thing: a copy, a scaled or compressed copy, or a part cut out. Pure.

They are compared by their words and where these stand: two tracking pages of one layout look alike but say different things, and an
earlier state of a page lacks lines in the middle. Words are folded once per page, since each is compared with every other.
"""

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from casefile import text_folding
from casefile.facts import FileFacts

_LEAST_LINES = 5
_SHARED = 0.85
_DIGITS = 4
"""A line with so many digits carries a number or a time, and must be there."""
_APART = 0.015
"""How far, as a share of the page, a line may stand from where a copy or a cut-out has it."""
_IN_PLACE = 0.9

_Line = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PageSigns:
    """The lines of a page that stand there once: the middle of each by its signs, all of them, and those that tell."""

    middles: Mapping[str, tuple[float, float]]
    signs: frozenset[str]
    telling: frozenset[str]

    @classmethod
    def of(cls, file: FileFacts) -> Self:
        """The words of a file's first page."""
        middles = _lines(file)
        return cls(middles, frozenset(middles), frozenset(filter(_tells, middles)))


def same_words(a: PageSigns, b: PageSigns) -> bool:
    """Whether the words of one page are those of the other, or of a part of it, at the same places."""
    small, large = (a, b) if len(a.signs) <= len(b.signs) else (b, a)
    if len(small.signs) < _LEAST_LINES or not small.telling <= large.signs:
        return False
    shared = small.signs & large.signs
    if len(shared) < _SHARED * len(small.signs):
        return False
    ordered = [text for text in small.middles if text in shared]
    across, down = (
        _map([small.middles[t][i] for t in ordered], [large.middles[t][i] for t in ordered]) for i in (0, 1)
    )
    if across is None or down is None:
        return False
    inside = [t for t, (x, y) in large.middles.items() if _within(x, across) and _within(y, down)]
    return sum(text in small.signs for text in inside) >= _SHARED * len(inside)


def _lines(file: FileFacts) -> dict[str, tuple[float, float]]:
    """Middle of each line that stands there once, by its signs."""
    middles: dict[str, list[tuple[float, float]]] = {}
    for text in file.texts:
        if plain := text_folding.number(text.text):
            middles.setdefault(plain, []).append(((text.box[0] + text.box[2]) / 2, (text.box[1] + text.box[3]) / 2))
    return {text: places[0] for text, places in middles.items() if len(places) == 1}


def _tells(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) >= _DIGITS


def _map(small: list[float], large: list[float]) -> _Line | None:
    """Scale and shift from one page to the other; ``None`` where the places do not follow one."""
    if len(set(small)) < 2:
        return 1.0, statistics.fmean(large) - statistics.fmean(small)
    scale, shift = statistics.linear_regression(small, large)
    near = [abs(scale * s + shift - t) <= _APART for s, t in zip(small, large, strict=True)]
    return (scale, shift) if scale > 0 and sum(near) >= _IN_PLACE * len(near) else None


def _within(place: float, line: _Line) -> bool:
    return line[1] < place < line[0] + line[1]
