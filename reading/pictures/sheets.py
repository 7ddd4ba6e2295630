"""Pages that we draw or unpack ourselves (a text, a mail, a film's frames, a scan of many pages) as a document.

The document holds the sizes of the pages; each page is placed as a picture, with its words as an invisible text. Further
pages are drawn again from the original bytes when they are asked for, so memory does not grow with the number of pages.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf
from PIL import Image

from reading.intake import Box, DecodedPicture, DecodeJob, Opened, Page
from reading.pictures import making

DPI = 150
WIDTH, HEIGHT = 1_240, 1_754
"""A4 at 150 DPI."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSheet:
    """One page, upright; ``lines`` are its words where they are known, else they are read from the pixels."""

    image: Image.Image
    lines: tuple[tuple[str, Box], ...] | None = None
    lossless: bool = True
    changes: tuple[str, ...] = ()


Draw = Callable[[int], DrawnSheet]
"""Page number, from 1 → the page."""


def opened(draw: Draw, sizes: list[tuple[int, int]], job: DecodeJob, changes: tuple[str, ...]) -> Opened:
    """A document of pages of these sizes (pixels at 150 DPI), the first of them drawn."""
    every = frozenset(range(1, len(sizes) + 1))
    first = DecodeJob(
        limits=job.limits, redactions=job.redactions, pages=(1, min(len(sizes), job.limits.pages_at_once))
    )
    burned = any(number in every for number, _ in job.redactions)
    return Opened(
        prepared=_blank(sizes),
        page_count=len(sizes),
        pages=pages(draw, len(sizes), first),
        changes=(*changes, *(("redacted",) if burned else ())),
        rasters=every,
        original_pages=True,
    )


def pages(draw: Draw, count: int, job: DecodeJob) -> Iterator[Page]:
    """Pages ``job.pages``, drawn."""
    first, last = job.pages or (1, 1)
    for number in range(first, min(last, count) + 1):
        yield _page(draw(number), number, job)


def _page(sheet: DrawnSheet, number: int, job: DecodeJob) -> Page:
    image, lines, boxes = sheet.image, sheet.lines, job.boxes(number)
    if boxes:
        # The words are read again from what is left, so that no word under a box can survive.
        image, lines = making.burned(image, boxes), None
    page = making.page_of(image, image.size, job, number)
    return Page(
        number=number,
        width=page.width,
        height=page.height,
        pixels=page.pixels,
        preview=page.preview,
        lines=lines,
        raster=_raster(image, lossless=sheet.lossless),
        changes=sheet.changes,
    )


def _raster(image: Image.Image, *, lossless: bool) -> DecodedPicture:
    return making.as_png(image) if lossless else making.as_jpeg(image, quality=90)


def _blank(sizes: list[tuple[int, int]]) -> bytes:
    document = pikepdf.Pdf.new()
    for width, height in sizes:
        document.add_blank_page(page_size=(_points(width), _points(height)))
    sink = io.BytesIO()
    document.save(sink, deterministic_id=True)
    return sink.getvalue()


def _points(pixels: int) -> float:
    return min(14_400.0, max(3.0, pixels * 72 / DPI))  # what a page may measure (ISO 32000-2, annex C)
