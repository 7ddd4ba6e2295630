"""Where a parcel was left, when not with the buyer: locker, neighbour, reception, post box. It is not the same as received."""

import re

from casefile.facts import DeliveryPlaceSeen
from evidence_packer.interpret import Scene


def _pattern(word: str) -> re.Pattern[str]:
    wide = any(ord(char) > 0x2E7F for char in word)
    spelt = re.escape(word)
    return re.compile(spelt if wide else rf"(?<!\w){spelt}(?!\w)", re.IGNORECASE)


def interpret(scene: Scene) -> dict[str, object]:
    """``delivery_places``, each kind at most once a page."""
    found: dict[tuple[str, int], DeliveryPlaceSeen] = {}
    languages = scene.house.reading_words.values()
    words = [(what, word) for language in languages for what, said in language.delivery_places.items() for word in said]
    for page in scene.reading.pages:
        for line in page.lines:
            for what, word in words:
                if (match := _pattern(word).search(line.text)) is not None:
                    seen = DeliveryPlaceSeen(what=what, text=match[0], box=line.part(*match.span()), page=page.number)
                    found.setdefault((what, page.number), seen)
    return {"delivery_places": tuple(found.values())}
