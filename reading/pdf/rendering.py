"""Pages of a PDF as pixels: for reading, for the preview, and in place of a page that cannot be carried over.

Scaled by the pixels that come out, never by the page size that the file states: a page may claim to be kilometres wide.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image

from reading.intake import Box, DecodedPicture, DecodeJob, Page
from reading.limits import MOST_HIDDEN_WORDS
from reading.pdf import sight, veils
from reading.pdf.text import TextLayer, glyphs_of, picture_boxes, text_layer
from reading.pictures import compared, making

_POINTS = 72
_TEXT_DPI, _OCR_DPI = 150, 200
_BLANK = (1240, 1754)


def pages(document: pdfium.PdfDocument, numbers: Iterable[int], job: DecodeJob) -> Iterator[Page]:
    """These pages, one after the other, each closed before the next; a page that cannot be shown is blank and says so."""
    for number in numbers:
        try:
            page = document[number - 1]
        except (pdfium.PdfiumError, IndexError):
            yield _blank(number, job)
            continue
        try:
            yield _page(page, number, job)
        finally:
            page.close()


def _blank(number: int, job: DecodeJob) -> Page:
    blank = making.page_of(Image.new("L", _BLANK, 255), _BLANK, job, number)
    return Page(
        number=number,
        width=blank.width,
        height=blank.height,
        pixels=blank.pixels,
        preview=blank.preview,
        lines=(),
        raster=making.as_png(Image.new("L", _BLANK, 255)),
        changes=("page-unreadable",),
    )


class _Layer(NamedTuple):
    """The text layer as far as it can be seen, and what of it cannot."""

    text: TextLayer
    hidden: tuple[tuple[str, Box], ...] = ()
    rebuilt: bool = False
    """The page must not go along as it is."""


def _layer(page: pdfium.PdfPage, number: int, job: DecodeJob) -> _Layer:
    if number in job.untrusted_text:
        return _Layer(TextLayer(lines=(), useful=False))
    text_page = page.get_textpage()
    try:
        glyphs = glyphs_of(page, text_page)
        seen = sight.look(page, text_page, glyphs)
    finally:
        text_page.close()
    layer = text_layer(page, seen.glyphs)
    if seen.jumbled:
        layer = replace(layer, pictured=layer.useful, alone=False)
    if seen.invisible and seen.hidden and _on_pictures(page, seen.hidden):
        # What a program read on a scan; it is read again, because nobody sees whether it is right.
        return _Layer(replace(layer, pictured=layer.useful, alone=False), (), rebuilt=True)
    return _Layer(layer, seen.hidden, bool(seen.hidden) or seen.aside or seen.slow)


def _on_pictures(page: pdfium.PdfPage, hidden: tuple[tuple[str, Box], ...]) -> bool:
    pictures = picture_boxes(page)
    middles = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for _, box in hidden]
    return all(any(p[0] <= x <= p[2] and p[1] <= y <= p[3] for p in pictures) for x, y in middles)


def _page(page: pdfium.PdfPage, number: int, job: DecodeJob) -> Page:
    layer, hidden, rebuilt = _layer(page, number, job)
    replaced = rebuilt or number in job.rasters or veils.partly_shown(page)
    if layer.alone:
        return _told(_outlined(page, layer, number, job, replaced=replaced), hidden)
    text_only = layer.useful and not layer.pictured
    image = _drawn(page, job, _TEXT_DPI if text_only else _OCR_DPI, grey=text_only)
    # A preview in grey would misrepresent the page; colour at this size costs little.
    small = shown(page, job.limits.preview_side / max(*page.get_size(), 1), grey=False) if text_only else image
    made = Page(
        number=number,
        width=image.width,
        height=image.height,
        pixels=making.pixels_of(image),
        preview=making.preview_of(small, job.limits),
        lines=layer.lines if layer.useful else None,
        pictured=layer.pictured,
        raster=raster(page, job) if replaced else None,
    )
    return _told(made, hidden)


def _told(page: Page, hidden: tuple[tuple[str, Box], ...]) -> Page:
    if not hidden:
        return page
    words = " | ".join(text for text, _ in hidden)[:MOST_HIDDEN_WORDS]
    return replace(page, covered=tuple(box for _, box in hidden), covered_words=words)


def _outlined(page: pdfium.PdfPage, layer: TextLayer, number: int, job: DecodeJob, *, replaced: bool) -> Page:
    """A page of type alone: its words are known, and there is nothing to measure on type that is drawn from outlines."""
    width, height = page.get_size()
    scale = _scale(page, _TEXT_DPI, job)
    small = shown(page, job.limits.preview_side / max(width, height, 1), grey=False)
    return Page(
        number=number,
        width=max(1, round(width * scale)),
        height=max(1, round(height * scale)),
        pixels=making.pixels_of(small.convert("L")),
        preview=making.preview_of(small, job.limits),
        lines=layer.lines,
        outlines=True,
        raster=_compact(whole(page, job), type_alone=True) if replaced else None,
    )


def _scale(page: pdfium.PdfPage, dpi: int, job: DecodeJob) -> float:
    width, height = page.get_size()
    scale = max(dpi / _POINTS, job.limits.pdf_reading_side / max(width, height, 1))
    return _bounded(scale, width, height, job.limits.reading_pixels, job.limits.image_side)


def _drawn(page: pdfium.PdfPage, job: DecodeJob, dpi: int, *, grey: bool) -> Image.Image:
    return shown(page, _scale(page, dpi, job), grey=grey)


def raster(page: pdfium.PdfPage, job: DecodeJob) -> DecodedPicture:
    """The page as a picture at the published resolution, or as fine as its size allows."""
    return _compact(whole(page, job))


def whole(page: pdfium.PdfPage, job: DecodeJob) -> Image.Image:
    """The page in colour at the published resolution, within the bound on pixels."""
    width, height = page.get_size()
    scale = _bounded(job.limits.raster_dpi / _POINTS, width, height, job.limits.raster_pixels, job.limits.image_side)
    return shown(page, scale, grey=False)


def small(page: pdfium.PdfPage) -> Image.Image:
    """The page as it is compared with other drawings of it."""
    return shown(page, compared.SIDE / max(*page.get_size(), 1.0), grey=True)


def _bounded(scale: float, width: float, height: float, pixels: int, side: int) -> float:
    by_area = math.sqrt(pixels / max(width * height, 1e-3))
    by_side = side / max(width, height, 1e-3)
    return min(scale, by_area * 0.99, by_side * 0.99)


def shown(page: pdfium.PdfPage, scale: float, *, grey: bool) -> Image.Image:
    """The page drawn at this scale, in grey or in colour."""
    bitmap = page.render(scale=scale, grayscale=grey, rev_byteorder=not grey, prefer_bgrx=not grey)
    try:
        # A copy in any case: the bitmap's memory goes away with it.
        image: Image.Image = bitmap.to_pil().convert("L" if grey else "RGB")
        return image
    finally:
        bitmap.close()


def _compact(image: Image.Image, *, type_alone: bool = False) -> DecodedPicture:
    """The smaller of both forms; black type alone is smaller without loss, so that only colour has to be tried."""
    colour = image.convert("RGB")
    channels = colour.split()
    grey = all(channels[0].tobytes() == channel.tobytes() for channel in channels[1:])
    if grey and type_alone:
        return making.as_png(channels[0])
    lossy = making.as_jpeg(channels[0] if grey else colour, quality=88)
    lossless = making.as_png(channels[0]) if grey else None
    return lossless if lossless and len(lossless.data) <= 1.2 * len(lossy.data) else lossy
