"""A JPEG as its segments: what shows the picture is kept byte for byte, what tells about its maker is cut.

Kept are tables, frame, scans, the colour profile (APP2 ``ICC_PROFILE``) and the Adobe colour mark (APP14). Cut are EXIF and
XMP (APP1), IPTC (APP13), comments, thumbnails, every other application segment, and whatever follows the end mark. Also
used on the JPEG streams inside PDF files. Markers: ITU-T T.81, table B.1.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from reading.intake import Refusal
from reading.pictures.colour_profiles import plain_profile

START, END, SCAN = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP14 = 0xE0, 0xE1, 0xE2, 0xEE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PLACEABLE_FRAMES = {0xC0, 0xC1, 0xC2}
_TABLES = {0xC4, 0xCC, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF, SCAN}
_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_NEXT_MARKER = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")
_ALONE = b"\x01\x01"
"""The first of one piece."""
_MAX_SEGMENTS = 20_000


@dataclass(slots=True, kw_only=True)
class JpegParts:
    """One JPEG taken apart. ``complete``: the end mark was there; ``trailing``: bytes stood behind it."""

    kept: list[bytes] = field(default_factory=lambda: [b"\xff\xd8"])
    width: int = 0
    height: int = 0
    components: bytes = b""
    placeable: bool = False
    scans: int = 0
    exif: bytes | None = None
    xmp: bytes | None = None
    cut: bool = False
    complete: bool = False
    trailing: bool = False
    adobe: bool = False
    profile: list[bytes] = field(default_factory=list)

    @property
    def clean(self) -> bytes:
        """The picture alone, as a whole JPEG."""
        return b"".join(self.kept) + b"\xff\xd9"

    @property
    def unusual_colours(self) -> bool:
        """Stored as plain RGB without saying so in a way that every reader of PDF follows."""
        return self.components == b"RGB" and not self.adobe


def take_apart(data: bytes) -> JpegParts:
    """The parts of the JPEG that starts at the first byte of ``data``.

    Raises:
        Refusal: ``file-unreadable`` when it is no JPEG, ``file-truncated`` when a segment is cut short.
    """
    parts = JpegParts()
    _walk(data, parts)
    return parts


def take_apart_damaged(data: bytes) -> JpegParts:
    """As ``take_apart``, but of a broken JPEG what stands before the break (for pictures inside other files)."""
    parts = JpegParts()
    try:
        _walk(data, parts)
    except Refusal:
        parts.cut = True
    return parts


def _walk(data: bytes, parts: JpegParts) -> None:
    position = 2
    for _ in range(_MAX_SEGMENTS):
        match = _NEXT_MARKER.search(data, position)
        if match is None:
            return
        marker = data[match.end() - 1]
        position = match.end()
        if marker == END:
            parts.complete = True
            parts.trailing = position < len(data)
            return
        if marker in _STANDALONE or marker == START:
            continue
        body = _body(data, position)
        position += 2 + len(body)
        _sort(parts, marker, body)
        if marker == SCAN:
            following = _NEXT_MARKER.search(data, position)
            end = following.start() if following else len(data)
            parts.kept.append(data[position:end])
            position = end
    raise Refusal("file-unreadable")


def _body(data: bytes, position: int) -> bytes:
    if position + 2 > len(data):
        raise Refusal("file-truncated")
    (length,) = struct.unpack_from(">H", data, position)
    if length < 2:
        raise Refusal("file-unreadable")
    if position + length > len(data):
        raise Refusal("file-truncated")
    return data[position + 2 : position + length]


def _sort(parts: JpegParts, marker: int, body: bytes) -> None:
    if marker not in _FRAMES | _TABLES:
        kept = _application(parts, marker, body)
        if kept is None:
            parts.cut = True
            return
        body = kept
    elif marker in _FRAMES and not parts.width:
        _frame(parts, marker, body)
    elif marker == SCAN:
        parts.scans += 1
    parts.kept.append(b"\xff" + bytes((marker,)) + struct.pack(">H", len(body) + 2) + body)


def _application(parts: JpegParts, marker: int, body: bytes) -> bytes | None:
    if marker == _APP0 and body.startswith(b"JFIF\x00") and len(body) >= 14:
        return body[:12] + b"\x00\x00"  # the header without its thumbnail
    if marker == _APP2 and body.startswith(b"ICC_PROFILE\x00"):
        return _colours(parts, body)
    if marker == _APP14 and body.startswith(b"Adobe"):
        parts.adobe = True
        return body[:12]
    if marker == _APP1 and body.startswith(b"Exif\x00") and parts.exif is None:
        parts.exif = body[6:]
    elif marker == _APP1 and parts.xmp is None:
        parts.xmp = body
    return None


def _colours(parts: JpegParts, body: bytes) -> bytes | None:
    """A colour profile with its colours alone; one in several pieces is left out, and the colours are sRGB."""
    plain = body[:14] + plain_profile(body[14:])
    if body[12:14] != _ALONE or plain == body[:14]:
        return None
    parts.cut = parts.cut or plain != body
    parts.profile.append(plain[14:])
    return plain


def _frame(parts: JpegParts, marker: int, body: bytes) -> None:
    if len(body) < 6:
        raise Refusal("file-unreadable")
    precision, parts.height, parts.width, count = struct.unpack_from(">BHHB", body)
    parts.components = bytes(_every_third(body[6:], count))
    parts.placeable = marker in _PLACEABLE_FRAMES and precision == 8


def _every_third(table: bytes, count: int) -> Iterator[int]:
    yield from table[0 : 3 * count : 3]
