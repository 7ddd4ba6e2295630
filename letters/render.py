"""A composed letter as HTML, PDF and plain text: one template for all, the same for screen and paper."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from casefile.house import House
from casefile.letter import Letter, Paragraph, Section, Sentence
from casefile.wording import Catalog
from letters.language_formatter import east_asian
from press.html import Typesetter

_PAPER = {"a4": "A4", "letter": "Letter"}
_VARIANT = "pdf/a-2a"
"""An archive copy with tags; `make verapdf` looks whether it keeps that."""
_WORTH = {"request": 9, "legal": 8, "commitment": 5, "argument": 4}
_KEPT = {"request", "legal"}
_PROOF_WORTH = {"shown": 7, "described": 6, "attached": 6, "record": 2, "none": 3}


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
        "letters/letter.html",
        letter=letter,
        numbered=numbered,
        spaced=not east_asian(letter.language),
        runs=_runs,
        marks={one.paragraph: one.mark for one in letter.editable},
        whole=_unbroken(house.catalogs.of(letter.language)),
        t=house.catalogs.of(letter.language).text,
    )


def _unbroken(catalog: Catalog) -> Callable[[str], Markup]:
    """Sets citations and page numbers so that no line breaks inside them."""
    cite = re.escape(catalog.text("letter.cite.page")).replace(r"\{number\}", r"\d+").replace(r"\{page\}", r"\d+")
    tail = re.escape(catalog.text("letter.enclosure").partition("{caption}")[2]).replace(r"\{page\}", r"\d+") + "$"
    pattern = re.compile(f"{cite}|{tail}")

    def whole(text: str) -> Markup:
        parts, end = [], 0
        for match in pattern.finditer(text):
            parts += [
                escape(text[end : match.start()]),
                Markup('<span class="whole">'),
                escape(match[0]),
                Markup("</span>"),
            ]
            end = match.end()
        return Markup("").join([*parts, escape(text[end:])])

    return whole


def _runs(section: Section) -> list[tuple[tuple[str, ...], list[Paragraph]]]:
    """Paragraphs that follow each other under the same table headings, or under none."""
    return [(table, list(run)) for table, run in itertools.groupby(section.paragraphs, key=lambda p: p.table)]


def letter_pdf(
    letter: Letter, house: House, typesetter: Typesetter, *, paper: str = "a4", numbered: bool = False
) -> bytes:
    """The letter as PDF on ``a4`` or ``letter`` paper; the same letter gives the same bytes."""
    return typesetter.pdf(
        letter_html(letter, house, typesetter, numbered=numbered),
        styles=("styles/document.css", "letters/letter.css"),
        closer="letters/closer.css",
        variables={"@page": f"size: {_PAPER[paper]}"},
        variant=_VARIANT,
    )


def plain_text(letter: Letter, limit: int | None) -> PlainLetter:
    """The letter's body as plain text; while it is longer than ``limit``, the least weighty sentence is left out.

    Sentences of one paragraph that stand ``together`` are left out together. Requests are never left out, even where the rest
    is over the limit.
    """
    whole = _text(letter, frozenset())
    dropped: set[int] = set()
    text = whole
    for group in sorted(_groups(letter), key=lambda group: (max(_worth(s) for s in group), -group[0].number)):
        if limit is None or len(text) <= limit:
            break
        if all(s.sentence_class not in _KEPT for s in group):
            dropped |= {s.number for s in group}
            text = _text(letter, frozenset(dropped))
    return PlainLetter(text=text, chars=len(text), whole=len(whole), left_out=tuple(sorted(dropped)))


def _groups(letter: Letter) -> list[tuple[Sentence, ...]]:
    """Sentences that stay or go as one."""
    found: list[tuple[Sentence, ...]] = []
    for section in letter.sections:
        for paragraph in section.paragraphs:
            found += [paragraph.sentences] if paragraph.together else [(s,) for s in paragraph.sentences]
    return found


def _worth(sentence: Sentence) -> int:
    if sentence.worth is not None:
        return sentence.worth
    if sentence.essential:
        return _WORTH["legal"]
    return _WORTH.get(sentence.sentence_class) or _PROOF_WORTH[sentence.proof]


def _text(letter: Letter, without: frozenset[int]) -> str:
    parts = [letter.salutation, *(part for section in letter.sections for part in _section(section, without, letter))]
    parts.append("\n".join(line for line in (letter.closing, *letter.signature) if line))
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def _section(section: Section, without: frozenset[int], letter: Letter) -> Iterator[str]:
    kept = [text for paragraph in section.paragraphs if (text := _paragraph(paragraph, without, letter))]
    if kept:
        if section.title:
            yield section.title.upper()
        yield from kept


def _paragraph(paragraph: Paragraph, without: frozenset[int], letter: Letter) -> str:
    kept = [s for s in paragraph.sentences if s.number not in without]
    if paragraph.table:
        colon = "：" if east_asian(letter.language) else ": "
        heads = dict(zip((s.number for s in paragraph.sentences), paragraph.cells, strict=True))
        return "\n".join(f"{paragraph.table[heads[s.number]]}{colon}{s.text}" for s in kept)
    if paragraph.listed:
        return "\n".join(s.text if s.text.startswith("[ ]") else f"- {s.text}" for s in kept)
    return ("" if east_asian(letter.language) else " ").join(s.text for s in kept)
