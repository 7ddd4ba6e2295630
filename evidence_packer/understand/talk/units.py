"""Pieces of a page that say one thing: a label with its value, a row of cells, a sentence that runs over lines. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casefile.fields.files import Box
from casefile.reading import Line, ReadPage
from evidence_packer.understand.talk.parts import around, in_row, joined, tall, wide
from evidence_packer.understand.talk.phrases import sentences

_BELOW = 0.9
"""Lines of a sentence stand at most so many line heights apart."""
_FULL = 0.8
"""A line that fills so much of its column goes on in the next one."""
_ENDS = re.compile(r"[.!?。！？:：]\s*$")
_BESIDE = 40
"""A value stands at most so many signs behind its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Words that belong together: ``cells`` of a row, or one sentence (a single cell); with their lines."""

    cells: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """All the words."""
        return ": ".join(self.cells)

    @property
    def box(self) -> Box:
        """Where they stand."""
        return around(line.box for line in self.lines)


def units(page: ReadPage) -> list[Unit]:
    """Every piece of a page from the top: rows first where lines stand beside each other, sentences elsewhere."""
    lines = sorted(page.lines, key=lambda line: (line.box[1], line.box[0]))
    found, taken = list[Unit](), set[int]()
    for line in lines:
        if id(line) in taken:
            continue
        row = _row(line, lines, page)
        if len(row) > 1:
            taken |= {id(one) for one in row}
            found.append(Unit(cells=tuple(one.text.strip() for one in row), lines=tuple(row)))
            continue
        run = _run(line, lines, taken, page)
        taken |= {id(one) for one in run}
        found += _sentences(run)
    return found


def _row(line: Line, lines: Sequence[Line], page: ReadPage) -> list[Line]:
    """The cells beside a line, from left to right, as far as they follow each other closely enough."""
    here = sorted((one for one in lines if one is line or in_row(line.box, one.box)), key=lambda one: one.box[0])
    place = next(n for n, one in enumerate(here) if one is line)
    if place:
        return [line]
    row = [line]
    for one in here[1:]:
        if one.box[0] - row[-1].box[2] > _BESIDE * wide(line, page) or one.box[0] < row[-1].box[2] - 0.01:
            break
        row.append(one)
    return row


def _run(line: Line, lines: Sequence[Line], taken: set[int], page: ReadPage) -> list[Line]:
    """A line with those in which its sentence goes on."""
    run = [line]
    while True:
        last = run[-1]
        height = tall(last)
        below = [
            one
            for one in lines
            if 0 <= one.box[1] - last.box[3] + 0.3 * height < (_BELOW + 0.3) * height
            and id(one) not in taken
            and one not in run
            and abs(one.box[0] - run[0].box[0]) < 2 * wide(last, page)
        ]
        after = min(below, key=lambda one: one.box[1], default=None)
        width = max(one.box[2] for one in (*run, *([after] if after else []))) - run[0].box[0]
        full = last.box[2] - last.box[0] >= _FULL * width and len(last.text) > 24
        if after is None or not full or _ENDS.search(last.text) or _mostly_figures(after.text):
            return run
        if len(_row(after, lines, page)) > 1:
            return run
        run.append(after)


def _mostly_figures(text: str) -> bool:
    """Whether a line is a moment, a sum or a number rather than the rest of a sentence."""
    signs = [sign for sign in text if sign.isalnum()]
    return 2 * sum(map(str.isdigit, signs)) > len(signs)


def _sentences(run: Sequence[Line]) -> Iterator[Unit]:
    text = joined(line.text for line in run)
    for start, end in sentences(text):
        held, reached = list[Line](), 0
        for place, line in enumerate(run):
            until = len(joined(one.text for one in run[: place + 1]))
            if reached < end and start < until:
                held.append(line)
            reached = until
        yield Unit(cells=(text[start:end].strip(),), lines=tuple(held))
