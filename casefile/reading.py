"""What a file says, without knowing any case: made once, by the reading room, and only read afterwards.

Boxes are (x0, y0, x1, y1) from 0 to 1 of the upright page; pages count from 1; sizes are in pixels of the page as read
(a PDF page is read at the size it was rasterised for reading).
"""

from dataclasses import dataclass
from typing import Literal

from casefile.fields.files import Box

READER_VERSION = "8"
"""Raised whenever a Reading of the same bytes would come out differently."""
THUMB_SIDE = 32
"""Cells along each side of a thumbprint."""

Thumbprint = bytes
"""``THUMB_SIDE`` rows of as many RGB cells; empty for anything but an uploaded picture."""

Verdict = Literal["sharp", "soft", "blurred", "no_content"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text with its score from 0 to 1 (1 where it comes from a text layer)."""

    text: str
    box: Box
    score: float

    def part(self, start: int, end: int) -> Box:
        """The box of characters ``start`` to ``end``, by their share of the line's width (wide characters count double)."""
        widths = [2 if ord(char) > 0x2E7F else 1 for char in self.text] or [1]
        total = sum(widths)
        x0, y0, x1, y1 = self.box
        left = x0 + (x1 - x0) * sum(widths[:start]) / total
        right = x0 + (x1 - x0) * sum(widths[:end]) / total
        return (left, y0, max(right, left), y1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Barcode:
    """One bar code: its text, its format (``Code128``, ``QRCode`` …) and where it stands."""

    text: str
    format: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharpness:
    """EW10, the local edge width in pixels of the analysis copy (long side at most 1600).

    ``None`` without content, and on pages of type from outlines, which are sharp at any size.
    """

    edge_width: float | None
    verdict: Verdict


FlawKind = Literal["enlarged", "stretched", "too_dark", "too_bright", "reflection"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What went wrong when a picture was made, and how much.

    ``amount``: how many times a screenshot was enlarged or stretched; the brightness (0 to 255) that hardly anything exceeds
    (``too_dark``) or falls below (``too_bright``). ``box``: where a reflection lies.
    """

    what: FlawKind
    amount: float
    box: Box | None = None


Unread = Literal["hairline", "cut-short", "failed", "not-shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How far a page was read, so that nobody takes silence for absence.

    ``engine``: what read it (``text_layer``, the names of OCR engines, joined by ``+``); empty where nothing did.
    ``read_share``: how much of the area of its writing was surely read, 0 to 1; 1 where there is none.
    ``score``: the mean over its characters, ``None`` without any. ``unread_script``: ISO 15924 code of a script that was seen and
    is not read, ``Zyyy`` where nobody can tell which. ``unread_box``: where the writing stands that was not surely read.
    """

    engine: str = ""
    read_share: float = 1.0
    score: float | None = None
    unread_script: str | None = None
    unread_box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """One page or picture as read.

    ``unread``: why it was not read, or only in part: it is thin as a hair, it took too long, reading failed, or it could not be
    drawn. ``covered``: where text of a document was that nobody can see, and ``covered_words`` what it said; both are gone from
    what is placed on pages.
    """

    number: int
    width: int
    height: int
    lines: tuple[Line, ...] = ()
    barcodes: tuple[Barcode, ...] = ()
    sharpness: Sharpness = Sharpness(edge_width=None, verdict="no_content")
    text_height_px: float | None = None
    text_source: Literal["ocr", "text_layer", "none"] = "none"
    perceptual_hash: int | None = None
    flaws: tuple[Flaw, ...] = ()
    thumbprint: Thumbprint = b""
    unread: Unread | None = None
    covered: tuple[Box, ...] = ()
    covered_words: str = ""
    receipt: Receipt = Receipt()

    @property
    def text(self) -> str:
        """The page's lines, one per line."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exif:
    """Camera data: an unverified clock. ``taken_at`` is ISO 8601, with offset only where the file states one."""

    taken_at: str | None = None
    software: str | None = None
    has_location: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything read from one file. ``changes`` are codes of what was turned, flattened or removed (``change.<code>``)."""

    sha256: str
    media_type: str
    pages: tuple[ReadPage, ...]
    exif: Exif = Exif()
    has_text_layer: bool = False
    changes: tuple[str, ...] = ()
    reader_version: str = READER_VERSION

    @property
    def whole(self) -> bool:
        """Whether reading came to its end on every page; one that did not is reported and never cached: the next may see more."""
        return not any(page.unread in {"cut-short", "failed"} for page in self.pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedImage:
    """One picture, safe to place: a metadata-free JPEG or PNG stream, its stored size, and the turn that sets it upright.

    ``orientation`` is the EXIF value 1 to 8 that a JPEG keeps in its pixels; PNG is always stored upright (1).
    """

    data: bytes
    format: Literal["jpeg", "png"]
    width: int
    height: int
    orientation: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedPdf:
    """A PDF rewritten without active content, forms and annotations flattened; ``pages`` is its page count.

    ``rasters`` holds the pages (from 1) that have to be shown as a picture, with an invisible text of their words.
    """

    data: bytes
    pages: int
    rasters: tuple[tuple[int, PreparedImage], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file that could be read: what it says, and what may be placed on pages.

    ``prepared`` is one picture for pictures, or one document for PDF; ``previews`` are small JPEGs (long side about 480),
    one a page, for thumbnails.
    """

    reading: Reading
    prepared: PreparedImage | PreparedPdf
    previews: tuple[bytes, ...] = ()
