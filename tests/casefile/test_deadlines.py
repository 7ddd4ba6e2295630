"""Deadlines count as their rule says: business days by public holidays, business hours in the site's window, two clocks."""

import datetime as dt

import pytest

from casefile.admission import admit
from casefile.as_printed import of_day
from casefile.case import Case
from casefile.deadline import due_dates, effective_deadline
from casefile.discovery import load_house
from casefile.workdays import add_business_hours, is_business_day

HOUSE = load_house()


def due(platform, procedure, **case):
    body = {"platform": platform, "procedure": procedure, **case}
    chosen = HOUSE.platforms[platform]
    return {d.id: d for d in due_dates(Case.model_validate(body), chosen, chosen.procedures[procedure])}


@pytest.mark.parametrize(
    ("day", "country", "works"),
    [
        ("2026-11-26", "US", False),  # Thanksgiving
        ("2026-11-26", "GB", True),
        ("2026-11-28", "US", False),  # Saturday
        ("2026-09-22", "JP", False),  # a day between two holidays
        ("2026-11-27", None, True),
    ],
)
def test_business_days_are_the_country_s(day, country, works):
    assert is_business_day(dt.date.fromisoformat(day), country) is works


def test_three_business_days_pass_a_holiday_and_a_week_end():
    got = due("ebay", "item_not_received", site="US", claim={"requested_at": "2026-11-25T15:00:00-08:00"})
    assert (
        got["request_answer"].block_at.isoformat() == "2026-12-01T15:00:00-08:00"
    )  # Thanksgiving, Saturday and Sunday do not count
    got = due("ebay", "item_not_received", site="GB", claim={"requested_at": "2026-11-25T15:00:00+00:00"})
    assert got["request_answer"].block_at.isoformat() == "2026-11-30T15:00:00+00:00"


def test_business_hours_wait_for_the_morning():
    got = due("mercado_libre", "dispute", site="AR", claim={"opened_at": "2026-11-24T18:00:00-03:00"})
    assert got["claim_answer"].block_at.isoformat() == "2026-11-25T13:00:00-03:00"  # three hours, then five from 08:00
    got = due("coupang", "dispute", **{"return": {"received_at": "2026-11-20T12:00:00+09:00"}})
    assert got["confirmation"].block_at.isoformat() == "2026-12-01T12:00:00+09:00"  # seven business days of 24 hours


def test_business_hours_that_start_outside_the_window():
    start = dt.datetime(2026, 11, 21, 23, tzinfo=dt.UTC)  # Saturday night
    window = (dt.time(8), dt.time(21))
    assert add_business_hours(start, 1, None, window) == dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def test_calendar_days_keep_the_hour_over_a_change_of_clocks():
    got = due("amazon", "chargeback", site="US", claim={"notified_at": "2026-10-29T09:00:00-07:00"})
    assert got["chargeback_answer"].block_at == dt.datetime(2026, 11, 5, 9, tzinfo=dt.timezone(dt.timedelta(hours=-8)))


def test_a_clock_that_starts_on_a_day_without_its_hour_is_not_over_before_the_day_is():
    notified = of_day(dt.date(2026, 11, 18), dt.UTC)
    got = due("amazon", "a_to_z_response", claim={"notified_at": notified.isoformat()})["a_to_z_answer"]
    assert got.ends == dt.datetime(2026, 11, 21, 23, 59, 59, tzinfo=dt.UTC)
    assert got.hours_left(dt.datetime(2026, 11, 21, 18, 0, tzinfo=dt.UTC)) == 6.0


def test_two_levels_with_clocks_of_their_own():
    claim = {"opened_at": "2026-11-18T18:00:00Z", "notified_at": "2026-11-18T20:00:00Z"}
    got = due("amazon", "a_to_z_response", claim=claim)["a_to_z_answer"]
    assert got.warn_at == dt.datetime(2026, 11, 20, 18, tzinfo=dt.UTC)
    assert got.block_at == dt.datetime(2026, 11, 21, 20, tzinfo=dt.UTC)
    assert got.verified


def test_the_users_own_date_decides():
    claim = {"notified_at": "2026-11-18T20:00:00Z"}
    own = {"at": "2026-11-19T08:00:00Z", "source": "back_office"}
    case = Case.model_validate({"platform": "amazon", "procedure": "a_to_z_response", "claim": claim, "deadline": own})
    platform = HOUSE.platforms["amazon"]
    assert effective_deadline(due_dates(case, platform, platform.procedures["a_to_z_response"])).id == "user"


