"""Pictures that stand in the content itself: whether one holds more than it shows, keys of its own or bytes behind its last row.

A page with such a picture becomes a picture of itself; they are few, and hard to write again.
"""

import re
import zlib

_HEAD = re.compile(rb"(?<![^\s])BI\b(.{0,600}?)\bID[\s]", re.DOTALL)
_KEY = (
    rb"/(?:BPC|BitsPerComponent|CS|ColorSpace|D|Decode|DP|DecodeParms|F|Filter|H|Height|IM|ImageMask|I|Interpolate|Intent|W|Width|L|"
    rb"Length)\b"
)
_VALUE = (
    rb"(?:-?[\d.]+|true|false|null|\[[\s\d.]*\]|<<(?:\s|/(?:K|Columns|Rows|BlackIs1|EncodedByteAlign|EndOfLine|EndOfBlock|Predictor|"
    rb"Colors|BitsPerComponent|EarlyChange|ColorTransform)\b|-?[\d.]+|true|false)*>>|/[A-Za-z0-9_.-]{1,16}|"
    rb"\[\s*(?:/[A-Za-z0-9]{1,15}\s*)*\]|\[\s*/I(?:ndexed)?\s*/\w{1,10}\s+\d+\s*(?:<[0-9A-Fa-f\s]*>|/[A-Za-z0-9]{1,8})\s*\])"
)
_USUAL = re.compile(rb"(?:\s*%s\s*%s)*\s*" % (_KEY, _VALUE))
_NUMBERS = {
    name: re.compile(rb"/(?:%s)\s*(\d+)" % name.encode()) for name in ("W|Width", "H|Height", "BPC|BitsPerComponent")
}
_STENCIL = re.compile(rb"/(?:IM|ImageMask)\s*true")
_FILTER = re.compile(rb"/(?:F|Filter)\s*\[?\s*/(\w+)\s*(?:/(\w+))?")
_SPACE = re.compile(rb"/(?:CS|ColorSpace)\s*\[?\s*/(\w+)")
_CHANNELS = {
    b"G": 1,
    b"DeviceGray": 1,
    b"RGB": 3,
    b"DeviceRGB": 3,
    b"CMYK": 4,
    b"DeviceCMYK": 4,
    b"I": 1,
    b"Indexed": 1,
}
_END = re.compile(rb"\s{0,2}EI(?=[\s]|$)")
_LOOSE = 4
_PACKED = (b"Fl", b"FlateDecode")


def holds_more(content: bytes) -> bool:
    """Whether a picture in this content stream holds more than it shows, as far as can be told."""
    at = 0
    while b"BI" in content and (head := _HEAD.search(content, at)):
        if not _USUAL.fullmatch(head[1]) or not _ends_well(head[1], content, head.end()):
            return True
        at = head.end()
    return False


def _ends_well(head: bytes, content: bytes, at: int) -> bool:
    filters = _FILTER.search(head)
    if filters is None:
        length = _length(head)
        return length is None or _END.match(content, at + length) is not None
    if filters[1] in _PACKED and filters[2] is None:
        unpacker = zlib.decompressobj()
        try:
            unpacker.decompress(content[at:], 1 << 24)
        except zlib.error:
            return True
        end = len(content) - len(unpacker.unused_data)
        return not unpacker.eof or re.search(rb"EI\b", content[end : end + _LOOSE + 2]) is not None
    return True


def _length(head: bytes) -> int | None:
    found = {name: pattern.search(head) for name, pattern in _NUMBERS.items()}
    width, height, bits = (int(match[1]) if match else None for match in found.values())
    space = _SPACE.search(head)
    stencil = _STENCIL.search(head)
    channels = 1 if stencil else _CHANNELS.get(space[1]) if space else None
    bits = 1 if stencil else bits
    if not width or not height or not bits or channels is None:
        return None
    return (width * channels * bits + 7) // 8 * height
