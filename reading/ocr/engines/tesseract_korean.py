"""Korean by Tesseract: the first engine has no model of the script and would read digits into it."""

from reading.ocr.contract import EngineKind, OcrEngine, Reads
from reading.ocr.tesseract import TesseractEngine, package_wanted


def _load() -> OcrEngine:
    """A new engine."""
    return TesseractEngine("kor+eng")


ENGINE = EngineKind(
    name="tesseract_korean",
    reads=Reads(quick=frozenset({"ko"}), careful=frozenset()),
    load=_load,
    wants=lambda: package_wanted("kor"),
)
