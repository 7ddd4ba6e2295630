"""What dates a page states: the one that it prints, with the hour that it prints, or none."""

import datetime as dt
import random
import tomllib
from pathlib import Path

import pytest
from babel import Locale

from casefile.case import Case
from casefile.reading import Line, Reading, ReadPage
from evidence_packer.understand.calendar_words import bare, calendar_words
from evidence_packer.understand.interpret import InterpretContext
from evidence_packer.understand.interpreters.timestamps import INTERPRETER

from .conftest import ORDER
from .date_pages import FALSE_FRIENDS, LOCALES, page_of_dates

TABLES = ("page_dates.cases.toml", "page_dates_by_language.cases.toml")
PAGES = [
    row
    for table in TABLES
    for row in tomllib.loads(Path(__file__).with_name(table).read_text(encoding="utf-8"))["rows"]
]
MINUTE = len("2026-11-02T14:22")


def drawn(text):
    """The lines of a page: ``⏎`` ends a line, ``|`` a cell."""
    for row, line in enumerate(text.split(" ⏎ ")):
        cells = line.split(" | ")
        for column, cell in enumerate(cells):
            left, top = 0.1 + 0.8 * column / len(cells), 0.05 + 0.03 * row
            yield Line(text=cell, box=(left, top, min(0.99, left + 0.012 * len(cell)), top + 0.018), score=1.0)


@pytest.fixture
def seen_on(house):
    """The timestamps of a page."""

    def read(text, *, platform="amazon", site=None, placed="2026-10-28", now="2026-11-19", **page):
        body = {
            "platform": platform,
            "procedure": next(iter(house.platforms[platform].procedures)),
            "site": site,
            "as_of": f"{now}T23:00:00Z",
            "order": {"id": ORDER, "placed_at": f"{placed}T09:00:00Z"},
        }
        case = Case.model_validate({name: value for name, value in body.items() if value})
        given = {"width": 1000, "height": 1400, "text_source": "text_layer", "lines": tuple(drawn(text))} | page
        reading = Reading(sha256="0" * 64, media_type="image/png", pages=(ReadPage(number=1, **given),))
        return INTERPRETER.interpret(InterpretContext(file="a", reading=reading, case=case, house=house))["timestamps"]

    return read


def stated(seen):
    return [one.at for one in seen if one.at and not one.ambiguous]


@pytest.mark.parametrize("row", PAGES, ids=[row["page"] for row in PAGES])
def test_what_a_page_states(seen_on, row):
    seen = seen_on(row["page"], platform=row["platform"], site=row.get("site"))
    moments = [dt.datetime.fromisoformat(at) for at in stated(seen)]
    assert moments == [dt.datetime.fromisoformat(at) for at in row["states"]]
    assert [one.has_time for one in seen if one.at and not one.ambiguous] == ["T" in at for at in row["states"]]


@pytest.mark.parametrize(
    ("text", "site", "meanings"),
    [
        ("11/12/2026", "US", ["2026-11-12", "2026-12-11"]),
        ("03/11/2026 14:45", "US", ["2026-11-03T14:45:00", "2026-03-11T14:45:00"]),
        ("11/02/2026", "GB", ["2026-11-02", "2026-02-11"]),
        ("Delivered Nov 3", "US", ["2026-11-03"]),
        ("Nov 3, 2:22 PM", "US", ["2026-11-03T14:22:00"]),
        ("Jul 3, 2:22 PM", "US", []),
        ("11/03 14:45", "JP", ["2026-11-03T14:45:00"]),
        ("2 Nov 26 Alder Row", "US", ["2026-11-02"]),
    ],
)
def test_what_is_open_keeps_its_meanings(seen_on, text, site, meanings):
    (seen,) = seen_on(text, site=site)
    assert (seen.ambiguous, list(seen.meanings)) == (True, meanings)


def test_the_weekday_beside_a_date_settles_its_order(seen_on):
    seen = seen_on("Thu 11/12/2026 ⏎ Fri 12/11/2026 10:00 ⏎ 10/11/2026", site="US", now="2026-12-20")
    assert [(one.at, one.ambiguous) for one in seen[:2]] == [("2026-11-12", False), ("2026-12-11T10:00:00", False)]
    assert seen[2].ambiguous


def test_rows_of_a_list_run_one_way(seen_on):
    rows = ["12/10/2026 09:05", "11/10/2026 08:00", "06/11/2026 11:30", "05/11/2026 10:10"]
    months_first = seen_on(" ⏎ ".join(rows), site="US", placed="2026-01-02", now="2026-12-12")
    assert [one.ambiguous for one in months_first] == [False] * 4
    assert stated(months_first)[0] == "2026-12-10T09:05:00"


def corner(*texts, above=()):
    """A wide screenshot whose lower right corner holds ``texts``; ``above`` stands higher in the same column."""
    rows = [*((0.2 + 0.1 * place, text) for place, text in enumerate(above)), *zip((0.95, 0.972), texts, strict=False)]
    return tuple(Line(text=text, box=(0.9, top, 0.98, top + 0.018), score=0.99) for top, text in rows)


