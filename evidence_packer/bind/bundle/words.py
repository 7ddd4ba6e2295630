"""The words that lie invisibly under an exhibit, so that every page can be searched and copied: what was read in its pictures.

A page with words of its own keeps them and gets only those that were read in pictures on it. What was burned out was read
afterwards, so that no words lie there.
"""

from collections.abc import Iterable, Mapping

from casefile.citation import Part
from casefile.reading import Line, PreparedImage, PreparedPdf, Reading, ReadPage


def words_of(reading: Reading, shown: PreparedImage | PreparedPdf) -> Mapping[int, tuple[Line, ...]]:
    """The lines to lay under each page (from 1) of a file that is shown like this."""
    rasters = {1} if isinstance(shown, PreparedImage) else {number for number, _ in shown.rasters}
    found = {page.number: _lines(page, whole=page.number in rasters) for page in reading.pages}
    return {number: lines for number, lines in found.items() if lines}


def _lines(page: ReadPage, *, whole: bool) -> tuple[Line, ...]:
    if whole or page.text_source == "ocr":
        return page.lines
    return tuple(line for line in page.lines if line.score < 1)


def within(lines: Iterable[Line], part: Part) -> tuple[Line, ...]:
    """Those lines that stand on this part of a page."""
    top, bottom = part
    return tuple(line for line in lines if top <= (line.box[1] + line.box[3]) / 2 <= bottom)
