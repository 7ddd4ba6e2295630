"""The tables of decisions on the lowest floor: deadlines, conditions, check digits."""

import datetime as dt
import string

import pytest

from casefile.case import Case
from casefile.check_digits import CHECK_DIGITS
from casefile.condition import Condition
from casefile.coverage import PropositionCoverage
from casefile.deadline import DueDate, effective_deadline
from casefile.promptness import dispatched_in_time
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
    assert condition.holds(make_case(order=order), coverage or None) is row["holds"]
    asked = {**row["when"].get("values", {}), **row["when"].get("at_most", {}), **row["when"].get("over", {})}
    assert set(condition.pointers()) == {*row["when"].get("set", ()), *row["when"].get("unset", ()), *asked}


@pytest.mark.parametrize("row", rows(__file__, "check_digits"))
def test_one_check_digit_alone_holds(row):
    number, holds = row["number"], CHECK_DIGITS[row["method"]]
    place = 10 if row["method"] == "s10" else len(number) - 1
    signs = string.digits + (string.ascii_uppercase if row["method"] == "mod37_36" else "")
    assert [sign for sign in signs if holds(number[:place] + sign + number[place + 1 :])] == [number[place]]
