"""The contract of an OCR engine: pixels in, lines with boxes and scores out, at two prices.

Engines live in ``reading/ocr/engines/``, one module each, found by walking the folder. The contract is narrow on purpose:
which lines are worth the higher price is decided in ``reading/ocr/ocr_passes.py``, alike for every engine. An engine is made
in the process that uses it and never before a fork (one made before hangs for ever).
"""

import functools
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from casefile.plug_ins import expect_takes, plug_ins
from casefile.reading import Line
from reading.ocr import engines as ocr_engines
from reading.ocr.first import FIRST_ENGINE

Pixels = npt.NDArray[np.uint8]
"""Rows of 8-bit samples: (height, width) grey or (height, width, 3) RGB, upright."""

Tier = Literal["quick", "careful"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """What an engine reads: language tags its quick tier reads well, and those only its careful tier does."""

    quick: frozenset[str]
    careful: frozenset[str]


@runtime_checkable
class OcrEngine(Protocol):
    """A loaded engine. Calls from several threads are allowed; they may wait for each other."""

    def lines(self, pixels: Pixels, tier: Tier) -> tuple[Line, ...]:
        """The lines in reading order; boxes are shares (0 to 1) of ``pixels``, scores 0 to 1. No text: no lines.

        Raises:
            CutShort: the page was not read to its end, and would not be if it were tried again now.
        """


class CutShort(Exception):
    """An engine did not come to the end of a page: it used up its CPU, or its program failed. Nothing of the page is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineKind:
    """What a file in ``reading/ocr/engines/`` offers; ``load`` makes a new engine in this process."""

    name: str
    reads: Reads
    load: Callable[[], OcrEngine]
    instead_of: str = ""
    """The engine in whose place it reads where the operator says so; it is never asked beside others."""
    library: str = ""
    """What has to be installed besides; the extra that brings it has the engine's name."""
    wants: Callable[[], str] = str
    """The system package without which it reads nothing, empty where it is there."""

    @property
    def installed(self) -> bool:
        """Whether it can be loaded here."""
        return not self.library or importlib.util.find_spec(self.library) is not None

    def __post_init__(self) -> None:
        """Refuse an engine that reads nothing by its first tier."""
        expect_takes(self.load, 0)
        if not self.reads.quick:
            raise TypeError(f"{self.name} reads no language by its quick tier")


@functools.cache
def engines() -> Mapping[str, EngineKind]:
    """Every engine by its name, sorted by file.

    Raises:
        DataFault: a file is malformed, or two engines share a name; it names the file.
    """
    return plug_ins(ocr_engines, EngineKind)


def engines_with(first: str) -> tuple[EngineKind, ...]:
    """The engines that read where ``first`` reads first: itself, then those that stand in for nobody."""
    chosen = engines()[first]
    beside = (kind for kind in engines().values() if not kind.instead_of and kind.name != chosen.instead_of)
    return (chosen, *(kind for kind in beside if kind is not chosen))


def first_engines() -> tuple[str, ...]:
    """The engines of which one can be named to read first."""
    others = (kind.name for kind in engines().values() if kind.instead_of == FIRST_ENGINE)
    return (FIRST_ENGINE, *others)
