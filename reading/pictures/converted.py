"""A picture of a type that PDF knows not: decoded once, set upright, packed anew without its metadata."""

from collections.abc import Iterable

from PIL import Image

from reading.intake import DecodeJob, Opened
from reading.pictures import making, sampling
from reading.pictures.camera import ExifBlock


def converted(
    image: Image.Image, block: ExifBlock, job: DecodeJob, told: Iterable[tuple[str, bool]], *, lossless: bool
) -> Opened:
    """The picture (opened, not yet loaded) and its one page; ``told`` are further changes and whether they happened.

    Raises:
        Refusal: ``file-truncated``, ``file-unreadable``, ``image-too-large``.
    """
    making.check_size(*image.size, job.limits)
    profile = image.info.get("icc_profile")
    sampling.load(image)
    picture = making.flattened(image)
    upright = making.upright(picture.image, block.orientation)
    boxes = job.boxes(1)
    upright = making.burned(upright, boxes) if boxes else upright
    changes = (
        *told,
        ("location-removed", block.camera.has_location),
        (picture.change or "", bool(picture.change)),
        ("converted-to-png" if lossless else "converted-to-jpeg", True),
        ("redacted", bool(boxes)),
    )
    return Opened(
        prepared=making.as_png(upright, profile) if lossless else making.as_jpeg(upright, profile, quality=92),
        page_count=1,
        pages=iter((making.page_of(upright, upright.size, job),)),
        changes=tuple(code for code, happened in changes if happened),
        camera=block.camera,
    )
