"""The tables of decisions on the lowest floor: deadlines, conditions, check digits."""

import datetime as dt
import string

import pytest

from casefile.as_printed import of_day
from casefile.case import Case
from casefile.check_digits import CHECK_DIGITS
from casefile.condition import Condition
from casefile.coverage import PropositionCoverage
from casefile.deadline import DueDate, due_dates, effective_deadline
from casefile.promptness import before, dispatched_in_time, not_after
from casefile.rules import DeadlineRule
from casefile.workdays import add_business_days, add_business_hours
from tests.cases import rows
from tests.evidence_packer.conftest import make_case


@pytest.mark.parametrize("row", rows(__file__, "business_time"))
def test_when_business_time_ends(row):
    start, country = dt.datetime.fromisoformat(row["start"]).replace(tzinfo=dt.UTC), row.get("country")
    if "days" in row:
        ends = add_business_days(start, row["days"], country)
    else:
        window = tuple(dt.time.fromisoformat(time) for time in row["open"])
        ends = add_business_hours(start, row["hours"], country, window)
    assert ends.replace(tzinfo=None).isoformat() == row["ends"]


def due(*, block_at=None, warn_at=None, **more):
    block, warn = (dt.datetime.fromisoformat(at) if at else None for at in (block_at, warn_at))
    return DueDate(
        name={}, counts_from=None, block_at=block, warn_at=warn, source="s", confidence="P", **more
    )  # fmt: skip


@pytest.mark.parametrize("row", rows(__file__, "due_dates"))
def test_which_date_counts_and_how_long_it_is(row):
    dates, now = tuple(due(**one) for one in row["due"]), dt.datetime.fromisoformat(row["now"])
    counts = effective_deadline(dates)
    assert (counts and counts.id) == row.get("counts")
    if "left" in row:
        assert (counts or dates[0]).hours_left(now) == row["left"]
    elif dates:
        assert dates[0].hours_left(now) is None


RULE = {
    "id": "answer", "name": {"en": "Answer", "zh-Hans": "答复"}, "counts_from": ["/claim/notified_at"],
    "warn_from": ["/claim/opened_at"], "warn_after": "1d", "warn_source": "w", "block_after": "2d", "block_source": "b",
}  # fmt: skip
CLAIM = {"opened_at": "2026-11-18T18:00:00Z", "notified_at": "2026-11-18T20:00:00Z"}


@pytest.mark.parametrize("row", rows(__file__, "rules_of_deadlines"))
def test_what_a_rule_makes_of_a_case(house, row):
    platform, case = house.platforms["amazon"], make_case(claim=row.get("claim", CLAIM))
    known = next(iter(platform.sources.values()))
    platform = platform.model_copy(update={"sources": {"w": known, "b": known}})
    rule = DeadlineRule.model_validate({key: value for key, value in (RULE | row.get("rule", {})).items() if value})
    procedure = platform.procedures[case.procedure].model_copy(update={"deadlines": (rule,)})
    found = due_dates(case, platform, procedure)
    if row.get("none"):
        assert found == ()
        return
    (due,) = found
    plain = [at and at.astimezone(dt.UTC).replace(tzinfo=None).isoformat() for at in (due.warn_at, due.block_at)]
    assert plain == [row.get("warn"), row.get("block")]
    assert (due.counts_from, due.source, due.ended) == (row["from"], row["source"], row.get("ended", False))


def test_only_the_platform_s_own_word_is_verified():
    assert due(id="a").verified
    assert not DueDate(
        id="a", name={}, counts_from=None, warn_at=None, block_at=None, source="s", confidence="K"
    ).verified


@pytest.mark.parametrize("row", rows(__file__, "promptness"))
def test_dispatched_in_time(row):
    parcels = [{"direction": direction, "dispatched_at": at or None} for direction, at in row["sent"]]
    orders = [
        {"id": f"A-{n}", "ship_by_at": by or None, "dispatched_at": at or None}
        for n, (by, at) in enumerate(row.get("orders", ()))
    ]
    order = {"id": "A", "ship_by_at": row.get("ship_by")}
    case = make_case(parcels=parcels, orders=orders, order=order)
    assert dispatched_in_time(case) is {"yes": True, "no": False, "unknown": None}[row["in_time"]]


