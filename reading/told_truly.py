"""Whether the text layer of a page says what its drawing shows: a few lines are read on the drawing and compared.

A document says of each of its signs what character it is, and may say anything: people see one number, programs copy another.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from PIL import Image
from rapidfuzz import fuzz

from casefile import text_folding
from casefile.reading import Line
from reading.ocr import likeness
from reading.ocr.contract import Pixels, Tier

Reader = Callable[[Pixels, Tier], Iterable[Line]]

_FIRST, _LAST = 2, 24
"""Pages that are looked at, and behind which none is: a look costs a tenth of a second."""
_MOST = 4
_LEAST = 8
"""Letters and digits of a line that is worth a look."""
_NEAR, _FAR = 80.0, 50.0
"""Percent of likeness: of a line that is surely the same, and below which it is another."""
_LONG = 4
"""Letters of a word that does not stand in every text."""
_GAP, _EDGE = 24, 0.35
_READ = range(0x4E00, 0xA000)
_WIDE = 2.0


def worth_a_look(number: int, lines: Sequence[Line], wanted: tuple[str, ...]) -> bool:
    """Whether page ``number`` is looked at: the first ones, and later ones that carry a number of the case, where a line fits."""
    if not any(map(_says_enough, lines)):
        return False
    return number <= _FIRST or (number <= _LAST and any(likeness.found(line.text, wanted) for line in lines))


def untrue(lines: Sequence[Line], drawn: Image.Image, wanted: tuple[str, ...], read: Reader) -> tuple[Line, ...]:
    """The lines looked at, where they do not stand on the ``drawn`` page like this; none where they do, or nobody can tell."""
    chosen = _chosen(lines, drawn, wanted)
    if not chosen or not _others(chosen, _read(chosen, drawn, "quick", read), wanted):
        return ()
    others = _others(chosen, _read(chosen, drawn, "careful", read), wanted)
    return () if others and _upside_down(others, drawn, wanted, read) else others


def _upside_down(chosen: Sequence[Line], drawn: Image.Image, wanted: tuple[str, ...], read: Reader) -> bool:
    """Whether the lines do stand there, on their head."""
    texts = list(_read(chosen, drawn, "careful", read, turn=180))
    stands = any(_alike(line.text, text) >= _NEAR for line, text in zip(chosen, texts, strict=True))
    return stands and not _others(chosen, texts, wanted)


def _chosen(lines: Sequence[Line], drawn: Image.Image, wanted: tuple[str, ...]) -> tuple[Line, ...]:
    """Lines that carry a number of the case, then those that say most, in scripts that are surely read."""
    fit = [line for line in lines if _fits(line, drawn)]
    own = [line for line in fit if likeness.found(line.text, wanted)]
    rest = sorted((line for line in fit if line not in own), key=lambda line: -len(set(line.text)))
    return tuple((own + rest)[:_MOST])


def _fits(line: Line, drawn: Image.Image) -> bool:
    x0, y0, x1, y1 = line.box
    return _says_enough(line) and (x1 - x0) * drawn.width > _WIDE * (y1 - y0) * drawn.height > 0


def _says_enough(line: Line) -> bool:
    """Whether it has enough letters, all in scripts that are surely read."""
    letters = [sign for sign in line.text if sign.isalnum()]
    return len(letters) >= _LEAST and all(sign.isascii() or ord(sign) in _READ for sign in letters)


def _others(chosen: Sequence[Line], texts: Iterable[str], wanted: tuple[str, ...]) -> tuple[Line, ...]:
    """The lines in whose place something else stands: another number, or other words."""
    found = list(zip(chosen, texts, strict=True))
    own = [(line, text) for line, text in found if likeness.found(line.text, wanted)]
    if any(text for _, text in own) and not any(likeness.found(text, wanted) for _, text in own):
        return tuple(line for line, _ in own)
    alike = [(line, _alike(line.text, text)) for line, text in found if len(text) >= _LEAST]
    if len(alike) > 1 and all(share < _NEAR for _, share in alike):
        return tuple(line for line, _ in alike)
    return tuple(line for line, share in alike if share < _FAR)


def _alike(told: str, seen: str) -> float:
    """Percent of likeness; rows above and below, which reach into the place of a line, and their order, count for nothing."""
    line, place = text_folding.squeezed(told), text_folding.squeezed(seen)
    around = fuzz.partial_ratio(line, place) if len(line) <= len(place) else 0.0
    within = max(around, _within(told, place))
    return max(float(fuzz.ratio(line, place)), within if within >= _NEAR else 0.0)


def _within(told: str, seen: str) -> float:
    """Percent of the words of ``told``, by their letters, that stand somewhere in ``seen``."""
    words = [word for word in map(text_folding.squeezed, told.split()) if len(word) >= _LONG]
    letters = sum(map(len, words))
    if letters < _LEAST:
        return 0.0
    there = sum(len(word) for word in words if len(word) <= len(seen) and fuzz.partial_ratio(word, seen) >= _NEAR)
    return 100.0 * there / letters


def _read(chosen: Sequence[Line], drawn: Image.Image, tier: Tier, read: Reader, turn: float = 0) -> Iterator[str]:
    """What stands at the place of each line: all of them as one picture, one below the other."""
    cuts = [drawn.crop(_around(line, drawn)).convert("L").rotate(turn) for line in chosen]
    sheet = Image.new("L", (max(c.width for c in cuts) + 2 * _GAP, sum(c.height + _GAP for c in cuts) + _GAP), 255)
    tops, at = list[int](), _GAP
    for cut in cuts:
        sheet.paste(cut, (_GAP, at))
        tops.append(at)
        at += cut.height + _GAP
    seen = sorted(read(np.asarray(sheet), tier), key=lambda line: line.box[0])
    for top, cut in zip(tops, cuts, strict=True):
        inside = (top / sheet.height, (top + cut.height) / sheet.height)
        yield " ".join(line.text for line in seen if inside[0] <= (line.box[1] + line.box[3]) / 2 <= inside[1])


def _around(line: Line, drawn: Image.Image) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = line.box
    edge = _EDGE * (y1 - y0) * drawn.height
    return (
        max(0, round(x0 * drawn.width - edge)), max(0, round(y0 * drawn.height - edge)),
        min(drawn.width, round(x1 * drawn.width + edge)), min(drawn.height, round(y1 * drawn.height + edge)),
    )  # fmt: skip
