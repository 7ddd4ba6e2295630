"""Made pages in eighteen languages: nothing false is read from any of them. `make bench-meaning` measures the whole set."""

import pytest

from benchmarks.meaning.make import pages
from benchmarks.meaning.measure import measure


@pytest.fixture(scope="module")
def score(house):
    return measure(pages(share=0.08), house)


@pytest.mark.parametrize("sort", ["false delivered", "false date", "false agreement", "false refund"])
def test_nothing_false_is_read(score, sort):
    assert score.pages >= 55
    assert [f"{one.page.name}: {one.what}" for one in score.faults if one.sort == sort] == []
