"""The numbers of a case that a reader should look at twice, and whether a file read without them deserves another look."""

from casefile.case import Case
from casefile.reading import Reading
from evidence_packer.understand.interpret import wanted_numbers
from evidence_packer.understand.matching import find, find_near


def looked_for(case: Case) -> tuple[str, ...]:
    """Order ids, then tracking numbers."""
    return wanted_numbers(case)


def deserves_another_look(reading: Reading, numbers: tuple[str, ...]) -> bool:
    """Whether a page shows something that is almost one of the numbers, which reading with more care would settle."""
    return any(
        find_near(page.lines, number) and not find(page.lines, number) for page in reading.pages for number in numbers
    )
