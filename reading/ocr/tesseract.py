"""Tesseract as a program: the second engine, for scripts that the first one has no model of (Korean, Thai, Russian).

It reads a hand-made TIFF of checked pixels from its standard input, never an upload, with one thread and a limit of CPU: time
that passes says nothing on a busy machine. What was cut short is tried once more, alone and with twice the CPU. Debian and Ubuntu
bring program and models (``tesseract-ocr``, ``-kor``, ``-tha``, ``-rus``); where they are missing, nothing is read.
"""

import contextlib
import csv
import functools
import itertools
import os
import re
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TypedDict, cast

import numpy as np
from PIL import Image

from casefile.reading import Line
from reading.guarded.patience import Patience
from reading.ocr.contract import CutShort, EngineKind, Pixels, Reads, Tier
from reading.ocr.second_engines import SCRIPTS
from reading.tiff import as_tiff
from reading.turns import Turns

_PROGRAM = Path("/usr/bin/tesseract")
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
_SECONDS = 30
"""CPU for one page, ten times what a full one takes."""
_TURNS = Turns()
_UNIT_SCORE = 100.0
_SMALL_TYPE = 1_400
"""Pictures with a shorter long side are read at twice their size: the models want type of 20 to 40 pixels."""
_LAYOUTS: dict[Tier, str] = {"quick": "11", "careful": "6"}
"""Page segmentation: sparse text in no order, or one block of lines."""
_CLOSE = 0.2
_SCRIPT = re.compile(r"^Script: (\w+)$", re.MULTILINE)
_SURE = re.compile(r"^Script confidence: ([\d.]+)$", re.MULTILINE)
_LEAST_CHARS = 8
_NO_ANSWER = 1
"""Exit status where the program itself gives up; a signal's is negative."""
_GAP = 1.6
"""A gap wider than this many line heights parts a row into two lines, as the first engine does."""


@functools.cache
def models() -> frozenset[str]:
    """The models that are installed (``eng``, ``kor`` …); empty without the program.

    Raises:
        CutShort: the program is there, but did not say.
    """
    try:
        told = _run(["--list-langs"], b"", _SECONDS).decode("utf-8", "replace")
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise CutShort from error
    return frozenset(told.split("\n")[1:]) - {""}


def package_wanted(model: str) -> str:
    """The system package that brings ``model``; empty where it is installed.

    Raises:
        CutShort: the program is there, but did not say.
    """
    return "" if model in models() else f"tesseract-ocr-{model}"


def script_name(pixels: Pixels) -> tuple[str, float]:
    """The script that the program sees, by its own name, and how sure it is; ``("", 0.0)`` where it does not tell.

    Raises:
        CutShort: it did not come to an end.
    """
    if "osd" not in models():
        return "", 0.0
    arguments = ["stdin", "stdout", "-l", "osd", "--psm", "0", "-c", f"min_characters_to_try={_LEAST_CHARS}"]
    try:
        told = _read(arguments, as_tiff(pixels), final=(NothingSaid,)).decode("utf-8", "replace")
    except NothingSaid:
        return "", 0.0
    name, sure = _SCRIPT.search(told), _SURE.search(told)
    return (name[1], float(sure[1])) if name and sure else ("", 0.0)


class NothingSaid(CutShort):
    """The program came to its end without an answer: it failed, or the script detector saw too little."""


def _run(arguments: list[str], data: bytes, seconds: int) -> bytes:
    """What the program answers to ``data`` within so many seconds of CPU.

    Raises:
        CutShort: it was stopped, or failed.
        OSError: it could not be started.
    """
    with (
        os.fdopen(os.memfd_create("page"), "wb") as page,
        subprocess.Popen(  # noqa: S603  # a fixed program and fixed words
            [_PROGRAM, *arguments], stdin=_filled(page, data), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
        ) as program,
    ):  # fmt: skip
        patience = Patience(program.pid, seconds)
        try:
            # It may have failed by itself already.
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(program.pid, resource.RLIMIT_CPU, (seconds, seconds + 1))
            answer = _answer(program, patience)
        finally:
            program.kill()
    if program.returncode == _NO_ANSWER:
        raise NothingSaid
    if program.returncode:
        raise CutShort
    return answer


