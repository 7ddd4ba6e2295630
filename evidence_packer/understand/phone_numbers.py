"""Telephone numbers in a line of text, told from numbers of orders, parcels and papers by the plans of their countries. Pure.

phonenumbers knows which numbers a country has given out and how they are grouped. Two rules are ours: a number goes on at neither
side, and bare digits are a telephone only where a word says so, or as a Chinese mobile, since any ten digits may be one somewhere.
"""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumber, PhoneNumberMatcher, PhoneNumberType, number_type

_LEAST = 7
"""Digits; a line with fewer has no telephone number."""
_WORDS = re.compile(
    r"(?i)(?:\btel|phone|\bmobile|\bcell|\bfon\b|handy|teléfono|telefone|téléphone|telefon|whatsapp"
    r"|电话|電話|手机|手機|携帯|전화|휴대폰|โทร|điện thoại)"
    r"\W{0,3}[a-z]{0,8}\W{0,3}$"
)
_CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}")
_HOTLINES = frozenset(
    {PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN}
)
"""Numbers that only firms have."""
_BEFORE, _AFTER = re.compile(r"[\w.+-]$"), re.compile(r"^[-.]?\w|^-")


def phone_numbers(text: str, regions: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand, as written in one of ``regions`` (ISO 3166) or with a country code; none twice."""
    if sum(map(str.isdigit, text)) < _LEAST:
        return
    taken: list[tuple[int, int]] = []
    for region in dict.fromkeys(regions):
        for match in PhoneNumberMatcher(text, region, leniency=Leniency.STRICT_GROUPING):
            start, end = match.start, match.end
            free = all(end <= other or last <= start for other, last in taken)
            if (
                free
                and _persons(match.number)
                and _stands_alone(text, start, end)
                and _said(text, start, match.raw_string)
            ):
                taken.append((start, end))
                yield start, end


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not _BEFORE.search(text[:start]) and not _AFTER.search(text[end:])


def _persons(number: PhoneNumber) -> bool:
    return number_type(number) not in _HOTLINES


def _said(text: str, start: int, written: str) -> bool:
    bare = written.isdigit()
    return not bare or bool(_CHINESE_MOBILE.fullmatch(written)) or bool(_WORDS.search(text[:start]))
