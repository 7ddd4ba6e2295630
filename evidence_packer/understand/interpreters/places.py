"""The case's delivery address in the evidence: exact postcode, city, street; or another postcode under "delivered to"."""

import re

from rapidfuzz import fuzz

from casefile import text_folding
from casefile.case import Case
from casefile.facts import PlaceSeen
from casefile.fields.people import Address
from casefile.reading import Line, ReadPage
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter
from evidence_packer.understand.labels import LabelWords, label_words, labels

_LABELS = frozenset({"recipient", "address", "delivered_to"})
_SAME_STREET = 88.0
"""Likeness in percent from which two street names are one, spelt or read a little differently."""
_ZIP_AND_FOUR = re.compile(r"\d{5}-\d{4}")
_US_POSTCODE = re.compile(r"\b[A-Z]{2}[ ,]+(\d{5})(?:-\d{4})?\b")
_UNDER = 5
_CA_POSTCODE = re.compile(r"\b([A-Z]\d[A-Z] ?\d[A-Z]\d)\b")
_JP_POSTCODE = re.compile(r"(?<!\d)(\d{3}-\d{4})(?![\d-])")
_BR_POSTCODE = re.compile(r"(?<!\d)(\d{5}-\d{3})(?![\d-])")
_TOWN_POSTCODE = re.compile(r"(?:^|,\s*|C\.?P\.?\s*)(\d{5})(?=\s+[^\W\d_]{3,})")
_BEFORE_TOWN = frozenset({"DE", "FR", "ES", "IT", "MX"})
"""Countries that write a postcode of five digits before the town, where no house number stands."""
_GB_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b")


def _plain(text: str) -> str:
    """The words of an address line as they are compared, in any script."""
    return re.sub(r"[\W_]+", " ", text_folding.word(text)).strip()


def _whole(part: str, text: str) -> bool:
    """Whether ``part`` stands in ``text`` with nothing more attached to it."""
    wanted, seen = _plain(part), f" {_plain(text)} "
    if not wanted:
        return False
    if any(ord(char) > 0x2E7F for char in wanted):
        return wanted in seen
    return f" {wanted} " in seen or f" {wanted.replace(' ', '')} " in seen


def _own(page: ReadPage, address: Address) -> list[PlaceSeen]:
    found = []
    code = address.postal_code or ""
    codes = (code, code[:5]) if _ZIP_AND_FOUR.fullmatch(code) else (code,)  # carriers print the first five alone
    parts = {"postal_code": codes, "city": (address.city,), "street": address.lines}
    for name, values in parts.items():
        for value in values:
            for line in page.lines:
                if value and _whole(value, line.text):
                    found.append(PlaceSeen(text=value, part=name, matches=True, box=line.box, page=page.number))  # type: ignore[arg-type]  # keys are the literals
                    break
    return found


def _under_label(page: ReadPage, words: LabelWords) -> list[Line]:
    """The lines behind, beside, or up to four lines under a label of the delivery address."""
    found = []
    for label in labels(page, words):
        if label.field in _LABELS:
            height = label.line.box[3] - label.line.box[1]
            for line in page.lines:
                below = -height < line.box[1] - label.line.box[1] < _UNDER * height
                near = abs(line.box[0] - label.line.box[0]) < 4 * height or (
                    line.box[1] < label.line.box[3] and line.box[0] > label.line.box[0]
                )
                if below and near:
                    found.append(line)
    return found


def _postcode_pattern(address: Address) -> re.Pattern[str] | None:
    """How postcodes of the address's country stand in its lines; ``None`` where they look like other numbers."""
    known = {"US": _US_POSTCODE, "GB": _GB_POSTCODE, "CA": _CA_POSTCODE, "JP": _JP_POSTCODE, "BR": _BR_POSTCODE}
    return known.get(address.country or "") or (_TOWN_POSTCODE if address.country in _BEFORE_TOWN else None)


def _other_postcode(page: ReadPage, address: Address, words: LabelWords) -> list[PlaceSeen]:
    pattern = _postcode_pattern(address)
    if pattern is None or not address.postal_code:
        return []
    own = _plain(address.postal_code).replace(" ", "")
    found = {}
    for line in _under_label(page, words):
        for match in pattern.finditer(line.text.upper()):
            seen = _plain(match[1]).replace(" ", "")
            if seen != own[: len(seen)]:
                box = line.part(*match.span(1))
                found[box] = PlaceSeen(text=match[1], part="postal_code", matches=False, box=box, page=page.number)
    return list(found.values())


def _house_number(text: str) -> tuple[str, str] | None:
    """(house number, the street's words) of an address line: the number that leads or ends it, with its letter."""
    plain = _plain(text)
    match = re.match(r"(?P<number>\d{1,5} ?[a-z]?) (?P<street>.*[a-z]{3}.*)", plain) or re.fullmatch(
        r"(?P<street>.*[^\W\d]{3}[^\d]*?) ?(?P<number>\d{1,5} ?[a-z]?)", plain
    )
    if match is None:
        wide = re.search(r"(?P<street>[\u3040-\u9fff\uac00-\ud7af]{2,}?)(?P<number>\d{1,5})(?=号|號|番|弄|$)", plain)
        return (wide["number"], wide["street"]) if wide else None
    return match["number"].replace(" ", ""), match["street"]


def _other_house(page: ReadPage, address: Address) -> list[PlaceSeen]:
    """Our street with another house number: exact numbers first, since likeness alone ranks a wrong house above the right one."""
    wanted = [house for line in address.lines if (house := _house_number(line))]
    found: list[PlaceSeen] = []
    for number, street in wanted[:1]:
        for line in page.lines:
            seen = _house_number(line.text)
            if seen and seen[0] != number and fuzz.ratio(seen[1][: len(street) + 2], street) >= _SAME_STREET:
                found.append(
                    PlaceSeen(
                        text=line.text.strip(), part="house_number", matches=False, box=line.box, page=page.number
                    )
                )
    return found


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``places``; another postcode counts only on a page that does not show our own."""
    address = scene.case.buyer.ship_to if scene.case.buyer else None
    if address is None:
        return {"places": ()}
    found: list[PlaceSeen] = []
    words = label_words(scene.house)
    for page in scene.reading.pages:
        own = _own(page, address)
        found += own
        if not any(place.part == "postal_code" for place in own):
            found += _other_postcode(page, address, words)
        if not any(place.part == "street" for place in own):
            found += _other_house(page, address)
    return {"places": tuple(found)}


def _reads(case: Case) -> object:
    return case.buyer.ship_to if case.buyer else None


INTERPRETER = Interpreter(name="places", interpret=_interpret, gives=("places",), reads=_reads)
