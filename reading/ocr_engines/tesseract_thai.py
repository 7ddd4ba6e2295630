"""Thai by Tesseract: the first engine has no model of the script and would read digits into it."""

from reading.ocr import OcrEngine, Reads
from reading.tesseract import TesseractEngine

NAME = "tesseract-thai"
READS = Reads(quick=frozenset({"th"}), careful=frozenset())


def load() -> OcrEngine:
    """A new engine."""
    return TesseractEngine("tha+eng")
