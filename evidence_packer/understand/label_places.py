"""Where the values of a page's labels stand: behind, beside or below them, and in the rows of a table. Pure."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from casefile import text_folding
from casefile.fields.files import Box
from casefile.reading import Line, ReadPage
from evidence_packer.understand.interpret import InterpretContext
from evidence_packer.understand.label_rows import level, side_by_side
from evidence_packer.understand.labels import (
    LEFT,
    Label,
    LabelWords,
    headings,
    label_words,
    of_line,
    with_wrapped_labels,
)

_LAST = 99
"""Rank of a label that any other comes before."""
_FAR_BESIDE = 16
"""A value stands at most so many line heights to the right of its label if something else stands below it."""
_SHIFTED = 6
"""Signs are of different widths: the end of a column is found in the text as exactly as this many signs."""
_MARGIN, _TIGHT = 1.6, 0.8
"""Between two columns stand so many line heights at most that nothing is written in; lines of one text stand closer than that."""
_HEADINGS, _FAR_UNDER = 3, 4
"""So many bare labels of a row are the headings of a table; its first row stands at most so many line heights under them."""
_NEAR, _UNDER_HEAD = 1.5, 2.6
"""A line belongs to the one above it across a gap of at most so many line heights; the first row of a table to its headings."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place of a value: the signs ``start`` to ``end`` of a line, or (``zone``) a field of a table whatever line is there."""

    line: Line
    start: int
    end: int
    zone: Box | None = None

    @classmethod
    def whole(cls, line: Line) -> Self:
        """All of a line."""
        return cls(line, 0, len(line.text))

    @property
    def text(self) -> str:
        """What stands there."""
        return self.line.text[self.start : self.end].strip()

    @property
    def box(self) -> Box:
        """Where it stands."""
        whole = (self.start, self.end) == (0, len(self.line.text))
        return self.line.box if whole else self.line.part(self.start, self.end)

    def holds(self, box: Box) -> bool:
        """Whether something read at ``box`` begins here."""
        x0, y0, x1, y1 = self.zone or self.box
        slack = 0.1 * (y1 - y0)
        return x0 - 0.004 <= box[0] < x1 + 0.001 and y0 - 2 * slack <= box[1] < y1 - slack


