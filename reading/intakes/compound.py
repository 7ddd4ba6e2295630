"""Compound files: old spreadsheets (XLS) and mails saved by Outlook (MSG); what else comes in this envelope is refused by name."""

from collections.abc import Iterable, Iterator

from reading.intake import DecodeJob, Intake, Opened, Page, Part, Refusal
from reading.office import paper, workbook
from reading.office.biff import old_book
from reading.office.blocks import Block
from reading.office.compound_samples import compound, message

try:
    import olefile
except ImportError:
    olefile = None  # left out of this installation

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {"WordDocument": "DOC", "PowerPoint Document": "PPT"}


def score(head: bytes) -> float:
    """The signature of a compound file."""
    return 0.9 if head.startswith(_SIGNATURE) else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """The sheets, or the headers and body of the mail, on pages.

    Raises:
        Refusal: ``file-encrypted``, ``file-type-later`` with the name of the type, ``text-too-long``, ``pdf-too-many-pages``.
    """
    return paper.opened(_blocks(data), job)


def pages(data: bytes, job: DecodeJob) -> Iterator[Page]:
    """The pages ``job.pages``."""
    return paper.pages(_blocks(data), job)


def unpack(data: bytes, job: DecodeJob) -> Iterator[Part]:
    """What is attached to a mail.

    Raises:
        Refusal: ``archive-too-large``, ``archive-too-many``.
    """
    from reading.office import outlook  # noqa: PLC0415  # loaded with the first such file

    total = 0
    for place, part in enumerate(outlook.attached(data) if _kind(data) == "MSG" else (), start=1):
        total += len(part.data)
        if place > job.limits.archive_files:
            raise Refusal("archive-too-many", files=place, allowed=job.limits.archive_files)
        if total > job.limits.archive_bytes:
            raise Refusal("archive-too-large", allowed_megabytes=job.limits.archive_bytes // 1_000_000)
        yield part


def _blocks(data: bytes) -> Iterable[Block]:
    from reading.office import outlook  # noqa: PLC0415  # as above

    kind = _kind(data)
    if kind == "MSG":
        return outlook.blocks(data)
    if kind == "XLS":
        return _old_sheets(data)
    if kind == "encrypted":
        raise Refusal("file-encrypted")
    raise Refusal("file-type-later", type=kind)


def _old_sheets(data: bytes) -> Iterator[Block]:
    with olefile.OleFileIO(data) as file:
        book = old_book(file.openstream("Workbook").read() if file.exists("Workbook") else b"")
    yield from workbook.blocks(data, tuple(book.sheets))
    yield from dict.fromkeys(book.things)


def _kind(data: bytes) -> str:
    if olefile is None:
        return "OLE"
    try:
        with olefile.OleFileIO(data) as file:
            names = {name[0] for name in file.listdir()}
    except (OSError, ValueError, IndexError, KeyError) as fault:
        raise Refusal("file-unreadable") from fault
    if "EncryptedPackage" in names:
        return "encrypted"
    if any(name.startswith("__substg1.0_") or name == "__properties_version1.0" for name in names):
        return "MSG"
    if names & {"Workbook", "Book"}:
        return "XLS"
    return next((kind for name, kind in _OTHERS.items() if name in names), "OLE")


def samples() -> tuple[bytes, ...]:
    """A mail, and an envelope with what is no sheet."""
    return (message({0x0037: "运单", 0x1000: "已签收", 0x0C1F: "a@b.example"}), compound({"Workbook": b"x"}))


INTAKE = Intake(
    name="compound",
    media_type="application/x-ole-storage",
    extensions=("xls", "msg"),
    score=score,
    open=open,
    samples=samples,
    pages=pages,
    unpack=unpack,
    rare=True,
)
