import datetime as dt

import pytest

from casefile.parse import parse_case
from casefile.turn import due_at, rank, turn_of

CAME = "2026-11-30T12:00:00+00:00"


@pytest.mark.parametrize(
    ("due", "turn"),
    [
        (None, "2026-12-05T12:00:00+00:00"),
        ("2026-11-30T15:00:00+00:00", "2026-11-30T15:00:00+00:00"),
        ("2026-11-01T00:00:00+00:00", "2026-11-01T00:00:00+00:00"),
        ("2027-01-01T00:00:00+00:00", "2027-01-01T00:00:00+00:00"),
    ],
)
def test_what_has_no_deadline_waits_five_days_at_most(due, turn):
    assert turn_of(due, CAME) == turn


def test_ranks_are_whole_numbers_from_one_on_in_the_order_of_turns():
    turns = ["1999-01-01T00:00:00+00:00", CAME, "2026-11-30T12:01:00+00:00", "2026-12-05T12:00:00+08:00"]
    ranks = [rank(turn) for turn in turns]
    assert ranks[0] == 1
    assert ranks == sorted(set(ranks))
    assert rank("9999-12-31T23:59:59+00:00") <= 2**31 - 1


def test_the_users_own_date_counts_in_utc(house):
    platform = house.platforms["amazon"]
    case = parse_case(
        {"platform": "amazon", "procedure": "a_to_z_response", "site": "US", "order": {"id": "112-4829307-7716253"},
         "deadline": {"at": "2026-11-30T20:00:00+08:00"}}
    )  # fmt: skip
    due = due_at(case, platform, platform.procedures["a_to_z_response"])
    assert due is not None
    assert dt.datetime.fromisoformat(due) == dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
    assert due.endswith("+00:00")


def test_a_case_that_starts_no_clock_is_not_due(house):
    platform = house.platforms["amazon"]
    case = parse_case({"platform": "amazon", "procedure": "a_to_z_response", "order": {"id": "112-4829307-7716253"}})
    assert due_at(case, platform, platform.procedures["a_to_z_response"]) is None
