"""The place that a tracking page names with an event: in its row, in its line, or among the lines of its entry. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casefile.fields.files import Box
from casefile.reading import Line

_LONGEST, _CELL = 60, 28
_BRACKETS = re.compile(r"[【\[［]\s*([^】\]］]{2,30}?)\s*[】\]］]")
_CAPITALS = re.compile(
    r"^([A-Z][A-Z .'-]{2,}(?:,\s?[A-Z]{2})?)(?=\s|$)|^((?:[A-Z][\w.'-]*\s){0,3}[A-Z][\w.'-]*,\s?[A-Z]{2})(?=\s|$)"
)
_CITY = re.compile(r"((?:[A-Z][\w.'-]+\s){0,2}[A-Z][\w.'-]+,\s?[A-Z]{2})$")
_WIDE_TOWN = re.compile(r"^([\u2e80-\u9fff\uac00-\ud7af]{2,6})\s")
_CLOCK = re.compile(r"^\d{1,2}\s?[:.h]\s?\d{2}")
_DATE = re.compile(r"^[\d\s:./-]+(?:[AaPp]\.?\s?[Mm]\.?)?[\d\s:./-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEntry:
    """An event on its page: the box of its status, of its time where that stands in another row, and of all such."""

    status: Box
    time: Box | None
    busy: tuple[Box, ...]


def place_of(entry: PlaceEntry, lines: Sequence[Line]) -> str | None:
    """The place as written, or ``None``."""
    own = next((line for line in lines if _holds(line.box, entry.status)), None)
    if own is None:
        return None
    return _in_line(own) or next(_beside(entry, own, lines), None) or next(_around(entry, lines), None)


def _holds(box: Box, part: Box) -> bool:
    return box[0] - 0.002 <= part[0] and part[2] <= box[2] + 0.002 and box[1] <= (part[1] + part[3]) / 2 <= box[3]


def _in_line(line: Line) -> str | None:
    text = _DATE.sub("", line.text).strip()
    if match := _BRACKETS.search(text):
        return str(match[1])
    for pattern in (_CAPITALS, _CITY, _WIDE_TOWN):
        if (match := pattern.search(text)) and (found := str(next(filter(None, match.groups())))) != text:
            return found.strip(" ,")
    return None


def _is_place(line: Line) -> bool:
    text = line.text.strip()
    words = 1 < len(text) <= _LONGEST and any(map(str.isalpha, text)) and sum(map(str.isdigit, text)) < 8
    return words and _CLOCK.match(text) is None


def _beside(entry: PlaceEntry, own: Line, lines: Sequence[Line]) -> Iterator[str]:
    """The words in the other cells of the row, the nearest first, sentences last: they tell what happened."""
    middle = (entry.status[1] + entry.status[3]) / 2
    row = [line for line in lines if line is not own and line.box[1] < middle < line.box[3]]
    free = [line for line in row if _is_place(line) and not _busy(line, entry)]
    yield from (
        line.text.strip()
        for line in sorted(free, key=lambda line: (len(line.text) > _CELL, _apart(line.box, entry.status)))
    )


def _apart(one: Box, other: Box) -> float:
    return max(one[0] - other[2], other[0] - one[2])


def _busy(line: Line, entry: PlaceEntry) -> bool:
    return any(_holds(line.box, box) for box in entry.busy)


def _around(entry: PlaceEntry, lines: Sequence[Line]) -> Iterator[str]:
    """The first free line of the entry: between status and time, else the one that follows both."""
    if entry.time is None:
        return
    top, bottom = sorted((entry.status, entry.time), key=lambda box: box[1])
    height = entry.status[3] - entry.status[1]
    left = min(entry.status[0], entry.time[0]) - 0.05
    for line in sorted(lines, key=lambda line: line.box[1]):
        near = top[3] - 0.3 * height <= line.box[1] <= bottom[3] + 0.8 * height
        if near and abs(line.box[0] - left) < 0.15 and _is_place(line) and not _busy(line, entry):
            yield line.text.strip()
