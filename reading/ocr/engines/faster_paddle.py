"""PP-OCRv6 by way of faster-paddle: both models are inside the wheel, nothing is fetched.

``tiny`` is the quick tier, ``small`` the careful one. ``medium`` is never asked for: it is not in the wheel and would be
downloaded. The engine takes encoded files only, so it gets a hand-made TIFF around checked pixels, never an upload.
"""

import threading
from typing import Any, TypedDict

import faster_paddle

from casefile.reading import Line
from reading.ocr.contract import EngineKind, OcrEngine, Pixels, Reads, Tier
from reading.tiff import as_tiff

_SIZES: dict[Tier, str] = {"quick": "tiny", "careful": "small"}
_DETECTION_SIDE = 1280
"""Side of the copy in which lines are looked for; they are read from the full picture."""


class _FasterPaddle:
    """One engine a tier, each loaded when first asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: dict[Tier, Any] = {}

    def _engine(self, tier: Tier) -> Any:  # noqa: ANN401  # the library has no types
        with self._lock:
            if tier not in self._loaded:
                self._loaded[tier] = faster_paddle.OcrEngine(
                    model_size=_SIZES[tier], threads=1, det_max_side=_DETECTION_SIDE
                )
            return self._loaded[tier]

    def lines(self, pixels: Pixels, tier: Tier) -> tuple[Line, ...]:
        """See the contract."""
        height, width = pixels.shape[:2]
        try:
            answer = self._engine(tier).ocr(as_tiff(pixels))
        except RuntimeError:
            # The engine refuses pictures of a few pixels; there is nothing to read on them.
            return ()
        return tuple(_line(found, width, height) for found in answer["bounds"].values() if found["text"].strip())


class _Bound(TypedDict):
    """A line as the library gives it."""

    topLeftCoord: tuple[float, float]
    bottomRightCoord: tuple[float, float]
    text: str
    confidence: float


def _line(found: _Bound, width: int, height: int) -> Line:
    (left, top), (right, bottom) = found["topLeftCoord"], found["bottomRightCoord"]
    x0, x1 = sorted(min(1.0, max(0.0, float(value) / width)) for value in (left, right))
    y0, y1 = sorted(min(1.0, max(0.0, float(value) / height)) for value in (top, bottom))
    return Line(text=found["text"].strip(), box=(x0, y0, x1, y1), score=min(1.0, max(0.0, float(found["confidence"]))))


def _load() -> OcrEngine:
    """A new engine, loaded in this process."""
    return _FasterPaddle()


ENGINE = EngineKind(
    name="faster_paddle",
    reads=Reads(
        quick=frozenset({"en", "zh", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "id", "ms", "tr"}),
        careful=frozenset({"ja"}),
    ),
    load=_load,
)
