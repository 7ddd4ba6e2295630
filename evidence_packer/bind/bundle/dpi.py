"""Keeping to a receiver's dots per inch: what would be denser on its page is drawn again at that density, the rest is untouched.

A receiver that names a limit scales or refuses what is above it; a picture that we scale ourselves is one that was proved legible.
"""

from casefile.citation import WHOLE
from casefile.reading import PreparedImage, PreparedPdf
from evidence_packer.bind.bundle.sheets import picture_of, space_of
from press.images import smaller
from press.pdf.asking import densities, page_picture
from press.pdf.geometry import POINTS, Paper
from press.pdf.pictures import Picture, picture_from

_QUALITY = 88
_ROUNDING = 1.01
"""A picture of 301 dots where 300 are asked is left alone."""


def _prepared(picture: Picture) -> PreparedImage:
    return PreparedImage(data=picture.data, format="jpeg", width=picture.width, height=picture.height)


def _picture(prepared: PreparedImage, part_height: float, paper: Paper, most: int) -> PreparedImage:
    """The picture at most as dense as allowed when its widest part is as high as ``part_height`` of it."""
    picture = picture_of(prepared)
    width, height = picture.upright_size
    allowed = space_of(picture, part_height, paper).width / POINTS * most
    if width <= allowed * _ROUNDING:
        return prepared
    return _prepared(smaller(picture, round(max(width, height) * allowed / width), _QUALITY))


def _document(prepared: PreparedPdf, paper: Paper, most: int) -> PreparedPdf:
    """The document with each page that holds too dense a picture shown as a picture of the page."""
    rasters = {number: _picture(raster, 1.0, paper, most) for number, raster in prepared.rasters}
    for number, (density, size) in enumerate(densities(prepared.data), start=1):
        scale = space_of(size, 1.0, paper).width / size[0]
        if number not in rasters and density / scale > most * _ROUNDING:
            drawn = page_picture(prepared.data, number - 1, int(most * scale), form="JPEG", quality=_QUALITY)
            rasters[number] = _prepared(picture_from(drawn))
    return PreparedPdf(data=prepared.data, pages=prepared.pages, rasters=tuple(sorted(rasters.items())))


def within_dots(
    prepared: PreparedImage | PreparedPdf, parts: tuple[tuple[float, float], ...], paper: Paper, most: int | None
) -> PreparedImage | PreparedPdf:
    """What is placed, with at most ``most`` dots per inch on its page.

    Args:
        prepared: a picture or a document.
        parts: the parts in which a long picture is shown; empty where it is shown whole.
        paper: the paper of the bundle.
        most: dots per inch, or ``None`` where the receiver names none; then nothing is changed.
    """
    if most is None:
        return prepared
    if isinstance(prepared, PreparedPdf):
        return _document(prepared, paper, most)
    return _picture(prepared, min(bottom - top for top, bottom in parts or (WHOLE,)), paper, most)
