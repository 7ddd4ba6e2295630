"""The kind of evidence: what the case says, else a proposal from words, numbers and statuses, with its reason.

Words in the upper part of a page or in large type are titles and weigh more. Accents and spaces are left out of the comparison,
since OCR drops both. A page that only mentions a tracking number is no tracking page; one that lists what happened when is.

One sign is none: a kind is proposed by the page's title, where it proves nothing, or by two signs that do not depend on each other
(labels on two lines, a kind of number, a layout, a host, a program, the file's name). With one it is a question; a word in running
text is nothing. A page proves a refund only where it says that one was made; where both sides are named as writers, it is messages.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from casefile import text_folding
from casefile.case import Case
from casefile.fields.files import Kind
from casefile.house import House
from casefile.reading import Line, ReadPage
from casefile.text_folding import DECIDES, DENSE
from evidence_packer.understand.address_bar import kind_of_path
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter
from evidence_packer.understand.kind_signs import TITLE, TWO, KindSigns, weigh_orders, weigh_refunds
from evidence_packer.understand.talk.conversation import talked

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
_OWN_NAME = 2.0
"""The name of a seller's system weighs so much, and is a sign of its own: its pages have the titles of the platform's."""
_ON_A_PRODUCT = 24
"""Characters that a brand and a size take up."""
_LABEL, _WIDE = 44, 0x2E7F
"""Width in Latin letters up to which a line is a label."""
_MOST_OF_TITLE = 0.45
_CLEAR = 2.0
_OF_PARCELS = ("tracking", "proof_of_delivery", "dispatch", "carrier_statement")
_OF_ORDERS = ("order_page", "messages", "case_page", "erp_record", "refund_proof", "invoice", "notice")
_FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({*_OF_PARCELS, "reshipment_proof", "return_document", "buyer_confirmation"}),
    frozenset(
        {"order_page", "erp_record", "invoice", "back_office_log", "account_record", "prior_orders", "refund_proof"}
    ),
    frozenset({"messages", "case_page", "notice", "rejection_notice"}),
    frozenset({"listing", "policy_text", "contract", "sop_training"}),
    frozenset(
        {"test_report", "qc_report", "compliance_document", "customs_document", "authorisation", "agent_authorisation"}
    ),
)
"""Kinds that are told from each other by what they are for, not by their looks."""
_ANYTHING = frozenset({"other", "translation", "usage_log", "back_office_log", "sop_training"})
_PHOTOGRAPHS = frozenset({"product_photo", "packing_media", "return_media"})
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
        return any(ord(char) > DENSE for char in bare) or bool(_pattern(bare).search(self._plain))


def _titles(page: ReadPage) -> Iterator[Line]:
    sizes = sorted(line.box[3] - line.box[1] for line in page.lines)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    for line in page.lines:
        if line.box[1] < _TITLE_SHARE or line.box[3] - line.box[1] > _TITLE_SIZE * usual:
            yield line


def _words(scene: InterpretContext, signs: KindSigns) -> Mapping[str, list[tuple[float, str]]]:
    """Kind → (weight, word) of what the file says, heaviest first; ``signs`` learns where it stands."""
    words, stands = scene.once("words of kinds", lambda: _heard(scene))
    for kind, sign in stands:
        signs.add(kind, _OWN_NAME if sign == "program" else 0, sign)
    return words


def _heard(scene: InterpretContext) -> tuple[Mapping[str, list[tuple[float, str]]], Sequence[tuple[str, str]]]:
    """The words of kinds in a file, and the signs by which they stand there: the same for every case."""
    stands: list[tuple[str, str]] = []
    pages = scene.reading.pages[:_PAGES]
    lines = [line for page in pages for line in page.lines]
    everywhere = _Text(lines)
    above = [line for page in pages[:1] for line in _titles(page)]
    titles, heading = _Text(above), {id(line) for line in above}
    short = [(line, text_folding.unspaced(text_folding.word(line.text))) for line in lines if _is_label(line)]
    found: dict[str, dict[str, float]] = {}
    for kind, word, weight in _lexicon(scene.house):
        if everywhere.says(word):
            heavier = weight * (_TITLE_WEIGHT if titles.says(word) else 1)
            words = found.setdefault(kind, {})
            words[text_folding.word(word)] = max(words.get(text_folding.word(word), 0.0), heavier)
            stands += [(kind, sign) for sign in _where(word, short, heading)]
            if kind == "erp_record" and weight >= _OWN_NAME:
                stands.append((kind, "program"))
    return {kind: sorted(((w, one) for one, w in heard.items()), reverse=True) for kind, heard in found.items()}, stands


def _is_label(line: Line) -> bool:
    """Whether a line is a heading or a label, not a piece of running text."""
    wide = sum(2 if ord(char) > _WIDE else 1 for char in line.text)
    return wide <= _LABEL


def _where(word: str, short: Iterable[tuple[Line, str]], heading: set[int]) -> Iterator[str]:
    """The signs of a word: the title, where it is most of one; else the line on which it is a label. One word is one sign."""
    squeezed = _spellings(word)[1]
    for line, text in short:
        if squeezed in text:
            if id(line) in heading and len(squeezed) >= _MOST_OF_TITLE * len(text):
                yield TITLE
            yield f"label {line.box[1]:.3f}"
            return


@functools.lru_cache(maxsize=4)
def _lexicon(house: House) -> tuple[tuple[str, str, float], ...]:
    """(kind, word, weight) of every language."""
    return tuple(
        (words.kind, word, weight)
        for language in house.reading_words.values()
        for words in language.kinds
        for word, weight in words.words.items()
    )


def _shapes(scene: InterpretContext, signs: KindSigns) -> None:
    """What the form of a file speaks for."""
    found = scene.found
    statuses = {seen.status for seen in found["statuses"]}
    listed = {(event.status, event.at) for event in found["events"]}
    if statuses & _MOVING and len(listed) >= _LIST:
        signs.add("tracking", 2, "list of events")
    elif found["tracking_numbers"] and statuses & _MOVING:
        signs.add("tracking", 1, None)
    if found["tracking_numbers"]:
        for kind in _OF_PARCELS:
            signs.add(kind, 0, "number")
    if found["order_ids"]:
        for kind in _OF_ORDERS:
            signs.add(kind, 0, "number")
    if _on_carrier_page(scene):
        signs.add("tracking", 2, "host")
    if any(page.barcodes for page in scene.reading.pages) and "delivered" not in statuses:
        signs.add("dispatch", 1, "bar code")
    _lists(scene, signs)
    _media(scene, signs)
    _name(scene, signs)


def _lists(scene: InterpretContext, signs: KindSigns) -> None:
    found = scene.found
    orders = len({seen.value for seen in found["order_ids"]})
    if orders >= _LIST and len({seen.value for seen in found["tracking_numbers"]}) >= _PARCELS:
        signs.add("erp_record", 1, "list of orders")
    stated = {seen.name for seen in found["fields"]}
    if "total" in stated and len(stated & _ORDERED) >= _MANY and orders < _LIST:
        signs.add("order_page", 1.2, "fields")
        signs.add("order_page", 0, "total")


@functools.lru_cache(maxsize=4)
def _file_words(house: House) -> tuple[tuple[str, str], ...]:
    """(word, kind) by which people name files, the longest first."""
    tables = [words.file_names for words in house.reading_words.values()]
    known = {_named(word): kind for table in reversed(tables) for kind, words in table.items() for word in words}
    return tuple(sorted(known.items(), key=lambda one: -len(one[0])))


def _named(text: str) -> str:
    return re.sub(r"[\W_\d]+", " ", text_folding.word(text)).strip()


def _name(scene: InterpretContext, signs: KindSigns) -> None:
    """What its name says it is: one sign, for whoever named it may have meant another page."""
    stem = _named(scene.file.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    for word, kind in _file_words(scene.house):
        if (word in stem) if ord(word[0]) > _WIDE else (f" {word} " in f" {stem} "):
            signs.add(kind, _ENOUGH, "name")
            if kind in _PHOTOGRAPHS and scene.reading.media_type.startswith("image/") and _bare_picture(scene):
                signs.add(kind, 0, "picture")
            return


def _media(scene: InterpretContext, signs: KindSigns) -> None:
    if scene.found["context"].chat not in {"none", "on_platform"}:
        signs.add("messages", 2, "program")
        signs.add("messages", 0, "chat")
    elif scene.found["context"].chat == "on_platform":
        signs.add("messages", 0, "program")
    if len(scene.found["timestamps"]) >= TWO and _writers(scene):
        signs.add("messages", 2, "writers")
    if named := kind_of_path(scene.reading.pages[0]):
        signs.add(named, 1, "path")
    if scene.reading.media_type == "message/rfc822":
        signs.add("messages", 1, TITLE)
    if scene.reading.media_type.startswith("video/"):
        signs.add("packing_media", 3, TITLE)


def _writers(scene: InterpretContext) -> bool:
    """Whether both sides are named as those who write: that says more than a word in what they write."""
    return any(talked(page, scene) for page in scene.reading.pages[:_PAGES])


def _on_carrier_page(scene: InterpretContext) -> bool:
    carriers = [tuple(carrier.hosts) for carrier in scene.house.carriers.values() if carrier.hosts]
    return any(host.endswith(hosts) for hosts in carriers for host in scene.found["context"].hosts)


def _bare_picture(scene: InterpretContext) -> bool:
    """Whether a picture holds no more surely read text than a product or its box carries."""
    sure = [line.text for page in scene.reading.pages for line in page.lines if line.score >= DECIDES]
    return sum(map(len, sure)) <= _ON_A_PRODUCT and not scene.found["timestamps"]


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``kind``, whether and why it was proposed, the words that spoke for it, and what a page clearly is that is called else."""
    given = scene.entry.kind if scene.entry else None
    signs = KindSigns()
    words = _words(scene, signs)
    _shapes(scene, signs)
    for kind, heard in words.items():
        signs.add(kind, sum(weight for weight, _ in heard[:_MOST_WORDS]), None)
    if given:
        return {"kind": given, "kind_seen": _clearly_other(given, signs)}
    return _proposed(scene, words, signs)


