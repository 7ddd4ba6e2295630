"""Pictures as image XObjects with their own compressed data: JPEG as DCT, PNG as Flate with predictor; nothing re-encoded.

Source: ISO 32000-2, 7.4.4.4 (predictors), 7.4.8 (DCT), 8.9.5 (images); PNG (ISO 15948), 11.2.
"""

import hashlib
import io
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
from PIL import Image

from press.pdf.held_streams import Pieces

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB, _INDEXED = 0, 2, 3
_DEVICE = {1: pikepdf.Name.DeviceGray, 3: pikepdf.Name.DeviceRGB, 4: pikepdf.Name.DeviceCMYK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One encoded picture: ``format`` is ``jpeg`` or ``png``, ``orientation`` the EXIF value of a JPEG's pixels."""

    data: bytes
    format: str
    width: int
    height: int
    orientation: int = 1

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height in pixels once turned upright."""
        return (self.height, self.width) if self.orientation >= 5 else (self.width, self.height)


def picture_from(data: bytes) -> Picture:
    """An upright JPEG or PNG as a picture."""
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
        return Picture(data=data, format=(image.format or "").lower(), width=image.width, height=image.height)


def _chunks(data: bytes) -> list[tuple[bytes, memoryview]]:
    found, at, view = [], len(_PNG_SIGNATURE), memoryview(data)
    while at + 8 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        found.append((data[at + 4 : at + 8], view[at + 8 : at + 8 + length]))
        at += 12 + length
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A picture's own compressed data in pieces, and what its dictionary must say of them.

    ``profile`` is its ICC profile (empty if none); ``palette`` the colours of an indexed picture, ``keys`` the rest.
    """

    pieces: Pieces
    components: int
    profile: bytes
    palette: bytes
    keys: Mapping[str, Any]


def _png(picture: Picture) -> Encoded:
    chunks = _chunks(picture.data)
    named = dict(chunks)
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", named[b"IHDR"])
    if colour not in {_GREY, _RGB, _INDEXED} or interlaced or b"tRNS" in named:
        return _png(_plain_png(picture))
    colours = 3 if colour == _RGB else 1
    profile = bytes(named.get(b"iCCP", b"")).partition(b"\0")[2][1:] if colour != _INDEXED else b""
    parms = {"Predictor": 15, "Colors": colours, "BitsPerComponent": depth, "Columns": width}
    return Encoded(
        pieces=[body for name, body in chunks if name == b"IDAT"],
        components=1 if colour == _GREY else 3,
        profile=zlib.decompress(profile) if profile else b"",
        palette=bytes(named[b"PLTE"]) if colour == _INDEXED else b"",
        keys={"Width": width, "Height": height, "BitsPerComponent": depth, "Filter": pikepdf.Name.FlateDecode,
              "DecodeParms": pikepdf.Dictionary(**parms)},
    )  # fmt: skip


def _plain_png(picture: Picture) -> Picture:
    """The same picture as a PNG that can be placed as it is: no alpha, not interlaced."""
    with Image.open(io.BytesIO(picture.data), formats=("PNG",)) as image:
        flat = Image.new("RGB", image.size, "white")
        layer = image.convert("RGBA")
        flat.paste(layer, mask=layer.getchannel("A"))
    sink = io.BytesIO()
    flat.save(sink, "PNG")
    return Picture(data=sink.getvalue(), format="png", width=picture.width, height=picture.height)


def _jpeg_parts(data: bytes) -> tuple[int, bytes]:
    """The number of colour components and the ICC profile (empty if none) of a JPEG."""
    at, components, profile = 2, 3, b""
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        body = data[at + 4 : at + 2 + length]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            components = body[5]
        elif marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"):
            profile += body[14:]
        elif marker == 0xDA:
            break
        at += 2 + length
    return components, profile


def _without_icc(data: bytes) -> list[memoryview]:
    """The JPEG without its ICC segments, which stand in the PDF instead."""
    view, at = memoryview(data), 2
    kept = [view[:2]]
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if not (data[at + 1] == 0xE2 and data[at + 4 : at + 16] == b"ICC_PROFILE\0"):
            kept.append(view[at : at + 2 + length])
        at += 2 + length
    return [*kept, view[at:]]


def _jpeg(picture: Picture) -> Encoded:
    components, profile = _jpeg_parts(picture.data)
    fits = len(profile) > 20 and {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}.get(profile[16:20]) == components
    return Encoded(
        pieces=_without_icc(picture.data) if fits else [picture.data],
        components=components,
        profile=profile if fits else b"",
        palette=b"",
        keys={
            "Width": picture.width,
            "Height": picture.height,
            "BitsPerComponent": 8,
            "Filter": pikepdf.Name.DCTDecode,
        },
    )


def digest(picture: Picture) -> str:
    """The SHA-256 of the compressed data that stand in a document for the picture."""
    found = hashlib.sha256()
    for piece in encoded(picture).pieces:
        found.update(piece)
    return found.hexdigest()


def encoded(picture: Picture) -> Encoded:
    """The picture's compressed data as a PDF takes them."""
    return _jpeg(picture) if picture.format == "jpeg" else _png(picture)


def _space(pdf: pikepdf.Pdf, image: Encoded) -> pikepdf.Object:
    space: pikepdf.Object = _DEVICE.get(image.components, pikepdf.Name.DeviceRGB)
    if image.profile:
        stream = pdf.make_stream(image.profile, N=image.components)
        space = pdf.make_indirect(pikepdf.Array([pikepdf.Name.ICCBased, stream]))
    if image.palette:
        colours = pikepdf.String(image.palette)
        space = pikepdf.Array([pikepdf.Name.Indexed, space, len(image.palette) // 3 - 1, colours])
    return space


def described(pdf: pikepdf.Pdf, image: Encoded, stream: pikepdf.Object) -> pikepdf.Object:
    """``stream``, whose raw data are the image's pieces, as an image XObject of ``pdf``."""
    keys = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, **image.keys, "ColorSpace": _space(pdf, image)}
    for name, value in keys.items():
        stream[f"/{name}"] = value
    return stream


def image_object(pdf: pikepdf.Pdf, picture: Picture) -> pikepdf.Object:
    """The picture as an indirect image XObject of ``pdf``."""
    image = encoded(picture)
    return described(pdf, image, pdf.make_stream(b"".join(image.pieces)))
