"""The tables of decisions about what pages say: numbers, days, clocks, names."""

import datetime as dt
from dataclasses import replace

import pytest

from casefile.facts import TimestampSeen
from casefile.reading import Line
from evidence_packer.understand import date_puzzle
from evidence_packer.understand.calendar_words import calendar_words
from evidence_packer.understand.clocks import clock_at, clocks
from evidence_packer.understand.date_meanings import Meaning
from evidence_packer.understand.date_puzzle import Course, DatePiece, solve
from evidence_packer.understand.dates import can_begin, mentions, prepared
from evidence_packer.understand.matching import differ_by_one, find, find_near
from evidence_packer.understand.moments import possible, same_day, span
from evidence_packer.understand.money import moneys, signs
from evidence_packer.understand.names import likeness
from evidence_packer.understand.personal_numbers import masked, personal_numbers
from tests.cases import rows
from tests.evidence_packer.conftest import BOX


def column(texts, gap=0.025, score=0.99):
    return [
        Line(text=text, box=(0.1, 0.6 + gap * place, 0.5, 0.62 + gap * place), score=score)
        for place, text in enumerate(texts)
    ]


@pytest.mark.parametrize("row", rows(__file__, "near_miss"))
def test_near_miss(row):
    found = find_near(column([row["text"]]), row["number"])
    assert [hit.text for hit in found] == row["near"]
    assert not any(hit.exact for hit in found)


@pytest.mark.parametrize("row", rows(__file__, "same_number"))
def test_same_number(row):
    found = find(column(row["lines"], gap=0.3 if row.get("far") else 0.025), row["number"])
    assert [hit.text for hit in found] == row["found"]
    assert all(hit.exact is not row.get("alike", False) for hit in found)


@pytest.mark.parametrize("score", [0.84, 0.85, 0.94, 0.95, 1.0])
@pytest.mark.parametrize(
    "text", ["112-4829307-7716253", "112-4829307-77I6253", "112-4B29307-7716253", "112-4829307-7716Z53"]
)
def test_in_a_surely_read_line_a_sign_that_looks_alike_is_another(score, text):
    (hit,) = find(column([text], score=score), "112-4829307-7716253")
    same = text == "112-4829307-7716253"
    assert hit.decides is (score >= 0.85 and (same or score < 0.95))
    assert hit.alike is (score >= 0.95 and not same)


def test_the_weakest_line_tells_how_sure_a_number_is():
    strong, weak = column(["112-4829307-", "7716253"])
    (hit,) = find([strong, Line(text=weak.text, box=weak.box, score=0.5)], "112-4829307-7716253")
    assert hit.score == 0.5
    assert hit.box[1] == strong.box[1]
    assert hit.box[3] == weak.box[3]


@pytest.mark.parametrize(
    ("lines", "left", "right"),
    [(["112-4829307-7716253"], 0, 19), (["No. 112-4829307-7716253"], 4, 23), (["112-4829307-7716253 paid"], 0, 19),
     (["12345678901234 112-", "4829307-7716253 paid"], 0, 18), (["paid 112-4829307-", "7716253"], 0, 16)],
)  # fmt: skip
def test_a_number_s_box_is_where_its_own_signs_stand(lines, left, right):
    column_ = [replace(line, box=(0, line.box[1], 0.01 * len(line.text), line.box[3])) for line in column(lines)]
    (hit,) = find(column_, "112-4829307-7716253")
    assert hit.box == pytest.approx((0.01 * left, 0.6, 0.01 * right, 0.62 + 0.025 * (len(lines) - 1)))


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [("A1234567", "A1234568", True), ("A1234567", "A1234567", False), ("A123456", "A123457", False),
     ("A1234567", "A1234588", False), ("A12345678", "A1234567", True), ("OA123456", "0A123456", False),
     ("A123456789", "A1234567", False), ("A1234567", "A123456789", False), ("A123456", "A1234567", True)],
)  # fmt: skip
def test_two_numbers_differ_by_one_sign(a, b, one):
    assert differ_by_one(a, b) is one


@pytest.mark.parametrize("row", rows(__file__, "same_day"))
def test_same_day(row):
    seen = TimestampSeen(text="", at=row["at"], ambiguous=False, box=BOX, page=1)
    assert same_day(seen, dt.datetime.fromisoformat(row["moment"])) is row["same"]


