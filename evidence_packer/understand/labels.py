"""Labels such as "Order date" on a page, and where their values stand: behind, beside or below them. Pure.

Pages write one datum in four ways: ``Label: value`` in one line, label and value as two cells of a row, the value below its
label, and a column under a heading. A line that is itself a label is never a value.
"""

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from casefile import text_folding
from casefile.fields.files import Box
from casefile.house import House
from casefile.reading import Line, ReadPage

_DENSE = 0x2E7F
_FAR_BESIDE = 16
"""A value stands at most so many line heights to the right of its label if something else stands below it."""
_SHIFTED = 6
"""Signs are of different widths: the end of a column is found in the text as exactly as this many signs."""
_ONE_ROW = 0.35
"""Middles of two lines of a row are at most this share of a line apart."""
_NEAR = 1.5
"""A line belongs to the one above it across a gap of at most so many line heights."""


@dataclass(frozen=True, slots=True, eq=False)
class LabelWords:
    """(field, label as it is compared, its rank among the labels of the field) of every language together."""

    words: tuple[tuple[str, str, int], ...]


@functools.lru_cache(maxsize=4)
def label_words(house: House) -> LabelWords:
    """The labels of the service's languages; the first language that knows a label says its field."""
    known: dict[str, tuple[str, str, int]] = {}
    for words in house.reading_words.values():
        for field, labels in words.fields.items():
            for rank, label in enumerate(labels):
                spelling = text_folding.word(label)
                known.setdefault(spelling, (field, spelling, rank))
    return LabelWords(tuple(known.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label in its line: whose it is, how plain it is (0 is plainest), where its value may begin, and where it ends."""

    field: str
    rank: int
    line: Line
    end: int
    until: int
    colon: bool

    @property
    def parted(self) -> bool:
        """Whether its value is certainly set apart from it: by a colon, or by a space in scripts that have none in words."""
        text = self.line.text
        return self.colon or (ord(text[self.end - 1]) > _DENSE and text[self.end : self.end + 1].isspace())

    @property
    def rest(self) -> str:
        """What the line says behind the label, up to the next one."""
        return self.line.text[self.end : self.until].strip()


@functools.lru_cache(maxsize=4)
def _known(words: LabelWords) -> dict[str, tuple[str, int]]:
    return {text_folding.unspaced(label): (field, rank) for field, label, rank in words.words}


@functools.lru_cache(maxsize=4)
def _pattern(words: LabelWords) -> re.Pattern[str]:
    longest = sorted((label for _, label, _ in words.words), key=len, reverse=True)
    either = "|".join(r"\s?".join(map(re.escape, label.split())) for label in longest)
    return re.compile(rf"(?<![^\W_])(?P<label>{either})(?P<end>\s?[:#]+\s*#?|(?=[\s\d($€£¥]|$)|(?<=[\u0e00-\uffdc]))")


@functools.lru_cache(maxsize=1024)
def _matches(line: str, words: LabelWords) -> tuple[re.Match[str], ...]:
    """Where labels stand in a line as it is compared; asked twice of each."""
    return tuple(_pattern(words).finditer(text_folding.bare(line).text))


def labels(page: ReadPage, words: LabelWords) -> tuple[Label, ...]:
    """Every label of a page as its lines stand."""
    return tuple(label for line in page.lines for label in _of_line(line, words))


def _of_line(line: Line, words: LabelWords) -> Iterator[Label]:
    for field, rank, end, until, colon in _found(line.text, words):
        yield Label(field=field, rank=rank, line=line, end=end, until=until, colon=colon)


@functools.lru_cache(maxsize=8192)
def _found(line: str, words: LabelWords) -> tuple[tuple[str, int, int, int, bool], ...]:
    """(field, rank, end, until, colon) of the labels in a line."""
    text, found = text_folding.bare(line), list[re.Match[str]]()
    for match in _matches(line, words):
        first = not found and not re.search(r"[^\W_]", text.text[: match.start()])
        last = bool(found) and match.end() == len(text.text)  # its value is the next cell
        if ":" in match["end"] or first or last:
            found.append(match)
    starts = [text.span(match)[0] for match in found]
    return tuple(
        (*_known(words)[text_folding.unspaced(match["label"])], text.span(match)[1], until, ":" in match["end"])
        for match, until in zip(found, [*starts[1:], len(line)], strict=False)
    )


def _headings(line: Line, words: LabelWords) -> tuple[Line, ...]:
    """The line itself, or its parts where it is a row of headings that was read as one."""
    text = text_folding.bare(line.text)
    found = _matches(line.text, words)
    between = [
        text.text[a:b] for a, b in itertools.pairwise([0, *(edge for m in found for edge in m.span()), len(text.text)])
    ]
    if len(found) < 2 or any(map(str.strip, between[::2])):
        return (line,)
    spans = [text.span(match, "label") for match in found]
    return tuple(replace(line, text=line.text[start:end], box=line.part(start, end)) for start, end in spans)


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
        self.lines = tuple(part for line in page.lines for part in _headings(line, words))
        self.labels = tuple(label for line in self.lines for label in _of_line(line, words))
        self._labelled = {id(label.line) for label in self.labels}
        self._bare = {id(label.line) for label in self.labels if not label.rest}
        self._aspect = page.width / page.height if page.height else 1.0

    def named(self, line: Line, place: int) -> str | None:
        """Whose value the sign at ``place`` of a line is, where a label in the same line says so."""
        return next((label.field for label in _of_line(line, self._words) if label.end <= place < label.until), None)

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
        far = bool(below and beside) and beside[0].box[0] - label.line.box[2] > self._wide(label.line, _FAR_BESIDE)
        yield from map(Cell.whole, (*below, *beside) if far else (*beside, *below))

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
            if self._other(lower) or (found and not _same_type(found[0], lower)):
                break
            found.append(lower)
            last = lower
        return found

    def _other(self, line: Line) -> bool:
        """Whether a line is a label, or the value of one to its left."""
        left = [other for other in self._row(line) if other.box[2] <= line.box[0] + 0.002 and _level(other, line)]
        return id(line) in self._labelled or bool(left and id(left[-1]) in self._bare)

    def _next(self, last: Line, first: Line) -> Line | None:
        height, wide = last.box[3] - last.box[1], self._wide(last, 2)
        column = [
            line
            for line in self.lines
            if line is not last
            and line.box[1] > (last.box[1] + last.box[3]) / 2
            and line.box[1] - last.box[3] < _NEAR * height
            and (abs(line.box[0] - first.box[0]) < wide or line.box[0] < _middle(first) < line.box[2])
        ]
        return min(column, key=lambda line: line.box[1], default=None)

    def _row(self, line: Line) -> list[Line]:
        """The other lines of the row, from left to right."""
        middle = (line.box[1] + line.box[3]) / 2
        row = (other for other in self.lines if other is not line and other.box[1] < middle < other.box[3])
        return sorted(row, key=lambda other: other.box[0])

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


def _same_type(one: Line, other: Line) -> bool:
    return 0.72 < (other.box[3] - other.box[1]) / max(one.box[3] - one.box[1], 1e-6) < 1.4


def _level(one: Line, other: Line) -> bool:
    """Whether two lines stand on one row, not half a row apart as those of two blocks side by side."""
    apart = abs(one.box[1] + one.box[3] - other.box[1] - other.box[3]) / 2
    return apart < _ONE_ROW * min(one.box[3] - one.box[1], other.box[3] - other.box[1])


def _middle(line: Line) -> float:
    return (line.box[0] + line.box[2]) / 2
