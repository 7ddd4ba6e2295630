"""What a place to black out hides, while the case is typed."""

import pytest

from casefile.fields.files import Redaction
from casefile.reading import Barcode, Line, Reading, ReadPage
from jobs.case_work.kinds.veiled import touches, veiled

LINE = (0.2, 0.5, 0.6, 0.54)


@pytest.mark.parametrize(
    ("box", "hides"),
    [
        ((0.1, 0.49, 0.7, 0.55), True),
        ((0.5, 0.49, 0.9, 0.55), True),
        ((0.1, 0.52, 0.7, 0.6), True),
        ((0.1, 0.535, 0.7, 0.6), False),
        ((0.6, 0.49, 0.9, 0.55), False),
        ((0.1, 0.54, 0.7, 0.6), False),
    ],
)
def test_a_line_that_a_place_touches(box, hides):
    assert touches(box, LINE) is hides


def test_only_the_named_page_loses_what_is_hidden():
    line, code = Line(text="Card", box=LINE, score=1.0), Barcode(text="1Z", format="Code128", box=LINE)
    pages = tuple(ReadPage(number=n, width=9, height=9, lines=(line,), barcodes=(code,)) for n in (1, 2))
    reading = Reading(sha256="0" * 64, media_type="image/png", pages=pages)
    left = veiled(reading, (Redaction(page=2, box=(0.1, 0.4, 0.7, 0.6)),))
    assert [(len(page.lines), len(page.barcodes)) for page in left.pages] == [(1, 1), (0, 0)]
    assert veiled(reading, ()) is reading
