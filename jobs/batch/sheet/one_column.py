"""Tables whose cells stand in one column: an office program of another country kept each line as one cell."""

import csv
import itertools
from collections.abc import Iterable, Iterator, Sequence

from jobs.batch.sheet.cells import OURS, Cell

_SIGNS = "\t,;|"
_SAMPLE = 30
_FEWEST = 2
"""Lines, and cells of each, from which one column is a table."""


def delimiter_of(text: str) -> str:
    """The sign between the cells of a text."""
    sample = text[:20_000]
    return _between([line for line in sample.splitlines()[:_SAMPLE] if line.strip()], sample)


def _between(lines: Sequence[str], sample: str) -> str:
    return max(_SIGNS, key=lambda sign: (min((line.count(sign) for line in lines), default=0), sample.count(sign)))


def taken_apart(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """The rows; where each of the first ones is a single text with the same sign in it, each in its parts.

    Our own columns may stand beside it: the sheet came back from a batch.
    """
    source = iter(rows)
    first = list(itertools.islice(source, _SAMPLE))
    everything = itertools.chain(first, source)
    filled = [row for row in first if any(map(_is_filled, row))]
    head = filled[0] if filled else ()
    came_back = any(map(_is_filled, head[1:])) and set(filter(_is_filled, head[1:])).issubset(OURS)
    lines = [row[0] for row in filled if isinstance(row[0], str) and (came_back or not any(map(_is_filled, row[1:])))]
    sign = _between(lines, "\n".join(lines))
    if len(lines) < _FEWEST or len(lines) < len(filled) or any(sign not in line for line in lines):
        return everything
    return _parts(everything, sign, len(_cells(lines[0], sign)))


def _parts(rows: Iterable[Sequence[Cell]], sign: str, width: int) -> Iterator[Sequence[Cell]]:
    for row in rows:
        cells = _cells(row[0], sign) if row and isinstance(row[0], str) else list(row[:1])
        yield [*cells, *[None] * (width - len(cells)), *row[1:]]


def _cells(line: str, sign: str) -> list[Cell]:
    return [*next(csv.reader([line], delimiter=sign), [])]


def _is_filled(cell: Cell) -> bool:
    return cell is not None and cell != ""
