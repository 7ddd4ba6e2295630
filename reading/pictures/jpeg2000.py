"""A JPEG 2000 picture as its boxes and segments: what shows it is kept, what tells about its maker is cut or blanked.

Boxes: ISO/IEC 15444-1, annex I. Remarks in the code stream (COM, annex A.9.2) give way to as many spaces: nothing moves.
"""

import struct
from collections.abc import Iterator

_SHOWING = frozenset(
    [b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jp2c", b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef", b"res "]
)
_STREAM, _HEADER = b"jp2c", b"jp2h"
_START, _REMARK, _TILE, _DATA, _END = 0xFF4F, 0xFF64, 0xFF90, 0xFF93, 0xFFD9
_MOST = 100_000


def clean(data: bytes) -> bytes | None:
    """The picture alone; ``None`` where nothing had to go, or nobody can tell."""
    made = _clean_stream(data) if data[:2] == b"\xff\x4f" else _clean_boxes(data)
    return None if made is None or made == data else made


def _clean_boxes(data: bytes) -> bytes | None:
    kept: list[bytes] = []
    for name, head, body in _boxes(data):
        if name is None:
            return None  # extended lengths stay as they are
        if name not in _SHOWING:
            continue
        inner = _clean_stream(body) if name == _STREAM else _clean_boxes(body) if name == _HEADER else body
        if inner is None or len(inner) == len(body):
            kept.append(head + (body if inner is None else inner))
        else:
            kept.append(struct.pack(">I4s", len(inner) + 8, name) + inner)
    return b"".join(kept)


def _boxes(data: bytes) -> Iterator[tuple[bytes | None, bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        length = length or len(data) - at
        if length < 8:
            yield None, b"", b""
            return
        yield name, data[at : at + 8], data[at + 8 : at + length]
        at += length


def _clean_stream(data: bytes) -> bytes:
    """A code stream without remarks, and without what stands behind its end."""
    made, at = bytearray(data), 2
    tile_starts, tile_length = 0, 0
    for _ in range(_MOST):
        if at + 4 > len(data):
            break
        marker, length = struct.unpack_from(">HH", data, at)
        if marker == _END:
            return bytes(made[: at + 2])
        if marker == _TILE:
            tile_starts, tile_length = at, int.from_bytes(data[at + 6 : at + 10], "big")
        if marker == _DATA:
            if not tile_length:
                break  # the last one, up to the end
            at = tile_starts + tile_length
            continue
        if marker == _REMARK:
            made[at + 6 : at + 2 + length] = b" " * max(0, min(len(data), at + 2 + length) - at - 6)
        at += 2 + length
    return bytes(made)
