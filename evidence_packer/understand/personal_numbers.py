"""Numbers that identify people or their money, distinguished from order and parcel numbers by form and check digit. Pure.

The forms, as pages print them, stand here; check digits, dates and regions inside a number are python-stdnum's. Bare digits without
a form of their own are private only behind the word that says what they are: one parcel number in ten has the right check digit.
"""

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum import iban, luhn
from stdnum.br import cpf
from stdnum.cn import ric
from stdnum.de import idnr
from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.id import nik
from stdnum.it import codicefiscale
from stdnum.jp import in_ as my_number
from stdnum.kr import rrn
from stdnum.mx import curp, rfc
from stdnum.my import nric
from stdnum.pl import pesel
from stdnum.th import pin

CARD, IDENTITY, IBAN = "card", "identity", "iban"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalNumber:
    """A number found from ``start`` to ``end`` of its text; ``what`` is ``card``, ``identity`` or ``iban``."""

    what: str
    start: int
    end: int


_CARD = re.compile(r"(?<![\w-])(?:\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{1,7}|\d{4}[ -]\d{6}[ -]\d{5}|\d{13,19})(?![\w-])")
_ISSUERS = re.compile(
    r"4\d{12}(\d{3}){0,2}|5[1-5]\d{14}|2(22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(011|5\d\d|4[4-9]\d)\d{12}"
    r"|62\d{14,17}|35(2[89]|[3-8]\d)\d{12}"
)
"""Ranges of card issuers (ISO/IEC 7812-1); the library checks the digit alone, which parcel numbers have too."""
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")

_Ends = Callable[[str], int | None]
"""Where the number at the beginning of a text of its form ends, or ``None``."""


def _end_of_whole(valid: Callable[[str], bool], text: str) -> int | None:
    return len(text) if valid(text) else None


def _whole(valid: Callable[[str], bool]) -> _Ends:
    return functools.partial(_end_of_whole, valid)


def _card(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return bool(_ISSUERS.fullmatch(digits)) and luhn.is_valid(digits)


def _cpf(text: str) -> bool:
    """The check digits of one digit throughout are right too; nobody has such a number."""
    return cpf.is_valid(text) and len(set(re.sub(r"\D", "", text))) > 1


def _iban(text: str) -> int | None:
    """Each country has its length; what stands behind the number may look like another group of four.

    Lists of a country's banks are not asked: a new bank's account is private too.
    """
    ends = [len(text), *(match.start() for match in reversed(list(re.finditer(" ", text))))]
    return next((end for end in ends if iban.is_valid(text[:end], check_country=False)), None)


def _said(words: str, form: str) -> re.Pattern[str]:
    """A form that counts behind one of the words that name it."""
    return re.compile(rf"(?i)(?:{words})[^\w]{{0,6}}(?:no|nr|number|番号|[^\w]){{0,2}}[^\w]{{0,6}}(?P<it>{form})(?!\w)")


_FORMS: tuple[tuple[str, re.Pattern[str], _Ends], ...] = (
    (CARD, _CARD, _whole(_card)),
    (IDENTITY, re.compile(r"(?<![\w-])\d{17}[\dXx](?![\w-])"), _whole(ric.is_valid)),
    (IDENTITY, re.compile(r"(?<!\d)\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)"), _whole(_cpf)),
    (IDENTITY, re.compile(r"(?<!\w)\d{8}-?[A-HJ-NP-TV-Z](?!\w)"), _whole(dni.is_valid)),
    (IDENTITY, re.compile(r"(?<!\w)[XYZ]-?\d{7}-?[A-Z](?!\w)"), _whole(nie.is_valid)),
    (IDENTITY, re.compile(r"(?<!\d)\d-\d{4}-\d{5}-\d{2}-\d(?!\d)"), _whole(pin.is_valid)),
    # Numbers given since October 2020 have no check digit in Korea; their holders are children, order numbers look like them.
    (IDENTITY, re.compile(r"(?<![\d-])\d{6}-[0-9]\d{6}(?![\d-])"), _whole(rrn.is_valid)),
    (IDENTITY, re.compile(r"(?<![\d-])\d{6}-\d{2}-\d{4}(?![\d-])"), _whole(nric.is_valid)),
    (IDENTITY, re.compile(r"(?<!\w)[A-Z]{6}[\dLMNPQRSTUV]{2}[A-EHLMPRST][\dLMNPQRSTUV]{2}[A-Z][\dLMNPQRSTUV]{3}[A-Z](?!\w)"),
     _whole(codicefiscale.is_valid)),
    (IDENTITY, re.compile(r"(?<!\w)[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z\d]\d(?!\w)"), _whole(curp.is_valid)),
    (IDENTITY, re.compile(r"(?<!\w)[A-ZÑ&]{4}[ -]?\d{6}[ -]?[A-Z\d]{2}[A\d](?!\w)"),
     _whole(lambda text: rfc.is_valid(text, validate_check_digits=True))),
    (IDENTITY, re.compile(r"(?<!\d)[12] \d{2} \d{2} (?:\d{2}|2[AB]) \d{3} \d{3} \d{2}(?!\d)"), _whole(nir.is_valid)),
    (IDENTITY, _said(r"ssn|social security", r"\d{3}-\d{2}-\d{4}"), len),  # the word says it, whatever the number
    (IDENTITY, _said(r"\bpesel", r"\d{11}"), _whole(pesel.is_valid)),
    (IDENTITY, _said(r"\bnik\b", r"\d{16}"), _whole(nik.is_valid)),
    (IDENTITY, _said(r"steuer-?id\w*|identifikationsnummer|\bidnr", r"\d{2} ?\d{3} ?\d{3} ?\d{3}"), _whole(idnr.is_valid)),
    (IDENTITY, _said(r"マイナンバー|個人番号", r"\d{4} ?\d{4} ?\d{4}"), _whole(my_number.is_valid)),
    (IBAN, _IBAN, _iban),
)  # fmt: skip


def personal_numbers(text: str) -> Iterator[PersonalNumber]:
    """Every such number in a line of text; places do not overlap."""
    taken: list[tuple[int, int]] = []
    for what, pattern, ends in _FORMS:
        for match in pattern.finditer(text):
            start, stop = match.span("it") if "it" in pattern.groupindex else match.span()
            length = ends(text[start:stop])
            if length is None:
                continue
            end = start + length
            if all(end <= other or last <= start for other, last in taken):
                taken.append((start, end))
                yield PersonalNumber(what=what, start=start, end=end)


def masked(text: str) -> str:
    """The text with all but the first and last two signs hidden, so that a report does not spread what it warns of."""
    return text[:2] + "…" + text[-2:] if len(text) > 6 else "…"