def _proposed(scene: InterpretContext, words: Mapping[str, list[tuple[float, str]]], signs: KindSigns) -> FoundFacts:
    weigh_refunds(scene.found["refunds"], signs)
    weigh_orders(signs)
    best = max(sorted(signs.ranked(_ENOUGH).items()), key=lambda item: item[1], default=("other", 0))
    kind, score = best
    if score >= _ENOUGH and signs.signs.get(kind):
        heard_words = tuple(word for _, word in words.get(kind, [])[:_MOST_WORDS])
        reason = ("words" if heard_words else "shape") if signs.sure(kind) else "one_sign"
        return {"kind": cast("Kind", kind), "kind_proposed": True, "kind_reason": reason, "kind_words": heard_words}
    if scene.reading.media_type.startswith("image/") and _bare_picture(scene):
        return {"kind": "product_photo", "kind_proposed": True, "kind_reason": "picture_without_text"}
    return {"kind": "other", "kind_proposed": True, "kind_reason": "nothing_typical"}


def _clearly_other(given: Kind, signs: KindSigns) -> Kind | None:
    """What the page is by its title and more, where nothing on it speaks for the kind that it was given, or a kin of that."""
    kind, score = max(sorted(signs.scores.items()), key=lambda item: item[1], default=("other", 0))
    kin = next((family for family in _FAMILIES if given in family), frozenset({given}))
    spoken = any(signs.scores[one] > 0 or signs.signs.get(one) for one in kin)
    clear = score >= _CLEAR and TITLE in signs.signs.get(kind, set()) and len(signs.signs[kind]) > TWO
    return cast("Kind", kind) if clear and kind not in kin and not spoken and given not in _ANYTHING else None


def _reads(case: Case) -> object:
    return case.buyer, case.seller, case.files


INTERPRETER = Interpreter(
    name="kind",
    interpret=_interpret,
    gives=("kind", "kind_proposed", "kind_reason", "kind_words", "kind_seen"),
    needs=("context", "events", "fields", "order_ids", "refunds", "statuses", "timestamps", "tracking_numbers"),
    reads=_reads,
)
