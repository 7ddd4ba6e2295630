"""What stands around an exhibit: the header band, laid out once per exhibit, and the footer of each page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casefile.citation import PlannedExhibit
from casefile.reading import Line, PreparedImage, PreparedPdf
from casefile.wording import Catalog
from press.html import Typesetter
from press.pdf.geometry import PAPER, Paper, Rectangle

MARGIN = 28.0
"""White margin around everything, in points."""
BAND = 66.0
"""Height of the header band."""
FOOTER = 22.0
"""Height kept for the footer line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitPages:
    """One exhibit to place: its plan, words for its band, and the picture or document to show untouched.

    ``lines`` by page (from 1): words to lay invisibly over pages of a document that are shown as pictures.
    ``text_height``: size of the type in pixels of the prepared picture, where known; ``fit`` keeps it legible.
    """

    planned: PlannedExhibit
    caption: str
    kind_label: str
    proves: str | None
    prepared: PreparedImage | PreparedPdf
    lines: Mapping[int, tuple[Line, ...]] = field(default_factory=dict)
    text_height: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleLook:
    """How a bundle looks: paper, language, its title in the viewer's window."""

    catalog: Catalog
    title: str
    paper: Paper = "a4"
    typesetter: Typesetter

    @property
    def language(self) -> str:
        """The language of band and footer."""
        return self.catalog.language


def page_size(paper: Paper, *, landscape: bool) -> tuple[float, float]:
    """Width and height of a page in points."""
    width, height = PAPER[paper]
    return (height, width) if landscape else (width, height)


def evidence_area(size: tuple[float, float]) -> Rectangle:
    """Where the evidence may stand: below the band, above the footer."""
    width, height = size
    bottom = MARGIN + FOOTER
    return Rectangle(x=MARGIN, y=bottom, width=width - 2 * MARGIN, height=height - MARGIN - BAND - 6 - bottom)


def bands(look: BundleLook, wanted: Sequence[tuple[ExhibitPages, bool]]) -> bytes:
    """One PDF with a page per (exhibit, landscape) pair, each just as large as its band."""
    strips = []
    for exhibit, landscape in wanted:
        width = page_size(look.paper, landscape=landscape)[0] - 2 * MARGIN
        strips.append({"exhibit": exhibit, "page": "wide" if landscape else "tall", "width": width})
    html = look.typesetter.render("front_pages/band.html", strips=strips, t=look.catalog.text, language=look.language)
    sizes = {
        f"@page {name}": f"size: {page_size(look.paper, landscape=name == 'wide')[0] - 2 * MARGIN}pt {BAND}pt; margin: 0"
        for name in ("tall", "wide")
    }
    return look.typesetter.pdf(html, styles=("styles/band.css",), variables=sizes)


def footer(look: BundleLook, number: int, page: int, pages: int) -> str:
    """The footer of one exhibit page."""
    return look.catalog.text("bundle.footer", number=number, page=page, pages=pages)
