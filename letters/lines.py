"""Short paragraphs where the receiver asks for them: a paragraph is parted between sentences, never inside one."""

import dataclasses
import unicodedata

from letters.raw import Paragraphs, Raw, RawParagraph

LINE = 95
"""Latin letters in a line of the box that case workers read; an East Asian character takes the room of two."""


def width(text: str) -> int:
    """The room that ``text`` takes, in Latin letters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def lines(text: str) -> int:
    """Lines of ``LINE`` letters that ``text`` fills."""
    return -(-width(text) // LINE)


def parted(paragraphs: Paragraphs, most: int | None) -> Paragraphs:
    """``paragraphs`` with at most ``most`` lines each; lists and tables are short by themselves."""
    if most is None:
        return paragraphs
    found: Paragraphs = []
    for paragraph in paragraphs:
        if paragraph.listed or paragraph.table:
            found.append(paragraph)
        else:
            found += [dataclasses.replace(paragraph, sentences=tuple(part)) for part in _parts(paragraph, most)]
    return found


def _parts(paragraph: RawParagraph, most: int) -> list[list[Raw]]:
    parts: list[list[Raw]] = [[]]
    for sentence in paragraph.sentences:
        together = " ".join(raw.text for raw in (*parts[-1], sentence))
        if parts[-1] and lines(together) > most:
            parts.append([])
        parts[-1].append(sentence)
    return parts
