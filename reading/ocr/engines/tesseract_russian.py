"""Russian by Tesseract: the first engine has no model of the script and would read Latin letters into it."""

from reading.ocr.contract import EngineKind, OcrEngine, Reads
from reading.ocr.tesseract import TesseractEngine, package_wanted


def _load() -> OcrEngine:
    """A new engine; English comes first, or it reads ``Order`` as Cyrillic."""
    return TesseractEngine("eng+rus")


ENGINE = EngineKind(
    name="tesseract_russian",
    reads=Reads(quick=frozenset({"ru"}), careful=frozenset()),
    load=_load,
    wants=lambda: package_wanted("rus"),
)
