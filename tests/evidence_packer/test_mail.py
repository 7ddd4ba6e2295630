"""A platform's mail, pasted as it is: where it belongs, ids, dates in the site's time, what is asked for."""

import tomllib
from pathlib import Path

import pytest

from evidence_packer.understand.mail import read_mail
from evidence_packer.understand.mail_text import without_long_lines

MAILS = tomllib.loads(Path(__file__).with_name("mails.toml").read_text(encoding="utf-8"))
MORE = tomllib.loads(Path(__file__).with_name("more_mails.toml").read_text(encoding="utf-8"))
MORE |= tomllib.loads(Path(__file__).with_name("notices.toml").read_text(encoding="utf-8"))
MORE |= tomllib.loads(Path(__file__).with_name("fresh_mails.toml").read_text(encoding="utf-8"))

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


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("Amazon Seller Performance\nNotification ID: 9931827744\nYour Order Defect Rate is 1.84%.", "amazon"),
        ("Shopee 卖家中心\n案件编号：9931827744，请在 3 天内回复", "shopee"),
        ("Walmart Marketplace: case 9931827744 was opened", "walmart"),
        ("Reference 9931827744. Please reply.", None),
        ("Order 112-4829307-7716253 was not received.", "amazon"),
    ],
)
def test_a_number_of_digits_alone_names_no_platform(house, text, platform):
    mail = read_mail(text, house)
    assert (mail.platform if mail else None) == platform


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
    """No hour is made up: the deadline is the end of a day, and that is said."""
    mail = read_mail("Amazon\nDate: Nov 27, 2026\nThe claim was opened on Nov 26, 2026.\nReply within 72 hours.", house)
    assert mail.fields.pop("/deadline/at") == "2026-11-30T23:59"
    assert mail.end_of_day == {"/deadline/at"}
    assert mail.fields == {"/claim/notified_at": "2026-11-27", "/claim/opened_at": "2026-11-26"} | {
        pointer: mail.fields[pointer] for pointer in ("/claim/requested_at", "/return/requested_at", "/notice/at")
    }
    assert mail.fields["/notice/at"] == "2026-11-27"


def test_a_date_that_can_be_two_days_is_asked_for(house):
    assert "/deadline/at" not in read_mail("Amazon\nRespond by 11/12/2026", house).fields


@pytest.mark.parametrize(
    ("text", "due", "end_of_day"),
    [
        ("Date: Nov 18, 2026, 3:10 PM PST\nReply within 3 business days.", "2026-11-23T23:59", True),
        ("Date: Nov 18, 2026\nReply within 3 business days.", "2026-11-23T23:59", True),
        ("Date: Nov 18, 2026, 3:10 PM PST\nReply within 48 hours.", "2026-11-20T15:10", False),
        ("Datum: 18. November 2026\nBitte antworten Sie innerhalb von 5 Arbeitstagen.", "2026-11-25T23:59", True),
        ("日時: 2026年11月18日 10:00\n48時間以内にご返答ください。", "2026-11-20T10:00", False),
        ("Date : 18 novembre 2026\nRépondez sous 2 jours ouvrés.", "2026-11-20T23:59", True),
        ("Fecha: 18 de noviembre de 2026, 09:00\nResponda en un plazo de 24 horas.", "2026-11-19T09:00", False),
        ("Data: 18 novembre 2026, 09:00\nRisponda entro i prossimi 3 giorni lavorativi.", "2026-11-23T23:59", True),
        ("时间：2026-11-18 09:00\n请在 3 个工作日内回复。", "2026-11-23T23:59", True),
        ("Respond by Nov 30, 2026.", "2026-11-30T23:59", True),
        ("Responda antes del 30 de noviembre de 2026.", "2026-11-30T23:59", True),
        ("Reply within 48 hours.", None, False),
    ],
)
def test_a_deadline_is_its_date_or_a_period_from_when_the_mail_was_sent(house, text, due, end_of_day):
    mail = read_mail(f"Amazon\n{text}", house, platform="amazon")
    assert (mail.fields.get("/deadline/at"), bool(mail.end_of_day)) == (due, end_of_day)


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("Your late shipment rate for the period Oct 28, 2026 to Nov 26, 2026 is 7.31%, which exceeds our target of under 4%.",
         {"name": "late_shipment", "value": "7.31", "target": "4", "from": "2026-10-28", "to": "2026-11-26"}),
        ("Ihre Stornorate beträgt 3,2 % und liegt über dem Zielwert von 2,5 %.\nBetroffene Bestellungen: 14",
         {"name": "cancellation", "value": "3.2", "target": "2.5", "orders_affected": "14"}),
        ("您的订单缺陷率为 1.8%，高于低于 1% 的目标。", {"name": "odr", "value": "1.8", "target": "1"}),
        ("出荷遅延率は6.2%で、目標の4%未満を超えています。", {"name": "late_shipment", "value": "6.2", "target": "4"}),
        ("Votre taux de commandes défectueuses est de 1,4 %, l'objectif étant inférieur à 1 %.",
         {"name": "odr", "value": "1.4", "target": "1"}),
        ("This claim counts in your order defect rate.", {}),
    ],
)  # fmt: skip
def test_a_metric_is_read_with_its_figures(house, text, metric):
    mail = read_mail(f"Amazon\n{text}", house, platform="amazon")
    assert {name.removeprefix("/metric/"): value for name, value in mail.fields.items() if "/metric/" in name} == metric


def test_what_a_sentence_asks_for_is_listed_and_what_was_not_understood_is_shown(house):
    mail = read_mail(
        "Amazon\nPlease submit a plan of action which explains the root cause, the actions you have taken, "
        "and the steps to prevent it.\nPriority level: high",
        house,
    )
    assert mail.items == ("the root cause", "the actions you have taken", "the steps to prevent it")
    assert mail.unread == ("Priority level: high",)


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


