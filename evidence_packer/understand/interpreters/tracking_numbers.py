"""Tracking numbers: the case's own in text and bar codes, near misses, and others that a check digit or a carrier's name proves."""

import functools
import re
from dataclasses import dataclass

from casefile import text_folding
from casefile.carrier import normalise
from casefile.facts import TrackingNumberSeen
from casefile.reading import ReadPage
from casefile.text_folding import DECIDES
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import (
    InterpretContext,
    Interpreter,
    own_numbers,
    own_order_ids,
    own_tracking_numbers,
)
from evidence_packer.understand.matching import Hit, find, find_near
from evidence_packer.understand.parcel_forms import LEAST_DIGITS, around, beside, foreign_parcel

_GOODS = frozenset({"EAN13", "EAN8", "UPCA", "UPCE", "ISBN", "DataBar", "DataBarExpanded"})
"""Bar codes that name goods."""
_TOKEN = re.compile(r"[A-Z0-9](?:[ -]?[A-Z0-9]){8,38}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """What a number is to the case."""

    carrier: str | None
    matches: bool = False
    near: str | None = None
    alike: bool = False


def _valid(number: str, carrier: str | None, scene: InterpretContext) -> bool | None:
    known = scene.house.carriers.get(carrier or "")
    if known is None:
        return None
    verdicts = [
        known.valid(number),
        *(scene.house.carriers[o].valid(number) for o in known.also if o in scene.house.carriers),
    ]
    told = [verdict for verdict in verdicts if verdict is not None]
    return any(told) if told else None


def _seen(hit: Hit, page: ReadPage, scene: InterpretContext, number: _Number) -> TrackingNumberSeen:
    return TrackingNumberSeen(
        value=hit.text.strip(),
        matches=number.matches,
        carrier=number.carrier,
        valid=_valid(hit.text, number.carrier, scene),
        box=hit.box,
        page=page.number,
        score=hit.score,
        near=number.near,
        alike=number.alike,
    )


def _others(page: ReadPage, scene: InterpretContext) -> list[tuple[Hit, str]]:
    found = []
    for line in page.lines:
        if line.score < DECIDES or sum(map(str.isdigit, line.text)) < LEAST_DIGITS:
            continue
        for match in _TOKEN.finditer(line.text.upper()):
            for token in dict.fromkeys((match[0], *match[0].split(" "))):
                start = match.start() + match[0].find(token)
                if (carrier := foreign_parcel(token, functools.partial(beside, page, line), scene.house)) is not None:
                    box = line.part(start, start + len(token))
                    found.append((Hit(text=token, box=box, score=line.score, exact=False), carrier.id))
                    break
    return found


def _bar_codes(
    page: ReadPage, own: tuple[tuple[str, str | None], ...], scene: InterpretContext
) -> list[TrackingNumberSeen]:
    found = []
    for code in page.barcodes:
        plain = normalise(code.text)
        hit = Hit(text=code.text, box=code.box, score=1.0, exact=True)
        mine = next(
            ((number, carrier) for number, carrier in own if normalise(number) and normalise(number) in plain), None
        )
        other = (
            None
            if mine or code.format in _GOODS
            else foreign_parcel(plain, functools.partial(around, page, code.box), scene.house)
        )
        if mine:
            own_hit = Hit(text=mine[0], box=code.box, score=1.0, exact=True)
            found.append(_seen(own_hit, page, scene, _Number(carrier=mine[1], matches=True)))
        elif other:
            found.append(_seen(hit, page, scene, _Number(carrier=other.id)))
    return found


def _on_page(page: ReadPage, scene: InterpretContext) -> list[TrackingNumberSeen]:
    own = own_tracking_numbers(scene.case)
    found = _bar_codes(page, own, scene)
    for number, carrier in own:
        for hit in find(page.lines, number):
            if hit.decides:
                found.append(_seen(hit, page, scene, _Number(carrier=carrier, matches=True)))
            elif hit.alike:
                found.append(_seen(hit, page, scene, _Number(carrier=carrier, near=number, alike=True)))
    taken = {text_folding.number(seen.value) for seen in found} | {text_folding.number(number) for number, _ in own}
    taken |= {text_folding.number(number) for number in own_order_ids(scene.case)}
    for number, carrier in own:
        for hit in find_near(page.lines, number):
            if text_folding.number(hit.text) not in taken:
                taken.add(text_folding.number(hit.text))
                found.append(_seen(hit, page, scene, _Number(carrier=carrier, near=number)))
    for hit, name in scene.once(("others", page.number), lambda: _others(page, scene)):
        if text_folding.number(hit.text) not in taken:
            taken.add(text_folding.number(hit.text))
            found.append(_seen(hit, page, scene, _Number(carrier=name)))
    return found


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``tracking_numbers``."""
    return {"tracking_numbers": tuple(seen for page in scene.reading.pages for seen in _on_page(page, scene))}


INTERPRETER = Interpreter(name="tracking_numbers", interpret=_interpret, gives=("tracking_numbers",), reads=own_numbers)
