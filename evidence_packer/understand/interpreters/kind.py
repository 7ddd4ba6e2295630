"""The kind of evidence: what the case says, else a proposal from words, numbers and statuses, with its reason.

Words in the upper part of a page or in large type are titles and weigh more. Accents and spaces are left out of the comparison,
since OCR drops both. A page that only mentions a tracking number is no tracking page; one that lists what happened when is.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from casefile import text_folding
from casefile.fields.files import Kind
from casefile.house import House
from casefile.reading import Line, ReadPage
from casefile.text_folding import DECIDES
from evidence_packer.understand.address_bar import kind_of_path
from evidence_packer.understand.interpret import InterpretContext, Interpreter

_ENOUGH = 1.0
_MOST_WORDS = 4
_TITLE_WEIGHT = 1.5
_TITLE_SHARE, _TITLE_SIZE = 0.3, 1.35
_PAGES = 3
_ORDERED = frozenset({"order_id", "order_date", "recipient", "address", "buyer", "item"})
_MANY = 2
"""So many labelled data beside a total make an order page."""
_LIST, _PARCELS = 3, 2
"""A page of so many orders or events is a list; with so many parcels, a record."""
_ON_A_PRODUCT = 24
"""Characters that a brand and a size take up."""
_MOVING = frozenset({"in_transit", "out_for_delivery", "accepted", "label_created"})


@functools.lru_cache(maxsize=4096)
def _spellings(word: str) -> tuple[str, str]:
    plain = text_folding.word(word)
    return plain, text_folding.unspaced(plain)


@functools.lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    spelt = r"\s?".join(map(re.escape, word.split()))
    return re.compile(rf"(?<![^\W\d_]){spelt}(?![^\W\d_])")


class _Text:
    """Lines as they are compared."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._plain = text_folding.word("\n".join(line.text for line in lines))
        self._squeezed = text_folding.unspaced(self._plain)
        self._begun = {self._squeezed[place : place + 2] for place in range(len(self._squeezed))}

    def says(self, word: str) -> bool:
        """Whether the word stands here: whole, where its script parts words."""
        bare, short = _spellings(word)
        if short[:2] not in self._begun or short not in self._squeezed:
            return False
        return any(ord(char) > 0x0DFF for char in bare) or bool(_pattern(bare).search(self._plain))


def _titles(page: ReadPage) -> Iterator[Line]:
    sizes = sorted(line.box[3] - line.box[1] for line in page.lines)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    for line in page.lines:
        if line.box[1] < _TITLE_SHARE or line.box[3] - line.box[1] > _TITLE_SIZE * usual:
            yield line


def _words(scene: InterpretContext) -> Mapping[str, list[tuple[float, str]]]:
    """Kind → (weight, word) of what the file says, heaviest first."""
    pages = scene.reading.pages[:_PAGES]
    everywhere = _Text(line for page in pages for line in page.lines)
    above = _Text(line for page in pages[:1] for line in _titles(page))
    found: dict[str, dict[str, float]] = {}
    for kind, word, weight in _lexicon(scene.house):
        if everywhere.says(word):
            heavier = weight * (_TITLE_WEIGHT if above.says(word) else 1)
            words = found.setdefault(kind, {})
            words[text_folding.word(word)] = max(words.get(text_folding.word(word), 0.0), heavier)
    return {
        kind: sorted(((weight, word) for word, weight in words.items()), reverse=True) for kind, words in found.items()
    }


@functools.lru_cache(maxsize=4)
def _lexicon(house: House) -> tuple[tuple[str, str, float], ...]:
    """(kind, word, weight) of every language."""
    return tuple(
        (words.kind, word, weight)
        for language in house.reading_words.values()
        for words in language.kinds
        for word, weight in words.words.items()
    )


def _shapes(scene: InterpretContext) -> Counter[str]:
    """What the form of a file speaks for."""
    found = scene.found
    scores: Counter[str] = Counter()
    statuses = {seen.status for seen in found["statuses"]}
    listed = {(event.status, event.at) for event in found["events"]}
    if statuses & _MOVING and len(listed) >= _LIST:
        scores["tracking"] += 2
    elif found["tracking_numbers"] and statuses & _MOVING:
        scores["tracking"] += 1
    if _on_carrier_page(scene):
        scores["tracking"] += 2
    if any(page.barcodes for page in scene.reading.pages) and "delivered" not in statuses:
        scores["dispatch"] += 1
    orders = len({seen.value for seen in found["order_ids"]})
    if orders >= _LIST and len({seen.value for seen in found["tracking_numbers"]}) >= _PARCELS:
        scores["erp_record"] += 1
    stated = {seen.name for seen in found["fields"]}
    if "total" in stated and len(stated & _ORDERED) >= _MANY and orders < _LIST:
        scores["order_page"] += 1.2  # type: ignore[assignment]  # weights are fractions
    if found["context"].chat not in {"none", "on_platform"}:
        scores["messages"] += 2
    if named := kind_of_path(scene.reading.pages[0]):
        scores[named] += 1
    scores["messages"] += scene.reading.media_type == "message/rfc822"
    scores["packing_media"] += 3 * scene.reading.media_type.startswith("video/")
    return scores


def _on_carrier_page(scene: InterpretContext) -> bool:
    carriers = [tuple(carrier.hosts) for carrier in scene.house.carriers.values() if carrier.hosts]
    return any(host.endswith(hosts) for hosts in carriers for host in scene.found["context"].hosts)


def _bare_picture(scene: InterpretContext) -> bool:
    """Whether a picture holds no more surely read text than a product or its box carries."""
    sure = [line.text for page in scene.reading.pages for line in page.lines if line.score >= DECIDES]
    return sum(map(len, sure)) <= _ON_A_PRODUCT and not scene.found["timestamps"]


def _interpret(scene: InterpretContext) -> dict[str, object]:
    """``kind``, whether and why it was proposed, and the words that spoke for it."""
    if scene.entry and scene.entry.kind:
        return {"kind": scene.entry.kind}
    words, scores = _words(scene), _shapes(scene)
    for kind, heard in words.items():
        scores[kind] += sum(weight for weight, _ in heard[:_MOST_WORDS])  # type: ignore[assignment]  # weights are fractions
    if scores:
        kind, score = max(sorted(scores.items()), key=lambda item: item[1])
        if score >= _ENOUGH:
            heard_words = tuple(word for _, word in words.get(kind, [])[:_MOST_WORDS])
            reason = "words" if heard_words else "shape"
            return {"kind": cast("Kind", kind), "kind_proposed": True, "kind_reason": reason, "kind_words": heard_words}
    if scene.reading.media_type.startswith("image/") and _bare_picture(scene):
        return {"kind": "product_photo", "kind_proposed": True, "kind_reason": "picture_without_text"}
    return {"kind": "other", "kind_proposed": True, "kind_reason": "nothing_typical"}


INTERPRETER = Interpreter(
    name="kind",
    interpret=_interpret,
    gives=("kind", "kind_proposed", "kind_reason", "kind_words"),
    needs=("context", "events", "fields", "order_ids", "statuses", "timestamps", "tracking_numbers"),
)
