"""The index: every exhibit with its kind, what it proves and its true page numbers."""

from dataclasses import dataclass, replace

from casefile.citation import PlannedExhibit
from evidence_packer.bind.delivery import signed_beside
from evidence_packer.bind.front_page import BundleView, FrontPage, ShownValues
from evidence_packer.bind.runs import Run, runs

_COMPACT = 40
"""From so many rows each is one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """An exhibit, or a run of like ones, with its pages."""

    number: str | int
    caption: str
    kind: str
    proves: list[str]
    signed: bool
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown(ShownValues):
    rows: list[_Row]
    exhibits: int
    pages: int
    compact: bool


def _proves(view: BundleView, exhibit: PlannedExhibit) -> list[str]:
    """What it shows, in words, each once."""
    own = (
        replace(covered, exhibits=tuple(c for c in covered.exhibits if c.number == exhibit.number))
        for covered in view.proved()
        if covered.status == "shown"
    )
    return list(dict.fromkeys(view.statement(covered) for covered in own if covered.exhibits))


def _row(view: BundleView, run: Run, signed: tuple[PlannedExhibit, ...], *, compact: bool) -> _Row:
    kind = view.catalog.text(f"kind.{run.first.kind}")
    plain = compact or run.is_run
    return _Row(
        number=f"{run.first.number}–{run.last.number}" if run.is_run else run.first.number,
        caption=run.title,
        kind=kind if kind not in run.title and not plain else "",
        proves=[] if plain else _proves(view, run.first),
        signed=any(exhibit in signed for exhibit in run.exhibits),
        first=run.first.first_page,
        last=run.last.last_page,
    )


def _values(view: BundleView) -> _Shown | None:
    """One row per exhibit; in a large bundle one per run of like ones."""
    if not view.plan.exhibits:
        return None
    told = runs(view)
    compact = len(told) > _COMPACT
    signed = signed_beside(view.facts, view.plan, view.procedure)
    rows = [_row(view, run, signed, compact=compact) for run in told]
    return _Shown(rows=rows, exhibits=len(view.plan.exhibits), pages=view.plan.pages, compact=compact)


PAGE = FrontPage(name="index", order=3, template="front_pages/index.html", values=_values)
