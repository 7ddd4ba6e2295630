"""Tiny compound files (MS-CFB) and mails of Outlook in them (MS-OXMSG), made here as ``samples`` makes the others."""

import struct
from collections.abc import Iterable, Mapping

_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR, _SMALL = 512, 64
_WIDE, _TIME = 0x001F, 0x0040


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams in its root, each shorter than 4096 bytes."""
    small, starts, chains = b"", list[int](), list[int]()
    for data in streams.values():
        starts.append(len(chains))
        count = max(1, -(-len(data) // _SMALL))
        chains += _chain(len(chains), count)
        small += data.ljust(count * _SMALL, b"\0")
    parts = [bytes(_SECTOR * -(-128 * (len(streams) + 1) // _SECTOR)), _numbers(chains), _padded(small)]
    table, firsts = [_TABLE], list[int]()
    for part in parts:
        firsts.append(len(table))
        table += _chain(len(table), len(part) // _SECTOR)
    entries = [_entry("Root Entry", 5, firsts[2], len(small), child=1)]
    for number, (name, data) in enumerate(streams.items(), start=1):
        after = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, starts[number - 1], len(data), after=after))
    parts[0] = _padded(b"".join(entries))
    return _head(firsts, len(parts[1]) // _SECTOR) + _numbers(table) + b"".join(parts)


def message(texts: Mapping[int, str]) -> bytes:
    """A mail with these texts by the number of their property, such as 0x0037 for the subject."""
    rows = b"".join(struct.pack("<HHIQ", _WIDE, tag, 6, len(text) * 2 + 2) for tag, text in texts.items())
    rows += struct.pack("<HHIQ", _TIME, 0x0039, 6, 134_064_877_200_000_000)
    streams = {f"__substg1.0_{tag:04X}001F": text.encode("utf-16-le") for tag, text in texts.items()}
    return compound({**streams, "__properties_version1.0": bytes(32) + rows})


def _chain(first: int, count: int) -> Iterable[int]:
    return [*range(first + 1, first + count), _END]


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _SECTOR)


def _numbers(numbers: list[int]) -> bytes:
    data = struct.pack(f"<{len(numbers)}I", *numbers)
    return data + b"\xff" * (-len(data) % _SECTOR)


def _entry(name: str, kind: int, start: int, size: int, *, after: int = _FREE, child: int = _FREE) -> bytes:
    wide = name.encode("utf-16-le")
    links = struct.pack("<HBBIII", len(wide) + 2, kind, 1, _FREE, after, child)
    return wide.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def _head(firsts: list[int], small_tables: int) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<10I", 0, 1, firsts[0], 0, 4096, firsts[1], small_tables, _END, 0, 0)
    return head.ljust(_SECTOR, b"\xff")
