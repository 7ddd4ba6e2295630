"""Sentences and paragraphs as the blocks hand them over: not yet numbered, not yet in a section."""

from dataclasses import dataclass

from casefile.citation import Citation
from casefile.letter import Proof, SentenceClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A sentence before it has its number; an ``essential`` one is the last to be left out of a narrow box."""

    text: str
    sentence_class: SentenceClass
    proof: Proof = "none"
    exhibits: tuple[Citation, ...] = ()
    own_words: bool = False
    essential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RawParagraph:
    """Sentences that stand together, with the look that ``casefile.letter.Paragraph`` describes."""

    sentences: tuple[Raw, ...]
    listed: bool = False
    together: bool = False
    table: tuple[str, ...] = ()
    cells: tuple[int, ...] = ()
    key: str = ""


Paragraphs = list[RawParagraph]
"""What a block yields."""


def paragraph(*sentences: Raw | None, listed: bool = False, together: bool = False) -> Paragraphs:
    """One paragraph of the sentences that there are, or none."""
    kept = tuple(sentence for sentence in sentences if sentence)
    return [RawParagraph(sentences=kept, listed=listed and len(kept) > 1, together=together)] if kept else []
