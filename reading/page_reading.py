"""One page's checked pixels to what it says: text, bar codes, sharpness, text height, perceptual hash."""

import threading
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from casefile.reading import Line, ReadPage
from reading.barcodes import barcodes
from reading.ocr import EngineModule, OcrEngine, Pixels, engines
from reading.ocr_passes import Aim, read_page
from reading.perceptual_hash import perceptual_hash
from reading.results import PagePixels
from reading.sharpness import sharpness
from reading.text_height import text_height

DEFAULT_ENGINE = "faster-paddle"
_LUMA = np.array([77, 150, 29], dtype=np.uint16)
"""ITU-R BT.601 in 256ths."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    module: EngineModule
    engine: OcrEngine


class PageReader:
    """Reads pages with one OCR engine, loaded in this process when the first page needs it."""

    def __init__(self, engine: str = DEFAULT_ENGINE) -> None:
        self._name = engine
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None

    def read(self, page: PagePixels, aim: Aim) -> ReadPage:
        """Everything that ``page`` says: its text layer where it has a useful one, OCR elsewhere."""
        pixels = as_array(page)
        grey = as_grey(pixels)
        sharp = sharpness(grey)
        from_ocr = page.lines is None
        lines = page.lines or ()
        if from_ocr or page.pictured:
            seen = self._recognised(pixels, aim, has_content=sharp.verdict != "no_content")
            lines = with_words_in_pictures(lines, seen)
        return ReadPage(
            number=page.number,
            width=page.width,
            height=page.height,
            lines=lines,
            barcodes=barcodes(grey),
            sharpness=sharp,
            text_height_px=text_height(lines, page.height, from_ocr=from_ocr),
            text_source=("ocr" if from_ocr else "text_layer") if lines else "none",
            perceptual_hash=perceptual_hash(grey),
        )

    def _recognised(self, pixels: Pixels, aim: Aim, *, has_content: bool) -> tuple[Line, ...]:
        loaded = self._engine()
        return read_page(loaded.engine, loaded.module.READS, pixels, aim, has_content=has_content)

    def _engine(self) -> _Loaded:
        with self._lock:
            if self._loaded is None:
                module = engines()[self._name]
                self._loaded = _Loaded(module, module.load())
            return self._loaded


def with_words_in_pictures(layer: tuple[Line, ...], seen: tuple[Line, ...]) -> tuple[Line, ...]:
    """The text layer, then what OCR read where the layer has nothing."""
    return (*layer, *(line for line in seen if not any(_covers(known, line) for known in layer)))


def _covers(known: Line, line: Line) -> bool:
    across, down = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
    reached = known.box[0] <= line.box[2] and line.box[0] <= known.box[2]
    height = known.box[3] - known.box[1]
    on_row = known.box[1] - height / 4 <= down <= known.box[3] + height / 4
    return reached and on_row and (known.box[0] <= across <= known.box[2] or line.box[0] <= known.box[0])


def as_array(page: PagePixels) -> Pixels:
    """The page's rows as an array: (height, width) or (height, width, 3)."""
    flat = np.frombuffer(page.data, dtype=np.uint8)
    if page.channels == 1:
        return flat.reshape(page.pixel_height, page.pixel_width)
    return flat.reshape(page.pixel_height, page.pixel_width, 3)


def as_grey(pixels: Pixels) -> npt.NDArray[np.uint8]:
    """The luma of the rows."""
    if pixels.ndim == 2:
        return pixels
    grey: npt.NDArray[np.uint8] = ((pixels @ _LUMA) >> 8).astype(np.uint8)
    return grey
