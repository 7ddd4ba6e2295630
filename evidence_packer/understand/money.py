"""Money as pages write it: signs of many currencies, and separators that change their meaning from country to country. Pure."""

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from casefile.house import House

_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS")
_SIGNS: Mapping[str, tuple[str, ...]] = {
    "$": _DOLLARS, "US$": ("USD",), "US $": ("USD",), "HK$": ("HKD",), "S$": ("SGD",), "NT$": ("TWD",), "R$": ("BRL",),
    "C$": ("CAD",), "CA$": ("CAD",), "CA $": ("CAD",), "A$": ("AUD",), "AU$": ("AUD",), "AU $": ("AUD",), "NZ$": ("NZD",),
    "MX$": ("MXN",), "€": ("EUR",), "£": ("GBP",), "¥": ("JPY", "CNY"), "￥": ("JPY", "CNY"), "₩": ("KRW",), "฿": ("THB",),
    "₫": ("VND",), "đ": ("VND",), "₱": ("PHP",), "₹": ("INR",), "₺": ("TRY",), "TL": ("TRY",), "₽": ("RUB",),
    "RM": ("MYR",), "Rp": ("IDR",), "zł": ("PLN",), "Kč": ("CZK",), "kr": ("SEK", "DKK", "NOK"),
}  # fmt: skip
"""Signs of money and the currencies they can mean."""
CODES = frozenset({
    "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS", "BRL", "EUR", "GBP", "JPY", "CNY",
    "RMB", "KRW", "THB", "VND", "PHP", "INR", "TRY", "MYR", "IDR", "PLN", "CZK", "SEK", "DKK", "NOK", "CHF", "AED",
    "SAR", "RUB", "HUF", "RON", "ILS", "ZAR", "PEN", "EGP",
})  # fmt: skip
"""Currency codes (ISO 4217) that pages of the platforms print; ``RMB`` is how China's is also written."""
_NUMBER = (
    r"\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+[.,]\d{2}|\d{1,3}(?:,\d{2})*(?:[,.]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
)

_LATIN = r"[^\W\d_\u0e00-\uffdc]"
"""A letter of a script that parts its words: signs of money are no part of a word (in Chinese they touch the words beside them)."""


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """The words for money of the service's languages, with their currency codes."""

    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedMoney:
    """An amount in a text, from ``start`` to ``end``, and the currencies it can be in."""

    start: int
    end: int
    value: Decimal
    currencies: tuple[str, ...]

    def currency(self, likely: Iterable[str]) -> str | None:
        """The currency it is in: the only one it can be, else the first of ``likely`` that it can be."""
        if len(self.currencies) == 1:
            return self.currencies[0]
        return next((code for code in likely if code in self.currencies), None)


@functools.lru_cache(maxsize=4)
def signs(house: House) -> Signs:
    """Of every language together: a page may mix them."""
    return Signs(tuple(sorted({pair for words in house.reading_words.values() for pair in words.currencies.items()})))


@functools.lru_cache(maxsize=8)
def _pattern(known: Signs) -> re.Pattern[str]:
    before = _any((*_SIGNS, *(word for word, _ in known.words)))
    codes = "|".join(sorted(CODES))
    return re.compile(
        rf"(?:(?<!{_LATIN})(?P<code_before>{codes})\s?)?(?:(?<!{_LATIN})(?P<before>{before}))?\s?(?<![\d.,])(?P<number>{_NUMBER})"
        rf"(?![\d%]|[.,]\d)(?(before)|(?:\s?(?P<after>{before})(?!{_LATIN}))?)(?:\s?(?P<code_after>{codes})(?![^\W_]))?"
    )


def _any(words: Collection[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def sole_currency(sign: str) -> str | None:
    """The currency of a sign of money that has only one."""
    known = _SIGNS.get(sign, ())
    return known[0] if len(known) == 1 else None


def moneys(text: str, known: Signs) -> Iterator[PrintedMoney]:
    """Every number in ``text`` that carries a sign, word or code of money."""
    if not any(map(str.isdigit, text)):
        return
    words = dict(known.words)
    for match in _pattern(known).finditer(text):
        code = match["code_after"] or match["code_before"]
        sign = match["before"] or match["after"]
        if code:
            currencies: tuple[str, ...] = ("CNY" if code == "RMB" else code,)
        elif sign:
            currencies = (words[sign],) if sign in words else _SIGNS[sign]
        else:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        yield PrintedMoney(start=start, end=match.end(), value=amount(match["number"]), currencies=currencies)


def amount(number: str) -> Decimal:
    """The value of a written number: the last separator before one or two digits is the decimal one, others group."""
    whole, fraction = number, ""
    if match := re.search(r"[.,](\d{1,2})$", number):
        whole, fraction = number[: match.start()], match[1]
    digits = re.sub(r"\D", "", whole)
    return Decimal(f"{digits}.{fraction}" if fraction else digits)