def test_a_date_of_the_platform_is_not_ours_to_miss():
    case = Case.model_validate(
        {"platform": "amazon", "procedure": "ip_counter_notice", "submission": {"at": "2026-11-01T00:00:00Z"}}
    )
    platform = HOUSE.platforms["amazon"]
    dates = due_dates(case, platform, platform.procedures["ip_counter_notice"])
    assert [d.who for d in dates] == ["platform"]
    assert effective_deadline(dates) is None


def test_a_rule_of_one_site_stays_there():
    body = {"return": {"received_at": "2026-11-20T12:00:00Z"}}
    assert "safe_t_file_ae" in due("amazon", "safe_t", site="AE", **body)
    assert "safe_t_file" in due("amazon", "safe_t", reason="return_problem", **body)
    assert not {"safe_t_file", "safe_t_file_ae"} & set(due("amazon", "safe_t", site="DE", **body))


@pytest.mark.parametrize(
    ("returned", "refunded", "ends"),
    [
        ("2026-11-11", "2026-11-03", "2026-12-11"),
        ("2026-11-03", "2026-11-11", "2026-12-11"),
        (None, "2026-11-11", "2026-12-11"),
        ("2026-11-11", None, "2026-12-11"),
    ],
)
def test_safe_t_counts_from_refund_or_return_whichever_is_later(returned, refunded, ends):
    back = {"return": {"received_at": f"{returned}T10:00:00-08:00"}} if returned else {}
    paid = {"refunds": [{"at": f"{refunded}T10:00:00-08:00"}]} if refunded else {}
    got = due("amazon", "safe_t", site="US", reason="return_problem", **back, **paid)
    assert got["safe_t_file"].block_at.date().isoformat() == ends
    assert "safe_t_lost" not in got


def test_safe_t_of_a_lost_parcel_counts_from_its_last_scan():
    lost = {
        "parcels": [{"last_scan_at": "2026-11-05T10:00:00-08:00"}],
        "refunds": [{"at": "2026-11-20T10:00:00-08:00"}],
    }
    got = due("amazon", "safe_t", site="US", reason="lost_in_transit", **lost)
    assert got["safe_t_lost"].block_at.isoformat() == "2026-12-05T10:00:00-08:00"
    assert "safe_t_file" not in got


@pytest.mark.parametrize(
    ("inventory", "runs"),
    [
        ({"shipment_id": "FBA15D1X2Y3Z"}, "fba_inbound"),
        ({"removal_order_id": "R-1"}, "fba_removal_delivered"),
        ({"adjustment_id": "1"}, None),
    ],
)
def test_stock_has_a_clock_for_each_way_it_is_lost(inventory, runs):
    arrived = {"parcels": [{"delivered_at": "2026-10-01T10:00:00-07:00"}], "inventory": inventory}
    got = due("amazon", "fba_reimbursement", site="US", reason="missing_parts", **arrived)
    assert set(got) == ({runs} if runs else set())


def test_a_network_s_days_warn_beside_the_processor_s():
    claim = {"network": "visa", "opened_at": "2026-11-01T10:00:00Z"}
    case = Case.model_validate(
        {"platform": "stripe", "procedure": "dispute", "payment": {"dispute_id": "dp_1"}, "claim": claim}
    )
    platform, procedure = admit(case, HOUSE)
    got = {d.id: d for d in due_dates(case, platform, procedure)}
    assert got["visa_days"].warn_at.isoformat() == "2026-11-10T10:00:00+00:00"
    assert got["visa_days"].block_at is None
    assert got["evidence_due"].block_at.isoformat() == "2026-11-22T10:00:00+00:00"
    assert not got["visa_days"].verified


def test_an_earlier_limit_is_over_when_the_matter_has_moved_on():
    body = {"return": {"requested_at": "2026-11-01T09:00:00Z", "received_at": "2026-11-18T09:00:00Z"}}
    case = Case.model_validate({"platform": "tiktok_shop", "site": "ID", "procedure": "return_refund", **body})
    platform = HOUSE.platforms["tiktok_shop"]
    assert effective_deadline(due_dates(case, platform, platform.procedures["return_refund"])).id == "returned_goods"
    claim = {"requested_at": "2026-11-01T09:00:00Z", "opened_at": "2026-11-18T09:00:00Z"}
    case = Case.model_validate({"platform": "etsy", "procedure": "dispute", "claim": claim})
    platform = HOUSE.platforms["etsy"]
    assert effective_deadline(due_dates(case, platform, platform.procedures["dispute"])).id == "case_answer"
