"""Which pages an exhibit takes, which way each lies, and where the evidence stands on it.

A page lies on its side only where that shows the evidence clearly larger: a 1920-pixel screenshot on upright paper prints its
type at four points, on its side at six and a half, which a reviewer can read. Reviewers read on screens, where a page that
lies on its side is not turned; evidence itself is never turned against its own up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casefile.citation import WHOLE, Part
from casefile.reading import Line, PreparedImage, PreparedPdf
from evidence_packer.bind.bundle.stamp import BundleLook, ExhibitPages, evidence_area, page_size, translations
from evidence_packer.bind.bundle.words import within
from evidence_packer.judge.highlights import Marks
from press.pdf.bundle_file import BundleFile, Placed, SourcePage, page_matrix, picture_matrix
from press.pdf.geometry import Paper, Rectangle, fitted, whole_of
from press.pdf.pictures import Picture

_CLEARLY_LARGER = 1.15
_LARGEST_PIXEL = 0.75
"""Points per pixel: no picture is shown larger than at 96 dots per inch, where it would only blur."""
_LARGEST_PAGE = 1.6
"""How much a small page, such as a label or a till receipt, may be enlarged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitSheet:
    """One page to come: its exhibit, what it shows where, its invisible words, its marks, and the way it lies.

    ``place`` is what can be seen, ``whole`` where the whole picture lies (larger where only a part is shown); ``part`` counts the
    parts of a long page.
    """

    exhibit: ExhibitPages
    shown: Picture | SourcePage
    landscape: bool
    place: Rectangle
    whole: Rectangle
    lines: tuple[Line, ...] = ()
    marks: Marks = Marks()
    part: tuple[int, int] | None = None


def picture_of(prepared: PreparedImage) -> Picture:
    """The prepared picture as the press takes it."""
    return Picture(
        data=prepared.data, format=prepared.format, width=prepared.width, height=prepared.height,
        orientation=prepared.orientation,
    )  # fmt: skip


def pictures(exhibits: Iterable[ExhibitPages]) -> Iterator[Picture]:
    """Every picture that the exhibits show: theirs, and those of pages that are shown as pictures."""
    for exhibit in exhibits:
        if isinstance(exhibit.prepared, PreparedImage):
            yield picture_of(exhibit.prepared)
        else:
            shown = set(exhibit.planned.source_pages)
            yield from (picture_of(raster) for number, raster in exhibit.prepared.rasters if number in shown)


def place(size: tuple[float, float], paper: Paper, largest: float) -> tuple[bool, Rectangle]:
    """Whether the page lies on its side for evidence of this size, and the rectangle the evidence takes.

    Args:
        size: width and height of the evidence, in its own units.
        paper: the paper.
        largest: points per unit that are never exceeded.
    """
    upright, sideways = (
        fitted(*size, evidence_area(page_size(paper, landscape=landscape)), largest) for landscape in (False, True)
    )
    landscape = sideways.width > upright.width * _CLEARLY_LARGER
    return landscape, sideways if landscape else upright


def sheets(file: BundleFile, exhibits: Sequence[ExhibitPages], look: BundleLook) -> Iterator[ExhibitSheet]:
    """Every exhibit page of the bundle, in printed order."""
    texts = [text for exhibit in exhibits for text in exhibit.planned.translation]
    pages = iter(file.source_pages(translations(look, texts), range(1, len(texts) + 1)) if texts else ())
    for exhibit in exhibits:
        yield from _evidence_sheets(file, exhibit, look.paper)
        for _ in exhibit.planned.translation:
            area = evidence_area(page_size(look.paper, landscape=False))
            yield ExhibitSheet(exhibit=exhibit, shown=next(pages), landscape=False, place=area, whole=area)


def _evidence_sheets(file: BundleFile, exhibit: ExhibitPages, paper: Paper) -> Iterator[ExhibitSheet]:
    numbers = exhibit.planned.source_pages
    for index, (shown, lines) in enumerate(_shown(file, exhibit)):
        part = exhibit.planned.part(index)
        landscape, where = placed(shown, part, paper)
        same = [other for other, number in enumerate(numbers) if number == numbers[index]]
        yield ExhibitSheet(
            exhibit=exhibit,
            shown=shown,
            landscape=landscape,
            place=where,
            whole=whole_of((0.0, part[0], 1.0, part[1]), where),
            lines=within(lines, part),
            marks=exhibit.marks[index] if exhibit.marks else Marks(),
            part=(same.index(index) + 1, len(same)) if part != WHOLE else None,
        )


def placed(shown: Picture | SourcePage, part: Part, paper: Paper) -> tuple[bool, Rectangle]:
    """As ``place``, for a part of a picture or of a page of a document."""
    picture = isinstance(shown, Picture)
    width, height = shown.upright_size if isinstance(shown, Picture) else (shown.width, shown.height)
    return place((width, height * (part[1] - part[0])), paper, _LARGEST_PIXEL if picture else _LARGEST_PAGE)


def space_of(shown: Picture | tuple[float, float], share: float, paper: Paper) -> Rectangle:
    """The space that a picture, or a page of this size in points, takes when ``share`` of its height is shown on a page."""
    if isinstance(shown, Picture):
        width, height = shown.upright_size
        return place((width, height * share), paper, _LARGEST_PIXEL)[1]
    return place((shown[0], shown[1] * share), paper, _LARGEST_PAGE)[1]


def _shown(file: BundleFile, exhibit: ExhibitPages) -> Iterator[tuple[Picture | SourcePage, tuple[Line, ...]]]:
    prepared, numbers = exhibit.prepared, exhibit.planned.source_pages
    if isinstance(prepared, PreparedImage):
        for _ in numbers:
            yield picture_of(prepared), exhibit.lines.get(1, ())
        return
    pages = _source_pages(file, prepared, numbers)
    rasters = dict(prepared.rasters)
    for number in numbers:
        if number in pages:
            yield pages[number], exhibit.lines.get(number, ())
        else:
            yield picture_of(rasters[number]), exhibit.lines.get(number, ())


def _source_pages(file: BundleFile, prepared: PreparedPdf, numbers: Sequence[int]) -> dict[int, SourcePage]:
    rasters = {number for number, _ in prepared.rasters}
    direct = [number for number in dict.fromkeys(numbers) if number not in rasters]
    return dict(zip(direct, file.source_pages(prepared.data, direct), strict=True)) if direct else {}


def evidence(file: BundleFile, sheet: ExhibitSheet) -> Placed:
    """The evidence of a sheet, placed with a hairline around it; a part is the same stream behind a window."""
    clip = sheet.place if sheet.whole != sheet.place else None
    if isinstance(sheet.shown, Picture):
        resource, matrix = file.image(sheet.shown), picture_matrix(sheet.shown, sheet.whole)
    else:
        resource, matrix = sheet.shown.form, page_matrix(sheet.shown, sheet.whole)
    return Placed(name="Evidence", resource=resource, matrix=matrix, frame=sheet.place, clip=clip)
