"""The case's own numbers where a page hides part of them (``1Z99****6784``): they tie the page to nothing."""

import re

from casefile.facts import MaskedSeen
from evidence_packer.interpret import Scene, own_order_ids, own_tracking_numbers
from evidence_packer.matching import folded

_MASKED = re.compile(r"(?P<head>[A-Za-z0-9-]{0,24})[*•●＊∗·…#]{2,}(?P<tail>[A-Za-z0-9-]{0,24})")
_LEAST_SHOWN = 4
_LEAST_LENGTH = 8


def interpret(scene: Scene) -> dict[str, object]:
    """``masked_numbers``: what is shown, and the own number it is part of."""
    own = (*own_order_ids(scene.case, scene.file), *(number for number, _ in own_tracking_numbers(scene.case)))
    numbers = [(number, folded(number)) for number in own if len(folded(number)) >= _LEAST_LENGTH]
    found = []
    for page in scene.reading.pages:
        for line in page.lines:
            for match in _MASKED.finditer(line.text):
                head, tail = folded(match["head"]), folded(match["tail"])
                ours = next((n for n, f in numbers if f.startswith(head) and f.endswith(tail)), None)
                if ours and len(head) + len(tail) >= _LEAST_SHOWN:
                    box = line.part(*match.span())
                    found.append(MaskedSeen(text=match[0], number=ours, box=box, page=page.number))
    return {"masked_numbers": tuple(found)}
