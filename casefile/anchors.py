"""What a sentence claims of the page it cites, and where that page reads it: numbers, days, minutes, amounts, places, words.

A sentence may say that an exhibit shows something only where each of its anchors stands on the first page that it cites. Letter,
front pages and proof ask here, so that none of them believes more than the others. Pure.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Self

from casefile import text_folding
from casefile.citation import WHOLE, BundlePlan, Citation, Part
from casefile.facts import FieldName, FileFacts, OrderIdSeen, PlacedText, Spot, TimestampSeen, TrackingNumberSeen
from casefile.fields.base import Money
from casefile.fields.files import Box
from casefile.statement import Span

AnchorKind = Literal["number", "day", "minute", "amount", "place", "carrier", "words", "quote", "figure"]
"""``place``: a part of the buyer's address; ``carrier``: who carries it; ``quote``: quoted words; ``figure``: a count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """One claim on a page, in its normal form.

    ``value``: a number as the case writes it; a date or a time with offset in ISO 8601 (``day``, ``minute``); an amount with its
    currency ("37.48 USD"); a part of an address with its value ("city=Columbus"); a carrier's name; words; the JSON pointer
    of a quotation.
    """

    kind: AnchorKind
    value: str

    @classmethod
    def number(cls, number: str) -> Self:
        """A number of the case."""
        return cls(kind="number", value=number)

    @classmethod
    def day(cls, at: dt.date) -> Self:
        """The day of a moment, as the moment itself counts days."""
        return cls(kind="day", value=(at.date() if isinstance(at, dt.datetime) else at).isoformat())

    @classmethod
    def minute(cls, at: dt.datetime) -> Self:
        """Day and minute of a moment."""
        return cls(kind="minute", value=at.isoformat())

    @classmethod
    def amount(cls, money: Money) -> Self:
        """A sum of money."""
        return cls(kind="amount", value=f"{money.amount} {money.currency}")

    @classmethod
    def words(cls, text: str) -> Self:
        """Words that the page has to print as they are."""
        return cls(kind="words", value=text)


_EDGE, _MOST_DOWN, _SURELY = 0.006, 4, 6
"""Lines of a cell begin so near to one edge, are so many more than the first, and begin as their words do."""


def prints_day(seen: TimestampSeen, day: dt.date) -> bool:
    """Whether a page prints this very day: not one that it would be elsewhere, and no clock of a screen."""
    at = None if seen.ambiguous or seen.desktop_clock else seen.at
    return at is not None and dt.datetime.fromisoformat(at).date() == day


def prints_minute(seen: TimestampSeen, at: dt.datetime) -> bool:
    """Whether a page prints this very minute as it is said: its clock reads so, and a zone that it prints is the same moment."""
    if not seen.has_time or not prints_day(seen, at.date()):
        return False
    printed = dt.datetime.fromisoformat(str(seen.at))
    if (printed.hour, printed.minute) != (at.hour, at.minute):
        return False
    known = seen.zone == "page" and printed.tzinfo and at.tzinfo
    return not known or abs(printed - at) < dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One printed page of an exhibit: the file, its page from 1, and the part of that page which is shown."""

    facts: FileFacts
    page: int
    part: Part = WHOLE
    denied: frozenset[Span] = frozenset()
    """What was not found again where it should stand."""

    def spans(self, anchors: Iterable[Anchor]) -> tuple[Span, ...] | None:
        """Where the page reads each of ``anchors``; ``None`` where it lacks one."""
        found = [self.find(anchor) for anchor in anchors]
        return None if None in found else tuple(span for span in found if span)

    def find(self, anchor: Anchor) -> Span | None:
        """Where the page reads an anchor, or ``None``."""
        return next((span for span in _SEEKERS[anchor.kind](self, anchor.value) if span not in self.denied), None)

    def holds(self, page: int, box: Box) -> bool:
        """Whether something read in the file stands on this page."""
        return page == self.page and self.part[0] <= Spot(page=page, box=box).height <= self.part[1]

    def dates(self, name: FieldName, day: dt.date) -> bool:
        """Whether the page states this day under such a label: a day alone may be that of anything."""
        return any(
            seen.name == name and seen.value[:10] == day.isoformat() and self.holds(seen.page, seen.box)
            for seen in self.facts.fields
        )

    def clock(self, at: dt.datetime) -> dt.datetime | None:
        """The moment ``at`` in the zone in which the page prints it, where it prints one."""
        for seen in self.facts.timestamps:
            printed = dt.datetime.fromisoformat(seen.at) if seen.at and seen.has_time and seen.zone == "page" else None
            if printed and printed.tzinfo and at.tzinfo and self.holds(seen.page, seen.box):
                local = at.astimezone(printed.tzinfo)
                if prints_minute(seen, local):
                    return local
        return None

    def span(self, page: int, box: Box, text: str) -> Span:
        """A place of the file with its words."""
        return Span(file=self.facts.file, page=page, box=box, text=text)

    def names(self, number: str) -> bool:
        """Whether the page is about this parcel.

        A long page is shown in parts, of which one alone prints the number; a file without any number says nothing of which.
        """
        return text_folding.number(number) in self.named

    @property
    def named(self) -> frozenset[str]:
        """The parcels that the page is about, by their folded numbers: those that it prints, else those of its file."""
        numbers = [seen for seen in self.facts.tracking_numbers if seen.matches]
        here = [seen for seen in numbers if self.holds(seen.page, seen.box)]
        return frozenset(text_folding.number(seen.value) for seen in here or numbers)


