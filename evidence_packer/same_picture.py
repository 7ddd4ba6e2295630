"""Whether two pictures show the same thing: a copy, a scaled or compressed copy, or a part cut out. Pure.

Pages of type are compared by their words and where these stand: two tracking pages of one layout look alike but say different
things, and an earlier state of a page lacks lines in the middle. Pictures without words are compared by their cells of colour.
"""

import itertools
import statistics
import unicodedata
from collections.abc import Iterator

from casefile.facts import FileFacts, PlacedText
from casefile.reading import THUMB_SIDE, Thumbprint

_LEAST_LINES = 5
_SHARED = 0.85
_DIGITS = 4
"""A line with so many digits carries a number or a time, and must be there."""
_APART = 0.015
"""How far, as a share of the page, a line may stand from where a copy or a cut-out has it."""
_IN_PLACE = 0.9
_GRID = 16
_CUT, _COPY = 6.0, 3.0
"""Mean difference of cells (0 to 255) between cut-out and whole, and between copies of one picture."""
_STRUCTURE = 18.0
"""Deviation of brightness that a picture needs to be known again."""
_SHARES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
_SAME_SHAPE = 0.02

_Line = tuple[float, float]
_Sample = tuple[int, ...]


def same_words(a: FileFacts, b: FileFacts) -> bool:
    """Whether the words of one page are those of the other, or of a part of it, at the same places."""
    small, large = sorted((_lines(a), _lines(b)), key=len)
    shared = [text for text in small if text in large]
    if len(small) < _LEAST_LINES or len(shared) < _SHARED * len(small):
        return False
    if any(_tells(text) and text not in large for text in small):
        return False
    across, down = (_map([small[t][i] for t in shared], [large[t][i] for t in shared]) for i in (0, 1))
    if across is None or down is None:
        return False
    inside = [t for t, (x, y) in large.items() if _within(x, across) and _within(y, down)]
    return len([text for text in inside if text in small]) >= _SHARED * len(inside)


def _lines(file: FileFacts) -> dict[str, tuple[float, float]]:
    """Middle of each line that stands there once, by its signs."""
    middles: dict[str, list[tuple[float, float]]] = {}
    for text in file.texts:
        if plain := _plain(text):
            middles.setdefault(plain, []).append(((text.box[0] + text.box[2]) / 2, (text.box[1] + text.box[3]) / 2))
    return {text: places[0] for text, places in middles.items() if len(places) == 1}


def _plain(text: PlacedText) -> str:
    signs = unicodedata.normalize("NFKC", text.text).casefold().replace("o", "0").replace("l", "1").replace("i", "1")
    return "".join(sign for sign in signs if sign.isalnum())


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


def same_look(a: FileFacts, b: FileFacts) -> bool:
    """Whether a picture without words is the other one or a part of it."""
    if not (a.thumbprint and b.thumbprint) or _deviation(a.thumbprint) < _STRUCTURE:
        return False
    shapes = [file.pages[0][0] / file.pages[0][1] for file in (a, b)]
    if abs(shapes[0] / shapes[1] - 1) <= _SAME_SHAPE and _apart(_sample(a), _sample(b)) <= _COPY:
        return True
    return any(_cut_out(part, whole) for part, whole in ((a, b), (b, a)))


def _cut_out(part: FileFacts, whole: FileFacts) -> bool:
    wanted = _sample(part)
    return any(_apart(wanted, _sample(whole, window)) <= _CUT for window in _windows(part, whole))


def _windows(part: FileFacts, whole: FileFacts) -> Iterator[tuple[float, float, float, float]]:
    """Windows of the whole in the proportions of the part."""
    (width, height), (all_width, all_height) = part.pages[0], whole.pages[0]
    ratio = (width / height) / (all_width / all_height)
    for share in _SHARES:
        across, down = (share, share / ratio) if ratio >= 1 else (share * ratio, share)
        steps = [[i * room / 6 for i in range(7)] if (room := 1 - side) > 0 else [0.0] for side in (across, down)]
        yield from ((x, y, across, down) for x, y in itertools.product(*steps))


def _sample(file: FileFacts, window: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)) -> _Sample:
    x0, y0, across, down = window
    xs = [min(THUMB_SIDE - 1, int((x0 + (i + 0.5) / _GRID * across) * THUMB_SIDE)) for i in range(_GRID)]
    ys = [min(THUMB_SIDE - 1, int((y0 + (i + 0.5) / _GRID * down) * THUMB_SIDE)) for i in range(_GRID)]
    return tuple(file.thumbprint[3 * (y * THUMB_SIDE + x) + colour] for y in ys for x in xs for colour in range(3))


def _apart(a: _Sample, b: _Sample) -> float:
    return sum(abs(x - y) for x, y in zip(a, b, strict=True)) / len(a)


def _deviation(cells: Thumbprint) -> float:
    return statistics.pstdev(cells)
