"""No page is taken beyond what a page can hold; what is let go of is told."""

import pytest

from casefile.reading import Line, ReadPage
from reading.measure import MOST_LINES, MOST_PAIRS, MOST_SIGNS, in_measure


def page(lines, number=1):
    return ReadPage(number=number, width=1000, height=1000, lines=lines, text_source="text_layer")


def line(text="a"):
    return Line(text=text, box=(0, 0, 1, 0.1), score=1.0)


@pytest.mark.parametrize("lines", [(), (line(),) * MOST_LINES, (line("a" * MOST_SIGNS),)])
def test_what_a_page_can_hold_stays_as_it_is(lines):
    assert in_measure([page(lines)]) == (page(lines),)


def test_of_a_crowd_the_first_lines_are_taken_and_it_is_told():
    (cut,) = in_measure([page((line(),) * (2 * MOST_LINES))])
    assert (len(cut.lines), cut.unread, cut.receipt.read_share) == (MOST_LINES, "cut-short", 0.5)


def test_a_line_without_end_is_cut_and_told():
    (cut,) = in_measure([page((line(), line("a" * (MOST_SIGNS + 1))))])
    assert ([len(one.text) for one in cut.lines], cut.unread) == ([1, MOST_SIGNS], "cut-short")


def test_crowded_pages_share_one_measure():
    count = MOST_PAIRS // MOST_LINES**2 + 3
    pages = in_measure(page((line(),) * MOST_LINES, number) for number in range(1, count + 1))
    assert sum(len(one.lines) ** 2 for one in pages) <= MOST_PAIRS
    assert [one.unread for one in pages[:2]] == [None, None]
    assert (pages[-1].unread, pages[-1].receipt.read_share < 0.1) == ("cut-short", True)


def test_many_pages_of_text_are_taken_whole():
    pages = [page((line("a" * 90),) * 100, number) for number in range(1, 501)]
    assert in_measure(pages) == tuple(pages)
