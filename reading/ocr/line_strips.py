"""The lines that the first engine found, cut out and set below each other at one height, for an engine that finds none well.

Tesseract parts lines of small type at will; on such a sheet it reads Korean, Thai and Russian as they are written. Digits are
taken from the first engine, which reads them better.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from casefile.reading import Line
from reading.ocr import cyrillic
from reading.ocr.contract import Pixels

_TALL, _GAP = 52, 22
"""Height of a strip and of the white between two, in pixels."""
_MARGIN = 0.12
"""What is cut around a line, in line heights."""
_WIDEST = 4_000
_LEAST_SIDE = 1_400
"""A smaller sheet would be read at twice its size."""
_DARK = 128
_LEAST_SCORE = 0.3
"""Pieces read worse are the edges of neighbouring lines."""
_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class Strips:
    """``sheet`` with one strip a line of ``lines``, from the top."""

    sheet: Pixels
    lines: tuple[Line, ...]

    def placed(self, seen: Iterable[Line]) -> tuple[Line, ...]:
        """What was read on the sheet as lines of the page: one a strip, in the place of the line that it shows."""
        pieces: dict[int, list[Line]] = {}
        for piece in sorted(seen, key=lambda one: one.box[0]):
            middle = (piece.box[1] + piece.box[3]) / 2 * self.sheet.shape[0]
            place = int((middle - _GAP / 2) // (_TALL + _GAP))
            if 0 <= place < len(self.lines) and piece.score >= _LEAST_SCORE:
                pieces.setdefault(place, []).append(piece)
        return tuple(_line(self.lines[place], pieces[place]) for place in sorted(pieces))


def strips(pixels: Pixels, lines: Iterable[Line]) -> Strips | None:
    """The sheet of the lines; ``None`` without any. Of letters that it does not know, the first engine may see digits only."""
    chosen = tuple(lines)
    cut = [_cut(pixels, line) for line in chosen]
    if not cut:
        return None
    width = max(_LEAST_SIDE, *(one.shape[1] for one in cut)) + 2 * _GAP
    sheet = np.full((len(cut) * (_TALL + _GAP) + _GAP, width), 255, np.uint8)
    for place, one in enumerate(cut):
        top = _GAP + place * (_TALL + _GAP)
        sheet[top : top + _TALL, _GAP : _GAP + one.shape[1]] = one
    return Strips(sheet, chosen)


def _cut(pixels: Pixels, line: Line) -> Pixels:
    """A line in grey, dark on light, at the height of a strip."""
    height, width = pixels.shape[:2]
    margin = _MARGIN * (line.box[3] - line.box[1]) * height
    left, right = max(0, int(line.box[0] * width - margin)), min(width, int(line.box[2] * width + margin) + 1)
    top, bottom = (
        max(0, int(line.box[1] * height - margin / 2)),
        min(height, int(line.box[3] * height + margin / 2) + 1),
    )
    grey = Image.fromarray(pixels[top:bottom, left:right]).convert("L")
    wide = max(1, min(_WIDEST, round(grey.width * _TALL / max(1, grey.height))))
    cut = np.asarray(grey.resize((wide, _TALL), Image.Resampling.LANCZOS))
    dark = 255 - cut if float(np.median(cut)) < _DARK else cut
    # On a grey ground Tesseract sees pictures, and no writing.
    ground = float(np.median(dark))
    ink = min(float(dark.min()), ground - 1)
    return ((dark - ink) * (255 / (ground - ink))).clip(0, 255).astype(np.uint8)


def _line(line: Line, pieces: list[Line]) -> Line:
    weight = sum(len(piece.text) for piece in pieces)
    score = sum(piece.score * len(piece.text) for piece in pieces) / weight
    text = " ".join(piece.text for piece in pieces)
    if cyrillic.letters(text):
        told = cyrillic.with_latin_numbers(line.text, cyrillic.with_digits_of(line.text, text))
    else:
        told = _with_digits_of(line.text, text)
    return replace(line, text=told, score=score)


def _with_digits_of(first: str, text: str) -> str:
    """``text`` with the digits of the first reading, where both have as many."""
    digits = _DIGIT.findall(first)
    in_turn = iter(digits)
    return _DIGIT.sub(lambda _: next(in_turn), text) if len(digits) == len(_DIGIT.findall(text)) else text
