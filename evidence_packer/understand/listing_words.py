"""The words of a listing that name the item of the order, so that nobody copies them from the picture. Pure.

The order names the item, the listing is headed by it: two pages agree. What the listing says of a complaint, and the answer to it,
stay with a person.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from casefile import text_folding
from casefile.case import Case
from casefile.facts import FileFacts, PlacedText
from casefile.filling import Filled, FilledAt
from casefile.house import House
from evidence_packer.understand.quotations import long_enough

POINTER = "/claim/points/0/listing_says"
ITEM = "/order/items/0/name"
_SAME_ITEM = 88.0
"""Likeness in percent of an item's name to a line that holds all its words in some order."""
_LONGEST = 200
_EDGE = 0.006
_QUANTITY = re.compile(r"^\s*\d{1,3}\s?[x×*]\s+|\s+[x×*]\s?\d{1,3}\s*$")
"""How many of an item, before or behind its name."""


@dataclass(frozen=True, slots=True)
class _Title:
    file: str
    line: PlacedText
    lines: int = 1

    @property
    def tall(self) -> float:
        return (self.line.box[3] - self.line.box[1]) / self.lines


def listing_title(case: Case, item: str | None, files: Iterable[FileFacts], house: House) -> Filled | None:
    """The line that heads the listing of ``item``, where the reason asks for a listing and the case quotes none."""
    platform = house.platforms.get(case.platform)
    procedure = platform.procedures.get(case.procedure) if platform else None
    if procedure is None or item is None or (case.claim and case.claim.points):
        return None
    kinds = {kind for rule in procedure.needed(case) if rule.quote == "listing" for kind in rule.kinds}
    titles = [
        _Title(file.file, line, lines)
        for file in files
        if file.kind in kinds
        for line, lines in _with_wrapped(file.texts)
        if line.page == 1 and len(line.text) <= _LONGEST and _names(line.text, item)
    ]
    if not titles:
        return None
    best = max(titles, key=lambda one: (round(one.tall, 2), fuzz.ratio(one.line.text, item)))
    at = FilledAt(file=best.file, page=best.line.page, box=best.line.box, text=best.line.text)
    return Filled(pointer=POINTER, value=best.line.text, state="adopted", at=(at,), source="two-exhibits")


def item_of_listing(case: Case, files: Iterable[FileFacts]) -> Filled | None:
    """The name of the item where no label says it: the line that heads a listing, which a page of our order prints too."""
    if case.order and case.order.items and case.order.items[0].name is not None:
        return None
    files, printed = tuple(files), dict[str, _Title]()
    for order in files:
        if order.kind == "order_page" and any(seen.matches for seen in order.order_ids):
            for line in order.texts:
                printed.setdefault(text_folding.squeezed(_QUANTITY.sub("", line.text)), _Title(order.file, line))
    pairs = [
        (_Title(file.file, line), same)
        for file in files
        if file.kind == "listing"
        for line in file.texts
        if line.page == 1 and len(line.text) <= _LONGEST and long_enough(line.text)
        if (same := printed.get(text_folding.squeezed(line.text)))
    ]
    if not pairs:
        return None
    best = max(pairs, key=lambda pair: pair[0].tall)
    at = tuple(
        FilledAt(file=one.file, page=one.line.page, box=one.line.box, text=one.line.text) for one in reversed(best)
    )
    return Filled(
        pointer=ITEM, value=_QUANTITY.sub("", best[1].line.text).strip(), state="adopted", at=at, source="two-exhibits"
    )


def _with_wrapped(texts: Iterable[PlacedText]) -> Iterator[tuple[PlacedText, int]]:
    """Each line, and with the line under it where a heading goes on there; each with how many lines it is."""
    texts = tuple(texts)
    for line in texts:
        yield line, 1
        x0, y0, x1, y1 = line.box
        for lower in texts:
            left, top, right, bottom = lower.box
            close = top - y0 - (y1 - y0) / 2 >= 0 and top - y1 < (y1 - y0) / 2 and abs(left - x0) < _EDGE
            if lower.page == line.page and close and lower is not line:
                whole = PlacedText(
                    text=f"{line.text} {lower.text}", box=(x0, y0, max(x1, right), bottom), page=line.page
                )
                yield whole, 2


def _names(line: str, item: str) -> bool:
    one, other = text_folding.word(line), text_folding.word(item)
    figures = {word for word in other.split() if any(map(str.isdigit, word))}
    same = fuzz.token_set_ratio(one, other) if " " in other else fuzz.partial_ratio(one, other)
    return long_enough(line) and same >= _SAME_ITEM and len(one) >= len(other) // 2 and figures <= _figures(one)


def _figures(text: str) -> set[str]:
    bare = text.replace(",", " ").replace("(", " ").replace(")", " ")
    return {word for one in (text, bare) for word in one.split()}