def test_dates_of_a_mail_that_can_mean_two_days_are_kept_with_both(house):
    text = """From: eBay <ebay@ebay.com>
A buyer opened a case for order 09-13572-46801: item not received
Case opened on 03/04/2026
Please respond by 07/05/2026
"""
    found = read_mail(text, house)
    assert "/deadline/at" not in found.fields
    assert set(found.choices["/deadline/at"]) == {"2026-07-05T23:59", "2026-05-07T23:59"}
    assert set(found.choices["/claim/opened_at"]) == {"2026-03-04", "2026-04-03"}


@pytest.mark.parametrize("name", MORE)
def test_what_more_mails_say_and_nothing_else(house, name):
    wanted = MORE[name]
    mail = read_mail(wanted["mail"]["text"], house)
    found = {"platform": mail.platform, "procedure": mail.procedure, "reason": mail.reason, "site": mail.site}
    found["items"] = len(mail.items)
    assert {key: found[key] for key in found if key in wanted} == {key: wanted[key] for key in found if key in wanted}
    assert {pointer: mail.fields.get(pointer, "") for pointer in wanted["fields"]} == wanted["fields"]


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("您的订单缺陷率为 1.45%，统计至 2026-11-20，亚马逊", "/order/id"),
        ("Amazon: the order was placed on 2026-11-20, reply before 2026-11-24", "/order/id"),
        ("From: PayPal\nYour case was opened on 2026-11-20", "/claim/id"),
        ("TikTok Shop: 579812345678901234 and 579812345678901235 are orders with a refund", "/order/id"),
    ],
)
def test_a_day_is_no_number_and_of_two_orders_none_is_taken(house, text, pointer):
    assert read_mail(text, house).fields.get(pointer) is None


@pytest.mark.parametrize("bullet", ["-", "--", "---", "•", "1.", "①"])
def test_a_list_in_a_notice_is_read_without_its_bullets(house, bullet):
    text = f"Amazon.com\nPlease submit the following:\n{bullet} Copies of invoices\n{bullet} A plan of action\nRegards"
    assert read_mail(text, house).items == ("Copies of invoices", "A plan of action")


@pytest.mark.parametrize(
    ("text", "is_its_word"),
    [
        ("From: Andrew <a.pulaski@mail.example>\nAmazon never sent my order 112-4829307-7716253", False),
        ("From: info@kanzlei.example\nUnser Mandant kaufte bei eBay und fordert 54,90 EUR bis zum 20.11.2026.", False),
        ("发件人：王经理 <wang@factory.example>\n亚马逊订单的货 11 月 20 日前可以出货", False),
        ("Von: news@ecommerce.example\nSo gewinnen Sie Amazon-Fälle", False),
        ("From: Amazon <a@marketplace.amazon.de>\nOrder ID: 112-4829307-7716253", True),
        ("From: boss@seller.example\n> From: eBay <ebay@ebay.com.hk>\nOrder number: 11-13579-24680", True),
        ("From: boss@seller.example\n---\nFrom: eBay\nOrder number: 11-13579-24680", True),
        ("【Temu 卖家中心】申诉通知", True),
    ],
)
def test_only_a_platform_s_mail_is_its_word(house, text, is_its_word):
    assert (read_mail(text, house) is not None) is is_its_word


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("Please work with the buyer by November 24, 2026.", "2026-11-24T23:59"),
        ("In order to research further, please provide the documents by November 30, 2026:", "2026-11-30T23:59"),
        ("如有异议，请于 2026-11-25 18:00 前发起申诉。", "2026-11-25T18:00"),
        ("2026年11月20日までに書類をお送りください。", "2026-11-20T23:59"),
        ("Estimated delivery by November 24, 2026.", None),
        ("申请时间 2026-11-10 09:00，请在 48 小时内处理。", None),
        ("扣款时间 2026-11-10 09:00，请尽快处理，逾期不再受理。", None),
        ("You can see the order that was placed by Ann on November 24, 2026.", None),
    ],
)
def test_a_date_is_a_deadline_only_right_beside_its_word(house, line, due):
    assert read_mail(f"eBay\n{line}", house, platform="ebay").fields.get("/deadline/at") == due


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("Shopee\nOrder 261110AB3KQ9TX\nseller.shopee.cn", None),
        ("Shopee\nOrder 261110AB3KQ9TX\nRefund: RM 20.00\nseller.shopee.cn", "MY"),
        ("Shopee\nOrder 261110AB3KQ9TX\nRefund: R$ 20,00", "BR"),
        ("Shopee\nOrder 261110AB3KQ9TX\nRefund: $20.00", None),
        ("Shopee\nOrder 261110AB3KQ9TX\nRefund: R$ 20,00\nhttps://seller.shopee.co.th", "TH"),
    ],
)
def test_a_site_is_told_by_its_own_host_or_its_currency_and_never_taken_for_granted(house, text, site):
    assert read_mail(text, house).site == site


def test_an_empty_line_between_sentences_of_scripts_without_spaces_is_read(house):
    assert read_mail("쿠팡\n아래 주문에 대해 분쟁이 접수되었습니다.\n\n주문번호: 16000491827364", house) is not None


def test_a_mail_in_one_endless_line_is_read_in_parts(house):
    text = ENGLISH.replace("The buyer opened", "buyer " * 2000 + "_" * 6000 + " The buyer opened")
    assert read_mail(text, house).fields["/order/id"] == "112-4829307-7716253"
    assert max(map(len, without_long_lines("a b" * 9000 + "c" * 9000).splitlines())) <= 2000
    assert without_long_lines(ENGLISH) == ENGLISH