def printed_page(
    files: Iterable[FileFacts], plan: BundlePlan, citation: Citation, denied: frozenset[Span] = frozenset()
) -> PrintedPage | None:
    """The page behind a citation; ``None`` for a translation, which is nobody's proof, and where the file was not read."""
    exhibit = plan.at(citation.number, citation.page)
    facts = next((file for file in files if exhibit and file.file == exhibit.file), None)
    place = citation.page - exhibit.first_page if exhibit else 0
    if exhibit is None or facts is None or place >= len(exhibit.source_pages):
        return None
    return PrintedPage(facts, exhibit.source_pages[place], exhibit.part(place), denied)


def _number(page: PrintedPage, value: str) -> Iterator[Span]:
    own = text_folding.number(value)
    numbers: list[TrackingNumberSeen | OrderIdSeen] = [*page.facts.tracking_numbers, *page.facts.order_ids]
    for seen in numbers:
        if seen.matches and text_folding.number(seen.value) == own and page.holds(seen.page, seen.box):
            yield page.span(seen.page, seen.box, seen.value)
    yield from _text(page, value)


def _day(page: PrintedPage, value: str) -> Iterator[Span]:
    day = dt.date.fromisoformat(value)
    for seen in page.facts.timestamps:
        if prints_day(seen, day) and page.holds(seen.page, seen.box):
            yield page.span(seen.page, seen.box, seen.text)


def _minute(page: PrintedPage, value: str) -> Iterator[Span]:
    at = dt.datetime.fromisoformat(value)
    for seen in page.facts.timestamps:
        if prints_minute(seen, at) and page.holds(seen.page, seen.box):
            yield page.span(seen.page, seen.box, seen.text)


def _amount(page: PrintedPage, value: str) -> Iterator[Span]:
    amount, _, currency = value.partition(" ")
    for seen in page.facts.amounts:
        same = seen.currency in {None, currency} and Decimal(seen.amount) == Decimal(amount)
        if same and page.holds(seen.page, seen.box):
            yield page.span(seen.page, seen.box, seen.text)


def _place(page: PrintedPage, value: str) -> Iterator[Span]:
    part, _, text = value.partition("=")
    for seen in page.facts.places:
        whole = part != "postal_code" or len(seen.text) >= len(text)  # 18017 is no 18017-3309
        if seen.matches and seen.part == part and whole and page.holds(seen.page, seen.box):
            yield page.span(seen.page, seen.box, seen.text)
    yield from _text(page, text)


def _carrier(page: PrintedPage, value: str) -> Iterator[Span]:
    """A page with the parcel's number names its carrier by it."""
    for seen in page.facts.tracking_numbers:
        if seen.matches and page.holds(seen.page, seen.box):
            yield page.span(seen.page, seen.box, seen.value)
    yield from _text(page, value)


def _text(page: PrintedPage, value: str) -> Iterator[Span]:
    """Words in one line of the page, or running on in the next ones, or in those below it in its column."""
    wanted = text_folding.squeezed(value)
    lines = [line for line in page.facts.texts if page.holds(line.page, line.box)] if wanted else []
    for place, line in enumerate(lines):
        first = run = text_folding.squeezed(line.text)
        for more in lines[place + 1 :]:
            if len(run) >= len(wanted) + len(first):
                break
            run += text_folding.squeezed(more.text)
        if wanted in run[: len(wanted) + len(first)] or _runs_down(wanted, line, lines):
            yield page.span(page.page, line.box, value)


def _runs_down(wanted: str, line: PlacedText, lines: Sequence[PlacedText]) -> bool:
    """Whether words begin in a line and go on in the cell of a table, where other cells stand between its lines."""
    run, last = text_folding.squeezed(line.text), line
    if not wanted.startswith(run[:_SURELY]) or not run:
        return False
    for _ in range(_MOST_DOWN):
        x0, _, _, y1 = last.box
        close = (last.box[3] - last.box[1]) / 2
        under = (one for one in lines if abs(one.box[0] - x0) < _EDGE and -close < one.box[1] - y1 < close)
        if wanted in run or (lower := next((one for one in under if one is not last), None)) is None:
            break
        run, last = run + text_folding.squeezed(lower.text), lower
    return run.startswith(wanted)


def _quote(page: PrintedPage, value: str) -> Iterator[Span]:
    for seen in page.facts.quotes:
        if seen.pointer == value and page.holds(seen.span.page, seen.span.box):
            yield seen.span


def _figure(page: PrintedPage, value: str) -> Iterator[Span]:
    """A number that stands for itself: no part of a date, an amount or a longer number."""
    others = [seen.text for seen in page.facts.timestamps] + [seen.text for seen in page.facts.amounts]
    for line in page.facts.texts:
        text = line.text
        for other in others:
            text = text.replace(other, " ")
        if page.holds(line.page, line.box) and re.search(rf"(?<![\w.,:/#-]){value}(?![\w:/#-]|[.,]\d)", text):
            yield page.span(line.page, line.box, value)


_SEEKERS = {
    "number": _number, "day": _day, "minute": _minute, "amount": _amount, "place": _place, "carrier": _carrier,
    "words": _text, "quote": _quote, "figure": _figure,
}  # fmt: skip
