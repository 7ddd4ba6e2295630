"""Pages seen by two programs before anything is read on them: where one shows what the other lacks, the fuller drawing is the page.

Readers of a bundle use both kinds of programs. A page on which they differ goes along as a picture of what is there, which every
program shows alike, and its file says so.
"""

import io
from collections.abc import Callable
from dataclasses import replace

from PIL import Image

from casefile.reading import PreparedImage
from reading import second_eye
from reading.limits import ReadingLimits
from reading.pictures import compared
from reading.results import PagePixels

REDRAWN, ALONE = "pages-redrawn", "one-eye"
_QUALITY = 90

Again = Callable[[int], PagePixels | None]
"""Draws a page once more, as a picture that can take its place."""


def seen_twice(
    pages: tuple[PagePixels, ...], document: bytes, limits: ReadingLimits, again: Again
) -> tuple[PagePixels, ...]:
    """The pages of a rewritten document, those replaced on which two programs differ."""
    if not pages:
        return pages
    if not second_eye.there():
        return tuple(_with(page, ALONE) for page in pages)
    other = second_eye.drawings(document, pages[0].number, pages[-1].number, limits)
    return tuple(_settled(page, other.get(page.number), document, limits, again) for page in pages)


def _settled(
    page: PagePixels, other: Image.Image | None, document: bytes, limits: ReadingLimits, again: Again
) -> PagePixels:
    if other is None:
        return _as_picture(page, again)
    own_lacks, other_lacks = compared.either_lacks(_small(page), other)
    if own_lacks:
        fuller = second_eye.whole(document, page.number, limits)
        return page if fuller is None else _from(fuller, page, limits)
    return _as_picture(page, again) if other_lacks else page


def _with(page: PagePixels, change: str) -> PagePixels:
    return replace(page, changes=(*page.changes, change))


def _as_picture(page: PagePixels, again: Again) -> PagePixels:
    """The page shown as the first program draws it; one that is shown so already stays."""
    if page.raster is not None:
        return page
    drawn = again(page.number)
    return page if drawn is None else _with(drawn, REDRAWN)


def _small(page: PagePixels) -> Image.Image:
    mode = "L" if page.channels == 1 else "RGB"
    image = Image.frombytes(mode, (page.pixel_width, page.pixel_height), page.data)
    image.thumbnail((compared.SIDE, compared.SIDE))
    return image


def _from(image: Image.Image, page: PagePixels, limits: ReadingLimits) -> PagePixels:
    """The page as the second program draws it; its words are read on the drawing."""
    sink, small = io.BytesIO(), io.BytesIO()
    image.save(sink, "JPEG", quality=_QUALITY, subsampling=0)
    thumbnail = image.copy()
    thumbnail.thumbnail((limits.preview_side, limits.preview_side))
    thumbnail.save(small, "JPEG", quality=80)
    raster = PreparedImage(data=sink.getvalue(), format="jpeg", width=image.width, height=image.height)
    return replace(
        page, width=image.width, height=image.height, pixel_width=image.width, pixel_height=image.height, channels=3,
        data=image.tobytes(), preview=small.getvalue(), lines=None, pictured=False, outlines=False, raster=raster,
        changes=(*page.changes, REDRAWN), covered=(), covered_words="",
    )  # fmt: skip
