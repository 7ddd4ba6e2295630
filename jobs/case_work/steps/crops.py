"""Pictures for findings: the boxed place in the file, cut from the cleaned copy."""

from casefile.fields.files import Box
from casefile.reading import PreparedImage
from evidence_packer.judge.known_checks import kind_of
from evidence_packer.report.shape import Report
from jobs.case_work.steps.casework import Casework
from press.images import boxed_crop, detail
from press.pdf.asking import page_picture
from reading.looks.blur_map import blur_map

_DPI = 110
_MOST = 24

Place = tuple[str | None, int, tuple[float, ...]]


def _page(work: Casework, file: str, page: int) -> tuple[bytes, int] | None:
    """An encoded picture of the page and its orientation."""
    read = work.read.get(file)
    if read is None:
        return None
    if isinstance(read.prepared, PreparedImage):
        return read.prepared.data, read.prepared.orientation
    raster = dict(read.prepared.rasters).get(page)
    return (raster.data, raster.orientation) if raster else (page_picture(read.prepared.data, page - 1, _DPI), 1)


def part_of(work: Casework, file: str, page: int, box: Box, size: tuple[int, int]) -> bytes | None:
    """A part of a page as a JPEG of at most ``size`` pixels, cut from the cleaned copy; ``None`` for a file not read."""
    source = _page(work, file, page)
    return detail(*source, box, size) if source else None


def crops(work: Casework, body: Report) -> dict[Place, bytes]:
    """JPEG by (file, page, box) for the findings of a report that name a place, at most two dozen.

    A page that is blurred has no one place: its picture, under an empty box, is a map of the blur.
    """
    found: dict[Place, bytes] = {}
    for check in body.checks:
        for finding in check.findings:
            if finding.file is None or len(found) >= _MOST:
                continue
            page = finding.page or 1
            if finding.box is None:
                if kind_of(finding.code).role == "blurred_page" and (source := _page(work, finding.file, page)):
                    found[finding.file, page, ()] = blur_map(*source)
                continue
            x0, y0, x1, y1 = finding.box
            source = _page(work, finding.file, page)
            if source:
                found[finding.file, page, (x0, y0, x1, y1)] = boxed_crop(*source, (x0, y0, x1, y1))
    return found
