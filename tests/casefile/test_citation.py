"""Where a citation leads: which printed page shows a place of a file, and which exhibit a page belongs to."""

import pytest

from casefile.citation import BundlePlan, Citation, PlannedExhibit, written


def exhibit(number=1, file="a.png", first=5, pages=(1, 2, 3), **more):
    return PlannedExhibit(number=number, file=file, kind="tracking", source_pages=pages, first_page=first, **more)


PARTS = ((0.0, 0.4), (0.3, 0.7), (0.6, 1.0))
"""A long screenshot on three pages that overlap by a tenth of it."""
LONG = exhibit(pages=(1, 1, 1), parts=PARTS)


@pytest.mark.parametrize(
    ("source_page", "page"),
    [(1, 5), (2, 6), (3, 7), (4, 5), (None, 5)],
    ids=["first", "second", "last", "not shown", "not given"],
)
def test_a_page_of_a_file_is_cited_by_the_printed_page_that_shows_it(source_page, page):
    assert exhibit().cite(source_page) == Citation(number=1, page=page)


@pytest.mark.parametrize(
    ("height", "page"),
    [
        (None, 5), (0.0, 5), (0.29, 5),
        (0.33, 5), (0.37, 6),  # in the overlap: the page on which more stands around it
        (0.5, 6), (0.63, 6), (0.67, 7),
        (0.95, 7), (1.0, 7),
    ],
)  # fmt: skip
def test_of_a_long_page_the_part_is_cited_in_which_the_place_stands(height, page):
    assert LONG.cite(1, height).page == page


def test_a_place_in_a_gap_is_cited_by_the_nearer_part_and_one_between_two_by_the_first():
    gap = exhibit(pages=(1, 1), parts=((0.0, 0.4), (0.6, 1.0)))
    assert [gap.cite(1, height).page for height in (0.45, 0.55)] == [5, 6]
    halves = exhibit(pages=(1, 1), parts=((0.0, 0.5), (0.5, 1.0)))
    assert [halves.cite(1, height).page for height in (0.5, None)] == [5, 5]


def test_a_low_part_that_holds_the_place_beats_a_high_one_that_only_lies_closer_to_it():
    uneven = exhibit(pages=(1, 1), parts=((0.0, 0.9), (0.9, 1.0)))
    assert [uneven.cite(1, height).page for height in (0.89, 0.91)] == [5, 6]


@pytest.mark.parametrize(("parts", "shown"), [((), [(0.0, 1.0)] * 3), (PARTS, list(PARTS))])
def test_a_printed_page_shows_the_whole_page_or_its_part(parts, shown):
    assert [exhibit(parts=parts).part(place) for place in range(3)] == shown


@pytest.mark.parametrize(("translation", "last"), [((), 7), (("Page 1", "Page 2"), 9)])
def test_translations_follow_the_evidence(translation, last):
    planned = exhibit(translation=translation)
    assert planned.last_page == last
    assert planned.cite(4) == Citation(number=1, page=5)


PLAN = BundlePlan(exhibits=(exhibit(1, "a.png", 3, (1, 2)), exhibit(2, "b.png", 5, (1,))), front=2)


def test_sheets_run_from_the_front_to_the_last_exhibit():
    assert (PLAN.pages, PLAN.exhibit_pages) == (5, 3)
    assert (BundlePlan(front=2).pages, BundlePlan(front=2).exhibit_pages) == (2, 0)


@pytest.mark.parametrize(
    ("number", "page", "file"),
    [(1, 2, None), (1, 3, "a.png"), (1, 4, "a.png"), (1, 5, None), (2, 4, None), (2, 5, "b.png"), (3, 5, None)],
)
def test_an_exhibit_has_its_own_pages_only(number, page, file):
    found = PLAN.at(number, page)
    assert (found.file if found else None) == file


def test_the_exhibit_of_a_file_is_found_by_its_name():
    assert [PLAN.of_file("b.png").number, PLAN.of_file("a.png").number, PLAN.of_file("c.png")] == [2, 1, None]


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("Exhibit {number}, p. {page}", "See Exhibit 3, p. 12; Exhibit 4, p. 13.", [("3", "12"), ("4", "13")]),
        ("证据{number}，第{page}页", "见证据3，第12页。", [("3", "12")]),
        ("Exhibit {number}, p. {page}", "Exhibit A, p. 12", []),
    ],
)
def test_citations_are_found_in_a_text_as_the_language_says_them(words, text, found):
    assert [(match["number"], match["page"]) for match in written(words).finditer(text)] == found
