"""JPEG: the compressed picture stays byte for byte; what tells about its maker is cut before anything is decoded.

Only CMYK pictures, unusual codings and pictures with redactions are encoded anew, from their pixels.
"""

import io
import math

from PIL import Image, ImageFile

from reading.intake import DecodedPicture, DecodeJob, Intake, Opened, Refusal
from reading.pictures import making, sampling
from reading.pictures.camera import ExifBlock, read_exif
from reading.pictures.jpeg_segments import JpegParts, take_apart

ImageFile.LOAD_TRUNCATED_IMAGES = False


def score(head: bytes) -> float:
    """Start mark followed by another mark."""
    return 1.0 if head.startswith(b"\xff\xd8\xff") else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """The picture without its metadata, and its one page.

    Raises:
        Refusal: ``file-truncated``, ``file-unreadable``, ``image-too-large``, ``image-too-many-scans``.
    """
    parts = take_apart(data)
    if not parts.scans:
        raise Refusal("file-truncated" if not parts.complete else "file-unreadable")
    making.check_size(parts.width, parts.height, job.limits)
    if parts.scans > job.limits.jpeg_scans:
        raise Refusal("image-too-many-scans", scans=parts.scans, allowed=job.limits.jpeg_scans)
    block = read_exif(parts.exif, parts.xmp)
    picture, full = _decoded(parts, job)
    changes = _changes(parts, block, picture.change)
    image = making.upright(picture.image, block.orientation)
    size = full if block.orientation < 5 else full[::-1]
    prepared = DecodedPicture(
        data=parts.clean, format="jpeg", width=full[0], height=full[1], orientation=block.orientation
    )
    if boxes := job.boxes(1):
        image = making.burned(image, boxes)
        changes.append("redacted")
    if boxes or picture.change or not parts.placeable or parts.unusual_colours:
        profile = None if picture.change else b"".join(parts.profile) or None
        prepared = making.as_jpeg(image, profile)
        changes += [] if boxes else ["encoded-anew"]
    return Opened(
        prepared=prepared,
        page_count=1,
        pages=iter((making.page_of(image, size, job),)),
        changes=tuple(changes),
        camera=block.camera,
    )


def _decoded(parts: JpegParts, job: DecodeJob) -> tuple[making.Flattened, tuple[int, int]]:
    # Without the end mark, so that a picture whose rows are missing is noticed instead of being filled with grey.
    source = parts.clean if parts.complete else parts.clean[:-2]
    image = Image.open(io.BytesIO(source), formats=("JPEG",))
    full = image.size
    must_be_whole = bool(job.boxes(1)) or image.mode == "CMYK" or not parts.placeable or parts.unusual_colours
    if not must_be_whole:
        _draft(image, job.limits.reading_pixels)
    sampling.load(image)
    return making.flattened(image), full


def _draft(image: Image.Image, pixels: int) -> None:
    # Asked for in proportion: a box of another shape makes the decoder ignore the request.
    shrink = math.sqrt(image.width * image.height / pixels)
    if shrink > 1:
        image.draft(image.mode, (math.ceil(image.width / shrink), math.ceil(image.height / shrink)))


def _changes(parts: JpegParts, block: ExifBlock, flattening: str | None) -> list[str]:
    told = (
        ("metadata-removed", parts.cut),
        ("location-removed", block.camera.has_location),
        ("trailing-data-removed", parts.trailing),
        ("orientation-applied", block.orientation != 1),
        (flattening or "", bool(flattening)),
    )
    return [code for code, happened in told if happened]


def samples() -> tuple[bytes, ...]:
    """A grey, a colour and a CMYK picture with camera data."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = "2026:01:02 03:04:05"
    return tuple(sampling.sample(mode, "JPEG", exif=exif) for mode in ("L", "RGB", "CMYK"))


INTAKE = Intake(
    name="jpeg",
    media_type="image/jpeg",
    extensions=("jpg", "jpeg", "jpe", "jfif"),
    score=score,
    open=open,
    samples=samples,
)
