"""Names that OCR reads together with the words behind them: a table's cells of writer and message as one line. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casefile.reading import Line, ReadPage
from evidence_packer.understand.talk.parts import in_row
from evidence_packer.understand.talk.speakers import Speakers

_LEAST = 2
_WORDS = re.compile(r"\s*(?=[^\W\d_])")
_COLUMN = 0.03


def with_names_apart(page: ReadPage, speakers: Speakers) -> ReadPage:
    """The page with lines that begin with the name of buyer or seller parted behind it, where several do so in one column."""
    cut = {id(line): end for line in page.lines if (end := _name_ends(line, speakers)) and _beside(line, page.lines)}
    lines = [line for line in page.lines if id(line) in cut]
    if len(lines) < _LEAST or any(abs(line.box[0] - lines[0].box[0]) > _COLUMN for line in lines):
        return page
    return replace(page, lines=tuple(part for line in page.lines for part in _parts(line, cut.get(id(line)))))


def _name_ends(line: Line, speakers: Speakers) -> int | None:
    """Where the name at the beginning of a line ends, if words follow it without a colon."""
    for name in (*speakers.buyer, *speakers.seller):
        begins = line.text[: len(name)].casefold() == name.casefold()
        if begins and (found := _WORDS.match(line.text, len(name))):
            return found.end()
    return None


def _beside(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a cell stands left of a line, as the time does in a table of messages."""
    return any(other.box[2] <= line.box[0] and in_row(line.box, other.box) for other in lines if other is not line)


def _parts(line: Line, end: int | None) -> Iterator[Line]:
    if end is None:
        yield line
        return
    for start, stop in ((0, end), (end, len(line.text))):
        yield replace(line, text=line.text[start:stop].strip(), box=line.part(start, stop))
