"""Blocks on pages: paragraphs broken, tables in columns with their head on each page, pictures fitted.

A table too wide for an upright page lies on its side; one too wide for that goes on in further columns, its first column with them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reading.office.blocks import Block, Break, Image, NotShown, Passage, Row, Table
from reading.office.pictures import picture_size
from reading.pictures import lettering, sheets

MARGIN, _PAD, _GAP = 80, 7, 12
_SIZE, _HEAD_SIZE, _CELL_SIZE = 20, 30, 15
_WIDEST_CELL, _NARROWEST_CELL = 380.0, 46.0
_UPRIGHT, _SIDEWAYS = (sheets.WIDTH, sheets.HEIGHT), (sheets.HEIGHT, sheets.WIDTH)


@dataclass(frozen=True, slots=True)
class Written:
    """A line of text at its top left."""

    text: str
    at: tuple[float, float]
    size: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """A rectangle with a hairline, filled in light grey where it heads a table."""

    box: tuple[float, float, float, float]
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture and the room that it may take."""

    data: bytes
    box: tuple[float, float, float, float]


@dataclass(slots=True)
class Leaf:
    """One page to draw: its size and what stands on it."""

    size: tuple[int, int] = _UPRIGHT
    things: list[Written | Ruled | Shown] = field(default_factory=list)
    used: float = MARGIN

    @property
    def empty(self) -> bool:
        """Whether nothing but a title stands on it."""
        return self.used == MARGIN

    @property
    def bottom(self) -> float:
        """Where its text ends."""
        return self.size[1] - MARGIN

    @property
    def width(self) -> float:
        """Between its margins."""
        return self.size[0] - 2 * MARGIN


def laid_out(blocks: Iterable[Block]) -> list[Leaf]:
    """The pages, at least one."""
    setter = _Setter()
    for block in blocks:
        if isinstance(block, Break):
            setter.title = block.title
            setter.begin()
        elif isinstance(block, Passage):
            setter.words(block)
        elif isinstance(block, Image):
            setter.image(block)
        elif not isinstance(block, NotShown):
            setter.table(block)
    return [leaf for leaf in setter.leaves if leaf.things] or [Leaf()]


