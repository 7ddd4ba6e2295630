"""Office files that are ZIPs (DOCX, XLSX, PPTX, ODT, ODS): words, tables and pictures on pages; macros and links stay behind.

The libraries of documents and slides are loaded with the first such file: they take longer than all the usual kinds together.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator

from reading.intake import DecodeJob, Intake, Opened, Page, Refusal
from reading.later_types import office_type
from reading.office import open_sheet, open_text, paper, workbook
from reading.office.blocks import Block

_FIRST = (
    b"[Content_Types].xml", b"_rels/", b"docProps/", b"docMetadata/", b"customXml/", b"word/", b"xl/", b"ppt/",
    b"mimetypeapplication/vnd.oasis.opendocument",
)  # fmt: skip
_MOST_UNPACKED, _RATIO = 200_000_000, 200


def score(head: bytes) -> float:
    """A ZIP whose first entry is one that office programs write first."""
    return 0.85 if head.startswith(b"PK\x03\x04") and head[30:].startswith(_FIRST) else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """What the file shows on pages.

    Raises:
        Refusal: ``file-type-later`` for what is no text, sheet or slides; ``file-encrypted``, ``file-unreadable``,
            ``text-too-long``, ``pdf-too-many-pages``, ``archive-too-large``.
    """
    return paper.opened(_blocks(data, job), job)


def pages(data: bytes, job: DecodeJob) -> Iterator[Page]:
    """The pages ``job.pages``."""
    return paper.pages(_blocks(data, job), job)


def _blocks(data: bytes, job: DecodeJob) -> Iterable[Block]:
    from reading.office import documents, slides  # noqa: PLC0415  # see the module's text; the warm-up comes by here

    name = office_type(data)
    _check_unpacked(data, job)
    if name == "DOCX":
        return documents.word(data)
    if name == "XLSX":
        return workbook.with_drawings(data)
    if name == "PPTX":
        return slides.blocks(data)
    for part, read in ((b"spreadsheet", open_sheet.blocks), (b"text", open_text.blocks)):
        if b"opendocument." + part in data[:200]:
            return read(data)
    raise Refusal("file-type-later", type=name) if name else Refusal("file-unreadable")


def _check_unpacked(data: bytes, job: DecodeJob) -> None:
    """Refuse what would unpack to more than any document needs, before anything unpacks it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            whole = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as fault:
        raise Refusal("file-unreadable") from fault
    if whole > _MOST_UNPACKED or whole > max(1, len(data)) * _RATIO:
        raise Refusal("archive-too-large", allowed_megabytes=job.limits.archive_bytes // 1_000_000)


def samples() -> tuple[bytes, ...]:
    """One of each type."""
    from reading.office import documents  # noqa: PLC0415  # as above
    from reading.office import samples as made  # noqa: PLC0415  # as above

    return (made.workbook(), *((made.word(), made.slides(), made.open_text()) if documents.INSTALLED else ()))


INTAKE = Intake(
    name="office",
    media_type="application/vnd.openxmlformats-officedocument",
    extensions=("docx", "docm", "xlsx", "xlsm", "xlsb", "pptx", "pptm", "ppsx", "odt", "ods"),
    score=score,
    open=open,
    samples=samples,
    pages=pages,
    rare=True,
)
