"""The finished bundle seen before it leaves: a page that lacks something, or lets copy what nobody sees, goes in as a picture."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from casefile.errors import ProofFault
from casefile.fields.files import Box
from casefile.reading import Line, PreparedImage, PreparedPdf, ReadFile, ReadPage
from casefile.upload import Upload
from evidence_packer.bind.bundle.fit import Fitted
from evidence_packer.bind.bundle.stamp import ExhibitPages, evidence_area
from evidence_packer.understand.interpret import wanted_numbers
from jobs.case_work.steps.casework import Casework
from jobs.case_work.workshop import Workshop
from reading.sealed import Sealed, Unsealed, as_picture, broken
from reading.seen_twice import REDRAWN

_CLOSELY = 8
"""Pages of a file that are looked at closely; those behind look as they did when they were read, or are so as well."""
_MOST_PIXELS = 3_000_000
"""Larger pictures are not drawn again: that their very bytes stand on the page is proved already."""

Faults = Mapping[str, Mapping[int, Unsealed]]
"""What is wrong, by file and page of that file."""


def faults(work: Casework, bound: Fitted) -> Faults:
    """The pages of files that the finished bundle does not show as they were read."""
    known = {index: (file, page, sealed) for index, file, page, sealed in _pages(work, bound)}
    seen = broken(bound.bundle, [sealed for _, _, sealed in known.values()], area_of)
    found: dict[str, dict[int, Unsealed]] = {}
    for index, wrong in seen.items():
        file, page, sealed = known[index]
        before = found.setdefault(file, {}).get(page, Unsealed())
        places = tuple(_on_whole(box, sealed.part) for box in wrong.unseen)
        found[file][page] = Unsealed(
            lacking=before.lacking or wrong.lacking,
            unseen=(*before.unseen, *places),
            more=before.more or wrong.more,
        )
    return found


def area_of(size: tuple[float, float]) -> Box:
    """Where evidence may stand on a page of this size, as the seal takes it."""
    area = evidence_area(size)
    return (area.x, area.y, area.x + area.width, area.y + area.height)


def _on_whole(box: Box, part: tuple[float, float]) -> Box:
    top, bottom = part
    return (box[0], top + box[1] * (bottom - top), box[2], top + box[3] * (bottom - top))


def _pages(work: Casework, bound: Fitted) -> Iterator[tuple[int, str, int, Sealed]]:
    """Index in the bundle, file, page of the file, and what has to be seen there."""
    for exhibit in bound.exhibits:
        planned = exhibit.planned
        previews = work.read[planned.file].previews
        for place, number in enumerate(planned.source_pages):
            if number <= len(previews) and _is_drawn(exhibit, number, planned.file in bound.changed):
                index = planned.first_page - 1 + place
                sealed = Sealed(
                    index=index,
                    preview=previews[number - 1],
                    words=" ".join(line.text for line in exhibit.lines.get(number, ())),
                    part=planned.part(place),
                    glance=place >= _CLOSELY,
                )
                yield index, planned.file, number, sealed


def _is_drawn(exhibit: ExhibitPages, number: int, changed: bool) -> bool:
    shown = exhibit.prepared
    picture = shown if isinstance(shown, PreparedImage) else dict(shown.rasters).get(number)
    return picture is None or changed or picture.width * picture.height <= _MOST_PIXELS


Look = Callable[[PreparedImage], tuple[Line, ...]]
"""Reads the picture of a page."""


def looks(work: Casework, workshop: Workshop) -> Look:
    """Reads a picture as an upload is read, with care for the numbers of the case."""

    def look(picture: PreparedImage) -> tuple[Line, ...]:
        upload = Upload(name=f"page.{picture.format}", data=picture.data)
        again = workshop.reading_rooms[0].read(upload, wanted=wanted_numbers(work.case))
        return again.reading.pages[0].lines if isinstance(again, ReadFile) else ()

    return look


def redrawn(file: ReadFile, wrong: Mapping[int, Unsealed], look: Look, *, again: bool = False) -> ReadFile:
    """The file with these pages as pictures, and without the words there that nobody sees.

    Where programs copy different words from a page, only those count that are read on its picture.

    Raises:
        ProofFault: ``proof-picture``: a page that is a picture already is not shown, or it failed ``again``.
    """
    if (
        again
        or isinstance(file.prepared, PreparedImage)
        or any(number in dict(file.prepared.rasters) for number in wrong)
    ):
        raise ProofFault("proof-picture", exhibit=0, page=min(wrong))
    document = file.prepared.data
    more = tuple((number, as_picture(document, number)) for number in sorted(wrong))
    prepared = PreparedPdf(data=document, pages=file.prepared.pages, rasters=(*file.prepared.rasters, *more))
    pictures = dict(more)
    pages = tuple(
        _seen(page, wrong[page.number], partial(look, pictures[page.number])) if page.number in wrong else page
        for page in file.reading.pages
    )
    changes = tuple(dict.fromkeys((*file.reading.changes, REDRAWN)))
    return replace(file, prepared=prepared, reading=replace(file.reading, pages=pages, changes=changes))


def _seen(page: ReadPage, wrong: Unsealed, look: Callable[[], tuple[Line, ...]]) -> ReadPage:
    if wrong.more:
        page = replace(page, lines=look(), text_source="ocr")
    hidden = tuple(line for line in page.lines if any(_meet(line, box) for box in wrong.unseen))
    if not hidden:
        return page
    words = " | ".join(filter(None, (page.covered_words, *(line.text for line in hidden))))
    return replace(
        page,
        lines=tuple(line for line in page.lines if line not in hidden),
        covered=(*page.covered, *(line.box for line in hidden)),
        covered_words=words,
    )


def _meet(line: Line, box: Box) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return line.box[0] <= across <= line.box[2] and line.box[1] <= down <= line.box[3]
