"""One upload looked at by itself: what it says, and a picture of each of its first pages for the screen."""

from dataclasses import dataclass

from casefile.care import UNFIT, FileFailed, about
from casefile.reading import PreparedImage, ReadFile, Reading
from casefile.upload import NotIncluded, Upload
from evidence_packer.bind.bundle.sheets import picture_of
from jobs.case_work.workshop import Workshop
from press.images import smaller
from press.pdf.asking import page_picture

_LONG_SIDE = 1500
_QUALITY = 78
_PAGES = 6
_DPI = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """What was read, or why the file cannot be used; ``pictures`` are JPEGs of its first pages, upright."""

    reading: Reading | None = None
    refused: NotIncluded | None = None
    pictures: tuple[bytes, ...] = ()


def pictures(file: ReadFile) -> tuple[bytes, ...]:
    """JPEGs of the first pages, long side at most 1500 pixels."""
    prepared = file.prepared
    if isinstance(prepared, PreparedImage):
        return (_smaller(prepared),)
    drawn = dict(prepared.rasters)
    return tuple(
        _smaller(drawn[n]) if n in drawn else page_picture(prepared.data, n - 1, _DPI, form="JPEG", quality=_QUALITY)
        for n in range(1, min(prepared.pages, _PAGES) + 1)
    )


def _smaller(prepared: PreparedImage) -> bytes:
    return smaller(picture_of(prepared), _LONG_SIDE, _QUALITY).data


def look_at(upload: Upload, workshop: Workshop, wanted: tuple[str, ...], languages: tuple[str, ...]) -> FileReading:
    """Read one upload. ``wanted`` are the case's numbers, ``languages`` those its pages may be written in."""
    try:
        with about(upload.name):
            result = workshop.reading_rooms[0].read(upload, wanted=wanted, languages=languages)
            if isinstance(result, NotIncluded):
                return FileReading(refused=result)
            return FileReading(reading=result.reading, pictures=pictures(result))
    except FileFailed:
        return FileReading(refused=NotIncluded(file=upload.name, code=UNFIT))
