"""A letter as classified sentences: what the composer makes, the checks judge and the printing press sets."""

from dataclasses import dataclass
from typing import Literal

from casefile.anchors import Anchor
from casefile.citation import Citation
from casefile.statement import Span

SentenceClass = Literal["fact", "argument", "commitment", "request", "legal"]
Proof = Literal["shown", "described", "attached", "record", "none"]
"""``described``: a photograph, of which the seller says what it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: ``number`` runs through the letter and is the same in every language of it.

    ``text`` includes its citation in words. ``proof``: ``shown``, ``described`` or ``attached`` by an exhibit, only on
    ``record`` with the seller, or ``none`` (arguments, commitments, requests need none). ``own_words``: the user wrote it.
    """

    number: int
    text: str
    sentence_class: SentenceClass
    proof: Proof = "none"
    exhibits: tuple[Citation, ...] = ()
    own_words: bool = False
    essential: bool = False
    """The last to be left out where a box is too small for all."""
    anchors: tuple[Anchor, ...] = ()
    """Of a ``shown`` sentence: what it claims of the first page that it cites."""
    rests_on: tuple[Span, ...] = ()
    """Where that page prints it."""
    worth: int | None = None
    """How long it stays where a box is too small, where that is not as its class and proof say (``letters/raw.py``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences that stand together; ``listed`` ones are set as a list.

    ``together``: they are kept or left out as one (a question and its answer). ``table``: they are the cells of one row under
    these headings, each in the column that ``cells`` names; rows of one table follow each other. ``key`` names the
    paragraph for own words (``Case.letter_edits``); of a long one that was parted, every part bears it.
    """

    sentences: tuple[Sentence, ...]
    listed: bool = False
    together: bool = False
    table: tuple[str, ...] = ()
    cells: tuple[int, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A headed part of a letter; ``id`` is stable (``facts``, ``root_cause`` …)."""

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A sentence that was not written, and why (text: ``left_out.<code>``); ``text``: the words of the case that it takes."""

    sentence: str
    code: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Editable:
    """A paragraph that may be said in own words: ``text`` as it stands, the sentences of a list a line each.

    ``mark`` stands for what the case says without own words; ``outdated``: that has changed since they were written.
    """

    paragraph: str
    text: str
    mark: str
    edited: bool = False
    outdated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A finished letter in one language; ``reference`` are (label, value) rows such as order number and amount."""

    kind: str
    language: str
    addressee: str
    subject: str
    salutation: str
    reference: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    closing: str
    signature: tuple[str, ...]
    sender: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    draft: bool = False
    date: str = ""
    answer: str = ""
    """What decides the case, in one sentence without its citations; empty where no exhibit carries it."""
    editable: tuple[Editable, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence in order."""
        return tuple(s for section in self.sections for paragraph in section.paragraphs for s in paragraph.sentences)
