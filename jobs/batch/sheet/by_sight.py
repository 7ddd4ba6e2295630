"""Which row a file belongs to by the numbers that its pages show. Pure: it is given what was read, and opens nothing.

The order's number decides, else the number of a parcel: one that the row states, or one that a page of its order names. Two rows,
or none, is a question for a person. A row that names its files gets no other.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from casefile import text_folding
from jobs.batch.sheet.bundle_files import Matching, RowFile, renamed
from jobs.batch.sheet.row_case import CellTrouble, RowCase

_LEAST = 6
"""Shorter numbers stand on pages by chance."""
_MOST_PARTS = 8
"""A number is written in so many groups at most."""
_RUN = re.compile(r"[A-Za-z0-9]+(?:[ ._-][A-Za-z0-9]+)*")
_PARTS = re.compile(r"[A-Za-z0-9]+")
_GLUED = re.compile(r"[A-Za-z]{2,}(?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlace:
    """A file whose row nobody can tell: why (``file-shows-none``, ``file-in-folder`` …), and the rows it may be of."""

    member: str
    code: str
    rows: tuple[int, ...] = ()


@dataclass(slots=True)
class Numbers:
    """Numbers as they are compared, with the rows (places in the list of cases) whose they are."""

    rows: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, number: object, place: int) -> None:
        """A number of a row, unless it is too short to mean anything."""
        plain = text_folding.number(str(number or ""))
        if len(plain) >= _LEAST and any(map(str.isdigit, plain)):
            self.rows[plain].add(place)

    def shown_in(self, lines: Iterable[str]) -> dict[int, str]:
        """Row → its number as a line writes it; of a number that two rows have, both."""
        found: dict[int, str] = {}
        for line in lines:
            for text in _runs(text_folding.in_place(line)):
                for place in self.rows.get(text_folding.number(text), ()):
                    found.setdefault(place, text)
        return found


def _runs(line: str) -> Iterator[str]:
    """Every run of words of a line that may be one number, and a number glued to the word before it."""
    for match in _RUN.finditer(line):
        spans = [part.span() for part in _PARTS.finditer(match[0])]
        for first, (start, _) in enumerate(spans):
            glued = _GLUED.match(match[0], start)
            for _, end in spans[first : first + _MOST_PARTS]:
                yield match[0][start:end]
                if glued:
                    yield match[0][glued.end() : end]


def orders_of(cases: Sequence[RowCase]) -> Numbers:
    """The numbers by which the sheet knows its orders: those of the orders, else of their claims."""
    numbers = Numbers()
    for place, case in enumerate(cases):
        for number in {case.subject, *_ids(case)}:
            numbers.add(number, place)
    return numbers


def _ids(case: RowCase) -> Iterator[str]:
    for name in ("order", "claim"):
        yield str(case.case.get(name, {}).get("id") or "")


def parcels_of(cases: Sequence[RowCase]) -> Numbers:
    """The numbers of parcels that the sheet states."""
    numbers = Numbers()
    for place, case in enumerate(cases):
        for parcel in case.case.get("parcels", []):
            numbers.add(parcel.get("tracking_number"), place)
    return numbers


def placed(
    cases: Sequence[RowCase], matching: Matching, seen: Mapping[str, Mapping[int, str]], words: Mapping[str, str]
) -> tuple[Matching, tuple[OpenPlace, ...]]:
    """The matching with the files that show one row's number, and those that stay open, each with why.

    Args:
        cases: the rows; those that get a file are told.
        matching: the files by name; its ``unmatched`` are asked for.
        seen: file → the rows whose numbers it shows; a file that nobody looked at is missing.
        words: folder names that say a kind.
    """
    more: defaultdict[int, list[str]] = defaultdict(list)
    left = list[OpenPlace]()
    for member in matching.unmatched:
        rows = seen.get(member)
        if rows is not None and len(rows) == 1 and not cases[next(iter(rows))].files:
            ((place, number),) = rows.items()
            more[place].append(member)
            told = {"file": member, "number": number}
            cases[place].warnings.append(CellTrouble(code="file-by-sight", column="files", params=told))
        elif not rows and (own := _named_by_path(member, cases)):
            left.append(OpenPlace(member=member, code="file-in-folder", rows=own))
        else:
            left.append(OpenPlace(member=member, code=_why(rows), rows=tuple(sorted(rows or ()))))
    by_row = dict(matching.by_row)
    for place, members in more.items():
        there = [(file.member, file.kind) for file in by_row.get(place, ())]
        by_row[place] = _kept_names(by_row.get(place, ()), renamed([*there, *((one, None) for one in members)], words))
    return Matching(by_row=by_row, unmatched=tuple(one.member for one in left)), tuple(left)


def _named_by_path(member: str, cases: Sequence[RowCase]) -> tuple[int, ...]:
    """The rows with files of their own in whose folder, or under whose number, a file stands all the same."""
    path = text_folding.squeezed(member)
    numbers = ((place, text_folding.squeezed(case.subject)) for place, case in enumerate(cases) if case.files)
    return tuple(place for place, number in numbers if len(number) >= _LEAST and number in path)


def _why(rows: Mapping[int, str] | None) -> str:
    if rows is None:
        return "file-not-looked-at"
    return "file-shows-none" if not rows else "file-shows-several" if len(rows) > 1 else "file-row-names-others"


def _kept_names(before: tuple[RowFile, ...], after: tuple[RowFile, ...]) -> tuple[RowFile, ...]:
    """What was there before, as it was, then the others."""
    return (*before, *after[len(before) :])