class _Setter:
    def __init__(self) -> None:
        self.leaves = [Leaf()]
        self.title = ""
        self.cell_size = _CELL_SIZE
        """Of the table at hand: as large as running text where its columns allow that."""

    @property
    def leaf(self) -> Leaf:
        return self.leaves[-1]

    def begin(self, size: tuple[int, int] = _UPRIGHT) -> None:
        """A new page, headed by the title; one on which nothing stands yet is taken."""
        if self.leaf.empty:
            self.leaves.pop()
        leaf = Leaf(size=size)
        if self.title:
            leaf.things.append(Written(self.title, (MARGIN, MARGIN - 34), _CELL_SIZE))
        self.leaves.append(leaf)

    def words(self, block: Passage) -> None:
        size = _HEAD_SIZE if block.heading else _SIZE
        if self.leaf.size != _UPRIGHT:
            self.begin()
        for line in block.text.split("\n"):
            for row in lettering.wrapped(line, size, round(self.leaf.width)):
                if self.leaf.used + row.height > self.leaf.bottom:
                    self.begin()
                if row.text:
                    self.leaf.things.append(Written(row.text, (MARGIN, self.leaf.used), size))
                self.leaf.used += row.height
        self.leaf.used += _GAP / 2

    def image(self, block: Image) -> None:
        size = picture_size(block.data)
        if size is None:
            return
        width, height = size
        scale = min(1.0, self.leaf.width / width, (self.leaf.size[1] - 2 * MARGIN) / height)
        if self.leaf.used + height * scale > self.leaf.bottom:
            self.begin()
        x, y = MARGIN, self.leaf.used
        self.leaf.things.append(Shown(block.data, (x, y, x + width * scale, y + height * scale)))
        self.leaf.used += height * scale + _GAP

    def table(self, block: Table) -> None:
        room = _SIDEWAYS[0] - 2 * MARGIN
        large = _natural(block, _SIZE)
        self.cell_size = _SIZE if sum(large) <= room else _CELL_SIZE
        natural = large if self.cell_size == _SIZE else _natural(block, _CELL_SIZE)
        for columns in _bands(natural, room):
            self._band(block, columns, [natural[column] for column in columns])

    def _band(self, block: Table, columns: list[int], natural: list[float]) -> None:
        size = _UPRIGHT if sum(natural) <= _UPRIGHT[0] - 2 * MARGIN or self._few(columns) else _SIDEWAYS
        if self.leaf.size != size:
            self.begin(size)
        widths = _stretched(natural, self.leaf.width)
        head = _lines(block.rows[0], columns, widths, self.cell_size)
        tall = size[1] - 2 * MARGIN
        again = self._height(head) if self._height(head) < tall / 3 else 0.0
        for place, row in enumerate(block.rows):
            for lines in self._split(_lines(row, columns, widths, self.cell_size), tall - again):
                if self.leaf.used + self._height(lines) > self.leaf.bottom and not self.leaf.empty:
                    self.begin(size)
                    if place and again:
                        self._row(head, widths, filled=True)
                self._row(lines, widths, filled=place == 0 and len(block.rows) > 1)
        self.leaf.used += _GAP

    @staticmethod
    def _few(columns: list[int]) -> bool:
        return len(columns) <= 4  # wide words in few columns are broken better than turned

    def _row(self, cells: list[list[str]], widths: list[float], *, filled: bool) -> None:
        height, x = self._height(cells), float(MARGIN)
        for lines, width in zip(cells, widths, strict=True):
            self.leaf.things.append(Ruled((x, self.leaf.used, x + width, self.leaf.used + height), filled))
            for number, line in enumerate(lines):
                if line:
                    at = (x + _PAD, self.leaf.used + _PAD + number * self._leading)
                    self.leaf.things.append(Written(line, at, self.cell_size))
            x += width
        self.leaf.used += height

    @property
    def _leading(self) -> int:
        return round(self.cell_size * 1.4)

    def _height(self, cells: list[list[str]]) -> float:
        return max(len(lines) for lines in cells) * self._leading + 2 * _PAD

    def _split(self, cells: list[list[str]], room: float) -> Iterator[list[list[str]]]:
        """A row in portions that fit a page each."""
        most = max(1, int((room - 2 * _PAD) // self._leading))
        for start in range(0, max(len(lines) for lines in cells), most):
            yield [lines[start : start + most] for lines in cells]


def _natural(block: Table, size: int) -> list[float]:
    """The width of each column as its longest line would have it, within bounds."""
    found = []
    for column in zip(*block.rows, strict=True):
        lines = sorted({line for cell in column for line in cell.split("\n")}, key=len)[-40:]
        longest = max((lettering.width_of(line, size) for line in lines), default=0.0)
        found.append(min(_WIDEST_CELL * size / _CELL_SIZE, max(_NARROWEST_CELL, longest + 2 * _PAD + 2)))
    return found


def _bands(natural: list[float], room: float) -> Iterator[list[int]]:
    """Columns that stand side by side; in every further band the first column comes along."""
    band, used = [0], natural[0]
    for column in range(1, len(natural)):
        if used + natural[column] > room and len(band) > 1:
            yield band
            band, used = [0], natural[0]
        band.append(column)
        used += natural[column]
    yield band


def _stretched(natural: list[float], room: float) -> list[float]:
    """Widths that fill the page where columns must be narrowed; else the natural ones."""
    whole = sum(natural)
    return natural if whole <= room else [width * room / whole for width in natural]


def _lines(row: Row, columns: list[int], widths: list[float], size: int) -> list[list[str]]:
    return [
        [
            piece.text
            for line in row[column].split("\n")
            for piece in lettering.wrapped(line, size, max(size, round(width - 2 * _PAD)))
        ]
        for column, width in zip(columns, widths, strict=True)
    ]
