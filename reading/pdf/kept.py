"""What the rewritten document must still show: each of its pages is compared with the page that was uploaded.

Where something is gone, the uploaded page's own drawing takes its place.
"""

import time
from collections.abc import Mapping

import pypdfium2 as pdfium
from PIL import Image

from reading.intake import DecodeJob
from reading.pdf import rendering
from reading.pictures import compared

_SECONDS = 2.0
"""CPU for comparing; pages behind that go unseen by this look, and are still looked at by the others."""


def lost(original: bytes, rewritten: bytes, job: DecodeJob) -> Mapping[int, Image.Image]:
    """Pages (from 1) of which the rewritten document shows less, and how they were drawn before."""
    try:
        before, after = pdfium.PdfDocument(original), pdfium.PdfDocument(rewritten)
    except pdfium.PdfiumError:
        return {}  # only one of both programs can open it
    try:
        return _compared(before, after, job)
    finally:
        before.close()
        after.close()


def _compared(before: pdfium.PdfDocument, after: pdfium.PdfDocument, job: DecodeJob) -> dict[int, Image.Image]:
    found: dict[int, Image.Image] = {}
    end = time.process_time() + _SECONDS
    for number in range(1, min(len(before), len(after)) + 1):
        if time.process_time() > end:
            break
        try:
            old, new = before[number - 1], after[number - 1]
        except pdfium.PdfiumError:
            continue
        if compared.lacks(rendering.small(old), rendering.small(new)):
            found[number] = rendering.whole(old, job)
        old.close()
        new.close()
    return found
