"""PDF: rewritten without anything active or private; pages that cannot be carried over faithfully become pictures.

qpdf rewrites; where it cannot open a file, pdfium may still show it, and then every page is a picture; where neither can,
the file is refused. Pages are read from the rewritten file, so what is read is what is placed.
"""

import io
import time
from collections.abc import Iterator, Mapping

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from reading.intake import DecodeJob, Intake, Opened, Page
from reading.pdf import cleaning, kept, opening, rendering, scrubbing
from reading.pictures import making

_MARK = b"%PDF-"
_LATEST_START = 1024
_FIRST = 8
"""Pages that the child draws that has rewritten the document."""
_PART = 0.25
"""Of the CPU of one child, that drawing pages may take before the next child goes on."""


def score(head: bytes) -> float:
    """The mark at the start, or within the first kilobyte as readers of PDF allow."""
    if head.startswith(_MARK):
        return 1.0
    return 0.4 if _MARK in head[:_LATEST_START] else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """The rewritten document and its first pages.

    Raises:
        Refusal: ``file-encrypted``, ``pdf-too-many-pages``, ``file-truncated``, ``file-unreadable``.
    """
    opening.set_limits(job.limits)
    document = opening.open_for_rewriting(data, job.limits)
    if document is None:
        return _shown_only(data, job)
    try:
        with document:
            clean = cleaning.clean(document)
    except scrubbing.Unpackable:
        return _shown_only(data, job)
    redrawn = kept.lost(data, clean.data, job)
    carried = _pictured(clean.data, redrawn, job) if redrawn else clean.data
    redacted = frozenset(number for number, _ in job.redactions if number <= clean.pages)
    rewritten = _burned(carried, redacted, job) if redacted else carried
    rasters = (clean.rasters - redrawn.keys()) | redacted
    return Opened(
        prepared=rewritten,
        page_count=clean.pages,
        pages=_first_pages(rewritten, clean.pages, job, rasters, clean.hidden),
        changes=(*clean.changes, *(["redacted"] if redacted else []), *(["pages-redrawn"] if redrawn else [])),
        rasters=rasters,
        untrusted_text=clean.hidden,
    )


def pages(data: bytes, job: DecodeJob) -> Iterator[Page]:
    """Pages ``job.pages`` of the rewritten document (or of the original, where that is all there is).

    Of large or slow pages only the first few, so that no call takes long: the others are asked for again.
    """
    first, last = job.pages or (1, 1)
    document = opening.open_for_showing(data, job.limits)
    end, left = time.process_time() + _PART * job.limits.decode_seconds, job.limits.bytes_at_once
    try:
        document.init_forms()
        for page in rendering.pages(document, range(first, min(last, len(document)) + 1), job):
            yield page
            left -= len(page.pixels.data) + (len(page.raster.data) if page.raster else 0)
            if left <= 0 or time.process_time() > end:
                return
    finally:
        document.close()


def _first_pages(
    data: bytes, count: int, job: DecodeJob, rasters: frozenset[int], untrusted: frozenset[int]
) -> Iterator[Page]:
    last = min(count, job.limits.pages_at_once, _FIRST)
    return pages(data, DecodeJob(limits=job.limits, pages=(1, last), rasters=rasters, untrusted_text=untrusted))


def _shown_only(data: bytes, job: DecodeJob) -> Opened:
    document = opening.open_for_showing(data, job.limits)
    try:
        sizes = [document.get_page_size(index) for index in range(len(document))]
    finally:
        document.close()
    every = frozenset(range(1, len(sizes) + 1))
    empty = Pdf.new()
    for width, height in sizes:
        empty.add_blank_page(page_size=(_page_side(width), _page_side(height)))
    return Opened(
        prepared=cleaning.saved(empty),
        page_count=len(sizes),
        pages=_first_pages(data, len(sizes), job, every, every),
        changes=("repaired", "pages-rasterised"),
        rasters=every,
        untrusted_text=every,
        original_pages=True,
    )


def _page_side(points: float) -> float:
    return min(14_400.0, max(3.0, points))  # what a page may measure (ISO 32000-2, annex C)


def _pictured(data: bytes, drawn: Mapping[int, Image.Image], job: DecodeJob) -> bytes:
    """The document with these pages replaced by their drawings."""
    with pikepdf.open(io.BytesIO(data)) as document:
        for number, image in drawn.items():
            _replace(document, number, making.as_jpeg(image, quality=92).data, image.size, job)
        return cleaning.saved(cleaning.pages_only(document, switches=document.Root.get(Name.OCProperties)))


def _burned(data: bytes, redacted: frozenset[int], job: DecodeJob) -> bytes:
    """The document with each of these pages replaced by its own picture, boxes painted black."""
    shown = pdfium.PdfDocument(data)
    with pikepdf.open(io.BytesIO(data)) as document:
        for number in sorted(redacted):
            page = shown[number - 1]
            image = making.burned(rendering.whole(page, job), job.boxes(number))
            page.close()
            _replace(document, number, making.as_jpeg(image, quality=92).data, image.size, job)
        shown.close()
        # A fresh document: the objects of the old pages must not stay behind.
        return cleaning.saved(cleaning.pages_only(document, switches=document.Root.get(Name.OCProperties)))


def _replace(document: Pdf, number: int, jpeg: bytes, size: tuple[int, int], job: DecodeJob) -> None:
    points = [side * 72 / job.limits.raster_dpi for side in size]
    picture = document.make_stream(
        jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    page = document.pages[number - 1].obj
    for key in list(page.keys()):
        if key not in {"/Type", "/Parent"}:
            del page[key]
    page.MediaBox = Array([0, 0, *points])
    page.Resources = Dictionary(XObject=Dictionary(Picture=picture))
    page.Contents = document.make_stream(b"q %f 0 0 %f 0 0 cm /Picture Do Q" % tuple(points))


def samples() -> tuple[bytes, ...]:
    """A page with text and an annotation, one with a picture, and a password."""
    plain, locked = io.BytesIO(), io.BytesIO()
    document = Pdf.new()
    document.add_blank_page(page_size=(200, 100))
    page = document.pages[0].obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    page.Contents = document.make_stream(b"BT /F1 12 Tf 10 50 Td (Enough words to count as a useful text layer) Tj ET")
    page.Annots = Array([document.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=[1, 1, 20, 20]))])
    document.save(plain)
    document.save(locked, encryption=pikepdf.Encryption(user="x", owner="y"))
    return plain.getvalue(), locked.getvalue()


INTAKE = Intake(
    name="pdf", media_type="application/pdf", extensions=("pdf",), score=score, open=open, samples=samples, pages=pages
)
