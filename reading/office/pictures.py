"""Pictures inside office files: which of them can be shown, and how large they are."""

import io
import zipfile
from collections.abc import Iterator

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

_MOST_PIXELS = 50_000_000
_DECORATION = 32
"""A picture smaller than this on both sides is a bullet or an icon."""
_KINDS = (BmpImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""Loaded here: the guarded child can load nothing later. Drawings of Windows (EMF, WMF) are none of them."""
_FORMATS = ("BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
_FAULTS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a picture that is worth showing, ``None`` of what is none."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            width, height = picture.size
    except _FAULTS:
        return None
    return (width, height) if max(width, height) > _DECORATION and width * height <= _MOST_PIXELS else None


def is_lost(data: bytes) -> bool:
    """Whether a picture cannot be shown though somebody may miss it: of another kind, broken or enormous."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return True
            picture.draft("RGB", (_DECORATION, _DECORATION))
            picture.load()
    except _FAULTS:
        return bool(data)
    return False


def in_folder(data: bytes, folder: str) -> Iterator[bytes]:
    """The files in a folder of a ZIP, sorted by name as they are numbered."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith(folder) and not name.endswith("/")]
        for name in sorted(names, key=lambda name: (len(name), name)):
            yield archive.read(name)
