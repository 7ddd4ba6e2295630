"""Colour profiles without anything but colours: texts, private tags and what hangs behind the end are left out.

A profile is a table of tags (ICC.1:2022, 7.2 and 7.3); the ones that turn numbers into colours are written again in a new one.
"""

import struct

_HEADER = 128
_MOST_TAGS = 100
_COLOURS = {
    b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad", b"A2B0", b"A2B1", b"A2B2",
    b"B2A0", b"B2A1", b"B2A2", b"gamt",
}  # fmt: skip
_KINDS = {b"XYZ ", b"curv", b"para", b"sf32", b"mft1", b"mft2", b"mAB ", b"mBA "}
_TEXTS = {b"desc": b"Colours of a document", b"cprt": b"No copyright"}


def plain_profile(data: bytes) -> bytes:
    """The profile with its colours alone; empty where it is none that can be understood."""
    tags = _tags(data)
    if not tags:
        return b""
    version = data[8]
    parts = [(name, part) for name, part in tags if name in _COLOURS and part[:4] in _KINDS]
    parts += [(name, _text(name, text, version)) for name, text in _TEXTS.items()]
    return _written(data, parts)


def _tags(data: bytes) -> list[tuple[bytes, bytes]]:
    if len(data) < _HEADER + 4 or data[36:40] != b"acsp":
        return []
    count = min(struct.unpack_from(">I", data, _HEADER)[0], _MOST_TAGS)
    found = []
    for place in range(count):
        at = _HEADER + 4 + 12 * place
        if at + 12 > len(data):
            return []
        name, start, length = struct.unpack_from(">4sII", data, at)
        found.append((name, data[start : start + length]))
    return found


def _text(name: bytes, text: bytes, version: int) -> bytes:
    if version >= 4:
        wide = b"".join(b"\0" + bytes([code]) for code in text)
        return b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(wide), 28) + wide
    if name == b"desc":
        return b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + b"\0" + bytes(4 + 4 + 2 + 1 + 67)
    return b"text\0\0\0\0" + text + b"\0"


def _written(data: bytes, parts: list[tuple[bytes, bytes]]) -> bytes:
    table, body = b"", b""
    start = _HEADER + 4 + 12 * len(parts)
    for name, part in parts:
        table += struct.pack(">4sII", name, start + len(body), len(part))
        body += part + bytes(-len(part) % 4)
    head = bytearray(data[:_HEADER])
    head[0:4] = struct.pack(">I", start + len(body))
    head[4:8] = bytes(4)  # who made it
    head[48:56] = bytes(8)  # which machine
    head[80:128] = bytes(48)  # creator, id, reserved
    return bytes(head) + struct.pack(">I", len(parts)) + table + body
