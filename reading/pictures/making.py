"""Pictures on their way out of the child: bounded, upright, opaque, burned, encoded, and as rows of pixels.

Every picture leaves through here, so that no metadata can: what is encoded is made of pixels (and an ICC profile) alone.
"""

import contextlib
import io
import math
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageDraw

from reading.intake import Box, DecodedPicture, DecodeJob, Page, Pixels, Refusal
from reading.limits import ReadingLimits
from reading.pictures.colour_profiles import plain_profile

# Sizes are checked against our own limits right after each header is read.
Image.MAX_IMAGE_PIXELS = None

_LARGE = 10_000_000
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flattened:
    """An opaque picture (mode ``L`` or ``RGB``) and the code of what was done to make it so."""

    image: Image.Image
    change: str | None = None


def check_size(width: int, height: int, limits: ReadingLimits) -> None:
    """Refuse a picture by its header, before a single pixel is unpacked.

    Raises:
        Refusal: ``image-too-large`` with the numbers found and allowed; ``file-unreadable`` for no size at all.
    """
    if width < 1 or height < 1:
        raise Refusal("file-unreadable")
    if width * height > limits.image_pixels or max(width, height) > limits.image_side:
        raise Refusal(
            "image-too-large",
            width=width,
            height=height,
            megapixels=round(width * height / 1e6, 1),
            allowed_megapixels=round(limits.image_pixels / 1e6, 1),
            allowed_side=limits.image_side,
        )


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The picture as its EXIF orientation means it."""
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def flattened(image: Image.Image) -> Flattened:
    """The picture without transparency: on white, or simply without an alpha channel that hides nothing."""
    if image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info:
        whole = image if image.mode == "RGBA" else image.convert("RGBA")
        return _without_alpha(whole, grey=image.mode in {"LA", "La"})
    if image.mode in {"1", "L"}:
        return Flattened(image=image if image.mode == "L" else image.convert("L"))
    if image.mode.startswith(("I", "F")):
        return Flattened(image=_eight_bits(image))
    if image.mode == "CMYK":
        return Flattened(image=_from_cmyk(image), change="cmyk-converted")
    return Flattened(image=image if image.mode == "RGB" else image.convert("RGB"))


def _without_alpha(image: Image.Image, *, grey: bool) -> Flattened:
    alpha = image.getchannel("A")
    mode = "L" if grey else "RGB"
    if alpha.getextrema() == (255, 255):
        return Flattened(image=image.convert(mode), change="alpha-removed")
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=alpha)
    return Flattened(image=white.convert("L") if grey else white, change="transparency-flattened")


def _eight_bits(image: Image.Image) -> Image.Image:
    wide = image.convert("I") if image.mode != "F" else image
    return wide.point(lambda value: value / 256).convert("L")


def _from_cmyk(image: Image.Image) -> Image.Image:
    if profile := image.info.get("icc_profile"):
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if converted is not None:
                return converted
    return image.convert("RGB")


def burned(image: Image.Image, boxes: tuple[Box, ...]) -> Image.Image:
    """A copy with every box painted black, rounded outwards to whole pixels."""
    copy = image.copy()
    pen = ImageDraw.Draw(copy)
    for x0, y0, x1, y1 in boxes:
        left, top = math.floor(x0 * image.width), math.floor(y0 * image.height)
        right, bottom = math.ceil(x1 * image.width) - 1, math.ceil(y1 * image.height) - 1
        pen.rectangle((left, top, max(right, left), max(bottom, top)), fill=0)
    return copy


def as_png(image: Image.Image, profile: bytes | None = None) -> DecodedPicture:
    """Lossless, for screenshots and drawings."""
    # Packing tighter than this takes seconds on the largest pictures that are allowed.
    return _encoded(image, "png", profile, compress_level=5 if image.width * image.height < _LARGE else 2)


def as_jpeg(image: Image.Image, profile: bytes | None = None, quality: int = 94) -> DecodedPicture:
    """For photographs; full colour resolution, so that coloured small type stays legible."""
    return _encoded(image, "jpeg", profile, quality=quality, subsampling=0, optimize=False)


def _encoded(image: Image.Image, kind: str, profile: bytes | None, **options: object) -> DecodedPicture:
    image.info = {}  # encoders look there for comments, dates and positions
    buffer = io.BytesIO()
    image.save(buffer, kind.upper(), icc_profile=plain_profile(profile) if profile else None, **options)
    return DecodedPicture(
        data=buffer.getvalue(), format="png" if kind == "png" else "jpeg", width=image.width, height=image.height
    )


def page_of(image: Image.Image, size: tuple[int, int], job: DecodeJob, number: int = 1) -> Page:
    """The page of an upright, opaque picture whose full size is ``size``; its pixels are bounded for reading."""
    reading = _at_most(image, job.limits.reading_pixels)
    return Page(
        number=number, width=size[0], height=size[1], pixels=pixels_of(reading), preview=preview_of(reading, job.limits)
    )


def _at_most(image: Image.Image, pixels: int) -> Image.Image:
    excess = image.width * image.height / pixels
    if excess <= 1:
        return image
    shrink = math.sqrt(excess)
    size = (max(1, int(image.width / shrink)), max(1, int(image.height / shrink)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def pixels_of(image: Image.Image) -> Pixels:
    """The rows of a picture of mode ``L`` or ``RGB``."""
    return Pixels(width=image.width, height=image.height, channels=1 if image.mode == "L" else 3, data=image.tobytes())


def preview_of(image: Image.Image, limits: ReadingLimits) -> bytes:
    """A small JPEG of the whole page."""
    scale = limits.preview_side / max(image.size)
    small = image
    if scale < 1:
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        small = image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    return as_jpeg(small, quality=80).data
