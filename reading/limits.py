"""The published limits of reading, in one place, so that documentation, refusals and tests name the same numbers.

Values follow what trusted document services publish; each can be changed where the room is opened, never in passing.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Self

from casefile.limits import FILE_BYTES, FILM_BYTES

MEBIBYTE = 1024 * 1024
MOST_COVERED = 200
"""Covered lines of a page that are told."""
MOST_HIDDEN_WORDS = 300
"""Characters of what a page hides that are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """How much one upload may ask for. Sizes in bytes, times in seconds of CPU, pictures in pixels."""

    file_bytes: int = FILE_BYTES
    image_pixels: int = 50_000_000
    image_side: int = 20_000
    jpeg_scans: int = 100
    """More progressive passes than any camera writes; a known way to burn CPU."""
    pdf_pages: int = 500
    pdf_image_pixels: int = 100_000_000
    pdf_stream_bytes: int = 256 * MEBIBYTE
    decode_seconds: float = 10.0
    """CPU of one guarded child. It may idle twice as long; waiting for a processor does not count."""
    document_seconds: float = 120.0
    """CPU for a document of many pages, whose pages are rendered a few at a time."""
    child_memory: int = 1024 * MEBIBYTE
    """Address space a child may add to what it starts with."""
    result_bytes: int = 512 * MEBIBYTE
    children: int = 4
    """Guarded children at once in one process."""
    reading_pixels: int = 16_000_000
    """Larger pictures are read from a smaller copy; what is placed on pages keeps its size."""
    pdf_reading_side: int = 1_754
    """Long side of a PDF page as read: A4 at 150 DPI."""
    raster_dpi: int = 200
    raster_pixels: int = 16_000_000
    pages_at_once: int = 40
    bytes_at_once: int = 96 * MEBIBYTE
    """Pages of a PDF that one child renders, and pixels after which it stops, so that memory does not grow with the document."""
    preview_side: int = 480
    text_characters: int = 500_000
    """Of a text or a mail that is set on pages."""
    archive_files: int = 200
    archive_bytes: int = FILM_BYTES
    """All that an archive or a mail holds, unpacked."""
    archive_ratio: int = 100
    """How many times larger than packed an entry may become."""
    film_bytes: int = FILM_BYTES
    """Films are larger than pictures; only a few frames of them are kept as pixels."""
    cache_bytes: int = 128 * MEBIBYTE
    reading_seconds: float = 60.0
    """CPU that one file may take to be read, once it is decoded."""
    page_seconds: float = 20.0
    """CPU that one page of it may take."""
    hairline: int = 60
    """From so many times as long as wide a page is a line, on which nothing can be read."""

    def plain(self) -> dict[str, int | float]:
        """The limits as a mapping that travels to the guarded child."""
        return asdict(self)

    @classmethod
    def from_plain(cls, values: Mapping[str, int | float]) -> Self:
        """The limits that ``plain`` described."""
        return cls(**values)  # type: ignore[arg-type]


PUBLISHED = ReadingLimits()
