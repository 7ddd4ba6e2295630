"""What is wrong with a row is told by names that people know, in their language."""

import re

import pytest

from casefile.plain_case import PlainCase
from jobs.batch.sheet.names import reason_of, usual
from jobs.batch.sheet.row_case import CellTrouble
from jobs.batch.sheet.telling import told_line

_REASONS = {"allowed": "item_not_received, damaged"}
_ROWS = [
    ("zh-Hans", "reason", "value-not-allowed", _REASONS, ("原因：", "“没来”", "未收到货")),
    ("en", "reason", "value-not-allowed", _REASONS, ("Reason: ", "“没来”", "Item not received")),
    (
        "zh-Hans",
        "procedure",
        "procedure-unknown",
        {"allowed": "dispute"},
        ("案件类型：", "“???”", "纠纷：提交证据回复"),
    ),
    ("zh-Hans", "", "procedure-assumed", {"value": "dispute"}, ("纠纷：提交证据回复",)),
    ("zh-Hans", "order.id", "subject-missing", {"allowed": "/order/id, /claim/id", "subject": "order"}, ("订单号",)),
    ("zh-Hans", "parcels.0.tracking_number", "zone-assumed", {"zone": "UTC"}, ("运单号（第 1 项）：", "UTC")),
    ("zh-Hans", "claim.opened_at", "zone-assumed", {"zone": "America/Los_Angeles"}, ("已按北美太平洋时间理解",)),
]


@pytest.mark.parametrize(("language", "column", "code", "params", "said"), _ROWS)
def test_names_instead_of_ids(house, language, column, code, params, said):
    case = PlainCase({"platform": "aliexpress", "procedure": "???", "reason": "没来"})
    catalog = house.catalogs.by_language[language]
    note = told_line(CellTrouble(code=code, column=column, params=params), case, house, catalog)
    assert note.code == code
    assert all(part in note.message for part in said), note.message
    assert not re.search(r"[a-z]_[a-z]|/[a-z]|\{|\bcharge\b", note.message)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("没收到", "item_not_received"), ("未收到", "item_not_received"), ("没收到退款", "credit_not_processed"),
        ("假货", "counterfeit"), ("货发错了", "wrong_item"), ("空包退货", "return_problem"),
        ("nicht erhalten", "item_not_received"),
        ("IP", "intellectual_property"), ("SHIPPED", "SHIPPED"), ("请看备注", "请看备注"),
    ],
)  # fmt: skip
def test_reasons_as_people_write_them(house, written, reason):
    assert reason_of(written, house) == reason


@pytest.mark.parametrize(
    ("platform", "reason", "procedure"),
    [
        ("ebay", "not_as_described", "return_request"),
        ("ebay", "item_not_received", "item_not_received"),
        ("ebay", "unauthorised", "payment_dispute"),
        ("amazon", "item_not_received", "a_to_z_response"),
        ("paypal", "item_not_received", "dispute"),
    ],
)
def test_the_platforms_own_way_comes_before_a_chargeback(house, platform, reason, procedure):
    assert usual(house.platforms[platform], reason, None)[0] == procedure
