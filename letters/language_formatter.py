"""How a letter says dates, money, places and quotations in its language, so that every block says them alike. Pure."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from casefile.amounts import amount_in_words
from casefile.as_printed import is_day_alone
from casefile.babel_locale import date_locale, site_locale
from casefile.clock_words import time_in_words, zone_in_words
from casefile.fields.base import Money
from casefile.fields.people import Address
from casefile.scripts import HAN
from casefile.wording import Catalog
from letters.zones import marked

_LONG_DAYS = {"vi": "'ngày' d 'tháng' M 'năm' y"}
"""Language → how its letters write a day, where that is not the long form of Unicode CLDR."""
_CODE_FIRST = frozenset({
    "AT", "BE", "BG", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IS", "IT", "JP", "LI", "LT", "LU", "MC",
    "MX", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR", "TW",
})  # fmt: skip
"""Countries whose addresses have the postcode before the town (Universal Postal Union)."""
_ENDS_OF_DAY = {dt.time(0, 0), dt.time(23, 59)}
"""Hours that stand for the day itself: the beginning of a dated day, the end of a last one."""
_EAST_ASIAN = {"zh", "ja"}
_QUOTATION_LIMIT = 320
"""Longest quotation in characters; a longer one is cut after a word and marked."""

_HAN_WORD = re.compile(f"[{HAN}]{{2,}}")
_BETWEEN_HAN = re.compile(f"(?<=[{HAN}\u3000-\u303f\uff00-\uffef“”]) +(?=[{HAN}\u3000-\u303f\uff00-\uffef“”])")
_TWO_STOPS = re.compile(r"([.!?…])(\s?[”’»]?)\.$|([。！？…])([”’」』]?)。$")
_INNER_QUOTES = str.maketrans({"“": "‘", "”": "’", '"': "’", "「": "『", "」": "』"})
_ELIDED = re.compile(r"\b(il|del|dal|al|nel|Il) ((?:8|11) (?=[a-z]))")
_WITH_VOWEL = {"il": "l'", "del": "dell'", "dal": "dall'", "al": "all'", "nel": "nell'"}
"""Italian articles before the 8th (otto) and the 11th (undici)."""
_QUOTED_STOP = re.compile(r"[.!?][”’」』]$")
_WITHOUT_STOPS = {"th"}
"""Languages whose sentences end without a sign."""

_ENDS = (".", "。", "!", "?", "！", "？", "…")
_CLOSERS = "\"'”’）)」』» "


def unstopped(text: str) -> str:
    """``text`` without the full stop at its end, so that its proof can follow in brackets."""
    return text.rstrip("。. ")


def bare(text: str) -> str:
    """``text`` on one line without the full stop at its end, so that a citation can follow."""
    return re.sub(r"\s+", " ", text).strip().rstrip("。. ")


def ended(text: str, language: str) -> str:
    """``text`` on one line, closed by a full stop where it lacks its end."""
    line = re.sub(r"\s+", " ", text).strip()
    closed = line.rstrip(_CLOSERS).endswith(_ENDS) or language in _WITHOUT_STOPS
    if closed and not (east_asian(language) and _QUOTED_STOP.search(line)):
        return line
    return line + ("。" if east_asian(language) else ".")


def opened(text: str) -> str:
    """``text`` beginning with a capital letter, where its script has them."""
    return text[:1].upper() + text[1:]


def east_asian(language: str) -> bool:
    """Whether sentences of ``language`` follow each other without a space."""
    return language.split("-", maxsplit=1)[0] in _EAST_ASIAN


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageFormatter:
    """The ways of one language; ``catalog`` speaks it."""

    catalog: Catalog
    language: str
    country: str | None = None
    """The country of the platform's site, whose way of writing figures counts."""

    def day(self, moment: dt.date) -> str:
        """A date, unambiguous: 2 November 2026, 2026年11月2日; in the United States November 2, 2026.

        The first of a month is as the language names it: 1er juin 2026.
        """
        day = str(format_date(moment, format=_LONG_DAYS.get(self.language, "long"), locale=self._locale))
        day = day.replace("ค.ศ. ", "")  # the years of letters are nowhere of another era
        return day.replace("1", self.catalog.text("letter.first_of_month"), 1) if moment.day == 1 else day

    def moment(self, moment: dt.datetime) -> str:
        """A date with time and offset: 2 November 2026, 14:22 (UTC-5); less where less is known.

        Its zone is still marked (``letters/zones.py``): the composed letter says it once where it is that of all times.
        """
        if is_day_alone(moment) or moment.time().replace(second=0, microsecond=0) in _ENDS_OF_DAY:
            return self.day(moment)
        time, zone = time_in_words(moment, self._locale), marked(zone_in_words(moment))
        return self.catalog.text("letter.moment", day=self.day(moment), time=time, zone=zone)

    def when(self, moment: dt.date) -> str:
        """A time with its offset, or a day, as it is given."""
        return self.moment(moment) if isinstance(moment, dt.datetime) else self.day(moment)

    def money(self, money: Money) -> str:
        """An amount as its reader writes it: USD 37.48; 37,48 USD and 37,48 € in a German letter."""
        return amount_in_words(money, site_locale(self.language, self.country))

    def number(self, value: str) -> str:
        """A number as the language writes it: 3.1, 3,1 in a German letter; what is no number stays as it is."""
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if not number.is_finite():
            return value
        return str(format_decimal(number, format="#,##0.######", locale=site_locale(self.language, self.country)))

    def quoted(self, text: str) -> str:
        """``text`` in quotation marks, on one line, closed by its full stop; an overlong one is cut and marked."""
        line = re.sub(r"\s+", " ", text).strip().translate(_INNER_QUOTES)
        if len(line) > _QUOTATION_LIMIT:
            head = line[:_QUOTATION_LIMIT]
            line = (head.rsplit(" ", maxsplit=1)[0] if " " in head else head) + " […]"
        else:
            line = ended(line, "en" if east_asian(self.language) and line.isascii() else self.language)
        return self.catalog.text("letter.quote", text=line)

    def lowered(self, text: str) -> str | None:
        """``text`` to follow an introduction: its first word small where that word is a common one, else ``None``.

        Languages without such words (``-``) set a colon, after which a text stands as it is.
        """
        first, gap, rest = text.partition(" ")
        common = self.catalog.text("letter.common_words").split()
        if east_asian(self.language) or common == ["-"]:
            return None if text.isascii() else text  # foreign words are quoted, not told as our own
        if first in common:
            return first[0].lower() + first[1:] + gap + rest
        return None

    def addresses(self, text: str) -> bool:
        """Whether ``text`` speaks to somebody ("we send you …"): told as our own account it would speak to the reader."""
        words = self.catalog.text("letter.addressing_words").split()
        if east_asian(self.language):
            return any(word in text for word in words)
        return bool(re.search(rf"(?i)\b(?:{'|'.join(map(re.escape, words))})\b", text)) and words != ["-"]

    def listed(self, words: list[str]) -> str:
        """``a``, ``a and b``, ``a, b and c``."""
        if len(words) < 2:
            return "".join(words)
        comma = self.catalog.text("letter.between")
        return self.catalog.text("letter.and", first=comma.join(words[:-1]), last=words[-1])

    def town(self, address: Address) -> str | None:
        """City, region and postcode in the order of the address's own country; the street is never said."""
        city, region, postal_code = address.city, address.region, address.postal_code
        code_first = (address.country or "").upper() in _CODE_FIRST
        if city and _HAN_WORD.search(city):
            sign = "〒" if postal_code and (address.country or "").upper() == "JP" else ""
            places = [(region or "") + city, f"{sign}{postal_code or ''}"]
            return " ".join(part for part in (reversed(places) if code_first else places) if part) or None
        if code_first:
            place = " ".join(part for part in (postal_code, city) if part)
            return ", ".join(part for part in (place, region if region != city else None) if part) or None
        tail = " ".join(part for part in (region, postal_code) if part)
        if city and region:
            return f"{city}, {tail}"
        return " ".join(part for part in (city, tail) if part) or None

    def smooth(self, text: str) -> str:
        """``text`` without the blanks between Chinese characters, the second full stops and the articles that filling in leaves."""
        text = _TWO_STOPS.sub(r"\1\2\3\4", text)
        if self.language == "it":
            text = _ELIDED.sub(lambda found: _WITH_VOWEL[found[1].lower()] + found[2], text)
        return _BETWEEN_HAN.sub("", text) if east_asian(self.language) else text

    @property
    def _locale(self) -> Locale:
        return date_locale(self.language, self.country)
