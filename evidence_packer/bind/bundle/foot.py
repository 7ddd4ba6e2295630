"""The foot of an exhibit page: its number among the sheets, and the way back to the index."""

from collections.abc import Mapping

from evidence_packer.bind.bundle.stamp import FOOTER, MARGIN, BundleLook, ExhibitPages, page_size
from press.pdf.bundle_file import BundleFile
from press.pdf.geometry import Rectangle
from press.pdf.lettering import Letters
from press.pdf.navigation import BackLink, heading_place

FOOTER_SIZE = 8.0
"""Size of its letters in points."""
BASELINE = MARGIN + (FOOTER - FOOTER_SIZE) / 2 - 4
"""Where they stand."""
_COLOUR = "0.122 0.294 0.478"
_NAME = 44
"""Signs of a file's name that the line has room for."""


def footer(look: BundleLook, exhibit: ExhibitPages, page: int, pages: int, part: tuple[int, int] | None = None) -> str:
    """The footer of one exhibit page; ``part`` is its number among the parts of a long page, and how many there are."""
    text = look.catalog.text
    said = [text("bundle.footer", number=exhibit.planned.number, page=page, pages=pages)]
    if part:
        said.append(text("bundle.part", part=part[0], parts=part[1]))
    if exhibit.printed_from:
        said.append(text("bundle.printed_from", file=_short(exhibit.printed_from)))
    return " · ".join(said)


def _short(name: str) -> str:
    """A file's name that leaves room for the rest of the line; its ending says what it is."""
    return name if len(name) <= _NAME else f"{name[: _NAME - 12]}…{name[-11:]}"


def back_links(file: BundleFile, look: BundleLook, letters: Letters) -> Mapping[bool, BackLink]:
    """The link to the index for an upright page (``False``) and one that lies on its side; none without an index."""
    target = heading_place(file.pdf, look.catalog.text("front.index"))
    if target is None:
        return {}
    says = look.catalog.text("bundle.back")
    width, height = letters.width(says, FOOTER_SIZE), FOOTER_SIZE + 4
    drawn = f"BT {_COLOUR} rg 0 3 Td {letters.shown(says, FOOTER_SIZE)} ET\n"
    form = file.form(drawn, (width, height), dict(letters.fonts)).form
    found = {}
    for landscape in (False, True):
        right = page_size(look.paper, landscape=landscape)[0] - MARGIN
        place = Rectangle(x=right - width, y=BASELINE - 3, width=width, height=height)
        found[landscape] = BackLink(form=form, says=says, place=place, target=target)
    return found
