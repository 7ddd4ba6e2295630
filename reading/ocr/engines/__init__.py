"""One file per OCR engine; found by walking this folder."""
