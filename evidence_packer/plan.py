"""Exhibit numbers and printed pages, fixed before anything is laid out. Pure."""

from casefile.case import Case
from casefile.citation import BundlePlan, PlannedExhibit
from casefile.facts import FileFacts
from casefile.fields.files import page_numbers


def _shown_pages(case: Case, facts: FileFacts) -> tuple[int, ...]:
    """The pages of the file that the case wants shown and the file has; all of them when none of those exist."""
    entry = case.entry(facts.file)
    every = tuple(range(1, len(facts.pages) + 1))
    if entry is None or entry.pages is None:
        return every
    return tuple(number for number in page_numbers(entry.pages) if number in every) or every


def plan(case: Case, facts: tuple[FileFacts, ...]) -> BundlePlan:
    """The exhibits in the order of ``facts``, numbered from 1; printed pages run from 1 without a gap.

    Files the case uses as reference only, or excludes, are no exhibits.
    """
    exhibits: list[PlannedExhibit] = []
    page = 1
    for file in facts:
        entry = case.entry(file.file)
        if entry is not None and entry.use != "exhibit":
            continue
        exhibit = PlannedExhibit(
            number=len(exhibits) + 1,
            file=file.file,
            kind=file.kind,
            source_pages=_shown_pages(case, file),
            first_page=page,
        )
        exhibits.append(exhibit)
        page = exhibit.last_page + 1
    return BundlePlan(exhibits=tuple(exhibits))
