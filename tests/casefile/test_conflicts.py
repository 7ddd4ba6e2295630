"""Where sources disagree the chosen values stand in data, both levels of a date with a source each.

The stricter value warns, the best documented one blocks; what rests on weak sources is never a blocker.
"""

import pytest

from casefile.discovery import load_house

HOUSE = load_house()


def rule(platform, procedure, number=0):
    return HOUSE.platforms[platform].procedures[procedure].deadlines[number]


@pytest.mark.parametrize(
    ("platform", "procedure", "warns", "blocks"),
    [
        ("amazon", "a_to_z_response", "48h", "72h"),
        ("amazon", "buyer_contact", "24h", "48h"),
        ("amazon", "a_to_z_appeal", "17d", "30d"),
        ("amazon", "performance_appeal", "7d", "14d"),
        ("ebay", "item_not_received", "48h", "3bd"),
        ("ebay", "return_request", "48h", "3bd"),
        ("ebay", "payment_dispute", "48h", "5d"),
        ("ebay", "case_appeal", "20d", "30d"),
        ("aliexpress", "withdrawal", "72h", "120h"),
    ],
)
def test_dates_have_both_levels(platform, procedure, warns, blocks):
    found = rule(platform, procedure)
    assert (found.warn_after, found.block_after) == (warns, blocks)
    assert found.warn_source
    assert found.block_source


def test_the_clock_of_a_claim_warns_from_the_first_moment_and_blocks_from_the_platforms_mail():
    found = rule("amazon", "a_to_z_response")
    assert set(found.warn_from) == {"/claim/opened_at", "/claim/notified_at"}
    assert found.counts_from == ("/claim/notified_at",)


def test_files_take_the_set_that_every_source_accepts():
    amazon = HOUSE.platforms["amazon"].procedures
    assert amazon["a_to_z_response"].limits.formats == ("pdf", "jpg", "png")
    assert amazon["a_to_z_response"].limits.max_file_bytes == 5_000_000
    assert "pdf" not in amazon["ip_appeal"].limits.formats
    assert "pdf" not in HOUSE.platforms["ebay"].procedures["payment_dispute"].limits.formats


def test_names_follow_the_order_or_the_listing():
    amazon = HOUSE.platforms["amazon"].procedures
    assert amazon["a_to_z_response"].file_name.startswith("OrderID_{order_id}")
    assert amazon["support_case"].file_name.startswith("{asin}_{date}")


def test_case_numbers_of_both_forms_are_taken_and_only_advised_on():
    found = HOUSE.platforms["amazon"].identifier("/submission/case_id")
    assert found.matches("CASE-AB12C-9XY8Z")
    assert found.matches("11820043211")
    assert found.severity == "advice"


def test_order_numbers_and_listing_numbers_are_told_apart():
    amazon = HOUSE.platforms["amazon"]
    assert not amazon.identifier("/order/id").matches("B0C7QX2M9T")
    assert amazon.identifier("/order/items/0/asin").matches("B0C7QX2M9T")


@pytest.mark.parametrize("platform", ["amazon", "ebay", "aliexpress"])
def test_a_buyer_can_withdraw_and_the_button_is_named(platform):
    closing = HOUSE.platforms[platform].procedures["withdrawal"].closing
    assert closing.button
    assert closing.who in {"buyer", "both"}


@pytest.mark.parametrize(("platform", "procedure"), [("temu", "violation_appeal"), ("aliexpress", "appeal")])
def test_platforms_without_a_case_system_still_have_their_appeal(platform, procedure):
    assert HOUSE.platforms[platform].procedures[procedure].steps


def test_what_only_sellers_say_is_marked():
    aliexpress = HOUSE.platforms["aliexpress"]
    assert aliexpress.confidence(rule("aliexpress", "withdrawal").block_source) == "S"
    targets = HOUSE.practice.targets
    assert targets.first_scan.after == "24h"
    assert targets.sources[targets.first_scan.source].confidence == "S"


def test_closing_is_never_a_condition():
    for platform in HOUSE.platforms.values():
        for procedure in platform.procedures.values():
            if procedure.closing:
                assert " only if " not in procedure.closing.text["en"].casefold()
                assert "refund" not in procedure.closing.text["en"].casefold()
