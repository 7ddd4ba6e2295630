"""What the writer of a message intends by it: from phrases of eighteen languages, with what undoes them. Pure.

An agreement or a receipt is believed only of the buyer, said plainly: not denied, not under a condition, not asked, not wished,
not quoted, not called untrue, and not beside its opposite; and every word before the verb is one that turns nothing around.
Whatever is not sure is nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from casefile.house import House
from casefile.statement import Intent
from evidence_packer.understand.talk.goods import KNOWN, Titles, as_goods, is_of_goods
from evidence_packer.understand.talk.parts import Who
from evidence_packer.understand.talk.phrases import Phrases, clauses, folded_words, languages_of, phrases, sentences

_QUOTED = re.compile(r"[“„«「『][^“”„«»「」『』]{2,400}[”“»」』]|(?<!\w)\"[^\"]{4,400}\"|(?m:^\s*>.*$)")
_QUESTION = re.compile(r"[?？]\s*[)\]）」』”\"']*\s*$")
_OF_BUYERS = frozenset({"confirms_receipt", "agrees_to_close", "denies_receipt"})
_NOT_OF_SELLERS = _OF_BUYERS | {"complains", "threatens"}
_PLAIN = {"thanks": "thanks", "ask": "asks", "offer": "offers", "answer": "answers"}
_UNDOES = {"untrue": "confirms_receipt", "spoilt": "confirms_receipt", "mistaken": "agrees_to_close"}
"""What undoes an intent wherever it stands in the text."""
_UNSURE = ("if", "hedge", "template", "another")
"""What makes a receipt or an agreement unsure; ``another``: it speaks of somebody else's, or of another case."""
_CLOSING = frozenset({"closed", "closing"})
_SPACED = re.compile(r"[^\W\d_\u0e00-\uffff]")
"""A letter of a script that parts its words."""
_LETTERS = re.compile(r"[^\W\d_]")
_PROMISE = "promises_to_close"
"""An agreement that lies in the future: void beside a demand."""
_ORDER = (
    "asks", "complains", "denies_receipt", "confirms_receipt", "agrees_to_close", "refuses", "thanks", "threatens", "offers",
    "answers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class IntentFound:
    """An intent, and the sentence (``start`` to ``end`` of the text) that says it."""

    intent: Intent
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence: its clauses, and what holds for all of it."""

    clauses: tuple[str, ...]
    whole: str
    asked: bool
    unsure: bool
    """Under a condition, wished, tried, told by somebody else, or of another parcel or case."""


def intents_of(
    text: str, who: Who, house: House, *, quoted: bool = False, by_side: bool = False, titles: Titles = ()
) -> tuple[IntentFound, ...]:
    """What ``who`` intends by ``text``, each intent once, with the first sentence that says it.

    ``quoted``: the text stands inside somebody else's message, so that it agrees to nothing. ``by_side``: only the side of its
    bubble tells who wrote it, so that words to the reader agree to nothing: the seller writes "please close the claim" too.
    ``titles``: what the things of the order are called, so that "the headphones are here" is known to speak of the goods.
    """
    if who == "platform":
        return ()
    plain = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    found: dict[str, IntentFound] = {}
    promised = False
    undone: set[str] = set()
    for start, end in sentences(plain):
        words = phrases(house, "intents", languages_of(plain[start:end], house, "intents"))
        sentence = _sentence(plain[start:end], words)
        addressed = by_side and any(words.has("addressed", clause) for clause in sentence.clauses)
        undone |= {intent for meaning, intent in _UNDOES.items() if words.has(meaning, sentence.whole)}
        for said in _said(sentence, words, titles):
            if addressed and said in {"agrees_to_close", _PROMISE}:
                continue
            promised = promised or said == _PROMISE
            intent = "agrees_to_close" if said == _PROMISE else said
            found.setdefault(intent, IntentFound(cast("Intent", intent), start, end))
    found = {name: one for name, one in found.items() if name not in undone}
    return tuple(found[name] for name in _ORDER if name in _believed(found, who, quoted=quoted, promised=promised))


def _believed(found: dict[str, IntentFound], who: Who, *, quoted: bool, promised: bool) -> set[str]:
    """The intents that may stand together, from this writer."""
    kept = set(found)
    kept -= _NOT_OF_SELLERS if who == "seller" else {"answers"}
    if who != "buyer" or quoted:
        kept -= {"confirms_receipt", "agrees_to_close"}
    if kept & {"refuses", "threatens"} or (promised and "asks" in kept):
        kept.discard("agrees_to_close")
    if "denies_receipt" in found:
        kept.discard("confirms_receipt")
        if promised:
            kept.discard("agrees_to_close")
    return kept


def _sentence(text: str, words: Phrases) -> _Sentence:
    whole = " ".join(words.without("fine", folded_words(text)).split())
    asked = _QUESTION.search(text) is not None or words.has("question", whole)
    unsure = any(words.has(meaning, whole) for meaning in _UNSURE)
    return _Sentence(tuple(clauses(whole, words)), whole, asked, unsure)


def _said(sentence: _Sentence, words: Phrases, titles: Titles) -> Iterator[str]:
    if words.has("template", sentence.whole):
        return
    if sentence.asked:
        yield "asks"
    for clause in sentence.clauses:
        for meaning, intent in _PLAIN.items():
            if words.has(meaning, clause):
                yield intent
        yield from _of_claim(clause, sentence, words)
        yield from _of_goods(clause, sentence, words, titles)
        denied = words.has("not", clause)
        if words.has("threat", clause) and not denied:
            yield "threatens"
        if words.has("complaint", clause) and not (denied and words.has("harmless", clause)):
            yield "complains"


def _of_claim(clause: str, sentence: _Sentence, words: Phrases) -> Iterator[str]:
    """Refuses, agrees or promises to close."""
    denied, matter = words.has("not", clause), words.has("matter", clause)
    if words.has("refusing", clause) or (denied and matter and words.has("close", clause) and not sentence.asked):
        yield "refuses"
    elif denied or sentence.asked or sentence.unsure:
        return
    elif _plainly("settled", clause, words) or (matter and _plainly("closed", clause, words)):
        yield "agrees_to_close"
    elif matter and _plainly("closing", clause, words):
        yield _PROMISE


def _of_goods(clause: str, sentence: _Sentence, words: Phrases, titles: Titles) -> Iterator[str]:
    """Denies or confirms that the goods came."""
    other = words.has("not_goods", clause)
    spoilt = words.has("complaint", clause)
    denied = words.has("not", clause) and words.has("arrive", clause) and not spoilt
    if words.has("not_arrived", clause) or denied:
        if not other and not words.has("if", clause):
            yield "denies_receipt"
    elif _came(clause, words, titles) and not (
        words.has("not", clause) or sentence.asked or sentence.unsure or other or _spoilt(clause, sentence, words)
    ):
        yield "confirms_receipt"


def _came(clause: str, words: Phrases, titles: Titles) -> bool:
    """Whether a clause says plainly that something came, and that it is the goods."""
    for spelt in as_goods(clause, words, titles):
        said = words.search("arrived", spelt)
        if said is not None and _plainly("arrived", spelt, words) and is_of_goods(spelt, said, words):
            return True
    return False


def _plainly(meaning: str, clause: str, words: Phrases) -> bool:
    """Whether a clause says this with nothing unknown before it: "I was told that I have received it" does not.

    Nor may an unknown word stand behind a word to close: "I close the case upon reimbursement".
    """
    said = words.search(meaning, clause)
    if said is None or "lead" not in words.patterns:
        return said is not None
    before, behind = clause[: said.start()], clause[said.end() :] if meaning in _CLOSING else ""
    behind = words.without("behind", behind)
    for known in KNOWN:
        before, behind = words.without(known, before), words.without(known, behind)
    return not (_LETTERS.search(before) or _SPACED.search(behind))


def _spoilt(clause: str, sentence: _Sentence, words: Phrases) -> bool:
    """Whether what came was not what should come, or not all of it, so that the buyer confirms nothing."""
    return words.has("spoilt", sentence.whole) or words.has("complaint", clause)
