"""Front pages of the bundle: the contract, and the run over all of them. The outside view: what a reviewer may see.

Each file in ``front_pages/`` offers a ``FrontPage``. No deadline, finding, gap, conflict, file name or hash reaches a front page.
"""

import base64
import dataclasses
import datetime as dt
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from babel import Locale
from babel.dates import format_skeleton

import evidence_packer.bind.front_pages
from casefile.amounts import amount_in_words
from casefile.anchors import PrintedPage
from casefile.babel_locale import date_locale, site_locale
from casefile.casework import CaseView, Evidence, Matter
from casefile.citation import Citation, PlannedExhibit
from casefile.clock_words import time_in_words
from casefile.coverage import PropositionCoverage
from casefile.errors import DataFault
from casefile.facts import FileFacts
from casefile.fields.base import Money, any_text, in_language
from casefile.fields.files import Box
from casefile.plug_ins import expect_takes, plug_ins
from casefile.wording import Catalog
from press.html import Typesetter

_PAPER = {"a4": "A4", "letter": "Letter"}
_STYLES = ("styles/document.css", "styles/front.css")
_VARIANT = "pdf/a-3a"
"""Tagged, with what archives ask for; whether the bundle claims it is decided when every page is known."""


_WITH_EXHIBIT = ("shown", "described", "attached")
"""States of a proposition that name an exhibit for it, the strongest first."""

Detail = Callable[[str, int, Box, tuple[int, int]], bytes | None]
"""A part of a page as a JPEG: file, page from 1, box from 0 to 1, largest size in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleView(CaseView):
    """What front pages may show; ``captions`` speak the bundle's language; ``previews`` are JPEGs by file.

    ``lines`` are the boxes of what was read, by file and page. ``answer`` is the sentence that the letter opens with.
    """

    matter: Matter
    evidence: Evidence
    captions: Mapping[str, str]
    previews: Mapping[str, tuple[bytes, ...]]
    detail: Detail
    lines: Mapping[str, tuple[tuple[Box, ...], ...]]
    answer: str = ""

    @property
    def language(self) -> str:
        """The language of the bundle."""
        return self.matter.letter_language

    @property
    def catalog(self) -> Catalog:
        """Texts in the language of the bundle."""
        return self.matter.catalog

    @property
    def subject(self) -> str:
        """The id of what the case is about."""
        return self.matter.subject

    def name(self, names: Mapping[str, str]) -> str:
        """A name of a data file in the bundle's language."""
        return any_text(dict(names), self.language, "en") or ""

    @property
    def procedure_name(self) -> str:
        """What is answered, in the bundle's language: as the platform's file names it there, else the letter's title."""
        own = in_language(self.procedure.name, self.language)
        return own or self.catalog.text(f"letter.title.{self.procedure.letter}")

    def day(self, at: str) -> str:
        """The day of an ISO 8601 moment in words."""
        moment = dt.datetime.fromisoformat(at)
        return str(format_skeleton("yMMMd", moment.date(), locale=self._locale))

    def clock(self, at: dt.datetime) -> str:
        """The time of day, as the site writes it."""
        return time_in_words(at, self._locale)

    def money(self, money: Money) -> str:
        """An amount as the bundle's readers write it."""
        return amount_in_words(money, site_locale(self.language, self.case.site))

    @property
    def _locale(self) -> Locale:
        return date_locale(self.language, self.case.site)

    @property
    def amount(self) -> Money | None:
        """What is at stake: the claim's amount, else the order's total."""
        if self.case.claim and self.case.claim.amount:
            return self.case.claim.amount
        return self.case.order.total if self.case.order else None

    def proved(self) -> list[PropositionCoverage]:
        """Propositions with an exhibit, shown ones first, the decisive before the others; each once, or once a parcel."""
        found: dict[tuple[str, str | None], PropositionCoverage] = {}
        for covered in self.coverage:
            if covered.status in _WITH_EXHIBIT:
                found.setdefault((covered.proposition, covered.of if self.parted(covered) else None), covered)
        return sorted(found.values(), key=lambda c: (_WITH_EXHIBIT.index(c.status), not c.required))

    def parted(self, covered: PropositionCoverage) -> bool:
        """Whether a proposition holds of some parcels only, or for each by a page of its own: then each is named."""
        return sum(row.proposition == covered.proposition for row in self.coverage) > 1 and covered.of is not None

    def statement(self, covered: PropositionCoverage) -> str:
        """A proposition in words, with the parcel's number where each is named."""
        said = self.catalog.text(f"proposition.{self.told(covered)}")
        return f"{said} ({covered.of})" if self.parted(covered) else said

    def told(self, covered: PropositionCoverage) -> str:
        """What is told: that an order left in time only where a page prints until when it had to."""
        due = self.case.order.ship_by_at if self.case.order else None
        if covered.proposition != "dispatched_on_time" or not self.facts or covered.status != "shown":
            return covered.proposition
        pages = [page for cited in covered.exhibits if (page := self.printed(cited))]
        return covered.proposition if due and any(page.dates("ship_by", due.date()) for page in pages) else "dispatched"

    def printed(self, citation: Citation) -> PrintedPage | None:
        """What was read on a cited page."""
        return self.evidence.page(citation)

    def exhibit(self, citation: Citation) -> PlannedExhibit:
        """The exhibit of a citation."""
        return next(exhibit for exhibit in self.plan.exhibits if exhibit.number == citation.number)

    def source(self, citation: Citation) -> tuple[FileFacts, int]:
        """The file behind a cited page, and the page of that file from 1."""
        exhibit = self.exhibit(citation)
        facts = next(file for file in self.facts if file.file == exhibit.file)
        return facts, exhibit.source_pages[citation.page - exhibit.first_page]

    def size(self, citation: Citation) -> tuple[int, int]:
        """Width and height of a cited page in pixels."""
        facts, page = self.source(citation)
        return facts.pages[page - 1]

    def readable(self, citation: Citation) -> bool:
        """Whether a cited page is good enough to stand on the first page."""
        facts, page = self.source(citation)
        return page > len(facts.sharpness) or facts.sharpness[page - 1].verdict in {"sharp", "soft"}

    def thumbnail(self, citation: Citation) -> str | None:
        """The picture of a cited page as a data address, or ``None``."""
        facts, page = self.source(citation)
        previews = self.previews.get(facts.file, ())
        if page > len(previews):
            return None
        return _address(previews[page - 1])

    def lines_of(self, citation: Citation) -> tuple[Box, ...]:
        """The boxes of the lines of a cited page."""
        facts, page = self.source(citation)
        pages = self.lines.get(facts.file, ())
        return pages[page - 1] if page <= len(pages) else ()

    def part(self, citation: Citation, box: Box, size: tuple[int, int]) -> str | None:
        """A part of a cited page as a data address, at most ``size`` pixels, or ``None``."""
        facts, page = self.source(citation)
        data = self.detail(facts.file, page, box, size)
        return _address(data) if data else None


