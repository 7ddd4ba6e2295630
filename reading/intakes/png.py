"""PNG: the compressed rows stay byte for byte where they can be placed; otherwise the picture is packed anew, without loss.

Anew: a picture with transparency (opaque alpha is dropped, real transparency goes on white), interlaced, turned, redacted,
or with more bytes behind its last row than the picture needs.
"""

import io

from PIL import Image, PngImagePlugin

from reading.intake import DecodedPicture, DecodeJob, Intake, Opened
from reading.pictures import making, sampling
from reading.pictures.camera import ExifBlock, read_exif
from reading.pictures.png_chunks import SIGNATURE, PngParts, rows_fit, take_apart


def score(head: bytes) -> float:
    """The eight bytes of the signature."""
    return 1.0 if head.startswith(SIGNATURE) else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """The picture without its metadata, and its one page.

    Raises:
        Refusal: ``file-truncated``, ``file-unreadable``, ``image-too-large``.
    """
    parts = take_apart(data)
    making.check_size(parts.width, parts.height, job.limits)
    fits = rows_fit(parts) if parts.placeable else True
    block = read_exif(parts.exif, parts.xmp, parts.software)
    clean = parts.clean
    picture = _decoded(clean)
    image = making.upright(picture.image, block.orientation)
    changes = _changes(parts, block, picture.change, fits=fits)
    if boxes := job.boxes(1):
        image = making.burned(image, boxes)
        changes.append("redacted")
    if boxes or not parts.placeable or not fits or block.orientation != 1:
        prepared = making.as_png(image, parts.profile)
    else:
        prepared = DecodedPicture(data=clean, format="png", width=parts.width, height=parts.height)
    return Opened(
        prepared=prepared,
        page_count=1,
        pages=iter((making.page_of(image, image.size, job),)),
        changes=tuple(changes),
        camera=block.camera,
    )


def _decoded(clean: bytes) -> making.Flattened:
    image = Image.open(io.BytesIO(clean), formats=("PNG",))
    sampling.load(image)
    return making.flattened(image)


def _changes(parts: PngParts, block: ExifBlock, flattening: str | None, *, fits: bool) -> list[str]:
    told = (
        ("metadata-removed", parts.cut),
        ("location-removed", block.camera.has_location),
        ("trailing-data-removed", parts.trailing or not fits),
        ("orientation-applied", block.orientation != 1),
        ("first-frame-only", parts.animated),
        (flattening or "", bool(flattening)),
    )
    return [code for code, happened in told if happened]


def samples() -> tuple[bytes, ...]:
    """A picture of every mode, one with text and camera data."""
    told = PngImagePlugin.PngInfo()
    told.add_itxt("XML:com.adobe.xmp", "<x/>")
    exif = Image.Exif()
    exif[0x0112] = 6
    plain = tuple(sampling.sample(mode, "PNG") for mode in ("1", "L", "LA", "P", "RGBA", "I;16"))
    return (*plain, sampling.sample("RGB", "PNG", pnginfo=told, exif=exif))


INTAKE = Intake(name="png", media_type="image/png", extensions=("png", "apng"), score=score, open=open, samples=samples)
