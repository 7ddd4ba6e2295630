"""The matrix: what is to be proved against the exhibits that prove it, with pages."""

from dataclasses import dataclass

from casefile.citation import Citation
from casefile.coverage import PropositionCoverage
from evidence_packer.bind.front_page import BundleView, FrontPage, ShownValues

_PLACES, _COLUMNS = 6, 9
"""So many places of a statement are listed; so many exhibits get a column of their own, with more each row lists its places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A statement with its places; ``cells`` are those by column."""

    statement: str
    status: str
    label: str
    exhibits: tuple[Citation, ...]
    more: int
    cells: list[list[Citation]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown(ShownValues):
    matrix: list[_Row]
    columns: list[int]


def _row(view: BundleView, covered: PropositionCoverage, columns: list[int]) -> _Row:
    return _Row(
        statement=view.statement(covered),
        status=covered.status,
        label=view.catalog.text(f"coverage.{covered.status}"),
        exhibits=covered.exhibits[:_PLACES],
        more=max(0, len(covered.exhibits) - _PLACES),
        cells=[[c for c in covered.exhibits if c.number == number] for number in columns],
    )


def _values(view: BundleView) -> _Shown | None:
    """One row per proposition with an exhibit: ``shown`` where the datum itself was read, else ``attached``."""
    proved = view.proved()
    if not proved:
        return None
    numbers = sorted({citation.number for covered in proved for citation in covered.exhibits})
    columns = numbers if len(numbers) <= _COLUMNS else []
    return _Shown(matrix=[_row(view, covered, columns) for covered in proved], columns=columns)


PAGE = FrontPage(name="matrix", order=6, template="front_pages/matrix.html", values=_values)
