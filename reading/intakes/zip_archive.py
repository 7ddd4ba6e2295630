"""A ZIP of files: what it holds comes out as files of its own, bounded in number, size and ratio; it has no pages itself."""

import io
import posixpath
import zipfile
from collections.abc import Iterator

from reading.intake import DecodeJob, Intake, Opened, Part, Refusal
from reading.later_types import office_type

_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_STRIP = 1 << 20
_HIDDEN = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def score(head: bytes) -> float:
    """The signature of a first entry, or of an empty archive."""
    return 0.8 if head.startswith((b"PK\x03\x04", b"PK\x05\x06")) else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """Never: an archive has no pages.

    Raises:
        Refusal: ``file-type-later`` for office documents, ``archive-empty``, or ``archive-nested``, since one that holds
            files gets here only from inside another.
    """
    _ = job
    raise _not_a_page(data)


def _not_a_page(data: bytes) -> Refusal:
    if name := office_type(data):
        return Refusal("file-type-later", type=name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return Refusal("archive-nested" if archive.infolist() else "archive-empty")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError):
        return Refusal("file-unreadable")


def unpack(data: bytes, job: DecodeJob) -> Iterator[Part]:
    """The files of the archive, in its order; folders and the notes of operating systems are left out.

    Raises:
        Refusal: ``archive-too-large``, ``archive-too-many``, ``archive-locked``, ``file-unreadable``.
    """
    if office_type(data):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _parts(archive, job)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as fault:
        raise Refusal("file-unreadable") from fault


def _parts(archive: zipfile.ZipFile, job: DecodeJob) -> Iterator[Part]:
    wanted = [entry for entry in archive.infolist() if not entry.is_dir() and not _hidden(entry.filename)]
    limits = job.limits
    if len(wanted) > limits.archive_files:
        raise Refusal("archive-too-many", files=len(wanted), allowed=limits.archive_files)
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in wanted):
        raise Refusal("archive-locked")
    total = 0
    for entry in wanted:
        content = _content(archive, entry, limits.archive_bytes - total)
        if len(content) > limits.archive_ratio * max(1_000, entry.compress_size):
            raise Refusal("archive-too-large", allowed_megabytes=limits.archive_bytes // 1_000_000)
        total += len(content)
        yield Part(name=_name(entry), data=content)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """What the entry holds, counted while it is unpacked: its header may lie."""
    pieces, size = [], 0
    with archive.open(entry) as stream:
        while piece := stream.read(_STRIP):
            size += len(piece)
            if size > room:
                raise Refusal("archive-too-large", allowed_megabytes=room // 1_000_000)
            pieces.append(piece)
    return b"".join(pieces)


def _hidden(name: str) -> bool:
    return name.startswith(_HIDDEN[0]) or posixpath.basename(name) in _HIDDEN[1:]


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's name without folders; names without the UTF-8 mark are tried as UTF-8, then as GB 18030."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            break
    return posixpath.basename(name.replace("\\", "/")) or "file"


def samples() -> tuple[bytes, ...]:
    """A stored and a packed entry, and an empty archive."""
    found = []
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, None):
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w") as archive:
            if packing is not None:
                archive.writestr("folder/a.txt", "a" * 100, packing)
        found.append(sink.getvalue())
    return tuple(found)


INTAKE = Intake(
    name="zip_archive",
    media_type="application/zip",
    extensions=("zip",),
    score=score,
    open=open,
    samples=samples,
    unpack=unpack,
)
