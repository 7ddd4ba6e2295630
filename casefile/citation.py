"""Exhibit numbers and printed page numbers: fixed by the plan before anything is laid out, proved on the finished file.

Sheets are numbered from the first, front pages too: printed number, page label and the viewer's own count are one number.
"""

import functools
import re
from dataclasses import dataclass

from casefile.fields.files import Kind


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Citation:
    """One place in the bundle: exhibit and printed page number, which is that of the sheet."""

    number: int
    page: int


@functools.cache
def written(words: str) -> re.Pattern[str]:
    """Finds citations in a text; ``words`` is how the language says one, with ``{number}`` and ``{page}``, its groups."""
    pattern = re.escape(words).replace(r"\{number\}", r"(?P<number>\d{1,4})").replace(r"\{page\}", r"(?P<page>\d{1,5})")
    return re.compile(pattern)


Part = tuple[float, float]
"""Top and bottom of what a printed page shows of its source page, from 0 (top) to 1."""
WHOLE: Part = (0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedExhibit:
    """One exhibit: its number, its file, the page of the file that each printed page shows, and its first printed page.

    ``parts`` says which part of its source page each printed page shows (empty: whole pages); a long screenshot names its page
    several times. ``translation`` is text, a printed page each, that follows the evidence.
    """

    number: int
    file: str
    kind: Kind
    source_pages: tuple[int, ...]
    first_page: int
    parts: tuple[Part, ...] = ()
    translation: tuple[str, ...] = ()

    @property
    def last_page(self) -> int:
        """The printed number of its last page."""
        return self.first_page + len(self.source_pages) + len(self.translation) - 1

    def part(self, place: int) -> Part:
        """What its ``place``-th evidence page (from 0) shows of its source page."""
        return self.parts[place] if self.parts else WHOLE

    def cite(self, source_page: int | None = None, height: float | None = None) -> Citation:
        """The citation of a page of the file, or of the exhibit's first page when that page is not shown or not given.

        ``height``, from 0 (top) to 1, finds the right one of several printed pages that show parts of the same page.
        """
        places = [place for place, page in enumerate(self.source_pages) if page == source_page]
        if not places:
            return Citation(number=self.number, page=self.first_page)
        middle = height if height is not None else 0.0
        nearest = min(places, key=lambda place: (_outside(self.part(place), middle), place))
        return Citation(number=self.number, page=self.first_page + nearest)


def _outside(part: Part, height: float) -> float:
    """How far ``height`` lies from the inner two thirds of ``part``: overlaps belong to the page that shows more around."""
    top, bottom = part
    return max(top - height, height - bottom, 0.0) + abs(height - (top + bottom) / 2) / 100


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePlan:
    """The front sheets, then the exhibits in order; sheets run from 1 without a gap."""

    exhibits: tuple[PlannedExhibit, ...] = ()
    front: int = 0
    """Sheets before the first exhibit."""

    @property
    def pages(self) -> int:
        """Sheets in all, which is the number of the last."""
        return self.exhibits[-1].last_page if self.exhibits else self.front

    @property
    def exhibit_pages(self) -> int:
        """Sheets of exhibits."""
        return self.pages - self.front

    def at(self, number: int, page: int) -> PlannedExhibit | None:
        """The exhibit of this number, if it has this printed page."""
        mine = (e for e in self.exhibits if e.number == number and e.first_page <= page <= e.last_page)
        return next(mine, None)

    def of_file(self, file: str) -> PlannedExhibit | None:
        """The exhibit made from ``file``, if it is one."""
        return next((exhibit for exhibit in self.exhibits if exhibit.file == file), None)
