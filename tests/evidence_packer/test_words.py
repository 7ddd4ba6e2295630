"""Words under pictures: every line that was read in one, on the part of the page where it stands, and none twice."""

import dataclasses

import pytest

from casefile.reading import Line, PreparedImage, PreparedPdf, Reading, ReadPage
from evidence_packer.bind.bundle.words import within, words_of

TYPED = Line(text="typed", box=(0.1, 0.1, 0.3, 0.12), score=1.0)
SEEN = Line(text="seen", box=(0.1, 0.5, 0.3, 0.52), score=0.97)
PICTURE = PreparedImage(data=b"", format="png", width=10, height=10)
DOCUMENT = PreparedPdf(data=b"", pages=1)
SHOWN = dataclasses.replace(DOCUMENT, rasters=((1, PICTURE),))


@pytest.mark.parametrize(
    ("shown", "source", "lines", "expected"),
    [
        (PICTURE, "ocr", (SEEN,), (SEEN,)),
        (SHOWN, "text_layer", (TYPED, SEEN), (TYPED, SEEN)),
        (DOCUMENT, "ocr", (SEEN,), (SEEN,)),
        (DOCUMENT, "text_layer", (TYPED, SEEN), (SEEN,)),
        (DOCUMENT, "text_layer", (TYPED,), None),
        (PICTURE, "none", (), None),
    ],
)
def test_what_lies_under_a_page(shown, source, lines, expected):
    page = ReadPage(number=1, width=10, height=10, lines=lines, text_source=source)
    reading = Reading(sha256="0" * 64, media_type="image/png", pages=(page,))
    assert words_of(reading, shown).get(1) == expected


def test_a_part_has_its_own_lines():
    assert within((TYPED, SEEN), (0.0, 0.4)) == (TYPED,)
    assert within((TYPED, SEEN), (0.4, 1.0)) == (SEEN,)
