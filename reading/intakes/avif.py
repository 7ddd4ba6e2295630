"""AVIF: the primary picture, decoded once and encoded as a JPEG of high quality."""

import io
import struct

from PIL import AvifImagePlugin, Image

from reading.intake import DecodeJob, Intake, Opened
from reading.pictures import sampling
from reading.pictures.camera import read_exif
from reading.pictures.converted import converted

# Threads of a decoder would only fight over the child's one allowance of CPU.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1


def score(head: bytes) -> float:
    """An ISO media file whose brands say AVIF."""
    if head[4:8] != b"ftyp":
        return 0.0
    (length,) = struct.unpack_from(">I", head)
    brands = {head[start : start + 4] for start in range(8, min(length, 256), 4) if start != 12}
    return 1.0 if brands & {b"avif", b"avis"} else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """The picture and its one page.

    Raises:
        Refusal: ``file-truncated``, ``file-unreadable``, ``image-too-large``.
    """
    image = Image.open(io.BytesIO(data), formats=("AVIF",))
    block = read_exif(image.info.get("exif"), image.info.get("xmp"))
    told = (
        ("metadata-removed", bool(image.info.get("exif") or image.info.get("xmp"))),
        ("first-frame-only", getattr(image, "n_frames", 1) > 1),
    )
    return converted(image, block, job, told, lossless=False)


def samples() -> tuple[bytes, ...]:
    """A colour picture and one with alpha."""
    return (sampling.sample("RGB", "AVIF", quality=50), sampling.sample("RGBA", "AVIF", quality=50))


INTAKE = Intake(
    name="avif", media_type="image/avif", extensions=("avif", "avifs"), score=score, open=open, samples=samples
)
