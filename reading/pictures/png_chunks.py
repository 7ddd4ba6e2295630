"""A PNG as its chunks: the picture is kept byte for byte where it can be placed as it is, everything else is dropped.

Text, time, EXIF and unknown chunks go, and so do compressed bytes behind the last row: some programs that crop leave the
rest of the uncropped picture there. Chunks: ISO/IEC 15948 (PNG, third edition).
"""

import struct
import zlib
from dataclasses import dataclass, field

from reading.intake import Refusal
from reading.pictures.colour_profiles import plain_profile

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
_INDEXED = 3
_MAX_CHUNKS = 100_000
_SHORTEST = 45
"""Signature, header and end."""
_STRIP = 4 * 1024 * 1024
_MAX_PROFILE = 4 * 1024 * 1024


@dataclass(slots=True, kw_only=True)
class PngParts:
    """One PNG taken apart. ``animated``: it has further frames; ``software``: the program named in a text chunk."""

    width: int = 0
    height: int = 0
    depth: int = 0
    colour: int = 0
    interlaced: bool = False
    palette: bytes | None = None
    transparency: bytes | None = None
    rows: bytes = b""
    profile: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    software: str | None = None
    cut: bool = False
    trailing: bool = False
    animated: bool = False
    ended: bool = False
    strips: list[bytes] = field(default_factory=list)

    @property
    def placeable(self) -> bool:
        """Whether its rows can be placed as they are: no alpha, not interlaced, a palette that its depth can count."""
        plain = self.colour in {0, 2, 3} and self.transparency is None and not self.interlaced
        return plain and (self.colour != _INDEXED or len(self.palette or b"") // 3 <= 2**self.depth)

    @property
    def unpacked_bytes(self) -> int:
        """How many bytes the rows of a picture that is not interlaced unpack to."""
        return (1 + (self.width * _CHANNELS[self.colour] * self.depth + 7) // 8) * self.height

    @property
    def clean(self) -> bytes:
        """The picture alone, as a whole PNG."""
        header = struct.pack(">IIBBBBB", self.width, self.height, self.depth, self.colour, 0, 0, int(self.interlaced))
        chunks = [_chunk(b"IHDR", header)]
        if self.profile:
            chunks.append(_chunk(b"iCCP", b"icc\x00\x00" + zlib.compress(self.profile)))
        if self.palette is not None:
            chunks.append(_chunk(b"PLTE", self.palette))
        if self.transparency is not None:
            chunks.append(_chunk(b"tRNS", self.transparency))
        return SIGNATURE + b"".join((*chunks, _chunk(b"IDAT", self.rows), _chunk(b"IEND", b"")))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def take_apart(data: bytes) -> PngParts:
    """The parts of the PNG that starts at the first byte of ``data``.

    Raises:
        Refusal: ``file-truncated`` when a chunk is cut short, ``file-unreadable`` when its header is no PNG header.
    """
    parts = PngParts()
    position = len(SIGNATURE)
    for _ in range(_MAX_CHUNKS):
        if position + 8 > len(data):
            break
        length, name = struct.unpack_from(">I4s", data, position)
        body = data[position + 8 : position + 8 + length]
        if len(body) < length:
            if name == b"IDAT" and parts.width:
                parts.strips.append(body)
            break
        position += 12 + length
        _sort(parts, name, body)
        if parts.ended:
            parts.trailing = position < len(data)
            break
    if not parts.width or not parts.strips:
        begun = parts.width or len(data) < _SHORTEST
        raise Refusal("file-truncated" if begun and not parts.ended else "file-unreadable")
    if parts.colour == _INDEXED and not (parts.palette and len(parts.palette) % 3 == 0):
        raise Refusal("file-unreadable")  # nothing says what its colours are
    parts.rows = b"".join(parts.strips)
    return parts


def _sort(parts: PngParts, name: bytes, body: bytes) -> None:
    if name == b"IHDR":
        _header(parts, body)
    elif not parts.width:
        raise Refusal("file-unreadable")
    elif name == b"IDAT":
        parts.strips.append(body)
    elif name == b"PLTE":
        parts.palette = body
    elif name == b"tRNS":
        parts.transparency = body
    elif name == b"IEND":
        parts.ended = True
    elif name == b"iCCP":
        parts.profile = _profile(body)
    elif name not in {b"sRGB", b"gAMA", b"cHRM", b"pHYs", b"sBIT", b"bKGD", b"hIST"}:
        _about_the_maker(parts, name, body)


def _about_the_maker(parts: PngParts, name: bytes, body: bytes) -> None:
    if name == b"acTL":
        parts.animated = True
        return
    parts.cut = True
    if name == b"eXIf":
        parts.exif = body
    elif name in {b"tEXt", b"iTXt"} and body.startswith(b"Software\x00"):
        parts.software = body.split(b"\x00")[-1][:200].decode("latin-1" if name == b"tEXt" else "utf-8", "replace")
    elif name == b"iTXt" and body.startswith(b"XML:com.adobe.xmp\x00"):
        parts.xmp = body


def _header(parts: PngParts, body: bytes) -> None:
    if len(body) != 13 or parts.width:
        raise Refusal("file-unreadable")
    parts.width, parts.height, parts.depth, parts.colour, _, _, interlace = struct.unpack(">IIBBBBB", body)
    if parts.depth not in _DEPTHS.get(parts.colour, ()) or not parts.width or not parts.height:
        raise Refusal("file-unreadable")
    parts.interlaced = interlace == 1


def _profile(body: bytes) -> bytes | None:
    packed = body.partition(b"\x00")[2][1:]
    unpacker = zlib.decompressobj()
    try:
        profile = unpacker.decompress(packed, _MAX_PROFILE)
    except zlib.error:
        return None
    return plain_profile(profile) or None if unpacker.eof else None


def rows_fit(parts: PngParts) -> bool:
    """Whether the rows unpack to exactly the picture; ``False``: there is more behind it.

    Raises:
        Refusal: ``file-truncated`` when rows are missing, ``file-unreadable`` when they do not unpack.
    """
    unpacker = zlib.decompressobj()
    left, packed = parts.unpacked_bytes, parts.rows
    try:
        while left >= 0 and not unpacker.eof:
            strip = unpacker.decompress(packed, min(_STRIP, left + 1))
            packed = unpacker.unconsumed_tail
            left -= len(strip)
            if not strip and not packed:
                break
    except zlib.error as error:
        raise Refusal("file-unreadable") from error
    if left > 0:
        raise Refusal("file-truncated")
    return left == 0 and unpacker.eof and not unpacker.unused_data
