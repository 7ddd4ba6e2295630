"""Bar codes with their place: first the two that parcels and platforms print, then, cheaply, the rest.

On a reduced copy first, which is faster and reads more (fine noise is averaged out); a large picture whose
code needs every pixel gets a second look at full size.
"""

import numpy as np
import numpy.typing as npt
import zxingcpp

from casefile.reading import Barcode
from reading.looks.reduced import reduced

_USUAL = (zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode)
_OTHERS = (
    zxingcpp.BarcodeFormat.DataMatrix,
    zxingcpp.BarcodeFormat.PDF417,
    zxingcpp.BarcodeFormat.Aztec,
    zxingcpp.BarcodeFormat.Code39,
    zxingcpp.BarcodeFormat.ITF,
    zxingcpp.BarcodeFormat.EAN13,
    zxingcpp.BarcodeFormat.MaxiCode,
)
_MAX_TEXT = 500
_MAX_FOUND = 50


def barcodes(grey: npt.NDArray[np.uint8], small: npt.NDArray[np.uint8] | None = None) -> tuple[Barcode, ...]:
    """Every bar code on a page (rows of grey, upright), top to bottom; text is what it encodes, printable characters only.

    ``small`` is its reduced copy, if made.
    """
    small = reduced(grey) if small is None else small
    found = _read(small, _USUAL, thorough=True)
    if not found and small.shape != grey.shape:
        found = _read(grey, _USUAL, thorough=False)
    return found or _read(small, _OTHERS, thorough=False)


def _read(
    grey: npt.NDArray[np.uint8], formats: tuple[zxingcpp.BarcodeFormat, ...], *, thorough: bool
) -> tuple[Barcode, ...]:
    seen = zxingcpp.read_barcodes(
        np.ascontiguousarray(grey),
        formats=zxingcpp.BarcodeFormats(formats),
        try_rotate=True,
        try_downscale=thorough,
        try_invert=thorough,
    )
    found = [_barcode(one, grey.shape) for one in seen[:_MAX_FOUND] if one.valid and one.text]
    return tuple(sorted(found, key=lambda one: (one.box[1], one.box[0], one.text)))


def _barcode(seen: zxingcpp.Barcode, shape: tuple[int, ...]) -> Barcode:
    place = seen.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    across = [min(1.0, max(0.0, corner.x / shape[1])) for corner in corners]
    down = [min(1.0, max(0.0, corner.y / shape[0])) for corner in corners]
    text = "".join(char for char in seen.text[:_MAX_TEXT] if char.isprintable())
    kind = str(seen.format).rsplit(".", maxsplit=1)[-1].replace(" ", "").replace("-", "")
    return Barcode(text=text, format=kind, box=(min(across), min(down), max(across), max(down)))