def _filled(page: BinaryIO, data: bytes) -> BinaryIO:
    """A file in memory that holds ``data``: a pipe would have to be filled while the program reads."""
    page.write(data)
    page.flush()
    page.seek(0)
    return page


def _answer(program: subprocess.Popen[bytes], patience: Patience) -> bytes:
    while (left := patience.left()) > 0:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return program.communicate(timeout=left)[0]
    raise CutShort


class TesseractEngine:
    """One set of models, such as ``kor+eng``. Its quick tier looks for text anywhere, the careful one reads a column of lines."""

    def __init__(self, wanted: str) -> None:
        self._models = "+".join(name for name in wanted.split("+") if name in models())

    def lines(self, pixels: Pixels, tier: Tier) -> tuple[Line, ...]:
        """See the contract; no lines where the models are missing."""
        height, width = pixels.shape[:2]
        if not self._models or min(height, width) < 8:
            return ()
        copy = _doubled(pixels) if max(height, width) < _SMALL_TYPE else pixels
        table = _read(["stdin", "stdout", "-l", self._models, "--psm", _LAYOUTS[tier], "tsv"], as_tiff(copy))
        return tuple(_lines(table.decode("utf-8", "replace"), copy.shape[1], copy.shape[0]))


def tesseract_kind(name: str, *, language: str, model: str, together: str) -> EngineKind:
    """An engine for ``language`` by ``model``, which reads ``together`` with others in this order."""
    return EngineKind(
        name=name,
        reads=Reads(quick=frozenset({language}), careful=frozenset()),
        load=functools.partial(TesseractEngine, together),
        wants=functools.partial(package_wanted, model),
    )


def _read(arguments: list[str], data: bytes, *, final: tuple[type[CutShort], ...] = ()) -> bytes:
    """The program's answer; one that was cut short is asked for once more while no other is running here, unless ``final``.

    Raises:
        CutShort: that did not help either.
    """
    try:
        with _TURNS.together():
            return _run(arguments, data, _SECONDS)
    except final:
        raise
    except (CutShort, OSError):
        with _TURNS.alone():
            try:
                return _run(arguments, data, 2 * _SECONDS)
            except OSError as error:
                raise CutShort from error


def _doubled(pixels: Pixels) -> Pixels:
    """Twice the size with smooth edges: steps of two pixels would be read as strokes."""
    height, width = pixels.shape[:2]
    return np.asarray(Image.fromarray(pixels).resize((2 * width, 2 * height), Image.Resampling.LANCZOS))


class _Word(TypedDict):
    """A row of the program's table: what was read, how surely, where in pixels, and the line it stands in."""

    level: str
    block_num: str
    par_num: str
    line_num: str
    left: str
    top: str
    width: str
    height: str
    conf: str
    text: str


def _lines(table: str, width: int, height: int) -> Iterator[Line]:
    """The words of each row joined, a wide gap parting them."""
    row: list[_Word] = []
    for word in cast("Iterator[_Word]", csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)):
        if word["level"] != "5" or not (word["text"] or "").strip():
            continue
        if row and (_place(word) != _place(row[-1]) or _apart(row[-1], word)):
            yield _line(row, width, height)
            row = []
        row.append(word)
    if row:
        yield _line(row, width, height)


def _place(word: _Word) -> tuple[str, ...]:
    return word["block_num"], word["par_num"], word["line_num"]


def _apart(before: _Word, word: _Word) -> bool:
    gap = int(word["left"]) - int(before["left"]) - int(before["width"])
    return gap > _GAP * max(int(before["height"]), int(word["height"]))


def _together(before: _Word, word: _Word) -> bool:
    """Whether two words are one: Thai is written without spaces, and the program parts it and the syllables of Korean at will."""
    edges = before["text"].strip()[-1] + word["text"].strip()[0]
    gap = int(word["left"]) - int(before["left"]) - int(before["width"])
    thai = SCRIPTS["th"](edges)
    near = gap < _CLOSE * max(int(before["height"]), int(word["height"]))
    if SCRIPTS["ko"](edges) == len(edges):
        return near
    return thai == len(edges) or (thai > 0 and (near or "." in edges))


def _line(words: list[_Word], width: int, height: int) -> Line:
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
