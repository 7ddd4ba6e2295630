"""Front matter and exhibits become one bundle: each exhibit untouched under its band, every page numbered.

The cost follows the exhibits, not the pages: a band is laid out once and reused, a footer is one line of one small font.
"""

from collections.abc import Sequence

from evidence_packer.bind.bundle.bands import band_forms
from evidence_packer.bind.bundle.foot import BASELINE, FOOTER_SIZE, back_links, footer
from evidence_packer.bind.bundle.margin import LETTERS, crop_letters, crops, margin_text
from evidence_packer.bind.bundle.sheets import ExhibitSheet, evidence, pictures, sheets
from evidence_packer.bind.bundle.stamp import (
    BundleLook,
    ExhibitPages,
    band_area,
    page_size,
)  # fmt: skip
from press.pdf.bundle_file import BundleFile, Placed, SourcePage, page_matrix
from press.pdf.geometry import numbers
from press.pdf.hidden_text import hidden_font, hidden_text
from press.pdf.lettering import Letters
from press.pdf.navigation import Bookmark, add_bookmarks, label_pages, resolve_links


def assemble(front: bytes, exhibits: tuple[ExhibitPages, ...], look: BundleLook) -> bytes:
    """The bundle: ``front`` (its ``page:12`` links become jumps), then every page of every exhibit.

    Same input, same bytes. Printed page numbers are those of each exhibit's plan; ``proof.prove`` checks them.

    Raises:
        ProofFault: ``proof-link``: a link of the front matter names a page that is not there.
    """
    file = BundleFile(front, pictures(exhibits))
    pages = list(sheets(file, exhibits, look))
    if pages:
        _add_pages(file, pages, look)
    label_pages(file.pdf)
    add_bookmarks(file.pdf, [_bookmark(look, e) for e in exhibits])
    resolve_links(file.pdf, file.front_pages, lambda page: look.catalog.text("front.page", page=page))
    return file.saved(title=look.title, subject=look.subject, language=look.language)


def _bookmark(look: BundleLook, exhibit: ExhibitPages) -> Bookmark:
    number, page = exhibit.planned.number, exhibit.planned.first_page
    title = look.catalog.text("bundle.bookmark", number=number, caption=exhibit.caption, page=page)
    return Bookmark(title=title, page=page, within=exhibit.group)


def _title(look: BundleLook, exhibit: ExhibitPages) -> str:
    return look.catalog.text("bundle.named", number=exhibit.planned.number, caption=exhibit.caption)


def _add_pages(file: BundleFile, pages: Sequence[ExhibitSheet], look: BundleLook) -> None:
    first = file.front_pages + 1
    banded = [sheet.exhibit.of_page(page) for page, sheet in enumerate(pages, start=first)]
    keys = [(e.planned.number, sheet.landscape, e.proves or "") for e, sheet in zip(banded, pages, strict=True)]
    wanted = dict(zip(keys, banded, strict=True))
    strips = band_forms(file, look, wanted)
    footers = [
        footer(look, sheet.exhibit, page, file.front_pages + len(pages), sheet.part)
        for page, sheet in enumerate(pages, start=first)
    ]
    redacted = look.catalog.text("bundle.redacted")
    signs = "".join(footers) + LETTERS + redacted + look.catalog.text("bundle.back")
    letters = Letters(file.lettering, look.typesetter.fonts, signs, look.language)
    back = back_links(file, look, letters)
    hidden = hidden_font(file.pdf) if any(sheet.lines for sheet in pages) else None
    for sheet, text, key in zip(pages, footers, keys, strict=True):
        size = page_size(look.paper, landscape=sheet.landscape)
        band = strips[key]
        enlarged = list(crops(file, sheet, look.paper))
        words = _footer_text(letters, text, size) + margin_text(sheet, letters, redacted)
        words += crop_letters(sheet, letters, enlarged)
        fonts = dict(letters.fonts)
        if sheet.lines and hidden is not None:
            fonts["Hidden"] = hidden
            words += hidden_text(sheet.lines, sheet.whole, "Hidden")
        said = f"{_title(look, sheet.exhibit)}. {text}"
        file.add_page(
            size,
            (_placed_band(band, size), evidence(file, sheet), *enlarged),
            words,
            fonts,
            said,
            back.get(sheet.landscape),
        )


def _placed_band(band: SourcePage, size: tuple[float, float]) -> Placed:
    return Placed(name="Band", resource=band.form, matrix=page_matrix(band, band_area(size)))


def _footer_text(letters: Letters, text: str, size: tuple[float, float]) -> str:
    x = (size[0] - letters.width(text, FOOTER_SIZE)) / 2
    return f"BT 0.33 g {numbers(x, BASELINE)} Td {letters.shown(text, FOOTER_SIZE)} ET\n"
