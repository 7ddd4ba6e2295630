"""Everything as pictures that the oldest viewers show, for a receiver that asks for an archive copy by name.

What a page of another program holds (fonts that are not embedded, transparency, colours of a press) no archive copy may hold.
"""

from typing import Literal

from casefile.reading import PreparedImage, PreparedPdf
from evidence_packer.bind.bundle.sheets import picture_of
from press.images import plain_colours
from press.pdf.asking import page_picture
from press.pdf.pictures import Picture, picture_from

_DPI = 170
_QUALITY = 84


def as_pictures(prepared: PreparedImage | PreparedPdf) -> PreparedImage | PreparedPdf:
    """What is placed, each page of a document as a picture, each picture in the colours of screens at eight bits."""
    if isinstance(prepared, PreparedImage):
        return _plain(prepared)
    drawn = {number: _plain(raster) for number, raster in prepared.rasters}
    for number in range(1, prepared.pages + 1):
        if number not in drawn:
            data = page_picture(prepared.data, number - 1, _DPI, form="JPEG", quality=_QUALITY)
            drawn[number] = _placed(picture_from(data))
    return PreparedPdf(data=prepared.data, pages=prepared.pages, rasters=tuple(sorted(drawn.items())))


def _plain(prepared: PreparedImage) -> PreparedImage:
    given = picture_of(prepared)
    made = plain_colours(given)
    return prepared if made is given else _placed(made)


def _placed(picture: Picture) -> PreparedImage:
    form: Literal["png", "jpeg"] = "png" if picture.format == "png" else "jpeg"
    return PreparedImage(data=picture.data, format=form, width=picture.width, height=picture.height)
