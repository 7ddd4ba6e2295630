"""Values in the table of facts: a day says no hour, a clock without a zone names none, what is offered fits its input."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from api.form.fact_values import as_typed, beside, currency_of, moment, offset
from api.form.fields import describe
from api.form.words import PageWords
from casefile.as_printed import of_clock, of_day

LA = ZoneInfo("America/Los_Angeles")
TIME, MONEY, TEXT = describe("/parcels/0/delivered_at"), describe("/claim/amount"), describe("/order/id")


@pytest.fixture
def words(house):
    return PageWords(house.catalogs.of("zh-Hans"), house)


def test_a_moment_says_what_its_page_prints(words):
    whole = dt.datetime(2026, 11, 2, 14, 22, tzinfo=LA)
    assert moment(whole, words) == "2026年11月2日 14:22 (UTC-8)"
    assert beside(whole, words) == "北京时间 2026年11月3日 06:22"
    day = of_day(dt.date(2026, 11, 2), LA)
    assert (moment(day, words), beside(day, words)) == ("2026年11月2日", "")
    clock = of_clock(dt.datetime.fromisoformat("2026-11-02T14:22"), LA)
    assert moment(clock, words) == "2026年11月2日 14:22"
    assert beside(clock, words).startswith("页面未写时区")
    assert beside(whole.astimezone(ZoneInfo("Asia/Shanghai")), words) == ""


@pytest.mark.parametrize(
    ("zone", "said"), [("America/Los_Angeles", "UTC-8"), ("Asia/Kolkata", "UTC+5:30"), ("UTC", "UTC+0")]
)
def test_an_offset_as_people_write_it(zone, said):
    assert offset(dt.datetime(2026, 11, 2, tzinfo=ZoneInfo(zone))) == said


@pytest.mark.parametrize(
    ("text", "field", "typed"),
    [
        ("2026-11-02", TIME, "2026-11-02"),
        ("2026-11-02T14:22:00-05:00", TIME, "2026-11-02T11:22"),
        ("2026-11-02T14:22:00", TIME, "2026-11-02T14:22"),
        ("gestern", TIME, "gestern"),
        ("37.48 USD", MONEY, "37.48"),
        ("112-1", TEXT, "112-1"),
    ],
)
def test_what_is_offered_fits_its_input(text, field, typed):
    assert as_typed(text, field, "America/Los_Angeles") == typed


def test_the_currency_of_an_offer():
    assert currency_of("37.48 USD") == "USD"
    assert currency_of("37.48") == ""