def test_what_has_no_meaning_is_on_no_day_and_at_no_moment():
    nothing = TimestampSeen(text="", at=None, ambiguous=False, box=BOX, page=1)
    assert not same_day(nothing, dt.datetime(2026, 11, 2, tzinfo=dt.UTC))
    assert possible(nothing) is None
    open_ = TimestampSeen(
        text="", at="2026-11-02", ambiguous=True, box=BOX, page=1, meanings=("2026-11-02", "2026-02-11")
    )
    assert possible(open_) is None
    assert not same_day(open_, dt.datetime(2026, 11, 2, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("at", "first", "last"),
    [("2026-11-02T10:00:00+01:00", "2026-11-02T09:00:00", "2026-11-02T09:00:00"),
     ("2026-11-02T10:00:00", "2026-11-01T20:00:00", "2026-11-02T22:00:00"),
     ("2026-11-02", "2026-11-01T10:00:00", "2026-11-03T12:00:00")],
)  # fmt: skip
def test_without_a_zone_it_can_be_any_moment_on_earth(at, first, last):
    assert [m.astimezone(dt.UTC).replace(tzinfo=None).isoformat() for m in span(at)] == [first, last]


@pytest.mark.parametrize("row", rows(__file__, "dates"))
def test_dates(house, row):
    """Alone on its page, without a case: what a date states, or what it can mean, the site's habit first."""
    text = prepared(row["text"])
    found = mentions(text, calendar_words(house))
    solved = solve([DatePiece(mention=one) for one in found], Course(day_first=row.get("day_first", False)))
    if "days" in row:
        likely = sorted(found[0].meanings, key=lambda one: one.order != habit(row)) if found else []
        assert [[one.month, one.day] for one in likely[:1]] == row["days"]
        return
    read = [(one.date, *one.meanings) if one.date else one.meanings for one in solved]
    assert [one[0].isoformat() for one in read] == row["dates"]
    assert ([day.isoformat() for day in read[0][1:2]] if read else []) == [
        row[name] for name in ("other",) if name in row
    ]
    assert all(text[one.start : one.end].strip() for one in found)


NOW, SINCE = dt.date(2026, 11, 19), dt.date(2026, 10, 20)


@pytest.mark.parametrize(
    ("day", "timed", "holds", "ahead"),
    [
        ("2026-10-19", False, False, False),
        ("2026-10-20", False, True, False),
        ("2026-11-19", True, True, False),
        ("2026-11-20", True, True, False),  # the other side of the earth
        ("2026-11-21", True, False, True),
        ("2026-11-21", False, True, False),  # an announced delivery
        ("2027-01-18", False, True, False),
        ("2027-01-19", False, False, True),
    ],
)
def test_a_day_lies_between_order_and_clock_or_is_announced(day, timed, holds, ahead):
    course, on = Course(since=SINCE, now=NOW), dt.date.fromisoformat(day)
    assert course.holds(on, timed=timed) is holds
    assert course.is_ahead(on, timed=timed) is ahead
    assert not Course().is_ahead(on, timed=timed)
    assert Course().holds(on, timed=timed)


@pytest.mark.parametrize(
    ("since", "now", "near"),
    [(SINCE, NOW, [2025, 2026, 2027]), (dt.date(2024, 1, 1), NOW, [2023, 2024, 2025, 2026, 2027]),
     (None, NOW, [2025, 2026, 2027]), (None, None, list(range(2020, 2031)))],
)  # fmt: skip
def test_two_digits_mean_a_year_near_the_case(since, now, near):
    course = Course(since=since, now=now)
    assert [year for year in range(2020, 2031) if course.near(year)] == near


@pytest.mark.parametrize(
    ("days", "runs"),
    [
        (("11-01", "11-02", "11-03", "11-04"), True),
        (("11-04", "11-03", "11-02", "11-01"), True),
        (("11-01", "11-02", "11-02", "11-03", "11-04"), True),
        (("11-04", "11-03", "11-03", "11-02", "11-01"), True),
        (("11-01", "11-02", "11-03"), False),
        (("11-01", "11-02", "11-02", "11-03"), False),  # three days are too few
        (("11-01", "11-03", "11-02", "11-04"), False),
        (("11-01", "11-02", None, "11-03", "11-04"), False),
    ],
)
def test_rows_of_a_list_run_one_way(days, runs):
    assert date_puzzle._runs([dt.date.fromisoformat(f"2026-{day}") if day else None for day in days]) is runs


@pytest.mark.parametrize(
    ("known", "near"),
    [(("2026-11-19",), "2026-11-02"), (("2027-01-05",), "2026-11-02"), (("2025-12-24",), "2025-11-02"),
     (("2026-04-16",), "2025-11-02"), (("2026-04-17",), None), (("2026-05-20",), None), (("2026-05-21",), "2026-11-02"),
     (("2025-12-24", "2026-11-19"), None), ((), None)],
)  # fmt: skip
def test_a_day_without_a_year_lies_within_months_of_the_page_s_other_days(known, near):
    meaning = Meaning(order="md", month=11, day=2)
    found = date_puzzle._near(meaning, [dt.date.fromisoformat(day) for day in known])
    assert (found and found.isoformat()) == near


def habit(row):
    return "dm" if row.get("day_first") and "/" in row["text"] else "md"


@pytest.mark.parametrize(
    ("text", "plain_text"),
    [("2O26-l1-02", "2026-11-02"), ("2026-11-0214:22", "2026-11-02 14:22"), ("l4:22", "14:22"), ("lO", "lO"),
     ("๒๕๖๙", "2569"), ("２０２６", "2026"), ("Nov 2, 202614:22", "Nov 2, 2026 14:22"),
     ("2026-11-124:22", "2026-11-12 4:22"), ("2026-11-0223:22", "2026-11-02 23:22"), ("2026-11-1014:22", "2026-11-10 14:22"),
     ("2026-11-112:22", "2026-11-112:22"), ("2026-11-3914:22", "2026-11-3914:22")],
)  # fmt: skip
def test_what_ocr_confuses_in_a_date_is_repaired(text, plain_text):
    assert prepared(text) == plain_text


@pytest.mark.parametrize(
    ("text", "can"), [("Nov", True), ("2", True), ("märz", True), ("delivered", False), ("พ.ย.", True)]
)
def test_where_a_date_can_begin(house, text, can):
    assert can_begin(text, calendar_words(house)) is can


@pytest.mark.parametrize("row", rows(__file__, "clocks"))
def test_times_of_day(house, row):
    found = clocks(row["text"], calendar_words(house))
    assert [clock.time.isoformat() for clock in found] == row["times"]
    zone = found[0].zone.utcoffset(None).total_seconds() / 3600 if found and found[0].zone else None
    assert (zone, found[0].asked if found else None) == (row.get("zone"), row.get("asked"))
    assert all(not row["text"][clock.start].isspace() and clock.end <= len(row["text"]) for clock in found)


@pytest.mark.parametrize(
    ("text", "start", "time"), [("at 3 PM", 2, "15:00:00"), ("at 3", 2, None), ("at 14.22", 2, "14:22:00")]
)
def test_a_time_that_is_looked_for_may_be_short(house, text, start, time):
    found = clock_at(text, start, calendar_words(house))
    assert (found and found.time.isoformat()) == time


@pytest.mark.parametrize("row", rows(__file__, "personal_numbers"))
def test_personal_numbers(row):
    found = [f"{one.what} {row['text'][one.start : one.end]}" for one in personal_numbers(row["text"])]
    assert [" ".join(one.split()) for one in found] == row["found"]


@pytest.mark.parametrize(("text", "shown"), [("4111111111111111", "41…11"), ("1234567", "12…67"), ("123456", "…")])
def test_what_is_warned_of_is_not_spread(text, shown):
    assert masked(text) == shown


@pytest.mark.parametrize("row", rows(__file__, "names"))
def test_names(row):
    assert likeness(row["shown"], row["known"]) == row["is"]


@pytest.mark.parametrize(
    ("text", "shown", "codes"),
    [
        ("Total:  $49.99 paid", "$49.99", ("USD", "CAD")),
        ("  49.99 EUR", "49.99 EUR", ("EUR",)),
        ("RMB 358.00", "RMB 358.00", ("CNY",)),
        ("¥358", "¥358", ("JPY", "CNY")),
    ],
)
def test_where_money_stands_and_what_it_can_be(house, text, shown, codes):
    (money,) = moneys(text, signs(house))
    assert text[money.start : money.end] == shown
    assert money.currencies[: len(codes)] == codes
    assert money.currency(reversed(money.currencies)) == money.currencies[-1]
    assert money.currency(()) == (codes[0] if len(money.currencies) == 1 else None)


@pytest.mark.parametrize(
    ("text", "means"),
    [("13/02/2026", "2026-04-03"), ("02/13/2026", "2026-03-04"), ("12/02/2026", None), ("31/02/2026", None),
     ("13.02.2026", None), ("2026-02-13", None), ("13/02/2026 02/13/2026", None), ("32/02/2026", None), ("13-02-2026", None),
     ("13/02/26", "2026-04-03")],
)  # fmt: skip
def test_which_order_of_day_and_month_a_page_proves(house, text, means):
    found = mentions(f"{text} and 03/04/2026", calendar_words(house))
    last = solve([DatePiece(mention=one) for one in found], Course(now=dt.date(2026, 11, 19)))[-1]
    assert (last.date and last.date.isoformat()) == means