class LabelledPage:
    """One page with its labels, asked for the places where a label's value can stand."""

    def __init__(self, page: ReadPage, words: LabelWords) -> None:
        self._words = words
        whole = with_wrapped_labels(page.lines, words)
        self.lines = tuple(part for line in whole for part in headings(line, words))
        self._rows: dict[int, tuple[Line, list[Line]]] = {}  # with the line itself, so that its id stays its own
        found = tuple(label for line in self.lines for label in of_line(line, words))
        self.labels = (*self._no_values(found), *self._sides())
        self._labelled = {id(label.line) for label in self.labels}
        self._bare = {id(label.line) for label in self.labels if not label.rest}
        bare = [label.line for label in self.labels if not label.rest and not label.colon]
        self._heads = {id(line) for line in side_by_side(bare, _HEADINGS)}
        self._aspect = page.width / page.height if page.height else 1.0

    def _no_values(self, found: tuple[Label, ...]) -> Iterator[Label]:
        """Labels without those that are what another one says: "Fulfilment: Seller", "Dispatched" in a column of states."""
        asking = [label for label in found if label.colon and not label.rest]
        bare = [label.line for label in found if not label.colon and not label.rest]
        heads = side_by_side(bare, _HEADINGS)
        known = set(heads)
        answers = {id(right) for one in asking if (right := self._next_right(one.line)) and level(one.line, right)}
        for label in found:
            line = label.line
            left = id(line) in answers
            under = line not in known and any(self._first_under(head, line) for head in heads)
            if label.colon or label.rest or not (left or under):
                yield label

    def _first_under(self, head: Line, line: Line) -> bool:
        """Whether a line stands in the first row under a heading, at its edge, and others with it."""
        between = (one for one in self.lines if head.box[3] <= _centre(one) <= line.box[1] and one.box[1] > head.box[1])
        return _stands_under(head, line) and next(between, None) is None and bool(self._row(line))

    def _next_right(self, line: Line) -> Line | None:
        right = (other for other in self._row(line) if other.box[0] >= line.box[2] - 0.002)
        return next(right, None)

    def _sides(self) -> Iterator[Label]:
        """Headings side by side that say "From" and "To": who sends, and who receives."""
        sends, receives = ([line for line in self.lines if _heads(line, words)] for words in self._words.sides)
        for one in sends:
            for other in receives:
                if one.box[2] < other.box[0] and level(one, other):
                    for field, line in (("seller", one), ("recipient", other)):
                        end = len(line.text)
                        yield Label(
                            field=field,
                            rank=_LAST,
                            line=line,
                            end=end,
                            until=end,
                            colon=line.text.rstrip()[-1] in ":：",
                        )

    def named(self, line: Line, place: int) -> str | None:
        """Whose value the sign at ``place`` of a line is, where a label in the same line says so."""
        return next((label.field for label in of_line(line, self._words) if label.end <= place < label.until), None)

    def under(self, field: str, box: Box) -> bool:
        """Whether a label of ``field`` stands beside ``box`` or heads its column."""
        for label in self.labels:
            head = label.line.box
            column = not label.rest and head[3] <= box[1] + 0.002 and head[0] - 0.03 < box[0] < head[2] + 0.01
            if label.field == field and (column or any(cell.holds(box) for cell in self.cells(label))):
                return True
        return False

    def cells(self, label: Label, row: Box | None = None) -> Iterator[Cell]:
        """Each place where the value can stand, nearest first: behind, beside, then below the label.

        ``row``: where the label heads a column, the row of the table that counts.
        """
        if label.rest:
            yield Cell(label.line, label.end, label.until)
        beside, heads = self._beside(label.line)
        if row is not None and heads and row[1] > label.line.box[3]:
            yield from self._column(label.line, row)
            return
        below = [] if label.rest else self.below(label.line)
        far = bool(beside) and beside[0].box[0] - label.line.box[2] > self._wide(label.line, _FAR_BESIDE)
        if far and not below and not label.colon and self._over_labels(label.line):
            return  # "Receiver information" over "Name: …", and another card beside it
        if far and not below and not label.colon and (goods := self._beside_picture(label, beside[0])):
            yield Cell.whole(goods)
            return
        first_below = bool(below) and (far or id(label.line) in self._heads)
        yield from map(Cell.whole, (*below, *beside) if first_below else (*beside, *below))

    def _beside_picture(self, label: Label, far: Line) -> Line | None:
        """The first line under the heading of goods, which begins further in: their picture stands before it."""
        left, top, _, bottom = label.line.box
        near = [one for one in self.lines if 0 <= one.box[1] - bottom < _UNDER_HEAD * (bottom - top)]
        under = [one for one in near if left < one.box[0] < far.box[0] - 2 * LEFT] if label.field == "item" else []
        return min(under, key=lambda line: (line.box[1], line.box[0]), default=None)

    def _over_labels(self, line: Line) -> bool:
        lower = self._next(line, line)
        return lower is not None and id(lower) in self._labelled

    def before_next_column(self, label: Label, cell: Cell) -> str:
        """The text of a cell, in a table up to the heading right of the label's, where a row was read as one line."""
        heads = [other.box[0] for other in self._row(label.line) if other.box[0] > label.line.box[2]]
        x0, _, x1, _ = cell.box
        if cell.line is label.line or not heads or cell.line in self._row(label.line) or not x0 < min(heads) < x1:
            return cell.text
        cut = round((min(heads) - x0) / (x1 - x0) * len(cell.text))
        spaces = [place for place, sign in enumerate(cell.text) if sign.isspace() and abs(place - cut) <= _SHIFTED]
        nearest = min(spaces, key=lambda place: abs(place - cut), default=len(cell.text))
        return cell.text[:nearest].strip()

    def _wide(self, line: Line, heights: float) -> float:
        """So many heights of a line as a share of the page's width."""
        return heights * (line.box[3] - line.box[1]) / self._aspect

    def below(self, line: Line, most: int = 1) -> list[Line]:
        """Up to ``most`` lines that follow in the same column without a gap, in the same type, and belong to no label."""
        found: list[Line] = []
        last = line
        while len(found) < most and (lower := self._next(last, line)) is not None:
            if self._other(lower, line) or (found and not _same_type(found[0], lower)):
                break
            found.append(lower)
            last = lower
        return found

    def goes_on(self, line: Line, most: int) -> list[Line]:
        """Up to ``most`` lines that a text which ends at the edge of its column goes on in: the next word had no room there."""
        found, last = list[Line](), line
        edge = max(other.box[2] for other in self.lines)
        for lower in self.below(line, most):
            right = [other.box[0] for other in self._row(last) if other.box[0] > last.box[2] - 0.002]
            room = min([*right, edge]) - last.box[2] - self._wide(last, _MARGIN)
            sign = (last.box[2] - last.box[0]) / max(1, len(last.text))
            word = lower.text.split(maxsplit=1)[0]
            close = lower.box[1] - last.box[3] < _TIGHT * (last.box[3] - last.box[1])
            led = any(other.box[2] <= lower.box[0] + 0.002 and level(other, lower) for other in self._row(lower))
            if not close or led or abs(lower.box[0] - line.box[0]) > LEFT or sign * (len(word) + 1) < room:
                break
            found.append(lower)
            last = lower
        return found

    def _other(self, line: Line, heading: Line) -> bool:
        """Whether a line is a label, or the value of one to its left; not where that has its own below, and this its heading."""
        left = [other for other in self._row(line) if other.box[2] <= line.box[0] + 0.002]
        asked = bool(left) and id(left[-1]) in self._bare - self._heads and level(left[-1], line)
        if asked and abs(heading.box[0] - line.box[0]) < LEFT and self._has_own_below(left[-1]):
            asked = False
        return id(line) in self._labelled or asked

    def _has_own_below(self, label: Line) -> bool:
        """Whether words that are no label stand right under a label, at its edge: "Shipping service" over "Standard"."""
        near = _NEAR * (label.box[3] - label.box[1])
        return any(
            abs(one.box[0] - label.box[0]) < LEFT
            and 0 < _centre(one) - label.box[3] < near
            and id(one) not in self._labelled
            for one in self.lines
        )

    def _next(self, last: Line, first: Line) -> Line | None:
        height, wide = last.box[3] - last.box[1], self._wide(last, 2)
        near = _UNDER_HEAD if last is first and id(first) in self._heads else _NEAR
        column = [
            line
            for line in self.lines
            if line is not last
            and line.box[1] > (last.box[1] + last.box[3]) / 2
            and line.box[1] - last.box[3] < near * height
            and (abs(line.box[0] - first.box[0]) < wide or line.box[0] < _middle(first) < line.box[2])
        ]
        return min(column, key=lambda line: line.box[1], default=None)

    def _row(self, line: Line) -> list[Line]:
        """The other lines of the row, from left to right."""
        if id(line) not in self._rows:
            middle = (line.box[1] + line.box[3]) / 2
            row = (other for other in self.lines if other is not line and other.box[1] < middle < other.box[3])
            self._rows[id(line)] = line, sorted(row, key=lambda other: other.box[0])
        return self._rows[id(line)][1]

    def _beside(self, line: Line) -> tuple[list[Line], bool]:
        """The lines to the right in the row up to the next label, and whether the line is one of a row of headings."""
        row = self._row(line)
        right = [other for other in row if other.box[0] >= line.box[2] - 0.002]
        free = list(itertools.takewhile(lambda other: id(other) not in self._labelled, right))
        heads = [other for other in row if id(other) in self._bare]
        return free, bool(heads) and len(heads) >= len(free) and id(line) in self._bare

    def _column(self, heading: Line, row: Box) -> Iterator[Cell]:
        """The field of the row under the heading, up to the next heading: its lines, and whatever begins there."""
        height = heading.box[3] - heading.box[1]
        slack = self._wide(heading, 1)
        nexts = [other.box[0] for other in self._row(heading) if other.box[0] > heading.box[0] + slack]
        left, right = heading.box[0] - slack, min(nexts, default=1.0) - slack
        zone = (left, row[1] - 0.4 * height, right, row[3] + 0.8 * height)
        lines = [line for line in self.lines if left <= line.box[0] < right and zone[1] <= line.box[1] < row[3]]
        yield from (Cell(line, 0, len(line.text), zone) for line in lines)
        yield Cell(heading, 0, 0, zone)


def labelled_page(page: ReadPage, scene: InterpretContext) -> LabelledPage:
    """A page of a file with its labels, looked for once."""
    return scene.once(("labelled", page.number), lambda: LabelledPage(page, label_words(scene.house)))


def _heads(line: Line, words: frozenset[str]) -> bool:
    return text_folding.word(line.text).strip(" :：") in words


def _stands_under(head: Line, line: Line) -> bool:
    gap = line.box[1] - head.box[3]
    return 0 <= gap < _FAR_UNDER * (head.box[3] - head.box[1]) and abs(line.box[0] - head.box[0]) < 2 * LEFT


def _same_type(one: Line, other: Line) -> bool:
    return 0.72 < (other.box[3] - other.box[1]) / max(one.box[3] - one.box[1], 1e-6) < 1.4


def _middle(line: Line) -> float:
    return (line.box[0] + line.box[2]) / 2


def _centre(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2
