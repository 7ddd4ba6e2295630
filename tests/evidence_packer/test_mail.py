"""A platform's mail, pasted as it is: where it belongs, ids, dates in the site's time, what is asked for."""

import tomllib
from pathlib import Path

import pytest

from evidence_packer.understand.mail import read_mail

MAILS = tomllib.loads(Path(__file__).with_name("mails.toml").read_text(encoding="utf-8"))

ENGLISH = """From: Amazon Services <no-reply@amazon.com>
Date: Nov 18, 2026, 3:10 PM PST
Subject: A-to-z Guarantee claim for order 112-4829307-7716253

The buyer opened a claim on November 18, 2026.

Order ID: 112-4829307-7716253
Claim ID: A-7763920
Claim amount: $37.48
Reason: Package didn't arrive
Buyer comments: Package never arrived.

Please respond by November 20, 2026, 11:59 PM PST. To contest this claim, please provide the following:
 - Tracking number and carrier
 - Proof of delivery with signature

If you do not respond we will refund the buyer. sellercentral.amazon.com
"""
CHINESE = """日期：2026年11月18日 15:10
您好，买家已针对订单 112-4829307-7716253 发起了亚马逊商城交易保障索赔，原因：未收到商品。
索赔编号：A7763920
索赔金额：37.48 USD
请在 48 小时内回复。
请提供以下材料：
1. 物流追踪信息
2、签收证明

谢谢
"""


def test_an_english_mail(house):
    mail = read_mail(ENGLISH, house)
    assert (mail.platform, mail.procedure, mail.reason, mail.site) == (
        "amazon",
        "a_to_z_response",
        "item_not_received",
        "US",
    )
    assert mail.items == ("Tracking number and carrier", "Proof of delivery with signature")
    wanted = {
        "/order/id": "112-4829307-7716253", "/claim/id": "A-7763920", "/claim/amount": "37.48", "/claim/amount.currency": "USD",
        "/deadline/at": "2026-11-20T23:59", "/claim/opened_at": "2026-11-18", "/claim/notified_at": "2026-11-18T15:10",
        "/claim/statement": "Package never arrived.",
    }  # fmt: skip
    assert {name: mail.fields.get(name) for name in wanted} == wanted


def test_a_chinese_mail_with_a_span_instead_of_a_date(house):
    mail = read_mail(CHINESE, house)
    assert (mail.platform, mail.procedure, mail.reason) == ("amazon", "a_to_z_response", "item_not_received")
    assert mail.fields["/deadline/at"] == "2026-11-20T15:10"
    assert mail.fields["/claim/id"] == "A7763920"
    assert mail.items == ("物流追踪信息", "签收证明")


def test_the_site_is_told_by_its_address_and_times_are_its_own(house):
    mail = read_mail(
        "sellercentral.amazon.co.uk\nOrder ID: 026-1234567-1234567\nRespond by 20 Nov 2026 10:00 UTC", house
    )
    assert mail.site == "GB"
    assert mail.fields["/deadline/at"] == "2026-11-20T10:00"


def test_a_mail_that_names_no_hour_gets_none(house):
    """Neither is an hour made up, nor a deadline counted from it."""
    mail = read_mail("Amazon\nDate: Nov 27, 2026\nThe claim was opened on Nov 26, 2026.\nReply within 72 hours.", house)
    assert mail.fields == {"/claim/notified_at": "2026-11-27", "/claim/opened_at": "2026-11-26"} | {
        pointer: mail.fields[pointer] for pointer in ("/claim/requested_at", "/return/requested_at", "/notice/at")
    }
    assert mail.fields["/notice/at"] == "2026-11-27"


def test_a_date_that_can_be_two_days_is_asked_for(house):
    assert "/deadline/at" not in read_mail("Amazon\nRespond by 11/12/2026", house).fields


def test_business_days_are_not_counted_here(house):
    mail = read_mail("Amazon\nDate: Nov 18, 2026\nReply within 3 business days.", house)
    assert "/deadline/at" not in mail.fields


def test_nobody_s_mail_is_nothing(house):
    assert read_mail("Hello, how are you?", house) is None
    assert read_mail("", house, platform="amazon") is None


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_of_each_platform_fills_its_form(house, name):
    wanted = MAILS[name]
    mail = read_mail(wanted["mail"]["text"], house)
    assert (mail.platform, mail.procedure, mail.reason) == (wanted["platform"], wanted["procedure"], wanted["reason"])
    assert mail.site == wanted.get("site", mail.site)
    assert list(mail.items) == wanted["items"]
    assert {pointer: mail.fields.get(pointer) for pointer in wanted["fields"]} == wanted["fields"]
