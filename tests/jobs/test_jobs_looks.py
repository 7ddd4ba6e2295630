"""A look is kept beside its file and comes back as it was, raw bytes among what was read."""

import dataclasses

import pytest

from casefile.reading import Line, Reading, ReadPage
from casefile.upload import NotIncluded
from jobs.records.reading_cache import LookTaken, ReadingCache, keep
from jobs.records.store import Store

LINE = Line(text="订单 112", box=(0.1, 0.1, 0.9, 0.2), score=1.0)
PAGE = ReadPage(number=1, width=800, height=600, lines=(LINE,), text_source="text_layer")
BYTES = [f.name for f in dataclasses.fields(ReadPage) if "Thumbprint" in str(f.type) or "bytes" in str(f.type)]


@pytest.mark.parametrize("raw", [{}, dict.fromkeys(BYTES, bytes(range(0, 256, 7)))])
def test_a_reading_comes_back_as_it_was(tmp_path, raw):
    store = Store(tmp_path.as_uri())
    reading = Reading(
        sha256="1" * 64, media_type="image/png", pages=(dataclasses.replace(PAGE, **raw),), has_text_layer=False
    )
    keep(store, "drafts/a/b", LookTaken(reading=reading, refused=None, wanted=("1", "2")), (b"jpeg",))
    look = ReadingCache(store).of("drafts/a/b")
    assert look.reading == reading
    assert (look.pages, look.wanted) == (1, ("1", "2"))
    assert ReadingCache(store).picture("drafts/a/b", 1) == b"jpeg"


def test_a_refusal_comes_back_as_it_was(tmp_path):
    store, refused = Store(tmp_path.as_uri()), NotIncluded(file="a.pdf", code="file-encrypted", params={"x": 1})
    keep(store, "drafts/a/c", LookTaken(reading=None, refused=refused), ())
    assert ReadingCache(store).of("drafts/a/c").refused == refused
