"""HEIC and HEIF: what phones take photographs in; decoded once and encoded as a JPEG of high quality."""

import io
import struct

import pillow_heif
from PIL import Image

from reading.intake import DecodeJob, Intake, Opened, Refusal
from reading.pictures import making, sampling
from reading.pictures.camera import read_exif

_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_GENERAL_BRANDS = {b"mif1", b"mif2", b"msf1", b"mif3"}
_MAX_BOXES = 10_000

# Threads of a decoder would only fight over the child's one allowance of CPU.
pillow_heif.options.DECODE_THREADS = 1
pillow_heif.register_heif_opener(thumbnails=False)


def score(head: bytes) -> float:
    """An ISO media file whose brands say HEVC picture (AVIF carries the general brands too)."""
    if head[4:8] != b"ftyp":
        return 0.0
    (length,) = struct.unpack_from(">I", head)
    brands = {head[start : start + 4] for start in range(8, min(length, 256), 4) if start != 12}
    if brands & _BRANDS:
        return 1.0
    return 0.5 if brands & _GENERAL_BRANDS and not brands & {b"avif", b"avis"} else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """The primary picture, decoded and encoded anew without its metadata, and its one page.

    Raises:
        Refusal: ``file-truncated``, ``file-unreadable``, ``image-too-large``.
    """
    if not _whole(data):
        raise Refusal("file-truncated")
    image = Image.open(io.BytesIO(data), formats=("HEIF",))
    making.check_size(*image.size, job.limits)
    # The library has turned the picture already and says so by an orientation of 1.
    block = read_exif(image.info.get("exif"), image.info.get("xmp"))
    profile, many = image.info.get("icc_profile"), getattr(image, "n_frames", 1) > 1
    sampling.load(image)
    picture = making.flattened(image)
    upright = making.upright(picture.image, block.orientation)
    upright = making.burned(upright, job.boxes(1)) if job.boxes(1) else upright
    told = (
        ("metadata-removed", bool(image.info.get("exif") or image.info.get("xmp"))),
        ("location-removed", block.camera.has_location),
        ("orientation-applied", _is_turned(data) and (image.info.get("original_orientation") or 1) != 1),
        ("first-frame-only", many),
        (picture.change or "", bool(picture.change)),
        ("converted-to-jpeg", True),
        ("redacted", bool(job.boxes(1))),
    )
    return Opened(
        prepared=making.as_jpeg(upright, profile, quality=92),
        page_count=1,
        pages=iter((making.page_of(upright, upright.size, job),)),
        changes=tuple(code for code, happened in told if happened),
        camera=block.camera,
    )


def _is_turned(data: bytes) -> bool:
    # Only these properties turn a picture; an EXIF note alone turns none (ISO/IEC 23008-12, annex A).
    return any(name in data[:65536] for name in (b"irot", b"imir"))


def _whole(data: bytes) -> bool:
    position = 0
    for _ in range(_MAX_BOXES):
        if position + 8 > len(data):
            return position == len(data)
        (length,) = struct.unpack_from(">I", data, position)
        if length == 1 and position + 16 <= len(data):
            (length,) = struct.unpack_from(">Q", data, position + 8)
        if length == 0:  # reaches to the end of the file
            return True
        if length < 8:
            return False
        position += length
    return False


def samples() -> tuple[bytes, ...]:
    """A colour picture and one with alpha."""
    buffers = (io.BytesIO(), io.BytesIO())
    for mode, buffer in zip(("RGB", "RGBA"), buffers, strict=True):
        Image.linear_gradient("L").resize((64, 64)).convert(mode).save(buffer, "HEIF", quality=50)
    return tuple(buffer.getvalue() for buffer in buffers)


INTAKE = Intake(
    name="heic",
    media_type="image/heic",
    extensions=("heic", "heif", "hif", "heics"),
    score=score,
    open=open,
    samples=samples,
)
