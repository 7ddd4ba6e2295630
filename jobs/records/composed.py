"""A zip that is never written: its layout is known before its bytes, which are put together from other objects as they are fetched.

Entries are stored, not compressed, with one date, mode and origin, as ``jobs/records/archive.py`` writes them; so every byte
has its place before it is read, ranges are answered, and what is erased elsewhere is in no later archive.
"""

import bisect
import hashlib
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobs.records.archive import MAX_ENTRIES, ArchiveFault, is_portable
from jobs.records.store import Store

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s4B4H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _UNIX, _UTF8 = 20, 3, 0x800
_DATE = (0 << 9) | (1 << 5) | 1
"""1980-01-01, the first day that a zip can name."""
_MODE = 0o100644 << 16
_MOST_BYTES = (1 << 32) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of the zip: its bytes here, or ``length`` bytes from ``start`` of the object under ``key``; CRC-32 of them."""

    name: str
    length: int
    crc: int
    key: str = ""
    start: int = 0
    data: bytes = b""

    @classmethod
    def of(cls, name: str, data: bytes) -> "Entry":
        """A file whose bytes are at hand."""
        return cls(name=name, length=len(data), crc=zlib.crc32(data), data=data)


class Composed:
    """The zip of ``entries``, in their order.

    Raises:
        ArchiveFault: ``archive-name`` or ``archive-too-long``; names and sizes are ours, so this is a bug.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        if len(entries) > MAX_ENTRIES:
            raise ArchiveFault("archive-too-long", limit=MAX_ENTRIES)
        self._parts: list[bytes | Entry] = []
        self._starts: list[int] = []
        self._at = 0
        mark, directory = hashlib.sha256(), []
        for entry in entries:
            if not is_portable(entry.name):
                raise ArchiveFault("archive-name", entry=entry.name)
            directory.append(_central(entry, self._at))
            self._add(_local(entry))
            self._add(entry.data or entry)
            mark.update(f"{entry.name}\0{entry.length}\0{entry.crc}\0{entry.key}\0{entry.start}\n".encode())
        begin = self._at
        for line in directory:
            self._add(line)
        if self._at > _MOST_BYTES:
            raise ArchiveFault("archive-too-long", limit=_MOST_BYTES)
        self._add(_END.pack(b"PK\x05\x06", 0, 0, len(entries), len(entries), self._at - begin, begin, 0))
        self.bytes = self._at
        self.digest = mark.hexdigest()
        """Names what the archive holds: two of one digest are the same bytes."""

    def _add(self, part: bytes | Entry) -> None:
        length = part.length if isinstance(part, Entry) else len(part)
        if length:
            self._parts.append(part)
            self._starts.append(self._at)
            self._at += length

    def chunks(self, store: Store, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        """The bytes from ``first`` to ``last`` (excluded; ``None``: the end), read from ``store`` as they are asked for."""
        end = self.bytes if last is None else last
        place = max(0, bisect.bisect_right(self._starts, first) - 1)
        while place < len(self._parts) and self._starts[place] < end:
            part, start = self._parts[place], self._starts[place]
            length = part.length if isinstance(part, Entry) else len(part)
            here, there = max(first - start, 0), min(end - start, length)
            if isinstance(part, Entry):
                yield from store.chunks(part.key, part.start + here, there - here)
            else:
                yield part[here:there]
            place += 1


def _local(entry: Entry) -> bytes:
    name = entry.name.encode()
    flags = 0 if name.isascii() else _UTF8
    head = (b"PK\x03\x04", _VERSION, flags, 0, 0, _DATE, entry.crc, entry.length, entry.length, len(name), 0)
    return _LOCAL.pack(*head) + name


def _central(entry: Entry, at: int) -> bytes:
    name = entry.name.encode()
    flags = 0 if name.isascii() else _UTF8
    head = (b"PK\x01\x02", _VERSION, _UNIX, _VERSION, 0, flags, 0, 0, _DATE, entry.crc, entry.length, entry.length)
    return _CENTRAL.pack(*head, len(name), 0, 0, 0, 0, _MODE, min(at, _MOST_BYTES)) + name
