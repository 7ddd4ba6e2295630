"""Sentences and paragraphs as the blocks hand them over: not yet numbered, not yet in a section."""

import dataclasses
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from casefile.anchors import Anchor
from casefile.citation import Citation
from casefile.letter import Proof, SentenceClass
from casefile.statement import Span

ANSWER, ARGUMENT, DAMAGING = 9, 8, 0
"""Worth of the sentence that decides, of what carries it, and of words that speak against the seller (``Raw.worth``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A sentence before it has its number; an ``essential`` one is the last to be left out of a narrow box.

    ``again`` is how it reads right after a sentence that rests on the same record. ``anchors`` are what it claims of the first page
    that it cites, ``rests_on`` the places where that page prints them. ``worth``: how long it stays in a box that is too small,
    where its class and proof do not say that.
    """

    text: str
    sentence_class: SentenceClass
    proof: Proof = "none"
    exhibits: tuple[Citation, ...] = ()
    own_words: bool = False
    essential: bool = False
    again: str = ""
    anchors: tuple[Anchor, ...] = ()
    rests_on: tuple[Span, ...] = ()
    worth: int | None = None


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


def filled_columns(rows: Paragraphs) -> Paragraphs:
    """The rows of one table without the columns that stay empty in all of them."""
    used = sorted({column for row in rows for column in row.cells})
    return [
        dataclasses.replace(
            row,
            table=tuple(row.table[column] for column in used),
            cells=tuple(used.index(column) for column in row.cells),
        )
        for row in rows
    ]


def without_echo(paragraphs: Paragraphs) -> Paragraphs:
    """The paragraphs, the record named once in each run of sentences that rest on it.

    A sentence is shortened only after one that a narrow box leaves out no sooner than itself.
    """
    return [dataclasses.replace(p, sentences=tuple(_unrepeated(p.sentences))) for p in paragraphs]


def _unrepeated(sentences: tuple[Raw, ...]) -> Iterator[Raw]:
    yield from sentences[:1]
    for before, sentence in itertools.pairwise(sentences):
        follows = before.again and before.proof == sentence.proof and before.essential >= sentence.essential
        yield dataclasses.replace(sentence, text=sentence.again) if sentence.again and follows else sentence
