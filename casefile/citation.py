"""Exhibit numbers and printed page numbers: fixed by the plan before anything is laid out, proved on the finished file."""

from dataclasses import dataclass

from casefile.fields.files import Kind


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Citation:
    """One place in the bundle: exhibit and printed (decimal) page number."""

    number: int
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedExhibit:
    """One exhibit: its number, its file, the pages of the file that are shown, and its first printed page."""

    number: int
    file: str
    kind: Kind
    source_pages: tuple[int, ...]
    first_page: int

    @property
    def last_page(self) -> int:
        """The printed number of its last page."""
        return self.first_page + len(self.source_pages) - 1

    def cite(self, source_page: int | None = None) -> Citation:
        """The citation of a page of the file, or of the exhibit's first page when that page is not shown or not given."""
        if source_page in self.source_pages:
            return Citation(number=self.number, page=self.first_page + self.source_pages.index(source_page))
        return Citation(number=self.number, page=self.first_page)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePlan:
    """The exhibits in order; printed pages run from 1 without a gap."""

    exhibits: tuple[PlannedExhibit, ...] = ()

    @property
    def pages(self) -> int:
        """Printed exhibit pages in all."""
        return self.exhibits[-1].last_page if self.exhibits else 0

    def of_file(self, file: str) -> PlannedExhibit | None:
        """The exhibit made from ``file``, if it is one."""
        return next((exhibit for exhibit in self.exhibits if exhibit.file == file), None)
