"""What stands under the labels of an order page, as a value: names, numbers of parcels, and what is neither. Pure."""

import functools
import re

from casefile import text_folding
from casefile.house import House
from casefile.reading import Line
from evidence_packer.understand.label_places import Cell

_PARCEL = re.compile(r"[A-Z0-9](?:[ -]?[A-Z0-9]){7,38}")
_SERVICE = re.compile(r"^(?:[A-Z]{3,}[ :·-]+)+(?=\S*\d)")
"""Names of carrier and service before a number: "UPS Ground 1Z…"."""
_COUNTRY = re.compile(r"[A-Z]{2}")
_FEWEST_DIGITS = 6
"""A number of a parcel has so many digits at least, whatever its carrier."""
_COURTESY = re.compile(r"(?:\s?様|\s님)$")
"""What Japanese and Korean pages put behind each name; no part of it."""
_NAME_ENDS = re.compile(r"[,，;；(（\[【|〒/]|(?<![#·])[#·](?![#·])|\s[-–]\s|(?<![^\s\u2e80-\uffdc])\d|\s{3,}")
_BEFORE_PHONE = re.compile(r"[^\d,，(]{2,40}(?=[,，]?\s*(?:\(?\+\d|\d*\*{2,}\d))")
_LONG_NUMBER = re.compile(r"\d{3}")
_SUM = re.compile(r"-?\s?(?:[A-Z]{0,3}\s?[$€£¥￥฿₫₱₩₹]|[A-Z]{2,3}(?=\s?\d))\s?\d")
"""A sum of money with its sign before it ("R$ 20,00"), which names nobody."""
_READ_AS_I = re.compile(r"(?<=[a-zà-ÿ])I(?=$|[\s,])")
"""A small l at the end of a word, read as a capital I."""
_NAME_CHARS = range(2, 61)


@functools.lru_cache(maxsize=4)
def headings_of(house: House) -> frozenset[str]:
    """What heads a part of a page and is nobody's name."""
    return frozenset(text_folding.word(word) for one in house.reading_words.values() for word in one.headings)


@functools.lru_cache(maxsize=4)
def unnamed(house: House) -> tuple[str, ...]:
    """What may stand for a signature without naming anybody: words for people, and for places."""
    languages = house.reading_words.values()
    places = (word for language in languages for said in language.delivery_places.values() for word in said)
    return tuple(text_folding.word(word) for word in (*(w for one in languages for w in one.unnamed_signers), *places))


@functools.lru_cache(maxsize=4)
def fees_of(house: House) -> tuple[str, ...]:
    """What a platform takes off the seller's money."""
    return tuple(text_folding.word(word) for one in house.reading_words.values() for word in one.fees)


@functools.lru_cache(maxsize=4)
def buyers_of(house: House) -> tuple[str, ...]:
    """Words for who pays an order."""
    labels = (label for one in house.reading_words.values() for label in one.fields.get("buyer", ()))
    return tuple(word for word in map(text_folding.word, labels) if " " not in word and word != "name")


def word_under(heading: Line, cell: Cell) -> str:
    """Of a row that was read as one line, the word under a heading."""
    left, _, right, _ = heading.box
    for word in re.finditer(r"\S+", cell.line.text):
        x0, _, x1, _ = cell.line.part(*word.span())
        if x0 < right and left < x1 and sum(map(str.isdigit, word[0])) >= _FEWEST_DIGITS:
            return word[0]
    return ""


def parcel_number(text: str, *, loose: bool) -> str | None:
    """The number of a parcel with which a text begins; ``loose``: no colon parts it from its label, so only words with figures."""
    match = _PARCEL.match(_SERVICE.sub("", text.strip().upper()))
    if match is None:
        return None
    words = match[0].split()
    figures = [place for place, word in enumerate(words) if any(map(str.isdigit, word))]
    first, last = (0 if loose else next(iter(figures), 0)), len(words)
    end = next((place for place in range(first, last) if place not in figures), last)
    if not loose and end == last - 1 and _COUNTRY.fullmatch(words[end]):
        end = last  # RR 123 456 785 CN
    number = " ".join(words[:end]).strip(" -")
    return number if sum(map(str.isdigit, number)) >= _FEWEST_DIGITS else None


def name_in(text: str) -> str:
    """The name with which ``text`` begins, or nothing."""
    name = _COURTESY.sub("", _NAME_ENDS.split(text.strip(), maxsplit=1)[0].strip(" .:：-–"))
    name = _READ_AS_I.sub("l", name)
    name = "" if _LONG_NUMBER.search(name) or _SUM.match(text.strip()) else name
    return name if len(name) in _NAME_CHARS and any(map(str.isalpha, name)) else ""


def name_before_phone(text: str) -> str:
    """The name that stands before a phone number, or nothing."""
    match = _BEFORE_PHONE.match(text.strip())
    return match[0].strip() if match else ""
