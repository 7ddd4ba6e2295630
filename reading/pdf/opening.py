"""Opening an uploaded PDF under limits: qpdf first, which can rewrite it; pdfium second, which can only show it."""

import io
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Name, settings
from pypdfium2 import raw as pdfium_raw

from reading.intake import Refusal
from reading.limits import ReadingLimits

_END = b"%%EOF"


def set_limits(limits: ReadingLimits) -> None:
    """Bound what qpdf may unpack in this process; most of its limits are off by default."""
    settings.set_qpdf_limits(
        doc_max_warnings=1000,
        parser_max_container_size=1_000_000,
        max_stream_filters=25,
        dct_max_memory=limits.pdf_stream_bytes,
        dct_max_progressive_scans=limits.jpeg_scans,
        flate_max_memory=limits.pdf_stream_bytes,
        png_max_memory=limits.pdf_stream_bytes,
        run_length_max_memory=limits.pdf_stream_bytes,
        tiff_max_memory=limits.pdf_stream_bytes,
    )
    pikepdf.PdfImage.MAX_IMAGE_PIXELS = limits.pdf_image_pixels


def open_for_rewriting(data: bytes, limits: ReadingLimits) -> pikepdf.Pdf | None:
    """The document, or ``None`` when qpdf cannot make sense of it.

    Raises:
        Refusal: ``file-encrypted``, ``pdf-too-many-pages``, or ``file-truncated``: qpdf had to guess at a document without its
            end, whose pages may lack fonts, pictures or further pages.
    """
    try:
        document = pikepdf.open(io.BytesIO(data))
        count = len(document.pages)
    except pikepdf.PasswordError as error:
        raise Refusal("file-encrypted") from error
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # damaged files raise anything; the other reader gets its turn
        return None
    check_count(count, limits)
    if _END not in data[-2048:] and document.get_warnings():
        raise Refusal("file-truncated")
    return document if count else None


def open_for_showing(data: bytes, limits: ReadingLimits) -> pdfium.PdfDocument:
    """The document as pdfium reads it.

    Raises:
        Refusal: ``file-encrypted``, ``pdf-too-many-pages``, ``file-truncated`` (no end mark) or ``file-unreadable``.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_raw.FPDF_ERR_PASSWORD:
            raise Refusal("file-encrypted") from error
        raise Refusal("file-unreadable" if _END in data[-2048:] else "file-truncated") from error
    check_count(len(document), limits)
    if not len(document):
        raise Refusal("file-unreadable")
    return document


def check_count(count: int, limits: ReadingLimits) -> None:
    """Refuse a document with more pages than are published."""
    if count > limits.pdf_pages:
        raise Refusal("pdf-too-many-pages", pages=count, allowed=limits.pdf_pages)


def rectangle(page: pikepdf.Page, name: Name) -> tuple[float, float, float, float] | None:
    """A page box as ordered numbers, or ``None`` when it is absent or no rectangle."""
    try:
        numbers: list[Any] = [float(number) for number in page.obj[name]]
        x0, y0, x1, y1 = numbers
    except Exception:  # noqa: BLE001  # any malformed box is no box
        return None
    box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box[2] - box[0] > 0 and box[3] - box[1] > 0 else None
