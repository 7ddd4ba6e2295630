"""What columns are by what stands in them: order numbers, numbers of parcels, names of platforms and of reasons."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from jobs.batch.sheet.cells import Cell, failed, says_nothing, unsaved
from jobs.batch.sheet.columns import ColumnMap

Known = Callable[[str], str | None]
"""What a cell is by its form; see ``names.column_of``."""

_MOST = 0.8
"""So many cells of a column have to be of one form to tell what the column is."""
_HALF = 0.5
_FEWEST_DIGITS = 3
"""Cells of nothing but digits that have to bear a check digit each: one of ten does by chance."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """The cells of a column that are not empty, and how many of them are of which form."""

    cells: tuple[str, ...]
    forms: Mapping[str, int]

    def share(self, name: str) -> float:
        return self.forms.get(name, 0) / len(self.cells) if self.cells else 0.0


def by_content(found: ColumnMap, headers: Sequence[object], rows: Sequence[Sequence[Cell]], known: Known) -> ColumnMap:
    """The columns that no header tells, by their cells. A program's own number gives way to the platform's beside it."""
    columns = dict(found.columns)
    width = max(map(len, rows), default=0)
    shapes = {place: _shape(rows, place, known) for place in range(width) if place not in found.unused}
    order = next((place for place, name in columns.items() if name == "order_id"), None)
    if order is not None and order in shapes and not shapes[order].share("order_id") and shapes[order].cells:
        better = max((p for p in shapes if p not in columns), key=lambda p: shapes[p].share("order_id"), default=None)
        if better is not None and shapes[better].share("order_id") >= _HALF:
            del columns[order]
            columns[better] = "order_id"
    for place, shape in shapes.items():
        name = max(shape.forms, key=lambda one: shape.forms[one], default=None)
        if place not in columns and name and name not in columns.values() and shape.share(name) >= _MOST:
            columns[place] = name
    texts = [str(header or "").strip() for header in headers]
    gone = Counter(texts[place] for place in columns if place not in found.columns and place < len(texts))
    back = [texts[place] for place in found.columns if place not in columns and place < len(texts)]
    unknown = [*back]
    for text in found.unknown:
        if gone[text]:
            gone[text] -= 1
        else:
            unknown.append(text)
    return replace(found, columns=columns, unknown=tuple(unknown))


def _shape(rows: Sequence[Sequence[Cell]], place: int, known: Known) -> _Shape:
    values = (row[place] for row in rows if place < len(row))
    cells = tuple(
        str(value).strip().removeprefix("'")
        for value in values
        if not (says_nothing(value) or failed(value) or unsaved(value))
    )
    forms = Counter(name for cell in cells if (name := known(cell)))
    if forms["tracking_number"] and forms["tracking_number"] < _FEWEST_DIGITS and not any(map(_lettered, cells)):
        del forms["tracking_number"]
    return _Shape(cells, forms)


def _lettered(cell: str) -> bool:
    return bool(re.search(r"[A-Za-z]", cell))
