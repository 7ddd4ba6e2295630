"""Pages of a finished bundle seen before they leave: nothing can be copied from them that nobody sees, and nothing is blank.

PDFium draws each page with its text and without it: a character whose place looks the same both times is not to be seen. Both
PDFium's and Poppler's drawing are held beside that of the page as it was read.
"""

import ctypes
import io
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter
from pypdfium2 import raw as pdfium_raw

from casefile import text_folding
from casefile.fields.files import Box
from casefile.reading import PreparedImage
from reading import second_eye
from reading.intake import DecodeJob
from reading.limits import PUBLISHED
from reading.pdf import rendering, sight
from reading.pictures import compared

_SIDE = 1_000
"""Pixels of the longer side at which a finished page is drawn."""
_SECONDS_A_PAGE, _SECONDS = 0.15, 2.0
"""CPU that looking may take; pages behind that keep what was seen of them when they were read."""
_FEW, _MORE = 2, 6
_INSET = 0.15
_SAME = 0.01
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
        place = _framed(page, area(size))
        if place is None:
            return Unsealed(lacking=True)
        if wanted.glance and _as_before(wanted, place, _grey(page, _GLANCE / max(size)), size):
            return Unsealed()
        return _looked_closely(page, wanted, place, other)
    finally:
        page.close()


def _looked_closely(page: pdfium.PdfPage, wanted: Sealed, place: Box, other: _Other) -> Unsealed:
    size = page.get_size()
    scale = _SIDE / max(size)
    drawn = _grey(page, scale)
    lacking = any(_lacks(wanted, place, image, size) for image in (drawn, other.drawn) if image is not None)
    text_page = page.get_textpage()
    try:
        boxes = list(_unseen(page, text_page, place, drawn, scale))
        more = _letters(other.text) - _letters(text_page.get_text_range())
    finally:
        text_page.close()
    return Unsealed(lacking=lacking, unseen=tuple(boxes), more=more.total() > _MORE)


def _grey(page: pdfium.PdfPage, scale: float) -> Image.Image:
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        image: Image.Image = bitmap.to_pil().convert("L")
        return image.copy()
    finally:
        bitmap.close()


def _lacks(wanted: Sealed, place: Box, drawn: Image.Image, size: tuple[float, float]) -> bool:
    before, after = _pair(wanted, place, drawn, size, _SIDE)
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


def _unseen(
    page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, place: Box, drawn: Image.Image, scale: float
) -> Iterator[Box]:
    """Where characters of the evidence stand that nobody sees, as shares of what is shown."""
    numbers, boxes = _characters(text_page, place, _own(page))
    if not len(boxes):
        return
    without = _without_text(page, scale)
    marks = np.abs(np.asarray(drawn, dtype=np.int16) - np.asarray(without, dtype=np.int16)) >= sight.LEAST_CONTRAST
    seen = _anything(marks, boxes, page.get_height(), scale)
    hidden = [boxes[at] for at in np.flatnonzero(~seen) if not _misplaced(text_page, numbers[at], boxes[at])]
    x0, y0, x1, y1 = place
    for left, low, right, high in hidden if len(hidden) >= _FEW else ():
        across, down = x1 - x0, y1 - y0
        yield (
            float((left - x0) / across),
            float((y1 - high) / down),
            float((right - x0) / across),
            float((y1 - low) / down),
        )


def _misplaced(text_page: pdfium.PdfTextPage, number: int, box: npt.NDArray[np.float64]) -> bool:
    """Whether PDFium only says where the character would stand outside its form; then both of its boxes are the same.

    So it does with one that it gives as another, such as a radical as its sign.
    """
    left, right, low, high = (ctypes.c_double() for _ in range(4))
    pdfium_raw.FPDFText_GetCharBox(text_page.raw, number, left, right, low, high)
    return bool(np.abs(box - np.array([left.value, low.value, right.value, high.value])).max() < _SAME)


