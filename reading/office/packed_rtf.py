"""Rich text as mails of Outlook keep it, unpacked ([MS-OXRTFCP])."""

import struct

_PACKED, _PLAIN = b"LZFu", b"MELA"
_KNOWN = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArial"
    rb"Times New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""With what the dictionary begins."""
_SIZE = 4096
_MOST = 20_000_000


def unpacked(data: bytes) -> bytes:
    """The rich text; empty where the data are none."""
    if len(data) < 16:
        return b""
    _, size, kind = struct.unpack_from("<II4s", data)
    if kind == _PLAIN:
        return data[16 : 16 + size]
    return _spread(data[16:], min(size, _MOST)) if kind == _PACKED else b""


def _spread(packed: bytes, size: int) -> bytes:
    window = bytearray(_KNOWN.ljust(_SIZE, b" "))
    write, at, out = len(_KNOWN), 0, bytearray()

    def keep(byte: int) -> None:
        nonlocal write
        out.append(byte)
        window[write] = byte
        write = (write + 1) % _SIZE

    while at < len(packed) and len(out) < size:
        control = packed[at]
        at += 1
        for bit in range(8):
            if at >= len(packed) or len(out) >= size:
                break
            if not control >> bit & 1:
                keep(packed[at])
                at += 1
                continue
            pair = int.from_bytes(packed[at : at + 2], "big")
            at += 2
            offset, length = pair >> 4, (pair & 0xF) + 2
            if offset == write:
                return bytes(out)
            for step in range(length):
                keep(window[(offset + step) % _SIZE])
    return bytes(out)
