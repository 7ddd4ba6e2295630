"""Where a parcel was left, when not with the buyer: locker, neighbour, reception, post box. It is not the same as received."""

import functools
import re

from casefile import text_folding
from casefile.facts import DeliveryPlaceSeen
from evidence_packer.understand.interpret import InterpretContext, Interpreter
from evidence_packer.understand.spelling import spelt


@functools.lru_cache(maxsize=1024)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(spelt(word))


def _interpret(scene: InterpretContext) -> dict[str, object]:
    """``delivery_places``, each kind at most once a page."""
    found: dict[tuple[str, int], DeliveryPlaceSeen] = {}
    languages = scene.house.reading_words.values()
    words = [(what, word) for language in languages for what, said in language.delivery_places.items() for word in said]
    for page in scene.reading.pages:
        everywhere = text_folding.unspaced("\n".join(text_folding.word(line.text) for line in page.lines))
        for what, word in [pair for pair in words if text_folding.unspaced(text_folding.word(pair[1])) in everywhere]:
            for line in page.lines:
                text = text_folding.bare(line.text)
                if (match := _pattern(word).search(text.text)) is not None:
                    start, end = text.span(match)
                    box = line.part(start, end)
                    seen = DeliveryPlaceSeen(what=what, text=line.text[start:end], box=box, page=page.number)
                    found.setdefault((what, page.number), seen)
    return {"delivery_places": tuple(found.values())}


INTERPRETER = Interpreter(name="delivery_places", interpret=_interpret, gives=("delivery_places",))
