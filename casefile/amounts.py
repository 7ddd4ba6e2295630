"""Amounts of money in words, one way for letters and front pages: ISO 4217 code, then figures as the language writes them."""

from babel import Locale
from babel.numbers import format_decimal, get_currency_precision

from casefile.fields.base import Money


def amount_in_words(money: Money, locale: Locale) -> str:
    """USD 37.48, JPY 1,200, EUR 37,48 in German; ``locale`` comes from ``babel_locale``.

    At least the currency's own decimals are written, and every one that the amount has.
    """
    written = -int(money.amount.normalize().as_tuple().exponent)
    digits = max(get_currency_precision(money.currency), written)
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    figures = format_decimal(money.amount, format=pattern, locale=locale).replace("\u202f", "\u00a0")
    return f"{money.currency} {figures}"
