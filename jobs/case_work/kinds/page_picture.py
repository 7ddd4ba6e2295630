"""Pictures of pages for the screen: of our own finished PDFs, and of uploads kept in a pack."""

from casefile.errors import RequestFault
from casefile.upload import Upload
from jobs.case_work.kinds.file_look import look_at
from jobs.case_work.workshop import Workshop
from press.pdf.asking import page_count, page_picture

_DPI = 60
_QUALITY = 80


def draw(data: bytes, page: int, workshop: Workshop) -> bytes:
    """A small JPEG of a page (from 1) of a PDF that we made.

    Raises:
        RequestFault: ``file-not-found``: it has no such page.
    """
    _ = workshop
    if not 1 <= page <= page_count(data):
        raise RequestFault("file-not-found", status=404)
    return page_picture(data, page - 1, _DPI, form="JPEG", quality=_QUALITY)


def draw_original(data: bytes, page: int, workshop: Workshop) -> bytes:
    """A JPEG of a page (from 1) of an upload, decoded in the guarded child.

    Raises:
        RequestFault: ``file-not-found``: it cannot be shown, or has no such page.
    """
    look = look_at(Upload(name="original", data=data), workshop, (), ())
    if not 1 <= page <= len(look.pictures):
        raise RequestFault("file-not-found", status=404)
    return look.pictures[page - 1]
