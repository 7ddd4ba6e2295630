"""Korean by Tesseract: the first engine has no model of the script and would read digits into it."""

from reading.ocr.contract import OcrEngine, Reads
from reading.ocr.tesseract import TesseractEngine

NAME = "tesseract-korean"
READS = Reads(quick=frozenset({"ko"}), careful=frozenset())


def load() -> OcrEngine:
    """A new engine."""
    return TesseractEngine("kor+eng")
