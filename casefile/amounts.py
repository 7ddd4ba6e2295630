"""Amounts of money in words, one way for letters and front pages: as the language writes them, never ambiguous.

A language's own currency has its sign (37,48 € in German, 12,800円); every other one its ISO 4217 code, on the side where the
language puts it.
"""

import functools
from collections.abc import Mapping

from babel import Locale
from babel.numbers import format_decimal, get_currency_precision, list_currencies

from casefile.fields.base import Money

_OWN: Mapping[str, Mapping[str, str]] = {
    "de": {"EUR": "{} €"},
    "en": {"GBP": "£{}"},
    "es": {"EUR": "{} €"},
    "fr": {"EUR": "{} €"},
    "id": {"IDR": "Rp {}"},
    "it": {"EUR": "{} €"},
    "ja": {"JPY": "{}円"},
    "ko": {"KRW": "{}원"},
    "nl": {"EUR": "€ {}"},
    "pl": {"PLN": "{} zł"},
    "pt": {"BRL": "R$ {}", "USD": "US$ {}"},
    "sv": {"SEK": "{} kr"},
    "th": {"THB": "{} บาท"},
    "vi": {"VND": "{} ₫"},
}
"""Language → currency → how it is written; ``{}`` stands for the figures."""


def amount_in_words(money: Money, locale: Locale) -> str:
    """USD 37.48, 37,48 USD in German, 37,48 € there too, 12,800円; ``locale`` comes from ``babel_locale`` or ``site_locale``.

    At least the currency's own decimals are written, and every one that the amount has.
    """
    written = -int(money.amount.normalize().as_tuple().exponent)
    digits = max(get_currency_precision(money.currency), written)
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    figures = format_decimal(money.amount, format=pattern, locale=locale).replace("\u202f", "\u00a0")
    behind = locale.currency_formats["standard"].pattern.partition(";")[0].endswith("¤")
    other = f"{{}} {money.currency}" if behind else f"{money.currency} {{}}"
    return _OWN.get(locale.language, {}).get(money.currency, other).format(figures)


@functools.cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies()) - {"XXX", "XTS"}


def is_currency(code: str) -> bool:
    """Whether a code is one of ISO 4217 that stands for money."""
    return code in _currencies()
