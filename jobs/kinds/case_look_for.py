"""The numbers of a case that a reader should look at twice."""

from casefile.case import Case
from evidence_packer.interpret import wanted_numbers


def looked_for(case: Case) -> tuple[str, ...]:
    """Order ids, then tracking numbers."""
    return wanted_numbers(case)
