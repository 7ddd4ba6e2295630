"""What happened: a sentence of the bank or the seller's own, each with its date."""

from letters.banked import told
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph of dated sentences, in the order of time; undated ones come last."""
    facts = sorted(
        enumerate(scene.case.facts), key=lambda pair: (pair[1].at is None, pair[1].at.timestamp() if pair[1].at else 0)
    )
    sentences: list[Raw] = []
    for place, fact in facts:
        words = told(scene, fact, "fact", f"/facts/{place}")
        if words:
            cites = scene.of_files(fact.files)
            sentences.append(scene.worded(words.words, "fact", cites, at=fact.at, own=words.own))
    return paragraph(*sentences)
