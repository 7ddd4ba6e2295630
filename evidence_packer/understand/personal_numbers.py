"""Numbers that identify people or their money, told from order and parcel numbers by form and check digit. Pure.

Payment cards: issuer ranges and Luhn (ISO/IEC 7812-1). Chinese resident identity number: GB 11643. IBAN: ISO 13616. The others
follow the published rules of their states.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

CARD, IDENTITY, IBAN = "card", "identity", "iban"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalNumber:
    """A number found from ``start`` to ``end`` of its text; ``what`` is ``card``, ``identity`` or ``iban``."""

    what: str
    start: int
    end: int


def luhn(digits: str) -> bool:
    """The check of payment cards, from the right every second digit doubled."""
    doubled = (int(d) * 2 if place % 2 else int(d) for place, d in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


_CARD = re.compile(r"(?<![\w-])(?:\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{1,7}|\d{4}[ -]\d{6}[ -]\d{5}|\d{13,19})(?![\w-])")
_ISSUERS = re.compile(
    r"4\d{12}(\d{3}){0,2}|5[1-5]\d{14}|2(22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(011|5\d\d|4[4-9]\d)\d{12}"
    r"|62\d{14,17}|35(2[89]|[3-8]\d)\d{12}"
)


def _card(match: re.Match[str]) -> bool:
    digits = re.sub(r"\D", "", match[0])
    return bool(_ISSUERS.fullmatch(digits)) and luhn(digits) and len(set(digits)) > 1


def _chinese(match: re.Match[str]) -> bool:
    number = match[0].upper()
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    try:
        dt.datetime.strptime(number[6:14], "%Y%m%d").replace(tzinfo=dt.UTC)
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
    return number[17] == "10X98765432"[total % 11]


def _brazilian(match: re.Match[str]) -> bool:
    digits = [int(d) for d in re.sub(r"\D", "", match[0])]
    for length in (9, 10):
        rest = sum(d * (length + 1 - place) for place, d in enumerate(digits[:length])) * 10 % 11 % 10
        if rest != digits[length]:
            return False
    return len(set(digits)) > 1


def _spanish(match: re.Match[str]) -> bool:
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(match[0][:8]) % 23] == match[0][-1].upper()


def _thai(match: re.Match[str]) -> bool:
    digits = [int(d) for d in re.sub(r"\D", "", match[0])]
    return (11 - sum(d * (13 - place) for place, d in enumerate(digits[:12])) % 11) % 10 == digits[12]


def _iban(match: re.Match[str]) -> bool:
    plain = re.sub(r"\s", "", match[0]).upper()
    turned = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _always(match: re.Match[str]) -> bool:
    return bool(match)


_FORMS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (CARD, _CARD, _card),
    (IDENTITY, re.compile(r"(?<![\w-])\d{17}[\dXx](?![\w-])"), _chinese),
    (IDENTITY, re.compile(r"(?<!\d)\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)"), _brazilian),
    (IDENTITY, re.compile(r"(?<!\w)\d{8}-?[A-HJ-NP-TV-Z](?!\w)"), _spanish),
    (IDENTITY, re.compile(r"(?<!\d)\d-\d{4}-\d{5}-\d{2}-\d(?!\d)"), _thai),
    (IDENTITY, re.compile(r"(?<!\d)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])-[1-4]\d{6}(?!\d)"), _always),  # Korea
    (IDENTITY, re.compile(r"(?<!\w)[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?!\w)"), _always),  # Italy
    (IDENTITY, re.compile(r"(?i)(?:(?<=ssn)|(?<=social security))[^\d]{0,12}\d{3}-\d{2}-\d{4}(?!\d)"), _always),
    (IBAN, re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)"), _iban),
)  # fmt: skip


def personal_numbers(text: str) -> Iterator[PersonalNumber]:
    """Every such number in a line of text; places do not overlap."""
    taken: list[tuple[int, int]] = []
    for what, pattern, valid in _FORMS:
        for match in pattern.finditer(text):
            free = all(match.end() <= start or end <= match.start() for start, end in taken)
            if free and valid(match):
                taken.append(match.span())
                yield PersonalNumber(what=what, start=match.start(), end=match.end())


def masked(text: str) -> str:
    """The text with all but the first and last two signs hidden, so that a report does not spread what it warns of."""
    return text[:2] + "…" + text[-2:] if len(text) > 6 else "…"
