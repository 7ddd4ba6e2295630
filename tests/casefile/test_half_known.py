"""Times of which a page prints only a part, in the JSON of a proposed case: plain, and read back as they were."""

import datetime as dt
import json

import pytest

from casefile.as_printed import is_clock_alone, is_day_alone, of_clock, of_day
from casefile.half_known import plainly
from casefile.parse import parse_case
from casefile.plain_case import PlainCase

ZONE = dt.timezone(dt.timedelta(hours=-8))
SCAN, DELIVERED = dt.datetime(2026, 11, 4, 17, 20), dt.date(2026, 11, 9)  # noqa: DTZ001  # a clock without zone


@pytest.fixture
def half_known():
    parcel = {
        "tracking_number": "1Z999AA10123456784",
        "dispatched_at": "2026-11-04T12:00:00-08:00",
        "first_scan_at": of_clock(SCAN, ZONE).isoformat(),
        "delivered_at": of_day(DELIVERED, ZONE).isoformat(),
    }
    way = {"platform": "amazon", "procedure": "a_to_z_response", "reason": "item_not_received"}
    return parse_case({**way, "parcels": [parcel], "extra": {"ours": 1}})


def test_no_time_that_is_handed_out_has_a_microsecond_that_no_page_prints(half_known):
    told = plainly(PlainCase.of(half_known)).json
    assert ".0000" not in json.dumps(told)
    assert told["parcels"][0]["first_scan_at"] == "2026-11-04T17:20:00-08:00"
    assert told["extra"] == {
        "ours": 1,
        "as_printed": {"/parcels/0/first_scan_at": "2026-11-04T17:20:00", "/parcels/0/delivered_at": "2026-11-09"},
    }


def test_what_comes_back_is_known_in_part_again(half_known):
    parcel = parse_case(plainly(PlainCase.of(half_known)).json).parcels[0]
    assert (is_clock_alone(parcel.first_scan_at), is_day_alone(parcel.delivered_at)) == (True, True)
    assert not is_clock_alone(parcel.dispatched_at)


@pytest.mark.parametrize("changed", ["2026-11-04T17:21:00-08:00", "2026-11-05T17:20:00-08:00"])
def test_a_time_that_somebody_changed_is_theirs(half_known, changed):
    told = plainly(PlainCase.of(half_known)).json
    told["parcels"][0]["first_scan_at"] = changed
    assert parse_case(told).parcels[0].first_scan_at.isoformat() == changed


@pytest.mark.parametrize("said", [None, 7, [], {"/parcels/0/first_scan_at": 3}, {"/parcels/9/x": "2026"}, {"": "x"}])
def test_anything_else_there_is_kept_and_means_nothing(half_known, said):
    told = PlainCase.of(half_known).json | {"extra": {"as_printed": said}}
    assert parse_case(told).parcels == half_known.parcels


def test_a_case_of_whole_times_stays_as_it_is():
    whole = PlainCase({"order": {"placed_at": "2026-11-04T17:20:00.000200-08:00"}})
    assert plainly(whole) == whole
