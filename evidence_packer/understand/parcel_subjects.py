"""Of which parcel or order each place of a page speaks. Pure.

A page with one number speaks of it everywhere. With several, a row speaks of the number in it, and a section of the number that
heads it; what stands before the first number, or between two of one row, speaks of none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from casefile import text_folding
from casefile.facts import OrderIdSeen, TrackingNumberSeen
from casefile.fields.files import Box
from casefile.reading import Line
from casefile.statement import About
from evidence_packer.understand.layout import level

_LIKE_A_NUMBER = re.compile(r"(?=(?:\D*\d){6})[A-Za-z]{0,4}[A-Z0-9][A-Z0-9-]{7,}(?=\s|$)")
_MOMENT = re.compile(r"\d{2,4}-\d{1,2}-\d{1,4}$|20\d{6}$")
_LONG = re.compile(r"(?<![A-Za-z0-9])[A-Z0-9]{9,}(?![A-Za-z0-9])")
_ALIKE = 0.75
_COLUMN = 0.02


@dataclass(frozen=True, slots=True)
class _Number:
    about: About
    box: Box
    own: bool


class Subjects:
    """The numbers of one page, asked what a place speaks of."""

    def __init__(
        self,
        page: int,
        parcels: Sequence[TrackingNumberSeen],
        orders: Sequence[OrderIdSeen],
        lines: Sequence[Line] = (),
        bars: Sequence[Box] = (),
    ) -> None:
        """``lines``: of the page, for lists of orders whose numbers nobody knows.

        ``bars``: where the page's own address stands, which only repeats a number and heads nothing.
        """
        named = [
            _Number(About(what="parcel", id=one.value), one.box, one.matches) for one in parcels if one.page == page
        ]
        if not named:
            named = [
                _Number(About(what="order", id=one.value), one.box, one.matches) for one in orders if one.page == page
            ]
        named += [one for one in _unknown(lines) if not named or _in_list(one, named)]
        named += list(_misread(lines, named))
        self._all = named
        below = [one for one in named if not any(level(one.box, bar) for bar in bars)] or named
        self._numbers = sorted(below, key=lambda one: (one.box[1], one.box[0]))
        self._own = {one.about for one in named if one.own}

    @property
    def several(self) -> bool:
        """Whether the page names more than one."""
        return len({one.about for one in self._all}) > 1

    def foreign(self, about: About | None) -> bool:
        """Whether something is said of another's parcel or order, on a page that names one of the case."""
        return bool(self._own) and about is not None and about not in self._own

    def of(self, box: Box) -> About | None:
        """What a place speaks of; ``None`` where the page does not tell."""
        numbers = {one.about for one in self._all}
        if len(numbers) <= 1:
            return next(iter(numbers), None)
        in_row = {one.about for one in self._numbers if level(one.box, box)}
        if in_row:
            return in_row.pop() if len(in_row) == 1 else self._nearest(box)
        above = [one for one in self._numbers if one.box[1] < box[1]]
        if not above:
            return None
        last = above[-1]
        beside = [one for one in above if level(one.box, last.box)]
        return last.about if len({one.about for one in beside}) == 1 else self._of_column(beside, box)

    def _nearest(self, box: Box) -> About | None:
        """Of several numbers in the row, the one to the left."""
        left = [one for one in self._numbers if level(one.box, box) and one.box[0] <= box[0]]
        return left[-1].about if left else None

    @staticmethod
    def _of_column(beside: Sequence[_Number], box: Box) -> About | None:
        """Of several numbers side by side, the one that heads the column."""
        heads = [one for one in beside if one.box[0] - 0.02 <= box[0]]
        return max(heads, key=lambda one: one.box[0]).about if heads else None


def _in_list(one: _Number, named: Sequence[_Number]) -> bool:
    """Whether a number that nobody knows stands in one column with a known one, in a row of its own."""
    column = any(abs(other.box[0] - one.box[0]) < _COLUMN for other in named)
    return column and not any(level(one.box, other.box) for other in named)


def _unknown(lines: Sequence[Line]) -> Iterator[_Number]:
    """The numbers that begin the rows of a list, where one column has several: each row speaks of its own."""
    found = [(match[0], line.part(*match.span())) for line in lines if (match := _LIKE_A_NUMBER.match(line.text))]
    found = [(text, box) for text, box in found if not _MOMENT.match(text)]
    for text, box in found:
        if any(other != text and abs(there[0] - box[0]) < _COLUMN for other, there in found):
            yield _Number(About(what="order", id=text), box, own=False)


def _misread(lines: Sequence[Line], named: Sequence[_Number]) -> Iterator[_Number]:
    """Numbers of the same form as one of the case that nobody read surely: what stands below them is said of another parcel."""
    own = [text_folding.loose_number(one.about.id or "") for one in named if one.own and one.about.what == "parcel"]
    for line in lines if own else ():
        if any(level(one.box, line.box) for one in named):
            continue
        for match in _LONG.finditer(line.text):
            number = text_folding.loose_number(match[0])
            if any(_same_form(number, known) for known in own) and all(
                Levenshtein.distance(number, known, score_cutoff=1) > 1 for known in own
            ):
                yield _Number(About(what="parcel", id=match[0]), line.part(*match.span()), own=False)


def _same_form(number: str, known: str) -> bool:
    """Whether two numbers are as long as each other, with letters and digits mostly in the same places."""
    alike = sum(one.isdigit() == other.isdigit() for one, other in zip(number, known, strict=False))
    return len(number) == len(known) and alike >= _ALIKE * len(known)
