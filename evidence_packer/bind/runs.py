"""Runs of like exhibits: what a large bundle lists as one row, with its members below it in the bookmarks. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from casefile.babel_locale import date_locale
from casefile.citation import PlannedExhibit
from casefile.exhibit_name import dated, name_of
from evidence_packer.bind.front_page import BundleView
from evidence_packer.bind.order import alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Exhibits of one kind that follow one another; ``title`` names them all, a single one is no run."""

    exhibits: tuple[PlannedExhibit, ...]
    title: str

    @property
    def first(self) -> PlannedExhibit:
        """The first of them."""
        return self.exhibits[0]

    @property
    def last(self) -> PlannedExhibit:
        """The last of them."""
        return self.exhibits[-1]

    @property
    def is_run(self) -> bool:
        """Whether it holds more than one."""
        return len(self.exhibits) > 1


def runs(view: BundleView) -> tuple[Run, ...]:
    """The exhibits in order, like ones of a large bundle together."""
    return tuple(
        Run(exhibits=members, title=_title(view, members) if len(members) > 1 else view.captions[members[0].file])
        for members in alike(view.plan, view.coverage)
    )


def _title(view: BundleView, members: tuple[PlannedExhibit, ...]) -> str:
    """``252 × Warehouse or ERP record, 30 Oct 2026``: with their days where each has one."""
    what = f"{len(members)} × {view.catalog.text(f'kind.{members[0].kind}')}"
    facts = {file.file: file for file in view.facts}
    names = [name_of(facts[e.file], view.evidence.denied) for e in members if e.file in facts]
    firsts, lasts = [n.first for n in names if n.first], [n.last for n in names if n.last]
    if len(firsts) < len(members) or not lasts:
        return what
    return dated(what, min(firsts), max(lasts), view.catalog, date_locale(view.language, view.case.site))


def groups(view: BundleView) -> Mapping[int, str]:
    """Exhibit number → the bookmark under which it stands, for members of runs."""
    text = view.catalog.text
    return {
        exhibit.number: text(
            "bundle.run", first=run.first.number, last=run.last.number, caption=run.title, page=run.first.first_page
        )
        for run in runs(view)
        if run.is_run
        for exhibit in run.exhibits
    }
