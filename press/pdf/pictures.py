"""Pictures as image XObjects with their own compressed data: JPEG as DCT, PNG as Flate with predictor; nothing re-encoded.

Source: ISO 32000-2, 7.4.4.4 (predictors), 7.4.8 (DCT), 8.9.5 (images); PNG (ISO 15948), 11.2.
"""

import io
import struct
import zlib
from dataclasses import dataclass

import pikepdf
from PIL import Image

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB, _INDEXED = 0, 2, 3


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


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], len(_PNG_SIGNATURE)
    while at + 8 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        found.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    return found


def _icc_stream(pdf: pikepdf.Pdf, profile: bytes, components: int) -> pikepdf.Object:
    stream = pdf.make_stream(profile, N=components)
    return pdf.make_indirect(pikepdf.Array([pikepdf.Name.ICCBased, stream]))


def _png(pdf: pikepdf.Pdf, picture: Picture) -> pikepdf.Stream:
    chunks = _chunks(picture.data)
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", dict(chunks)[b"IHDR"])
    named = dict(chunks)
    if colour not in {_GREY, _RGB, _INDEXED} or interlaced or b"tRNS" in named:
        return _png(pdf, _plain_png(picture))
    space: pikepdf.Object = pikepdf.Name.DeviceRGB if colour != _GREY else pikepdf.Name.DeviceGray
    colours = 3 if colour == _RGB else 1
    if b"iCCP" in named and colour != _INDEXED:
        space = _icc_stream(pdf, zlib.decompress(named[b"iCCP"].split(b"\0", 1)[1][1:]), colours)
    if colour == _INDEXED:
        palette = named[b"PLTE"]
        space = pikepdf.Array([pikepdf.Name.Indexed, space, len(palette) // 3 - 1, pikepdf.String(palette)])
    return pikepdf.Stream(
        pdf,
        b"".join(body for name, body in chunks if name == b"IDAT"),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=space,
        BitsPerComponent=depth,
        Filter=pikepdf.Name.FlateDecode,
        DecodeParms=pikepdf.Dictionary(Predictor=15, Colors=colours, BitsPerComponent=depth, Columns=width),
    )


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


def _without_icc(data: bytes) -> bytes:
    """The JPEG without its ICC segments, which stand in the PDF instead."""
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if not (data[at + 1] == 0xE2 and data[at + 4 :].startswith(b"ICC_PROFILE\0")):
            kept.append(data[at : at + 2 + length])
        at += 2 + length
    return b"".join([*kept, data[at:]])


def _jpeg(pdf: pikepdf.Pdf, picture: Picture) -> pikepdf.Stream:
    components, profile = _jpeg_parts(picture.data)
    data = picture.data
    space: pikepdf.Object = {1: pikepdf.Name.DeviceGray, 4: pikepdf.Name.DeviceCMYK}.get(
        components, pikepdf.Name.DeviceRGB
    )
    if profile and len(profile) > 20 and _profile_fits(profile, components):
        space, data = _icc_stream(pdf, profile, components), _without_icc(data)
    return pikepdf.Stream(
        pdf,
        data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=space,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )


def _profile_fits(profile: bytes, components: int) -> bool:
    return {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}.get(profile[16:20]) == components


def image_object(pdf: pikepdf.Pdf, picture: Picture) -> pikepdf.Object:
    """The picture as an indirect image XObject of ``pdf``."""
    return pdf.make_indirect(_jpeg(pdf, picture) if picture.format == "jpeg" else _png(pdf, picture))
