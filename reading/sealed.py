"""Pages of a finished bundle seen before they leave: nothing can be copied from them that nobody sees, and nothing is blank.

PDFium draws each page with its text and without it: a character whose place looks the same both times is not to be seen. Both
PDFium's and Poppler's drawing are held beside that of the page as it was read.
"""

import io
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter

from casefile import text_folding
from casefile.fields.files import Box
from casefile.reading import PreparedImage
from reading import second_eye
from reading.intake import DecodeJob
from reading.limits import PUBLISHED
from reading.pdf import drawn_text, finished, rendering
from reading.pictures import compared

_SECONDS_A_PAGE, _SECONDS = 0.15, 2.0
"""CPU that looking may take; pages behind that keep what was seen of them when they were read."""
_MORE = 6
_NEAR = 4
_GLANCE, _PLACES, _INK = 160, (40, 56), 10
"""Pixels of a coarse drawing, the places in which it is compared, and the mean darkness (of 255) that is something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """One page of the bundle (index from 0) and what it has to show.

    ``preview``: the small drawing of the page as it was read; ``part``: top and bottom of what is shown of it. ``glance``: where it
    looks as it did when it was read, it is not looked at more closely, because both programs did so then.
    """

    index: int
    preview: bytes
    words: str = ""
    """Those that we laid under it; PDFium leaves some out, because like ones stand near each other."""
    part: tuple[float, float] = (0.0, 1.0)
    glance: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsealed:
    """What is wrong with a page: it lacks something, or text at these places (shares of what is shown) is not to be seen.

    ``more``: another program copies from it what PDFium does not find there.
    """

    lacking: bool = False
    unseen: tuple[Box, ...] = ()
    more: bool = False

    @property
    def is_wrong(self) -> bool:
        """Whether anything is."""
        return self.lacking or bool(self.unseen) or self.more


Area = Callable[[tuple[float, float]], Box]
"""Where evidence may stand on a page of this size, in points from the bottom left."""


def broken(bundle: bytes, pages: Sequence[Sealed], area: Area) -> Mapping[int, Unsealed]:
    """The pages (by index) that must not leave like this."""
    end = time.process_time() + _SECONDS + _SECONDS_A_PAGE * len(pages)
    found: dict[int, Unsealed] = {}
    others = _other_eye(bundle, sorted(page.index for page in pages if not page.glance))
    with pdfium.PdfDocument(bundle) as document:
        for page in pages:
            if time.process_time() > end:
                break
            seen = _look(document, page, others.get(page.index, _Other()), area)
            if seen.is_wrong:
                found[page.index] = seen
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Other:
    """A page as Poppler draws and copies it."""

    drawn: Image.Image | None = None
    text: str = ""


def _look(document: pdfium.PdfDocument, wanted: Sealed, other: _Other, area: Area) -> Unsealed:
    page = document[wanted.index]
    try:
        size = page.get_size()
        place = finished.framed(page, area(size))
        if place is None:
            return Unsealed(lacking=True)
        if wanted.glance and _as_before(wanted, place, rendering.shown(page, _GLANCE / max(size), grey=True), size):
            return Unsealed()
        return _looked_closely(page, wanted, place, other)
    finally:
        page.close()


def _looked_closely(page: pdfium.PdfPage, wanted: Sealed, place: Box, other: _Other) -> Unsealed:
    size = page.get_size()
    scale = finished.SIDE / max(size)
    drawn = rendering.shown(page, scale, grey=True)
    lacking = any(_lacks(wanted, place, image, size) for image in (drawn, other.drawn) if image is not None)
    text_page = page.get_textpage()
    try:
        theirs = finished.characters(text_page, place, frozenset(map(drawn_text.address, finished.own_texts(page))))
        boxes = list(finished.unseen(page, text_page, place, theirs, drawn))
        more = _letters(other.text) - _letters(theirs.text) - _letters(finished.said(page, text_page) + wanted.words)
    finally:
        text_page.close()
    return Unsealed(lacking=lacking, unseen=tuple(boxes), more=more.total() > _MORE)


def _lacks(wanted: Sealed, place: Box, drawn: Image.Image, size: tuple[float, float]) -> bool:
    before, after = _pair(wanted, place, drawn, size, finished.SIDE)
    if min(*after.size, *before.size) < _NEAR:
        return False
    small = (min(before.width, after.width), min(before.height, after.height))
    return compared.lacks(before.resize(small), after.resize(small))


def _as_before(wanted: Sealed, place: Box, drawn: Image.Image, size: tuple[float, float]) -> bool:
    """Whether nothing is blank, place by place of a coarse drawing, where there was something before."""
    before, after = _pair(wanted, place, drawn, size, _GLANCE)
    if min(*after.size, *before.size) < _NEAR:
        return False
    was, now = (
        ImageChops.invert(image.resize(_PLACES, Image.Resampling.BOX)).point(lambda ink: min(ink, _INK))
        for image in (before, after)
    )
    lost = ImageChops.subtract(was, now.filter(ImageFilter.MaxFilter(3)))
    return float(lost.getextrema()[1]) <= _INK // 2  # type: ignore[arg-type]  # one channel has two numbers


def _pair(
    wanted: Sealed, place: Box, drawn: Image.Image, size: tuple[float, float], side: int
) -> tuple[Image.Image, Image.Image]:
    """What was read and what the page shows in the place of it."""
    opened = Image.open(io.BytesIO(wanted.preview))
    opened.draft("L", (side, side))
    before, (top, bottom) = opened.convert("L"), wanted.part
    before = before.crop((0, round(top * before.height), before.width, max(1, round(bottom * before.height))))
    scale = drawn.width / size[0]
    x0, y0, x1, y1 = place
    window = (round(x0 * scale), round((size[1] - y1) * scale), round(x1 * scale), round((size[1] - y0) * scale))
    return before, drawn.crop(window)


def _letters(text: str) -> Counter[str]:
    return Counter(sign for sign in text_folding.compatible(text) if sign.isalnum())


def _other_eye(bundle: bytes, indexes: Sequence[int]) -> Mapping[int, _Other]:
    """The pages as Poppler sees them; none where it is not there or will not."""
    if not indexes or not second_eye.there():
        return {}
    part, count = _alone(bundle, indexes), len(indexes)
    texts = second_eye.texts(part, 1, count, PUBLISHED)
    drawn = second_eye.drawings(part, 1, count, PUBLISHED)
    return {
        index: _Other(drawn=drawn.get(number), text=texts.get(number, ""))
        for number, index in enumerate(indexes, start=1)
    }


def _alone(bundle: bytes, indexes: Sequence[int]) -> bytes:
    """These pages without the others, and without the colour profile that Poppler reads anew for each page."""
    sink = io.BytesIO()
    with pikepdf.open(io.BytesIO(bundle)) as whole, pikepdf.new() as part:
        part.pages.extend([whole.pages[index] for index in indexes])
        part.save(sink, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return sink.getvalue()


def as_picture(document: bytes, number: int) -> PreparedImage:
    """A page (from 1) of a rewritten document as the picture that goes in instead."""
    with pdfium.PdfDocument(document) as shown:
        made = rendering.raster(shown[number - 1], DecodeJob())
    return PreparedImage(data=made.data, format=made.format, width=made.width, height=made.height)
