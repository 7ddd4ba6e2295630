"""How large the type on a page is, in pixels: the size that decides whether a reviewer can read it."""

from collections.abc import Iterable

from casefile.reading import Line

_OCR_PADDING, _FONT_BOX = 1.1, 1.2
"""How much higher than the font size an OCR box and the box of a font are, measured on type of 16 to 80 px."""

_LEAST_SCORE = 0.5


def text_height(lines: Iterable[Line], page_height: int, *, from_ocr: bool) -> float | None:
    """The median line height, weighted by characters, in pixels of a page ``page_height`` pixels high.

    About the font size: what boxes are higher than the type is taken out. ``None`` without text.
    """
    sizes = sorted(
        ((line.box[3] - line.box[1]) * page_height, len(line.text)) for line in lines if line.score >= _LEAST_SCORE
    )
    total = sum(weight for _, weight in sizes)
    seen = 0
    for size, weight in sizes:
        seen += weight
        if 2 * seen >= total:
            return round(size / (_OCR_PADDING if from_ocr else _FONT_BOX), 1)
    return None