def _without_text(page: pdfium.PdfPage, scale: float) -> Image.Image:
    texts = list(sight.texts(page))
    for item in texts:
        pdfium_raw.FPDFPageObj_SetIsActive(item, 0)
    without = _grey(page, scale)
    for item in texts:
        pdfium_raw.FPDFPageObj_SetIsActive(item, 1)
    return without


def _top(page: pdfium.PdfPage, kind: int) -> Iterator[Any]:
    """What stands on the page itself, which is ours; evidence stands inside a form or is a picture."""
    for place in range(pdfium_raw.FPDFPage_CountObjects(page.raw)):
        item = pdfium_raw.FPDFPage_GetObject(page.raw, place)
        if pdfium_raw.FPDFPageObj_GetType(item) == kind:
            yield item


def _own(page: pdfium.PdfPage) -> frozenset[int]:
    """Our own texts: the footer, and words under pictures, which were read on what can be seen."""
    return frozenset(_address(item) for item in _top(page, pdfium_raw.FPDF_PAGEOBJ_TEXT))


def _address(item: Any) -> int:  # noqa: ANN401  # a handle
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _framed(page: pdfium.PdfPage, area: Box) -> Box | None:
    """The largest hairline frame where evidence may stand."""
    edges = [ctypes.c_float() for _ in range(4)]
    found: list[Box] = []
    for item in _top(page, pdfium_raw.FPDF_PAGEOBJ_PATH):
        if pdfium_raw.FPDFPageObj_GetBounds(item, *edges):
            left, low, right, high = (edge.value for edge in edges)
            if left > area[0] - 1 and low > area[1] - 1 and right < area[2] + 1 and high < area[3] + 1:
                found.append((left, low, right, high))
    return max(found, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]), default=None)


def _characters(
    text_page: pdfium.PdfTextPage, place: Box, own: frozenset[int]
) -> tuple[list[int], npt.NDArray[np.float64]]:
    """Numbers and boxes of the letters and digits whose middle stands within ``place``, without our own words."""
    raw, rectangle = text_page.raw, pdfium_raw.FS_RECTF()
    unicode, boxed, object_of = (
        pdfium_raw.FPDFText_GetUnicode, pdfium_raw.FPDFText_GetLooseCharBox, pdfium_raw.FPDFText_GetTextObject,
    )  # fmt: skip
    numbers, found = list[int](), list[Box]()
    for index in range(text_page.count_chars()):
        code = unicode(raw, index)
        if code <= 32 or code > 0x10FFFF or not chr(code).isalnum() or not boxed(raw, index, rectangle):
            continue
        left, low, right, high = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        if not (place[0] <= (left + right) / 2 <= place[2] and place[1] <= (low + high) / 2 <= place[3]):
            continue
        if _address(object_of(raw, index)) not in own:
            numbers.append(index)
            found.append((left, low, right, high))
    return numbers, np.array(found, dtype=np.float64).reshape(len(found), 4)


def _anything(
    marks: npt.NDArray[np.bool_], places: npt.NDArray[np.float64], height: float, scale: float
) -> npt.NDArray[np.bool_]:
    """For each place whether there is a mark in it, by a table of sums."""
    rows, columns = marks.shape
    sums = np.zeros((rows + 1, columns + 1), dtype=np.int32)
    np.cumsum(np.cumsum(marks, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
    inset = _INSET * (places[:, 2] - places[:, 0])
    left = np.clip(np.floor((places[:, 0] + inset) * scale).astype(int), 0, columns)
    right = np.clip(np.floor((places[:, 2] - inset) * scale).astype(int) + 1, 0, columns)
    top = np.clip(np.floor((height - places[:, 3]) * scale).astype(int), 0, rows)
    bottom = np.clip(np.floor((height - places[:, 1]) * scale).astype(int) + 1, 0, rows)
    return np.asarray(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left] > 0)


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
