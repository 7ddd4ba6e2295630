"""Pictures for people: a boxed crop, and a smaller copy where a limit asks for one. Works on cleaned pictures only."""

import contextlib
import io

from PIL import Image, ImageCms, ImageDraw

from press.pdf.pictures import Picture, encoded

_ACCENT = (200, 60, 20)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What sets a picture upright, by its EXIF orientation (Exif 2.32, tag 274)."""


def _opened(data: bytes, orientation: int, long_side: int | None = None) -> Image.Image:
    """The picture upright, grey or RGB, transparent parts white, decoded no larger than ``long_side`` asks for."""
    image: Image.Image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
    if long_side is not None and image.format == "JPEG" and max(image.size) > long_side:
        share = long_side / max(image.size)
        image.draft(None, (round(image.width * share), round(image.height * share)))
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer.getchannel("A"))
    elif image.mode not in {"L", "RGB"}:
        image = image.convert("RGB")
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image


def boxed_crop(data: bytes, orientation: int, box: tuple[float, float, float, float], width: int = 640) -> bytes:
    """The surroundings of ``box`` (0 to 1 of the upright picture) as a JPEG of about ``width`` pixels, the box outlined."""
    image = _opened(data, orientation).convert("RGB")
    x0, y0, x1, y1 = (edge * size for edge, size in zip(box, (*image.size, *image.size), strict=True))
    wide = max((x1 - x0) * 1.9, image.width * 0.28)
    tall = max((y1 - y0) * 5, wide * 0.22)
    left = min(max(0, (x0 + x1 - wide) / 2), max(0, image.width - wide))
    top = min(max(0, (y0 + y1 - tall) / 2), max(0, image.height - tall))
    area = _within(image, (left, top, left + wide, top + tall))
    crop = image.crop(area)
    line = max(2, crop.width // 200)
    pad = line * 2
    ImageDraw.Draw(crop).rectangle(
        (x0 - area[0] - pad, y0 - area[1] - pad, x1 - area[0] + pad, y1 - area[1] + pad), outline=_ACCENT, width=line
    )
    if crop.width > width:
        crop = crop.resize((width, max(1, round(crop.height * width / crop.width))), Image.Resampling.LANCZOS)
    sink = io.BytesIO()
    crop.save(sink, "JPEG", quality=82)
    return sink.getvalue()


def _within(image: Image.Image, area: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    """``area`` in whole pixels of the picture, at least one of them, however thin the picture and wherever the area."""
    left, top = (min(max(0, round(edge)), side - 1) for edge, side in zip(area[:2], image.size, strict=True))
    right, bottom = (min(max(1, round(edge)), side) for edge, side in zip(area[2:], image.size, strict=True))
    return left, top, max(right, left + 1), max(bottom, top + 1)


def detail(data: bytes, orientation: int, box: tuple[float, float, float, float], size: tuple[int, int]) -> bytes:
    """The part ``box`` (0 to 1 of the upright picture) as a JPEG of about ``size`` pixels at most; nothing is drawn on it."""
    share = max(box[2] - box[0], box[3] - box[1])
    image = _opened(data, orientation, round(max(size) / share))
    width, height = image.size
    crop = image.crop(_within(image, (box[0] * width, box[1] * height, box[2] * width, box[3] * height)))
    if crop.width > size[0]:
        crop = crop.resize((size[0], max(1, round(crop.height * size[0] / crop.width))), Image.Resampling.LANCZOS)
    sink = io.BytesIO()
    crop.convert("RGB").save(sink, "JPEG", quality=82, subsampling="4:4:4")
    return sink.getvalue()


def smaller(picture: Picture, long_side: int, quality: int) -> Picture:
    """The picture upright as a JPEG whose longer side is at most ``long_side`` pixels.

    Screenshots (PNG) keep their colours at full resolution, because thin coloured type blurs without it.
    """
    image = _opened(picture.data, picture.orientation, long_side)
    profile = image.info.get("icc_profile")
    if max(image.size) > long_side:
        image = _scaled(image, long_side)
    sink = io.BytesIO()
    sampling = "4:4:4" if picture.format == "png" else "4:2:0"
    image.save(sink, "JPEG", quality=quality, optimize=True, subsampling=sampling, icc_profile=profile)
    return Picture(data=sink.getvalue(), format="jpeg", width=image.width, height=image.height)


def _scaled(image: Image.Image, long_side: int) -> Image.Image:
    share = long_side / max(image.size)
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size, Image.Resampling.LANCZOS)


def fewer_colours(picture: Picture) -> Picture:
    """The picture at full size as a PNG of at most 256 colours: type keeps its edges."""
    image = _opened(picture.data, picture.orientation).convert("RGB")
    sink = io.BytesIO()
    image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(sink, "PNG", optimize=True)
    return Picture(data=sink.getvalue(), format="png", width=image.width, height=image.height)


_PRESS, _OLD_PROFILE = 4, 2
"""Components of a picture for printing presses; the version of colour profiles that every viewer knows."""


def plain_colours(picture: Picture) -> Picture:
    """The very picture where it has eight bits and colours that the oldest viewers know; else drawn anew in those of screens."""
    given = encoded(picture)
    profile, deep = given.profile, int(given.keys.get("BitsPerComponent", 8)) > 8
    if not deep and given.components < _PRESS and profile[8:9] <= bytes([_OLD_PROFILE]):
        return picture
    image = _opened(picture.data, picture.orientation)
    if profile:
        source, screen = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        with contextlib.suppress(ImageCms.PyCMSError):  # a profile that does not fit says nothing
            image = ImageCms.profileToProfile(image, source, screen, outputMode="RGB") or image
    sink = io.BytesIO()
    more = {"quality": 92, "subsampling": "4:4:4"} if picture.format == "jpeg" else {}
    image.save(sink, picture.format.upper(), icc_profile=None, **more)
    return Picture(data=sink.getvalue(), format=picture.format, width=image.width, height=image.height)
