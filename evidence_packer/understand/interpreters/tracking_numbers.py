"""Tracking numbers: the case's own in text and bar codes, near misses, and others by the carriers' forms."""

import re

from casefile import text_folding
from casefile.carrier import Carrier, normalise
from casefile.facts import TrackingNumberSeen
from casefile.reading import ReadPage
from casefile.text_folding import DECIDES
from evidence_packer.understand.interpret import InterpretContext, Interpreter, own_order_ids, own_tracking_numbers
from evidence_packer.understand.matching import Hit, find, find_near

_TOKEN = re.compile(r"[A-Z0-9](?:[ -]?[A-Z0-9]){8,38}", re.IGNORECASE)


def _with_letters(text: str) -> bool:
    return bool(re.search(r"[A-Z]", text)) and sum(char.isdigit() for char in text) >= 8


def _carrier_of(number: str, carriers: list[Carrier]) -> Carrier | None:
    """The carrier whose form the number has; only forms that begin with letters speak for themselves."""
    plain = normalise(number)
    return next((c for c in carriers if c.recognises(plain)), None) if _with_letters(plain) else None


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


def _seen(
    hit: Hit, page: ReadPage, scene: InterpretContext, *, carrier: str | None, matches: bool, near: str | None = None
) -> TrackingNumberSeen:
    return TrackingNumberSeen(
        value=hit.text.strip(),
        matches=matches,
        carrier=carrier,
        valid=_valid(hit.text, carrier, scene),
        box=hit.box,
        page=page.number,
        score=hit.score,
        near=near,
    )


def _others(page: ReadPage, scene: InterpretContext) -> list[tuple[Hit, str]]:
    carriers = list(scene.house.carriers.values())
    found = []
    for line in page.lines:
        for match in _TOKEN.finditer(line.text.upper()):
            for token in {match[0], *match[0].split(" ")}:
                carrier = _carrier_of(token, carriers)
                if carrier is not None and line.score >= DECIDES:
                    start = match.start() + match[0].find(token)
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
        other = None if mine else _carrier_of(plain, list(scene.house.carriers.values()))
        if mine:
            own_hit = Hit(text=mine[0], box=code.box, score=1.0, exact=True)
            found.append(_seen(own_hit, page, scene, carrier=mine[1], matches=True))
        elif other:
            found.append(_seen(hit, page, scene, carrier=other.id, matches=False))
    return found


def _on_page(page: ReadPage, scene: InterpretContext) -> list[TrackingNumberSeen]:
    own = own_tracking_numbers(scene.case)
    found = _bar_codes(page, own, scene)
    for number, carrier in own:
        for hit in find(page.lines, number):
            if hit.score >= DECIDES:
                found.append(_seen(hit, page, scene, carrier=carrier, matches=True))
    taken = {text_folding.number(seen.value) for seen in found} | {text_folding.number(number) for number, _ in own}
    taken |= {text_folding.number(number) for number in own_order_ids(scene.case)}
    for number, carrier in own:
        for hit in find_near(page.lines, number):
            if text_folding.number(hit.text) not in taken:
                taken.add(text_folding.number(hit.text))
                found.append(_seen(hit, page, scene, carrier=carrier, matches=False, near=number))
    for hit, name in _others(page, scene):
        if text_folding.number(hit.text) not in taken:
            taken.add(text_folding.number(hit.text))
            found.append(_seen(hit, page, scene, carrier=name, matches=False))
    return found


def _interpret(scene: InterpretContext) -> dict[str, object]:
    """``tracking_numbers``."""
    return {"tracking_numbers": tuple(seen for page in scene.reading.pages for seen in _on_page(page, scene))}


INTERPRETER = Interpreter(name="tracking_numbers", interpret=_interpret, gives=("tracking_numbers",))
