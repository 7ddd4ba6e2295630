"""The pictures that an old office file keeps together ([MS-ODRAW] 2.2.20): JPEG, PNG and bitmaps; others are lost."""

import struct
from collections.abc import Iterator

_STORED, _FIRST, _LAST = 0xF007, 0xF01A, 0xF02A
_HEAD = 36
_TWICE = {0x46B, 0x6E3, 0x6E1, 0x6E5, 0x7A9, 0x217, 0x3D5, 0x543}
"""Signatures of pictures that carry two digests."""
_DRAWN = range(0xF01A, 0xF01D)
"""EMF, WMF, PICT: drawings, of which nothing is shown here."""
_DEEPEST = 12


def pictures(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """Each picture's own bytes; of a drawing its packed bytes, which nothing can show."""
    at = 0
    while at + 8 <= len(data):
        head, kind, size = struct.unpack_from("<HHI", data, at)
        body = data[at + 8 : at + 8 + size]
        if _FIRST <= kind < _LAST:
            digests = 32 if head >> 4 in _TWICE else 16
            yield body[digests + (34 if kind in _DRAWN else 1) :]
        elif kind == _STORED:
            yield from pictures(body[_HEAD:], depth + 1)
        elif head & 0xF == 0xF and depth < _DEEPEST:
            yield from pictures(body, depth + 1)
        at += 8 + size
