"""What of each picture is left on its printed page: how large its type stands there, and how sharp a smaller copy still is."""

from collections.abc import Iterator

from casefile.citation import PlannedExhibit
from casefile.reading import PreparedImage, ReadFile, Sharpness
from casefile.upload import Upload
from evidence_packer.bind.bundle.fit import Fitted
from evidence_packer.bind.bundle.sheets import picture_of, placed
from evidence_packer.bind.bundle.stamp import ExhibitPages
from evidence_packer.judge.check import Printed
from jobs.case_work.steps.casework import Casework
from jobs.case_work.workshop import Workshop


def printed(work: Casework, bound: Fitted, workshop: Workshop) -> tuple[Printed, ...]:
    """Every exhibit that is a picture, as the finished bundle shows it."""
    return tuple(_pictures(work, bound, workshop))


def _pictures(work: Casework, bound: Fitted, workshop: Workshop) -> Iterator[Printed]:
    for exhibit in bound.exhibits:
        copy = exhibit.prepared
        if not isinstance(copy, PreparedImage):
            continue
        planned = exhibit.planned
        original = work.read[planned.file]
        pixels = _type_pixels(exhibit, original, copy)
        yield Printed(
            file=planned.file,
            page=planned.first_page,
            type_pixels=pixels,
            type_points=None if pixels is None else pixels * _points_a_pixel(copy, planned, work),
            sharpness=_sharpness(copy, workshop) if planned.file in bound.changed else None,
        )


def _type_pixels(exhibit: ExhibitPages, original: ReadFile, copy: PreparedImage) -> float | None:
    if exhibit.text_height is None or not isinstance(original.prepared, PreparedImage):
        return None
    before = original.prepared
    return exhibit.text_height * max(copy.width, copy.height) / max(before.width, before.height)


def _points_a_pixel(copy: PreparedImage, planned: PlannedExhibit, work: Casework) -> float:
    picture = picture_of(copy)
    _, place = placed(picture, planned.part(0), work.site.paper)
    return place.width / picture.upright_size[0]


def _sharpness(copy: PreparedImage, workshop: Workshop) -> Sharpness | None:
    again = workshop.reading_rooms[0].read(Upload(name=f"copy.{copy.format}", data=copy.data))
    return again.reading.pages[0].sharpness if isinstance(again, ReadFile) else None
