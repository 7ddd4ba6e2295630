"""Streams that hold what they say and nothing behind it, be it after the end of what was packed or after a picture's last row."""

import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

_PACKED = (Name.FlateDecode, Name.Fl)  # no sets: a name that is an object of its own cannot be hashed
_OLD = (
    Name.LZWDecode,
    Name.LZW,
    Name.RunLengthDecode,
    Name.RL,
    Name.ASCII85Decode,
    Name.A85,
    Name.ASCIIHexDecode,
    Name.AHx,
)
_STEP = 1024 * 1024
_LOOSE = 4
"""Bytes that programs leave behind by carelessness."""
_CHANNELS = {
    "/DeviceGray": 1, "/G": 1, "/DeviceRGB": 3, "/RGB": 3, "/DeviceCMYK": 4, "/CMYK": 4, "/CalGray": 1, "/CalRGB": 3, "/Lab": 3,
    "/Indexed": 1, "/I": 1, "/Separation": 1,
}  # fmt: skip
_BY_ROWS = 10


def settle(stream: Stream, *, most: int) -> None:
    """Cut what stands behind the end. ``most``: bytes that anything but a picture may unpack to; longer ones stay as they are."""
    filters = stream.get(Name.Filter)
    names = list(filters) if isinstance(filters, Array) else [filters] if filters is not None else []
    rows = _rows(stream) if stream.get(Name.Subtype) == Name.Image else None
    if not names:
        if rows is not None and len(raw := stream.read_raw_bytes()) > rows + _LOOSE:
            stream.write(raw[:rows])
    elif len(names) == 1 and names[0] in _PACKED:
        _settle_packed(stream, None if rows is None else rows + _by_rows(stream))
    elif all(name in (*_PACKED, *_OLD) for name in names):
        _pack_again(stream, rows, most)


def _settle_packed(stream: Stream, wanted: int | None) -> None:
    raw = stream.read_raw_bytes()
    unpacker, length, rest = zlib.decompressobj(), 0, raw
    try:
        while rest and not unpacker.eof and (wanted is None or length <= wanted + _LOOSE):
            length += len(unpacker.decompress(rest, _STEP))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return  # readers make of it what they can
    if wanted is not None and length > wanted + _LOOSE:
        _write(stream, zlib.compress(zlib.decompressobj().decompress(raw, wanted)))
    elif unpacker.eof and len(unpacker.unused_data) > _LOOSE:
        _write(stream, raw[: len(raw) - len(unpacker.unused_data)])


def _write(stream: Stream, packed: bytes) -> None:
    parameters = stream.get(Name.DecodeParms)
    if isinstance(parameters, Array):
        parameters = parameters[0] if len(parameters) else None
    stream.write(
        packed, filter=Name.FlateDecode, decode_parms=parameters if isinstance(parameters, Dictionary) else None
    )


def _pack_again(stream: Stream, rows: int | None, most: int) -> None:
    try:
        content = stream.read_bytes()
    except (pikepdf.PdfError, RuntimeError):
        return
    if len(content) <= most or rows is not None:
        stream.write(zlib.compress(content[:rows] if rows is not None else content), filter=Name.FlateDecode)


def _rows(picture: Stream) -> int | None:
    """How many bytes the rows of a picture take; ``None`` where that cannot be told."""
    stencil = bool(picture.get(Name.ImageMask))
    width, height = _number(picture.get(Name.Width)), _number(picture.get(Name.Height))
    bits = 1 if stencil else _number(picture.get(Name.BitsPerComponent))
    numbers = 1 if stencil else channels(picture.get(Name.ColorSpace))
    return (width * numbers * bits + 7) // 8 * height or None


def _number(thing: object) -> int:
    return thing if isinstance(thing, int) and thing > 0 else 0


def channels(space: Object | None) -> int:
    """How many numbers make a colour; 0 where that cannot be told."""
    if isinstance(space, Array) and len(space) > 1:
        if space[0] == Name.ICCBased and isinstance(space[1], Stream):
            return _number(space[1].get(Name.N))
        if space[0] == Name.DeviceN and isinstance(space[1], Array):
            return len(space[1])
        return _CHANNELS.get(str(space[0]), 0)
    return _CHANNELS.get(str(space), 0)


def _by_rows(picture: Stream) -> int:
    """One byte a row, where each says how it was written."""
    parameters = picture.get(Name.DecodeParms)
    if isinstance(parameters, Array):
        parameters = parameters[0] if len(parameters) else None
    predictor = parameters.get(Name.Predictor, 1) if isinstance(parameters, Dictionary) else 1
    return int(picture.Height) if isinstance(predictor, int) and predictor >= _BY_ROWS else 0
