"""A composed letter as HTML, PDF and plain text: one template for all, the same for screen and paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from casefile.house import House
from casefile.letter import Letter, Section, Sentence
from press.html import Typesetter

_PAPER = {"a4": "A4", "letter": "Letter"}
_WORTH = {"request": 9, "legal": 8, "commitment": 5, "argument": 4}
_PROOF_WORTH = {"shown": 7, "attached": 6, "record": 2, "none": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainLetter:
    """The text for a platform's box: at most ``limit`` characters; ``left_out`` are numbers of sentences that did not fit.

    ``whole`` is the length in characters before anything was left out.
    """

    text: str
    chars: int
    whole: int
    left_out: tuple[int, ...] = ()


def letter_html(letter: Letter, house: House, typesetter: Typesetter, *, numbered: bool = False) -> str:
    """The letter as a whole HTML document; ``numbered`` prints sentence numbers (reading copies only)."""
    return typesetter.render(
        "letters/letter.html", letter=letter, numbered=numbered, t=house.catalogs.of(letter.language).text
    )


def letter_pdf(
    letter: Letter, house: House, typesetter: Typesetter, *, paper: str = "a4", numbered: bool = False
) -> bytes:
    """The letter as PDF on ``a4`` or ``letter`` paper; the same letter gives the same bytes."""
    return typesetter.pdf(
        letter_html(letter, house, typesetter, numbered=numbered),
        styles=("styles/document.css", "letters/letter.css"),
        variables={"@page": f"size: {_PAPER[paper]}"},
    )


def plain_text(letter: Letter, limit: int | None) -> PlainLetter:
    """The letter's body as plain text; while it is longer than ``limit``, the least weighty sentence is left out.

    Requests are never left out, even where the rest is over the limit.
    """
    whole = _text(letter, frozenset())
    dropped: set[int] = set()
    text = whole
    candidates = sorted(
        (s for s in letter.sentences if s.sentence_class != "request"), key=lambda s: (_worth(s), -s.number)
    )
    for sentence in candidates:
        if limit is None or len(text) <= limit:
            break
        dropped.add(sentence.number)
        text = _text(letter, frozenset(dropped))
    return PlainLetter(text=text, chars=len(text), whole=len(whole), left_out=tuple(sorted(dropped)))


def _worth(sentence: Sentence) -> int:
    return _WORTH.get(sentence.sentence_class) or _PROOF_WORTH[sentence.proof]


def _text(letter: Letter, without: frozenset[int]) -> str:
    gap = "" if letter.language.startswith(("zh", "ja")) else " "
    parts = [letter.salutation, *(part for section in letter.sections for part in _section(section, without, gap))]
    parts += [letter.closing + "\n" + "\n".join(letter.signature)]
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def _section(section: Section, without: frozenset[int], gap: str) -> Iterator[str]:
    paragraphs = [
        gap.join(s.text for s in paragraph.sentences if s.number not in without) for paragraph in section.paragraphs
    ]
    kept = [paragraph for paragraph in paragraphs if paragraph]
    if kept:
        yield section.title.upper() if section.title.isascii() else section.title
        yield from kept
