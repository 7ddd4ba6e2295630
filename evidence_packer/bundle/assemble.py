"""Front matter and exhibits become one bundle: each exhibit untouched under its band, every page numbered.

Wide pictures get a landscape page: a 1920-pixel screenshot on upright paper prints its text at four points, on landscape paper
at six and a half, which a reviewer can read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casefile.reading import PreparedImage
from evidence_packer.bundle.stamp import (
    BAND,
    FOOTER,
    MARGIN,
    BundleLook,
    ExhibitPages,
    bands,
    evidence_area,
    footer,
    page_size,
)  # fmt: skip
from press.pdf.bundle_file import BundleFile, Placed, SourcePage, page_matrix, picture_matrix
from press.pdf.geometry import Rectangle, fitted, numbers
from press.pdf.lettering import Lettering, face_for
from press.pdf.pictures import Picture

_POINTS_PER_PIXEL = 0.75
"""No picture is shown larger than at 96 dots per inch."""
_LANDSCAPE_FROM = 1.2
"""Width over height from which a landscape page shows the evidence clearly larger."""
_FOOTER_SIZE = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One page to come: its exhibit, what it shows, and whether the page lies on its side."""

    exhibit: ExhibitPages
    shown: Picture | SourcePage
    landscape: bool


def _picture(prepared: PreparedImage) -> Picture:
    return Picture(
        data=prepared.data, format=prepared.format, width=prepared.width, height=prepared.height,
        orientation=prepared.orientation,
    )  # fmt: skip


def _size(shown: Picture | SourcePage) -> tuple[float, float]:
    return shown.upright_size if isinstance(shown, Picture) else (shown.width, shown.height)


def _shown(file: BundleFile, exhibit: ExhibitPages) -> Iterator[Picture | SourcePage]:
    if isinstance(exhibit.prepared, PreparedImage):
        yield _picture(exhibit.prepared)
        return
    rasters = dict(exhibit.prepared.rasters)
    direct = [number for number in exhibit.planned.source_pages if number not in rasters]
    pages = dict(zip(direct, file.source_pages(exhibit.prepared.data, direct), strict=True)) if direct else {}
    for number in exhibit.planned.source_pages:
        yield _picture(rasters[number]) if number in rasters else pages[number]


def _sheets(file: BundleFile, exhibits: Sequence[ExhibitPages]) -> Iterator[_Sheet]:
    for exhibit in exhibits:
        for shown in _shown(file, exhibit):
            width, height = _size(shown)
            yield _Sheet(exhibit=exhibit, shown=shown, landscape=width > height * _LANDSCAPE_FROM)


def _evidence(file: BundleFile, shown: Picture | SourcePage, area: Rectangle) -> Placed:
    width, height = _size(shown)
    largest = _POINTS_PER_PIXEL if isinstance(shown, Picture) else 1.0
    place = fitted(width, height, area, largest)
    if isinstance(shown, Picture):
        return Placed(name="Evidence", resource=file.image(shown), matrix=picture_matrix(shown, place), frame=place)
    return Placed(name="Evidence", resource=shown.form, matrix=page_matrix(shown, place), frame=place)


def _footer_text(letters: Lettering, text: str, size: tuple[float, float]) -> str:
    x = (size[0] - letters.width(text, _FOOTER_SIZE)) / 2
    y = MARGIN + (FOOTER - _FOOTER_SIZE) / 2 - 4
    return f"BT /Footer {numbers(_FOOTER_SIZE)} Tf 0.33 g {numbers(x, y)} Td {letters.encoded(text)} Tj ET\n"


def assemble(front: bytes, exhibits: tuple[ExhibitPages, ...], look: BundleLook) -> bytes:
    """The bundle: ``front`` (its ``page:12`` links become jumps), then every page of every exhibit.

    Same input, same bytes. Printed page numbers are those of each exhibit's plan; ``proof.prove`` checks them.
    """
    file = BundleFile(front)
    sheets = list(_sheets(file, exhibits))
    wanted = list(dict.fromkeys((sheet.exhibit.planned.number, sheet.landscape) for sheet in sheets))
    by_number = {exhibit.planned.number: exhibit for exhibit in exhibits}
    if wanted:
        strips = file.source_pages(
            bands(look, [(by_number[number], wide) for number, wide in wanted]), range(1, len(wanted) + 1)
        )
        strip_of = dict(zip(wanted, strips, strict=True))
    footers = [footer(look, s.exhibit.planned.number, page, len(sheets)) for page, s in enumerate(sheets, start=1)]
    signs = "".join(footers)
    letters = Lettering(file.pdf, face_for(look.typesetter.fonts, signs, look.language), signs) if footers else None
    for sheet, text in zip(sheets, footers, strict=True):
        size = page_size(look.paper, landscape=sheet.landscape)
        strip = strip_of[sheet.exhibit.planned.number, sheet.landscape]
        top = Rectangle(x=MARGIN, y=size[1] - MARGIN - BAND, width=size[0] - 2 * MARGIN, height=BAND)
        things = (
            Placed(name="Band", resource=strip.form, matrix=page_matrix(strip, top)),
            _evidence(file, sheet.shown, evidence_area(size)),
        )
        assert letters is not None
        file.add_page(size, things, _footer_text(letters, text, size), {"Footer": letters.font})
    file.label_pages()
    file.outline_exhibits(
        [
            (look.catalog.text("bundle.bookmark", number=e.planned.number, caption=e.caption), e.planned.first_page)
            for e in exhibits
        ]
    )
    file.resolve_links()
    return file.saved(title=look.title, language=look.language)
