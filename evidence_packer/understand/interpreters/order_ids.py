"""Order ids: the case's own, near misses of them, and other orders' ids by the platform's own form."""

import functools
import re
from collections.abc import Callable

from casefile import text_folding
from casefile.case import Case
from casefile.facts import OrderIdSeen
from casefile.reading import Line, ReadPage
from casefile.text_folding import DECIDES
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter, own_order_ids
from evidence_packer.understand.label_places import LabelledPage, labelled_page
from evidence_packer.understand.matching import Hit, differ_by_one, find, find_near

_POINTER = "/order/id"
Labelled = Callable[[], LabelledPage]
"""A page with its labels, looked for when somebody asks."""


def _seen(
    hit: Hit, page: ReadPage, *, matches: bool = False, near: str | None = None, alike: bool = False
) -> OrderIdSeen:
    return OrderIdSeen(
        value=hit.text.strip(), matches=matches, box=hit.box, page=page.number, score=hit.score, near=near, alike=alike
    )


def _foreign(page: ReadPage, pattern: str, labelled: Labelled) -> list[Hit]:
    """Ids of the platform's form on this page, written in full in one line, that no label calls something else.

    Bare digits are an order's number only where a label says so: items, parcels and addresses have such numbers too.
    """
    bounded = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-]*\d)", re.IGNORECASE)
    found = [
        (line, match)
        for line in page.lines
        for match in bounded.finditer(text_folding.in_place(line.text))
    ]  # fmt: skip
    sheet = labelled() if found else None
    return [hit for line, match in found if sheet and (hit := _of_an_order(line, match, sheet))]


def _of_an_order(line: Line, match: re.Match[str], sheet: LabelledPage) -> Hit | None:
    hit = Hit(text=match[0], box=line.part(*match.span()), score=line.score, exact=False)
    field = sheet.named(line, match.start())
    if field == "order_id" or (field is None and not match[0].isdigit()):
        return hit
    alone = not any(map(str.isalpha, line.text[: match.start()]))  # else "Offer no. 15283746510" in a column of orders
    return hit if field is None and alone and sheet.under("order_id", hit.box) else None


def _on_page(page: ReadPage, own: tuple[str, ...], pattern: str | None, labelled: Labelled) -> list[OrderIdSeen]:
    hits = [(number, hit) for number in own for hit in find(page.lines, number)]
    found = [_seen(hit, page, matches=True) for _, hit in hits if hit.decides]
    found += [_seen(hit, page, near=number, alike=True) for number, hit in hits if hit.alike]
    taken = {text_folding.number(seen.value) for seen in found} | {text_folding.number(number) for number in own}
    for number in own:
        for hit in find_near(page.lines, number):
            if text_folding.number(hit.text) not in taken:
                taken.add(text_folding.number(hit.text))
                found.append(_seen(hit, page, near=number))
    for hit in _foreign(page, pattern, labelled) if pattern else ():
        if text_folding.number(hit.text) not in taken and hit.score >= DECIDES:
            taken.add(text_folding.number(hit.text))
            near = next((number for number in own if differ_by_one(hit.text, number)), None)
            found.append(_seen(hit, page, near=near))
    return found


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``order_ids``."""
    identifier = scene.platform.identifier(_POINTER) if scene.platform else None
    pattern = identifier.pattern if identifier and identifier.in_text else None
    own = own_order_ids(scene.case, scene.file)
    pages = [(page, functools.partial(labelled_page, page, scene)) for page in scene.reading.pages]
    return {"order_ids": tuple(seen for page, labelled in pages for seen in _on_page(page, own, pattern, labelled))}


def _reads(case: Case) -> object:
    return own_order_ids(case), case.files


INTERPRETER = Interpreter(name="order_ids", interpret=_interpret, gives=("order_ids",), reads=_reads)
