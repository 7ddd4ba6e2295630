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


Block = Passage | Table | Image | Break


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
