"""Which OCR engine reads first, unless the operator names another that stands in for it."""

FIRST_ENGINE = "faster_paddle"
"""Name of a file in ``reading/ocr/engines/``."""
