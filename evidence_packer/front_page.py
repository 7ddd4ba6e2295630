"""Front pages of the bundle: the contract, and the run over all of them. The outside view: what a reviewer may see.

A front page is a file in ``front_pages/`` with ``ORDER``, ``TEMPLATE`` and ``values(view)``, which answers ``None`` where the
page has nothing to show. No deadline, finding, gap, conflict, file name or hash reaches a front page.
"""

import base64
import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType

from babel.dates import format_date

import evidence_packer.front_pages as plug_ins
from casefile.case import Case
from casefile.citation import BundlePlan, Citation, PlannedExhibit
from casefile.coverage import Covered, TimelinePoint
from casefile.discovery import modules
from casefile.facts import FileFacts
from casefile.fields.base import Money, any_text
from casefile.house import House
from casefile.platform import Platform, Procedure, Site
from casefile.subject import subject_id
from casefile.wording import Catalog
from press.html import Typesetter

_BABEL = {"zh-Hans": "zh_Hans_CN", "en": "en_GB"}
_PAPER = {"a4": "A4", "letter": "Letter"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleView:
    """What front pages may show; ``captions`` and ``catalog`` speak ``language``; ``previews`` are JPEGs by file."""

    house: House
    case: Case
    platform: Platform
    procedure: Procedure
    site: Site
    plan: BundlePlan
    coverage: tuple[Covered, ...]
    timeline: tuple[TimelinePoint, ...]
    facts: tuple[FileFacts, ...]
    captions: Mapping[str, str]
    previews: Mapping[str, tuple[bytes, ...]]
    language: str
    catalog: Catalog

    @property
    def subject(self) -> str:
        """The id of what the case is about."""
        return subject_id(self.case, self.procedure.subject) or ""

    def name(self, names: Mapping[str, str]) -> str:
        """A name of a data file in the bundle's language."""
        return any_text(dict(names), self.language, "en") or ""

    def day(self, at: str) -> str:
        """The day of an ISO 8601 moment in words."""
        moment = dt.datetime.fromisoformat(at)
        locale = _BABEL.get(self.language, self.language.replace("-", "_"))
        return str(format_date(moment.date(), format="long" if locale.startswith("zh") else "d MMM y", locale=locale))

    def clock(self, at: str) -> str:
        """The time of day of an ISO 8601 moment with its offset."""
        moment = dt.datetime.fromisoformat(at)
        offset = moment.strftime("%z")
        return f"{moment:%H:%M} (UTC{offset[:3]}:{offset[3:5]})" if offset else f"{moment:%H:%M}"

    def money(self, money: Money) -> str:
        """An amount with its ISO code."""
        return f"{money.currency} {money.amount:,.2f}"

    def proved(self) -> list[Covered]:
        """Propositions with an exhibit, shown ones first, the decisive before the others; each once."""
        found: dict[str, Covered] = {}
        for covered in self.coverage:
            if covered.status in {"shown", "attached"}:
                found.setdefault(covered.proposition, covered)
        return sorted(found.values(), key=lambda c: (c.status != "shown", not c.required))

    def exhibit(self, citation: Citation) -> PlannedExhibit:
        """The exhibit of a citation."""
        return next(exhibit for exhibit in self.plan.exhibits if exhibit.number == citation.number)

    def thumbnail(self, citation: Citation) -> str | None:
        """The picture of a cited page as a data address, or ``None``."""
        exhibit = self.exhibit(citation)
        previews = self.previews.get(exhibit.file, ())
        page = exhibit.source_pages[citation.page - exhibit.first_page]
        if page > len(previews):
            return None
        return "data:image/jpeg;base64," + base64.b64encode(previews[page - 1]).decode("ascii")


@functools.cache
def _pages() -> tuple[ModuleType, ...]:
    return tuple(sorted(modules(plug_ins), key=lambda module: module.ORDER))


def _styles() -> Iterable[str]:
    return ("styles/document.css", "styles/front.css")


def front_matter(view: BundleView, typesetter: Typesetter) -> bytes:
    """The front pages as one PDF, numbered in roman figures; links to exhibits are ``page:<printed number>``."""
    parts = []
    for page in _pages():
        values = page.values(view)
        if values is not None:
            parts.append(typesetter.render(page.TEMPLATE, view=view, t=view.catalog.text, **values))
    html = typesetter.render(
        "front_pages/document.html", parts=parts, language=view.language, title=view.catalog.text("front.title")
    )
    return typesetter.pdf(html, styles=tuple(_styles()), variables={"@page": f"size: {_PAPER[view.site.paper]}"})
