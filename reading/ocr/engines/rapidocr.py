"""PP-OCRv6 by way of RapidOCR and ONNX Runtime: stands in for the first engine where the operator says so (extra ``rapidocr``).

Another author's code around the same family of models, so that a library that is no longer kept leaves nobody without reading.
Its models lie inside the wheel; they are named by path, since a model that is not there would otherwise be downloaded.
"""

import threading
from pathlib import Path
from typing import Any

import numpy as np

from casefile.reading import Line
from reading.ocr.contract import EngineKind, OcrEngine, Pixels, Reads, Tier
from reading.ocr.first import FIRST_ENGINE

_SIDES: dict[Tier, int] = {"quick": 960, "careful": 1280}
"""Side of the copy in which lines are looked for; they are read from the full picture."""
_LEAST_SIDE = 8
_DETECTOR, _READER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"


class _RapidOcr:
    """One engine a tier, each loaded when first asked for; they share nothing, so one page is read at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: dict[Tier, Any] = {}

    def lines(self, pixels: Pixels, tier: Tier) -> tuple[Line, ...]:
        """See the contract."""
        height, width = pixels.shape[:2]
        if min(height, width) < _LEAST_SIDE:
            return ()
        upside = pixels if pixels.ndim == 2 else np.ascontiguousarray(pixels[:, :, ::-1])  # it wants blue first
        with self._lock:
            if tier not in self._loaded:
                self._loaded[tier] = _engine(_SIDES[tier])
            answer = self._loaded[tier](upside)
        if answer.boxes is None:
            return ()
        found = zip(answer.boxes, answer.txts, answer.scores, strict=True)
        return tuple(_line(corners, text, score, width, height) for corners, text, score in found if text.strip())


def _engine(side: int) -> Any:  # noqa: ANN401  # the library has no types of its own here
    import cv2  # noqa: PLC0415  # an extra, as the line below
    import rapidocr  # noqa: PLC0415

    cv2.setNumThreads(1)
    models = Path(rapidocr.__file__).parent / "models"
    threads = "EngineConfig.onnxruntime.{}_op_num_threads"
    return rapidocr.RapidOCR(params={
        "Global.use_cls": False,  # pages are upright
        "Global.text_score": 0.0,  # a line that is hardly read tells that something stands there
        "Global.max_side_len": 1_000_000,  # pages are bounded before they come here
        "Global.log_level": "critical",
        threads.format("intra"): 1,
        threads.format("inter"): 1,
        "Det.model_path": str(models / _DETECTOR),
        "Det.limit_type": "max",
        "Det.limit_side_len": side,
        "Rec.model_path": str(models / _READER),
    })  # fmt: skip


def _line(corners: Any, text: str, score: float, width: int, height: int) -> Line:  # noqa: ANN401  # four points
    across, down = corners[:, 0] / width, corners[:, 1] / height
    x0, x1 = (min(1.0, max(0.0, float(edge))) for edge in (across.min(), across.max()))
    y0, y1 = (min(1.0, max(0.0, float(edge))) for edge in (down.min(), down.max()))
    return Line(text=text.strip(), box=(x0, y0, x1, y1), score=min(1.0, max(0.0, float(score))))


def _load() -> OcrEngine:
    """A new engine, loaded in this process."""
    return _RapidOcr()


ENGINE = EngineKind(
    name="rapidocr",
    reads=Reads(
        quick=frozenset({"en", "zh", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "id", "ms", "tr", "ja"}),
        careful=frozenset(),
    ),
    load=_load,
    instead_of=FIRST_ENGINE,
    library="rapidocr",
)
