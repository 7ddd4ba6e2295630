"""TIFF: what scanners and fax machines write. One page becomes a picture, several become a document of pictures."""

import io
from collections.abc import Iterator

from PIL import Image, TiffImagePlugin

from reading.intake import DecodeJob, Intake, Opened, Page, Refusal
from reading.pictures import making, sampling, sheets
from reading.pictures.camera import ExifBlock, read_exif
from reading.pictures.converted import converted
from reading.pictures.sheets import DrawnSheet

LOADED_WITH = TiffImagePlugin
"""Imported here because a locked-down child can import nothing."""

_ORIENTATION = 0x0112
_SIGNATURES = (b"II*\x00", b"MM\x00*")
_FLAT_MODES = frozenset({"1", "P"})


def score(head: bytes) -> float:
    """The signature of either byte order."""
    return 1.0 if head.startswith(_SIGNATURES) else 0.0


def open(data: bytes, job: DecodeJob) -> Opened:  # noqa: A001  # the contract's verb
    """The picture, or the document of its pages.

    Raises:
        Refusal: ``file-truncated``, ``file-unreadable``, ``image-too-large``, ``pdf-too-many-pages``.
    """
    image = _opened(data)
    count = getattr(image, "n_frames", 1)
    if count > job.limits.pdf_pages:
        raise Refusal("pdf-too-many-pages", pages=count, allowed=job.limits.pdf_pages)
    if count == 1:
        block = _block(image)
        told = (("metadata-removed", bool(image.info.get("xmp"))), ("orientation-applied", block.orientation != 1))
        return converted(image, block, job, told, lossless=image.mode in _FLAT_MODES)
    return sheets.opened(
        _drawer(image, job), [_size(image, number) for number in range(count)], job, ("pages-unpacked",)
    )


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=("TIFF",))


def _block(image: Image.Image) -> ExifBlock:
    exif = image.getexif()
    return read_exif(exif.tobytes() if exif else None, None)


def _size(image: Image.Image, place: int) -> tuple[int, int]:
    image.seek(place)
    width, height = image.size
    return (height, width) if int(image.getexif().get(_ORIENTATION, 1)) >= 5 else (width, height)


def _drawer(image: Image.Image, job: DecodeJob) -> sheets.Draw:
    def draw(number: int) -> DrawnSheet:
        image.seek(number - 1)
        making.check_size(*image.size, job.limits)
        mode, orientation = image.mode, int(image.getexif().get(_ORIENTATION, 1))
        sampling.load(image)
        flat = making.flattened(image).image
        return DrawnSheet(image=making.upright(flat, orientation), lossless=mode in _FLAT_MODES)

    return draw


def pages(data: bytes, job: DecodeJob) -> Iterator[Page]:
    """The pages ``job.pages``."""
    image = _opened(data)
    return sheets.pages(_drawer(image, job), getattr(image, "n_frames", 1), job)


def samples() -> tuple[bytes, ...]:
    """Packed in the usual ways, and two pages."""
    two = io.BytesIO()
    Image.new("L", (16, 8)).save(two, "TIFF", save_all=True, append_images=[Image.new("1", (8, 16))])
    packings = (("RGB", "tiff_lzw"), ("RGB", "jpeg"), ("1", "group4"), ("L", "tiff_adobe_deflate"), ("RGB", "packbits"))
    return (*(sampling.sample(mode, "TIFF", compression=packing) for mode, packing in packings), two.getvalue())


INTAKE = Intake(
    name="tiff",
    media_type="image/tiff",
    extensions=("tif", "tiff"),
    score=score,
    open=open,
    samples=samples,
    pages=pages,
)
