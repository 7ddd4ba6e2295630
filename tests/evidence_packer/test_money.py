"""Amounts as pages of many countries write them."""

from decimal import Decimal

import pytest

from evidence_packer.understand.money import moneys, signs


@pytest.fixture
def read(house):
    def one(text, likely=()):
        return [(money.value, money.currency(likely)) for money in moneys(text, signs(house))]

    return one


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("US $39.90", "39.90", "USD"),
        ("Total: USD 1,234.56", "1234.56", "USD"),
        ("1.249,00 €", "1249.00", "EUR"),
        ("1 254,99 €", "1254.99", "EUR"),
        ("R$ 1.205,90", "1205.90", "BRL"),
        ("3,980円", "3980", "JPY"),
        ("32,900원", "32900", "KRW"),
        ("₹1,23,456.00", "123456.00", "INR"),
        ("Rp 150.000", "150000", "IDR"),
        ("CHF 1'234.50", "1234.50", "CHF"),
        ("合计358元", "358", "CNY"),
        ("$93.00 USD", "93.00", "USD"),
        ("-$10.00 SGD", "10.00", "SGD"),
    ],
)
def test_value_and_currency(read, text, value, currency):
    assert read(text) == [(Decimal(value), currency)]


def test_a_sign_of_several_currencies_is_open_unless_one_is_likely(read):
    assert read("$49.99") == [(Decimal("49.99"), None)]
    assert read("$49.99", likely=("GBP", "MXN")) == [(Decimal("49.99"), "MXN")]
    assert read("￥3,980", likely=("JPY",)) == [(Decimal(3980), "JPY")]


def test_amounts_without_a_gap_are_two(read):
    assert read("$49.99$58.73", likely=("USD",)) == [(Decimal("49.99"), "USD"), (Decimal("58.73"), "USD")]


@pytest.mark.parametrize("text", ["OCT 28", "SKU 12345", "1 OF 1", "100%", "2026-10-28", "5 items", "Fr. 12"])
def test_what_is_no_money(read, text):
    assert read(text) == []
