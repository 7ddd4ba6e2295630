"""Tesseract as a program: the second engine, for the scripts that the first one has no model of (Korean, Thai).

It reads a hand-made TIFF of checked pixels from its standard input, never an upload, with one thread and a time limit. Debian
and Ubuntu bring program and models (``tesseract-ocr``, ``-kor``, ``-tha``); where they are missing, nothing is read.
"""

import csv
import functools
import itertools
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from casefile.reading import Line
from reading.ocr import Pixels, Tier
from reading.tiff import as_tiff

_PROGRAM = Path("/usr/bin/tesseract")
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
_SECONDS = 30.0
_UNIT_SCORE = 100.0
_SMALL_TYPE = 1_400
"""Pictures with a shorter long side are read at twice their size: the models want type of 20 to 40 pixels."""
_THAI = (0x0E00, 0x0E7F)
_CLOSE = 0.2
_GAP = 1.6
"""A gap wider than this many line heights parts a row into two lines, as the first engine does."""


@functools.cache
def models() -> frozenset[str]:
    """The models that are installed (``eng``, ``kor`` …); empty without the program."""
    try:
        told = _run(["--list-langs"], b"").decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(told.split("\n")[1:]) - {""}


def _run(arguments: list[str], data: bytes) -> bytes:
    done = subprocess.run(  # noqa: S603  # a fixed program and fixed words
        [_PROGRAM, *arguments], input=data, capture_output=True, check=True, timeout=_SECONDS, env=_ENVIRONMENT
    )
    return done.stdout


class TesseractEngine:
    """One set of models, such as ``kor+eng``. Both tiers are the same reading."""

    def __init__(self, wanted: str) -> None:
        self._models = "+".join(name for name in wanted.split("+") if name in models())

    def lines(self, pixels: Pixels, tier: Tier) -> tuple[Line, ...]:
        """See the contract; no lines where the models are missing or the program fails."""
        _ = tier
        height, width = pixels.shape[:2]
        if not self._models or min(height, width) < 8:
            return ()
        copy = _doubled(pixels) if max(height, width) < _SMALL_TYPE else pixels
        try:
            table = _run(["stdin", "stdout", "-l", self._models, "--psm", "11", "tsv"], as_tiff(copy))
        except (OSError, subprocess.SubprocessError):
            return ()
        return tuple(_lines(table.decode("utf-8", "replace"), copy.shape[1], copy.shape[0]))


def _doubled(pixels: Pixels) -> Pixels:
    """Twice the size with smooth edges: steps of two pixels would be read as strokes."""
    height, width = pixels.shape[:2]
    return np.asarray(Image.fromarray(pixels).resize((2 * width, 2 * height), Image.Resampling.LANCZOS))


def _lines(table: str, width: int, height: int) -> Iterator[Line]:
    """The words of each row joined, a wide gap parting them."""
    row: list[dict[str, str]] = []
    for word in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if word["level"] != "5" or not (word["text"] or "").strip():
            continue
        if row and (_place(word) != _place(row[-1]) or _apart(row[-1], word)):
            yield _line(row, width, height)
            row = []
        row.append(word)
    if row:
        yield _line(row, width, height)


def _place(word: dict[str, str]) -> tuple[str, ...]:
    return word["block_num"], word["par_num"], word["line_num"]


def _apart(before: dict[str, str], word: dict[str, str]) -> bool:
    gap = int(word["left"]) - int(before["left"]) - int(before["width"])
    return gap > _GAP * max(int(before["height"]), int(word["height"]))


def _together(before: dict[str, str], word: dict[str, str]) -> bool:
    """Whether two words are one: Thai is written without spaces, and the program parts it at will."""
    edges = (before["text"].strip()[-1], word["text"].strip()[0])
    gap = int(word["left"]) - int(before["left"]) - int(before["width"])
    thai = [_THAI[0] <= ord(char) <= _THAI[1] for char in edges]
    near = gap < _CLOSE * max(int(before["height"]), int(word["height"]))
    return all(thai) or (any(thai) and (near or "." in edges))


def _line(words: list[dict[str, str]], width: int, height: int) -> Line:
    left, top = min(int(word["left"]) for word in words), min(int(word["top"]) for word in words)
    right = max(int(word["left"]) + int(word["width"]) for word in words)
    bottom = max(int(word["top"]) + int(word["height"]) for word in words)
    text = words[0]["text"].strip()
    for before, word in itertools.pairwise(words):
        text += ("" if _together(before, word) else " ") + word["text"].strip()
    weights = [(float(word["conf"]), len(word["text"])) for word in words]
    score = sum(value * weight for value, weight in weights) / sum(weight for _, weight in weights) / _UNIT_SCORE
    box = (left / width, top / height, min(1.0, right / width), min(1.0, bottom / height))
    return Line(text=text, box=box, score=min(1.0, max(0.0, score)))
