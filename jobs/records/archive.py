"""The one zip writer and reader: same files, same bytes; whatever comes in is bounded before it is unpacked.

Entries are stored, not compressed (evidence is compressed already), sorted by name, with one fixed date, mode and origin.
Because they are stored, every file of a pack is a byte range of its archive, which is how single files are served.
"""

import hashlib
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from casefile import text_folding
from casefile.errors import RequestFault

MAX_ENTRIES = 50_000
"""Entries of one archive (published limit): the directory is held in memory."""

MAX_NAME_BYTES = 240
"""Longest entry name written, in bytes of UTF-8, so that it unpacks under the path limit of every desktop system."""

_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_CHUNK = 1 << 20
_REGULAR_FILE = (stat.S_IFREG | 0o644) << 16
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


class ArchiveFault(RequestFault):
    """An archive cannot be written or must not be unpacked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Where an entry's bytes lie in the archive, their lower-case hexadecimal SHA-256 and their CRC-32."""

    name: str
    start: int
    length: int
    sha256: str
    crc: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """What an incoming archive may hold; bytes are counted while reading, headers are not believed."""

    entries: int = 2_000
    total_bytes: int = 500_000_000
    ratio: int = 100


def is_portable(name: str) -> bool:
    """Whether ``name`` unpacks to the same relative path on every system: NFC, no device, no trailing dot, not too long."""
    parts = name.split("/")
    return (
        len(name.encode("utf-8", "replace")) <= MAX_NAME_BYTES
        and text_folding.is_composed(name)
        and not _FORBIDDEN.search(name)
        and all(part and part == part.strip(" ").rstrip(".") for part in parts)
        and not any(_DEVICE.fullmatch(part) for part in parts)
    )


def write_archive(sink: IO[bytes], entries: Iterable[tuple[str, bytes]]) -> tuple[Stored, ...]:
    """Write ``entries`` (name, bytes) to ``sink``, a new seekable file, in the order of their names.

    Raises:
        ArchiveFault: ``archive-name``, ``archive-name-twice`` or ``archive-too-long``; the names are ours, so this is a bug.
    """
    files = sorted(entries)
    _refuse_bad_names([name for name, _ in files])
    stored: list[Stored] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED, strict_timestamps=True) as archive:
        for name, data in files:
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = _UNIX
            info.external_attr = _REGULAR_FILE
            archive.writestr(info, data)
            digest = hashlib.sha256(data).hexdigest()
            start = sink.tell() - len(data)
            stored.append(Stored(name=name, start=start, length=len(data), sha256=digest, crc=info.CRC))
    return tuple(stored)


def _refuse_bad_names(names: list[str]) -> None:
    if len(names) > MAX_ENTRIES:
        raise ArchiveFault("archive-too-long", limit=MAX_ENTRIES)
    if bad := next((name for name in names if not is_portable(name)), None):
        raise ArchiveFault("archive-name", entry=bad)
    if len({name.casefold() for name in names}) < len(names):
        raise ArchiveFault("archive-name-twice")


def read_archive(source: IO[bytes], limits: ArchiveLimits = ArchiveLimits()) -> Iterator[tuple[str, bytes]]:
    """The files of an archive one by one; folders are passed over. Names from old Windows tools are read as GB 18030.

    Checksums of the archive are not asked: whoever reads knows the files' own digests.

    Raises:
        ArchiveFault: it is no zip, or it is encrypted, climbs out of its folder, holds links, names a file twice, or is
            larger than ``limits``.
    """
    try:
        with zipfile.ZipFile(source, metadata_encoding="gb18030") as archive:
            left = limits.total_bytes
            for info in members(archive, limits):
                del info.CRC  # a byte that changed is no reason to read no further: SHA-256 tells which file it is in
                data = b"".join(read_member(archive, info, left, limits.ratio))
                left -= len(data)
                yield info.filename, data
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        raise ArchiveFault("archive-unreadable") from error


def _refuse_bad_entries(infos: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    if len(infos) > limits.entries:
        raise ArchiveFault("archive-too-many", limit=limits.entries)
    names = [info.filename for info in infos]
    if len({name.casefold() for name in names}) < len(names):
        raise ArchiveFault("archive-name-twice")
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise ArchiveFault("archive-encrypted")
        mode = info.external_attr >> 16
        if info.create_system == _UNIX and mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
            raise ArchiveFault("archive-link")
        parts = info.filename.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or re.match(r"[A-Za-z]:", info.filename):
            raise ArchiveFault("archive-climbs")


def members(archive: zipfile.ZipFile, limits: ArchiveLimits) -> list[zipfile.ZipInfo]:
    """The files of an open archive, folders passed over.

    Raises:
        ArchiveFault: it must not be unpacked; see ``read_archive``.
    """
    infos = [info for info in archive.infolist() if not info.is_dir()]
    _refuse_bad_entries(infos, limits)
    return infos


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int, ratio: int) -> Iterator[bytes]:
    """The bytes of one file in pieces, counted while they come.

    Raises:
        ArchiveFault: ``archive-too-large``: more than ``most``, or more than ``ratio`` times what lies in the archive;
            ``archive-unreadable``: damaged.
    """
    limit, size = min(most, max(info.compress_size, 1) * ratio), 0
    try:
        with archive.open(info) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    raise ArchiveFault("archive-too-large", limit=limit)
                yield chunk
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise ArchiveFault("archive-unreadable") from error
