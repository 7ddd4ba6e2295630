"""How the buyer got the goods, in the words of the carrier's or the platform's page: collected, redirected, handed over. Pure.

Each is a line of a page that is about this order or parcel, with its day; what a line promises or asks for states nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casefile import text_folding
from casefile.casework import Matter
from casefile.citation import BundlePlan, Citation, PlannedExhibit
from casefile.facts import FileFacts, PlacedText
from casefile.fields.files import Box, Kind
from casefile.statement import Statement

_CARRIERS: frozenset[Kind] = frozenset({"tracking", "proof_of_delivery", "carrier_statement"})
_HANDED: frozenset[Kind] = frozenset({"order_page", "case_page", "back_office_log", "contract", "proof_of_delivery"})
_LONGEST = 90
"""Signs of a line that are quoted."""
_END = re.compile(r"[.;|。；](?:\s|$)|[。；]")
_WEIGHT = re.compile(r"(?<![\d.,])(\d{1,4}(?:[.,]\d{1,3})?)\s?(kg|g|lbs?|oz|公斤|千克|克)\b", re.IGNORECASE)
_GRAMS = {
    "kg": 1000.0, "g": 1.0, "lb": 453.6, "lbs": 453.6, "oz": 28.35, "公斤": 1000.0, "千克": 1000.0, "克": 1.0,
}  # fmt: skip
_SAME = 0.1
"""Share of the weight packed by which the carrier's may differ: scales, and rounding up."""
_CLOSE = 0.06
"""Height of a page within which a date stands beside a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """Words of a page, their moment (ISO 8601) where the page dates them, and where they stand."""

    words: str
    at: str | None
    citation: Citation


def sentence_from(file: FileFacts, one: Statement) -> str:
    """The words of a statement with the rest of their sentence on the line: what was refused, and why."""
    start = one.span.text
    for line in _lines(file, one.page, one.box):
        place = line.text.find(start)
        if place >= 0:
            return _sentence(line.text[place:]) or start
    return start


def collected(
    matter: Matter, files: Iterable[FileFacts], plan: BundlePlan, numbers: Sequence[str | None]
) -> ToldLine | None:
    """The carrier's record that the buyer took the parcel out of a locker or over a counter."""
    words = [word for own in matter.house.parcel_words.values() for word in own.collected]
    ours = {text_folding.number(one) for one in numbers if one}
    for file, exhibit in _exhibits(files, plan, _CARRIERS):
        for fate in file.fates:
            told = fate.decided_by
            mine = fate.of is None or text_folding.number(fate.of) in ours
            if fate.state != "delivered" or fate.unclear or not mine or told.at is None:
                continue
            if any(word.casefold() in told.span.text.casefold() for word in words):
                cited = exhibit.cite(told.page, told.box[1])
                return ToldLine(words=sentence_from(file, told), at=told.at, citation=cited)
    return None


def redirected(
    matter: Matter, files: Iterable[FileFacts], plan: BundlePlan, numbers: Sequence[str | None]
) -> ToldLine | None:
    """The carrier's record that the receiver had the delivery changed, of a parcel that was then delivered."""
    words = matter.house.practice.words
    ours = {text_folding.number(one) for one in numbers if one}
    for file, exhibit in _exhibits(files, plan, _CARRIERS):
        there = any(
            fate.state == "delivered" and not fate.unclear and (fate.of is None or text_folding.number(fate.of) in ours)
            for fate in file.fates
        )
        found = _said(file, exhibit, words.redirected, (*words.not_yet, *words.going_back)) if there else None
        if found and found.at:
            return found
    return None


def in_person(matter: Matter, files: Iterable[FileFacts], plan: BundlePlan) -> ToldLine | None:
    """The record that the buyer collected the order from the seller: by a code that only the buyer had, or a signed receipt."""
    words = matter.house.practice.words
    if any(parcel.tracking_number or parcel.carrier for parcel in matter.case.parcels):
        return None
    for file, exhibit in _exhibits(files, plan, _HANDED):
        if any(seen.matches for seen in file.order_ids):
            found = _said(file, exhibit, words.handed_in_person, words.not_yet)
            if found and found.at:
                return found
    return None


def weighed(files: Iterable[FileFacts], plan: BundlePlan, grams: int | None) -> ToldLine | None:
    """What the carrier says that the parcel weighs, where that is what it weighed when it was packed."""
    for file, exhibit in _exhibits(files, plan, _CARRIERS) if grams else ():
        if not any(seen.matches for seen in file.tracking_numbers):
            continue
        for line in file.texts:
            for found in _WEIGHT.finditer(line.text):
                told = float(found[1].replace(",", ".")) * _GRAMS[found[2].casefold()]
                if grams and abs(told - grams) <= _SAME * grams:
                    return ToldLine(words=found[0], at=None, citation=exhibit.cite(line.page, line.box[1]))
    return None


def _exhibits(
    files: Iterable[FileFacts], plan: BundlePlan, kinds: frozenset[Kind]
) -> Iterator[tuple[FileFacts, PlannedExhibit]]:
    for file in files:
        exhibit = plan.of_file(file.file)
        if exhibit and file.kind in kinds:
            yield file, exhibit


def _said(file: FileFacts, exhibit: PlannedExhibit, patterns: Sequence[str], unless: Sequence[str]) -> ToldLine | None:
    """The line that says the earliest of the patterns, with the date beside it; none that only speaks of what may come."""
    lines = [line for line in file.texts if not any(re.search(one, line.text, re.IGNORECASE) for one in unless)]
    for pattern in patterns:
        for line in lines:
            if found := re.search(pattern, line.text, re.IGNORECASE):
                words = _sentence(line.text[found.start() :])
                return ToldLine(words=words, at=_dated(file, line), citation=exhibit.cite(line.page, line.box[1]))
    return None


def _dated(file: FileFacts, line: PlacedText) -> str | None:
    """The day of the line: of a date in it, else of the nearest one right above or below."""
    here = [seen for seen in file.timestamps if seen.page == line.page and seen.at and not seen.ambiguous]
    near = [(abs(seen.box[1] - line.box[1]), str(seen.at)) for seen in here if not seen.desktop_clock]
    distance, at = min(near, default=(1.0, ""))
    return at if distance <= _CLOSE + (line.box[3] - line.box[1]) else None


def _lines(file: FileFacts, page: int, part: Box) -> Iterator[PlacedText]:
    for line in file.texts:
        if line.page == page and line.box[1] <= (part[1] + part[3]) / 2 <= line.box[3]:
            yield line


def _sentence(text: str) -> str:
    end = _END.search(text)
    return text[: end.start() if end else None].strip()[:_LONGEST].rstrip(" ,:")
