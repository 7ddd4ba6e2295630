"""What stands around an exhibit: the header band, laid out once per exhibit, and the footer of each page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from casefile.citation import PlannedExhibit
from casefile.errors import ProofFault
from casefile.reading import Line, PreparedImage, PreparedPdf
from casefile.wording import Catalog
from evidence_packer.judge.highlights import Marks
from press.html import Typesetter
from press.pdf.asking import page_count
from press.pdf.geometry import PAPER, Paper, Rectangle

MARGIN = 28.0
"""White margin around everything, in points."""
BAND = 66.0
"""Height of the header band."""
FOOTER = 22.0
"""Height kept for the footer line."""
CROPS = 168.0
"""Width kept at the right of a band for enlarged crops, where an exhibit has any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitPages:
    """One exhibit to place: its plan, words for its band, and the picture or document to show untouched.

    ``lines`` by page (from 1): words that lie invisibly under it, those of its pictures (``words_of``).
    ``text_height``: size of the type in pixels of the prepared picture, where known; ``fit`` keeps it legible.
    ``marks``: for each evidence page what is marked in its margin (empty: nothing anywhere).
    """

    planned: PlannedExhibit
    caption: str
    kind_label: str
    proves: str | None
    """What its band says that it proves; where pages differ, that of the page at hand (``of_page``)."""
    prepared: PreparedImage | PreparedPdf
    lines: Mapping[int, tuple[Line, ...]] = field(default_factory=dict)
    text_height: float | None = None
    marks: tuple[Marks, ...] = ()
    group: str = ""
    """The bookmark that gathers it with like exhibits, in a large bundle."""
    printed_from: str = ""
    """The name of an office file, which nobody sees as it is set here."""

    by_page: Mapping[int, str] | None = None
    """What each printed page proves; ``None``: all of them what ``proves`` says."""

    def of_page(self, page: int) -> "ExhibitPages":
        """The exhibit as the band of one printed page names it: a page that proves nothing says what it is."""
        return self if self.by_page is None else replace(self, proves=self.by_page.get(page))

    @property
    def crops(self) -> bool:
        """Whether its band keeps room for crops: a picture with places to look at."""
        pictures = isinstance(self.prepared, PreparedImage) or bool(self.prepared.rasters)
        return pictures and any(mark.places for mark in self.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleLook:
    """How a bundle looks: paper, language, its title in the viewer's window, what it is about."""

    catalog: Catalog
    title: str
    subject: str = ""
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


def band_area(size: tuple[float, float]) -> Rectangle:
    """Where the band stands."""
    return Rectangle(x=MARGIN, y=size[1] - MARGIN - BAND, width=size[0] - 2 * MARGIN, height=BAND)


def bands(look: BundleLook, wanted: Sequence[tuple[ExhibitPages, bool]]) -> bytes:
    """One PDF with a page per (exhibit, landscape) pair, each just as large as its band."""
    strips = []
    for exhibit, landscape in wanted:
        width = page_size(look.paper, landscape=landscape)[0] - 2 * MARGIN
        page = "wide" if landscape else "tall"
        strips.append({"exhibit": exhibit, "page": page, "width": width, "room": CROPS if exhibit.crops else 0})
    html = look.typesetter.render("front_pages/band.html", strips=strips, t=look.catalog.text, language=look.language)
    sizes = {
        f"@page {name}": f"size: {page_size(look.paper, landscape=name == 'wide')[0] - 2 * MARGIN}pt {BAND}pt; margin: 0"
        for name in ("tall", "wide")
    }
    return look.typesetter.pdf(html, styles=("styles/band.css",), variables=sizes)


def translations(look: BundleLook, texts: Sequence[str]) -> bytes:
    """One PDF with a page per text, as large as the place where evidence stands.

    Raises:
        ProofFault: ``proof-translation``: a text does not fit its page.
    """
    area = evidence_area(page_size(look.paper, landscape=False))
    html = look.typesetter.render(
        "front_pages/translation.html", texts=texts, t=look.catalog.text, language=look.language
    )
    size = f"size: {area.width}pt {area.height}pt; margin: 0"
    made = look.typesetter.pdf(html, styles=("styles/band.css", "styles/translation.css"), variables={"@page": size})
    if page_count(made) != len(texts):
        raise ProofFault("proof-translation", expected=len(texts), found=page_count(made))
    return made