def moment(text):
    """A day alone where no hour is given."""
    at = dt.datetime.fromisoformat(text)
    return at if "T" in text else of_day(at.date(), dt.UTC)


@pytest.mark.parametrize(
    ("first", "second", "is_before", "in_time"),
    [
        ("2026-10-29T16:39:59+00:00", "2026-10-29T16:40:00+00:00", True, True),
        ("2026-10-29T16:40:00+00:00", "2026-10-29T16:40:00+00:00", False, True),
        ("2026-10-29T16:40:01+00:00", "2026-10-29T16:40:00+00:00", False, False),
        ("2026-10-28T23:59:00+00:00", "2026-10-29", True, True),
        ("2026-10-29T23:59:00+00:00", "2026-10-29", False, True),
        ("2026-10-30T00:00:00+00:00", "2026-10-29", False, False),
        ("2026-10-29T23:59:00-07:00", "2026-10-29", False, False),  # the day after, where the limit is counted
        ("2026-10-28", "2026-10-29T00:00:00+00:00", True, True),
        ("2026-10-29", "2026-10-29T00:00:00+00:00", False, True),
        ("2026-10-30", "2026-10-29T23:59:00+00:00", False, False),
        ("2026-10-29", "2026-10-29", False, True),
        ("2026-10-29", "2026-10-29T16:00:00+00:00", False, True),
        ("2026-10-29T08:00:00+00:00", "2026-10-29", False, True),
    ],
)
def test_a_day_without_an_hour_is_compared_as_a_day(first, second, is_before, in_time):
    assert before(moment(first), moment(second)) is is_before
    assert not_after(moment(first), moment(second)) is in_time


@pytest.mark.parametrize(("named", "source"), [({}, "user"), ({"source": "notice"}, "notice")])
def test_the_user_s_own_date_says_where_it_was_read(house, named, source):
    case, platform = make_case(deadline={"at": "2026-11-25T09:00:00Z"} | named), house.platforms["amazon"]
    own = due_dates(case, platform, platform.procedures[case.procedure])[0]
    assert (own.id, own.source, own.block_at) == ("user", source, case.deadline.at)


def test_without_an_order_no_date_is_known():
    assert dispatched_in_time(Case.model_validate({"platform": "amazon", "procedure": "a_to_z_response"})) is None


@pytest.mark.parametrize("row", rows(__file__, "conditions"))
def test_when_a_condition_holds(row):
    order = {"id": "112-4829307-7716253", "placed_at": "2026-10-28T09:12:00-07:00",
             "total": {"amount": "50.00", "currency": "USD"}}  # fmt: skip
    coverage = [
        PropositionCoverage(proposition=name, needs=(), status=status, required=True)
        for name, status in row.get("coverage", {}).items()
    ]
    condition = Condition.model_validate(row["when"])
    claim = {"claim": row["claim"]} if "claim" in row else {}
    assert condition.holds(make_case(order=order, **claim), coverage or None) is row["holds"]
    asked = {**row["when"].get("values", {}), **row["when"].get("at_most", {}), **row["when"].get("over", {})}
    assert set(condition.pointers()) == {*row["when"].get("set", ()), *row["when"].get("unset", ()), *asked}


@pytest.mark.parametrize("row", rows(__file__, "check_digits"))
def test_one_check_digit_alone_holds(row):
    number, holds = row["number"], CHECK_DIGITS[row["method"]]
    place = 10 if row["method"] == "s10" else len(number) - 1
    signs = string.digits + (string.ascii_uppercase if row["method"] == "mod37_36" else "")
    assert [sign for sign in signs if holds(number[:place] + sign + number[place + 1 :])] == [number[place]]
