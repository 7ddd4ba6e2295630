"""What an office file holds, as far as pages show it: words, tables, pictures, in their order.

Macros, links and whatever would be fetched from elsewhere have no place here, so nothing of them can reach a page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reading.intake import Refusal
from reading.plain_text import clean

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph; a heading is set larger."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first of them repeated on each page where it is the head."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """An encoded picture."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins a page of its own: another sheet, another slide. ``title`` stands small at the head of its pages."""

    title: str = ""


@dataclass(frozen=True, slots=True)
class NotShown:
    """Something of the file stands on no page; its owner is told which (text: ``change.<code>``)."""

    code: str


UNSEEN = NotShown("unseen-words-left-out")
"""Words that the file's own program shows to nobody: hidden, in the colour of their ground, far too small, off the page."""
ELSEWHERE = NotShown("pictures-elsewhere")
"""Pictures that the file only names: they lie on somebody's server."""
DELETED = NotShown("deleted-words-left-out")
"""Words that somebody struck out while changes were tracked."""
NOTES = NotShown("notes-left-out")
"""Comments and speaker notes: beside the page, not on it."""
HIDDEN_SHEETS = NotShown("hidden-sheets-left-out")
HIDDEN_SLIDES = NotShown("hidden-slides-left-out")
CHARTS = NotShown("charts-left-out")
PICTURES = NotShown("pictures-left-out")
"""Pictures of a kind that cannot be drawn here."""
INNER_FILES = NotShown("inner-files-left-out")
"""What lies inside a mail and is no file of its own there: another mail, something embedded."""
NO_RESULTS = NotShown("formulas-without-results")
"""Formulas whose results the program that wrote the file did not keep: the formula itself is shown."""

Block = Passage | Table | Image | Break | NotShown


def table(rows: Iterable[Iterable[str]]) -> Table | None:
    """The rows without empty ones at the end and without empty columns at either side; ``None`` where nothing is left."""
    cells = [[clean(cell).strip() for cell in row] for row in rows]
    while cells and not any(cells[-1]):
        cells.pop()
    width = max((len(row) for row in cells), default=0)
    full = [row + [""] * (width - len(row)) for row in cells]
    used = [place for place in range(width) if any(row[place] for row in full)]
    if not used:
        return None
    return Table(tuple(tuple(row[used[0] : used[-1] + 1]) for row in full))


def within(blocks: Iterable[Block], characters: int) -> Iterator[Block]:
    """The blocks, as long as they hold no more characters than that.

    Raises:
        Refusal: ``text-too-long``.
    """
    total = 0
    for block in blocks:
        if isinstance(block, Passage):
            total += len(block.text)
        elif isinstance(block, Table):
            total += sum(len(cell) for row in block.rows for cell in row)
        if total > characters:
            raise Refusal("text-too-long", characters=total, allowed=characters)
        yield block
