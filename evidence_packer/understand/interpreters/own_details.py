"""Details that the case states and the file prints: who bought, what the listing or policy says, numbers, weights.

They tell a document about this case from one that merely is of the right kind: a listing proves what it says only where the
words quoted in the case stand in it.
"""

import math
import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from casefile import text_folding
from casefile.case import Case
from casefile.facts import Detail, DetailSeen, Spot
from casefile.fields.base import LocalText
from casefile.fields.order import Item
from casefile.reading import ReadPage
from casefile.text_folding import DECIDES
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter
from evidence_packer.understand.matching import find

_SAME_WORDS = 90.0
"""Likeness in percent from which a quotation stands on a page, read a little differently."""
_SHORTEST_QUOTE = 8
_SHORTEST_NAME = 4
_SHORTEST_SERIAL = 5
_SAME_WEIGHT = 0.01
_SAME_GOODS = 0.4
_GRAMS = {
    "kg": 1000.0,
    "公斤": 1000.0,
    "千克": 1000.0,
    "g": 1.0,
    "克": 1.0,
    "lb": 453.592,
    "lbs": 453.592,
    "oz": 28.3495,
}
_WORD = re.compile(r"[^\W\d_\u3000-\uffff]{3,}|(?=([\u3000-\uffff]{2}))")
"""A word, or two characters of a script that does not part its words."""
_WEIGHT = re.compile(
    r"(?<![\d.,])(?P<number>\d{1,6}(?:[.,]\d{1,3})?)\s?(?P<unit>kg|g|lbs?|oz|公斤|千克|克)(?![a-z])", re.IGNORECASE
)


def _names(case: Case) -> Iterator[str]:
    """What tells the buyer from anyone else: a common name does not."""
    if case.buyer:
        yield from filter(None, (case.buyer.email, case.buyer.username, case.buyer.account_id, case.buyer.ip))
        yield from filter(None, (case.buyer.phone, case.buyer.device_id))


def _papers(case: Case) -> Iterator[str]:
    yield from (paper.number for paper in case.compliance if paper.number)
    yield from (supplier.invoice_number for supplier in case.suppliers if supplier.invoice_number)
    if case.ip and case.ip.registration_number:
        yield case.ip.registration_number


def _items(case: Case) -> tuple[Item, ...]:
    return case.order.items if case.order else ()


def _numbers(case: Case) -> Iterator[tuple[Detail, str]]:
    """The numbers of papers, of the goods, and of other charges of the same buyer."""
    yield from (("paper", number) for number in _papers(case))
    goods = [number for item in _items(case) for number in item.serial_numbers]
    back = case.return_.serials_received if case.return_ else ()
    yield from (("serial", number) for number in dict.fromkeys((*goods, *back)) if len(number) >= _SHORTEST_SERIAL)
    yield from (("goods", sku) for item in _items(case) for sku in (item.sku, item.asin) if sku)
    yield from (("charge", charge.charge_id) for charge in case.related_charges if charge.charge_id)


def _weighed(page: ReadPage, case: Case) -> Iterator[tuple[Detail, str, Spot | None]]:
    """Where the page prints what came back weighs."""
    wanted = case.return_.weight_received_g if case.return_ else None
    for line in page.lines if wanted else ():
        for match in _WEIGHT.finditer(line.text):
            grams = float(match["number"].replace(",", ".")) * _GRAMS[match["unit"].casefold()]
            if wanted and abs(grams - wanted) <= wanted * _SAME_WEIGHT:
                yield "weight", match[0], Spot(page=page.number, box=line.part(*match.span()))
                return


def _texts(text: LocalText | None) -> Iterator[str]:
    yield from () if text is None else [text] if isinstance(text, str) else text.values()


def _quotes(case: Case) -> Iterator[tuple[Detail, str]]:
    for point in case.claim.points if case.claim else ():
        yield from (("listing", text) for text in _texts(point.listing_says))
    if case.policies:
        for policy in (case.policies.refund, case.policies.cancellation, case.policies.return_):
            yield from (("policy", text) for text in _texts(policy.text if policy else None))


def _words(text: str) -> frozenset[str]:
    return frozenset(match[1] or match[0] for match in _WORD.finditer(text_folding.word(text))) - {""}


def _goods_on(page: ReadPage, name: str) -> Spot | None:
    """The line that has two fifths of the words of a name, and two of them where there are two."""
    words = _words(name)
    enough = max(min(2, len(words)), math.ceil(len(words) * _SAME_GOODS))
    for line in page.lines if words else ():
        if len(words & _words(line.text)) >= enough:
            return Spot(page=page.number, box=line.box)
    return None


def _name_on(page: ReadPage, name: str) -> Spot | None:
    """The line in which the name stands whole."""
    bounded = re.compile(rf"(?<![\w.@-]){re.escape(name.casefold())}(?![\w@-])")
    for line in page.lines:
        if bounded.search(line.text.casefold()) or text_folding.squeezed(name) == text_folding.squeezed(line.text):
            return Spot(page=page.number, box=line.box)
    return None


def _quote_on(page: ReadPage, quote: str) -> Spot | None:
    """The line in which the quotation begins, where the page holds all of it."""
    wanted = text_folding.squeezed(quote)
    if len(wanted) < _SHORTEST_QUOTE or fuzz.partial_ratio(wanted, text_folding.squeezed(page.text)) < _SAME_WORDS:
        return None
    best = max(page.lines, key=lambda line: fuzz.partial_ratio(wanted, text_folding.squeezed(line.text)), default=None)
    return Spot(page=page.number, box=best.box) if best else None


def _number_on(page: ReadPage, number: str) -> Spot | None:
    hit = next((hit for hit in find(page.lines, number) if hit.score >= DECIDES), None)
    return Spot(page=page.number, box=hit.box) if hit else None


def _on_page(page: ReadPage, case: Case) -> Iterator[tuple[Detail, str, Spot | None]]:
    yield from (("buyer", name, _name_on(page, name)) for name in _names(case) if len(name) >= _SHORTEST_NAME)
    yield from ((what, number, _number_on(page, number)) for what, number in _numbers(case))
    yield from _weighed(page, case)
    named = (name for item in _items(case) for name in _texts(item.name))
    yield from (("goods", name, _goods_on(page, name)) for name in named)
    yield from ((what, quote, _quote_on(page, quote)) for what, quote in _quotes(case))


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``details``, each at its first place on a page."""
    return {
        "details": tuple(
            DetailSeen(what=what, text=text, box=spot.box, page=spot.page)
            for page in scene.reading.pages
            for what, text, spot in _on_page(page, scene.case)
            if spot and spot.box
        )
    }


INTERPRETER = Interpreter(name="own_details", interpret=_interpret, gives=("details",))