def _address(jpeg: bytes) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownValues:
    """What a front page shows: its template knows each field by its name."""

    def named(self) -> Iterator[tuple[str, object]]:
        """Each field with its name."""
        return ((field.name, getattr(self, field.name)) for field in dataclasses.fields(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """One front page: its place from 1, its template, and the values for it; ``None`` where it has nothing to show."""

    name: str
    order: int
    template: str
    values: Callable[[BundleView], ShownValues | None]

    def __post_init__(self) -> None:
        """Refuse what is no function of a view."""
        expect_takes(self.values, 1)


@functools.cache
def front_pages() -> tuple[FrontPage, ...]:
    """Every front page, in order.

    Raises:
        DataFault: a file is malformed, or two pages want the same place; it names the page.
    """
    return in_places(plug_ins(evidence_packer.bind.front_pages, FrontPage).values())


def in_places(pages: Iterable[FrontPage]) -> tuple[FrontPage, ...]:
    """The pages in order; raises as ``front_pages`` does."""
    found = sorted(pages, key=lambda page: page.order)
    for before, page in itertools.pairwise(found):
        if before.order == page.order:
            raise DataFault("data-duplicate", file=page.name, why=f"{before.name} stands at {page.order} too")
    return tuple(found)


def front_html(view: BundleView, typesetter: Typesetter) -> str:
    """The front pages as one HTML document; links to exhibits are ``page:<printed number>``."""
    parts = []
    for page in front_pages():
        values = page.values(view)
        if values is not None:
            parts.append(typesetter.render(page.template, t=view.catalog.text, **dict(values.named())))
    return typesetter.render(
        "front_pages/document.html",
        parts=parts,
        language=view.language,
        title=view.catalog.text("front.title"),
        subject=view.subject,
    )


def front_matter(view: BundleView, typesetter: Typesetter, *, tight: bool = False) -> bytes:
    """The front pages as one PDF, numbered from 1 of all sheets; ``tight``: with a little less air at head and foot."""
    html = front_html(view, typesetter)
    number = f"@bottom-center {{ content: counter(page) ' / {view.plan.pages}' }}"
    margin = "margin-top: 18mm; margin-bottom: 16mm; " if tight else ""
    page = {"@page": f"size: {_PAPER[view.site.paper]}; {margin}{number}"}
    return typesetter.pdf(html, styles=_STYLES, variables=page, variant=_VARIANT)
