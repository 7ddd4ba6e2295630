"""Thai by Tesseract: the first engine has no model of the script and would read digits into it."""

from reading.ocr.contract import OcrEngine, Reads
from reading.ocr.tesseract import TesseractEngine

NAME = "tesseract-thai"
READS = Reads(quick=frozenset({"th"}), careful=frozenset())


def load() -> OcrEngine:
    """A new engine."""
    return TesseractEngine("tha+eng")