@pytest.mark.parametrize(
    ("lines", "clocks"),
    [
        (corner("2:22 PM", "11/18/2026"), ["2026-11-18T14:22:00"]),
        (corner("14:22 2026/11/18"), ["2026-11-18T14:22:00"]),
        (corner("2026-11-18 14:22"), []),
        (corner("11/18/2026"), []),
        (corner("2026-11-02 14:22", above=("2026-11-12 10:00", "2026-11-10 10:00")), []),
        (corner("14:22", "11/02/2026", above=("11/12/2026", "11/10/2026")), []),
        (corner("Delivered 14:22", "11/18/2026"), []),
    ],
)
def test_the_clock_of_the_screen_needs_a_task_bar(seen_on, lines, clocks):
    seen = seen_on("", site="US", lines=lines, width=1600, height=830, text_source="ocr")
    assert [one.at for one in seen if one.desktop_clock] == clocks


@pytest.mark.parametrize("language", LOCALES)
def test_every_name_of_a_month_and_a_weekday_is_known(house, language):
    """By the Unicode CLDR, in every form in which dates are written."""
    words, locale = calendar_words(house), Locale.parse(LOCALES[language])
    forms = [(context, width) for context in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    for context, width in forms:
        for number, name in locale.months[context][width].items():
            marked = name[-1].isdigit() and bare(name.rstrip("0123456789")) in words.markers
            assert marked or name[-1] in "月월" or words.months[bare(name)] == number, name
        for day, name in locale.days[context][width].items():
            assert len(name) == 1 or bare(name) in words.weekdays, (day, name)


def test_no_page_states_a_date_that_it_does_not_print(seen_on, record_property):
    """Dates in every form of every language among numbers that are none: never a wrong one, and nearly all are read."""
    printed, read, wrong = 0, 0, []
    for seed in range(500):
        page = page_of_dates(random.Random(seed))
        seen = seen_on(page.text, platform=page.platform, site=page.site, placed=page.placed, now=page.now)
        said = [at[:MINUTE] for at in stated(seen)]
        wrong += [(seed, page.text, at) for at in said if at not in page.true]
        printed += len(page.dates)
        read += sum(at in said for at in page.dates)
    record_property("read", f"{read / printed:.4f}")
    print(f"dates printed {printed}, read {read / printed:.2%}, wrong {len(wrong)}")  # noqa: T201  # what was measured
    assert not wrong
    assert read / printed > 0.97


@pytest.mark.parametrize("place", range(0, len(FALSE_FRIENDS), 10))
def test_numbers_that_are_no_dates(seen_on, place):
    page = " ⏎ ".join(FALSE_FRIENDS[place : place + 10])
    assert stated(seen_on(page, site="US")) == []
    assert stated(seen_on(f"{page} ⏎ Delivered ⏎ 2026-11-03", site="DE")) == ["2026-11-03"]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026년 11월 15일 일요일 오후 7:12", "2026-11-15T19:12:00"),
        ("2026 년 11 월 15 일 일요일 OF 7:12", "2026-11-15"),
        ("배송 2026.11.15 7:12", "2026-11-15"),
        ("배송 2026.11.15 17:12", "2026-11-15T17:12:00"),
        ("배송 2026.11.15 SF 11:12", "2026-11-15"),
        ("2026.11.15 7:12", "2026-11-15T07:12:00"),
    ],
)
def test_a_korean_time_without_its_half_of_the_day_is_no_time(seen_on, text, at):
    (seen,) = seen_on(text, platform="coupang", text_source="ocr")
    assert (seen.at, seen.ambiguous) == (at, False)


@pytest.mark.parametrize(("height", "score", "states"), [(600, 0.94, False), (600, 0.98, True), (1400, 0.94, True)])
def test_a_date_in_tiny_type_is_a_question(seen_on, height, score, states):
    line = Line(text="Nov 6, 2025 8:15 AM", box=(0.1, 0.2, 0.3, 0.218), score=score)
    (seen,) = seen_on("", site="US", lines=(line,), height=height, text_source="ocr")
    assert seen.ambiguous is not states


@pytest.mark.parametrize(
    ("text", "site", "meanings"),
    [
        ("Ayse |4 Kasım 2026 20:57", "TR", ["2026-11-04T20:57:00", "2026-11-14T20:57:00"]),
        ("Ayse |16 Kasım 2026 20:57", "TR", []),
        ("Monday, November 6, 2026", "US", ["2026-11-06"]),
        ("Wed 11/06/2026", "US", ["2026-11-06", "2026-06-11"]),
    ],
)
def test_what_is_at_odds_or_may_be_another_number_is_open(seen_on, text, site, meanings):
    (seen,) = seen_on(text, site=site)
    assert list(seen.meanings) == meanings
    assert seen.ambiguous is bool(meanings)
