"""The contract of an OCR engine: pixels in, lines with boxes and scores out, at two prices.

Engines live in ``reading/ocr/engines/``, one module each, found by walking the folder. The contract is narrow on purpose:
which lines are worth the higher price is decided in ``reading/ocr/ocr_passes.py``, alike for every engine. An engine is made
in the process that uses it and never before a fork (one made before hangs for ever).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, cast, runtime_checkable

import numpy as np
import numpy.typing as npt

from casefile.discovery import modules
from casefile.errors import DataFault
from casefile.reading import Line
from reading.ocr import engines as ocr_engines

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


class EngineModule(Protocol):
    """What a module in ``reading/ocr/engines/`` offers."""

    NAME: str
    READS: Reads

    def load(self) -> OcrEngine:
        """A new engine, loaded in this process."""


def engines() -> Mapping[str, EngineModule]:
    """Every engine by its name, sorted.

    Raises:
        DataFault: a module keeps not to the contract, or two share a name.
    """
    found: dict[str, EngineModule] = {}
    for module in modules(ocr_engines):
        missing = [name for name in ("NAME", "READS", "load") if not hasattr(module, name)]
        if missing or module.NAME in found:
            why = f"lacks {', '.join(missing)}" if missing else f"{module.NAME} is taken"
            raise DataFault("data-malformed", file=str(module.__file__), why=why)
        found[module.NAME] = cast("EngineModule", module)
    return found
