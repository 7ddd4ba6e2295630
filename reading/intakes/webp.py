"""WebP: decoded once; a lossless picture becomes a PNG, a lossy one a JPEG of high quality. PDF knows no WebP."""

import io
import struct

from PIL import Image, WebPImagePlugin

from reading.intake import DecodeJob, Intake, Opened, Refusal
from reading.pictures import making, sampling
from reading.pictures.camera import read_exif

LOADED_WITH = WebPImagePlugin
"""Imported here because a locked-down child can import nothing."""

_LOSSLESS = b"VP8L"
_MAX_CHUNKS = 10_000


def score(head: bytes) -> float:
    """A RIFF container of type WEBP."""
    return 1.0 if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """The picture, decoded and encoded anew without its metadata, and its one page.

    Raises:
        Refusal: ``file-truncated``, ``file-unreadable``, ``image-too-large``.
    """
    if struct.unpack_from("<I", data, 4)[0] + 8 > len(data):
        raise Refusal("file-truncated")
    image = Image.open(io.BytesIO(data), formats=("WEBP",))
    making.check_size(*image.size, job.limits)
    block = read_exif(image.info.get("exif"), image.info.get("xmp"))
    profile, moving = image.info.get("icc_profile"), getattr(image, "n_frames", 1) > 1
    sampling.load(image)
    picture = making.flattened(image)
    upright = making.upright(picture.image, block.orientation)
    lossless = _LOSSLESS in _chunk_names(data)
    told = (
        ("metadata-removed", bool(image.info.get("exif") or image.info.get("xmp"))),
        ("location-removed", block.camera.has_location),
        ("orientation-applied", block.orientation != 1),
        ("first-frame-only", moving),
        (picture.change or "", bool(picture.change)),
        ("converted-to-png" if lossless else "converted-to-jpeg", True),
        ("redacted", bool(job.boxes(1))),
    )
    upright = making.burned(upright, job.boxes(1)) if job.boxes(1) else upright
    return Opened(
        prepared=making.as_png(upright, profile) if lossless else making.as_jpeg(upright, profile),
        page_count=1,
        pages=iter((making.page_of(upright, upright.size, job),)),
        changes=tuple(code for code, happened in told if happened),
        camera=block.camera,
    )


def _chunk_names(data: bytes) -> set[bytes]:
    names: set[bytes] = set()
    position = 12
    for _ in range(_MAX_CHUNKS):
        if position + 8 > len(data):
            break
        name, length = struct.unpack_from("<4sI", data, position)
        names.add(name)
        # An animation holds its frames as chunks inside one chunk.
        position += 24 if name == b"ANMF" else 8 + length + length % 2
    return names


def samples() -> tuple[bytes, ...]:
    """Lossy, lossless and with alpha."""
    lossy = sampling.sample("RGB", "WEBP", quality=50)
    return (lossy, sampling.sample("RGB", "WEBP", lossless=True), sampling.sample("RGBA", "WEBP"))


INTAKE = Intake(name="webp", media_type="image/webp", extensions=("webp",), score=score, open=open, samples=samples)
