"""Two drawings of one page: what the one shows and the other lacks, place by place.

A place is compared by how uneven it is, so that another renderer's edges and shades count for nothing, and a place that is blank
counts for much.
"""

from PIL import Image, ImageChops, ImageFilter

SIDE = 480
"""Pixels of the longer side at which pages are compared."""
_TILE = 8
_SHOWS, _BLANK = 9, 2
"""Mean unevenness of a place (0 to 255) from which on it shows something, and up to which it shows nothing."""
_LEAST_PLACES = 2


def lacks(shown: Image.Image, other: Image.Image) -> bool:
    """Whether ``other`` is blank in places where ``shown`` shows something."""
    if shown == other:
        return False
    return _blank_where(
        _unevenness(shown), _unevenness(other.resize(shown.size) if other.size != shown.size else other)
    )


def either_lacks(one: Image.Image, other: Image.Image) -> tuple[bool, bool]:
    """Whether ``one`` lacks what ``other`` shows, and the other way round."""
    if one.size != other.size:
        return lacks(other, one), lacks(one, other)
    first, second = _unevenness(one), _unevenness(other)
    return _blank_where(second, first), _blank_where(first, second)


def _blank_where(wanted: Image.Image, uneven: Image.Image) -> bool:
    found = uneven.filter(ImageFilter.MaxFilter(3))
    shows = wanted.point(lambda level: 255 if level >= _SHOWS else 0)
    blank = found.point(lambda level: 255 if level <= _BLANK else 0)
    return int(ImageChops.darker(shows, blank).histogram()[255]) >= _LEAST_PLACES


def _unevenness(image: Image.Image) -> Image.Image:
    grey = image.convert("L")
    return ImageChops.difference(grey, grey.filter(ImageFilter.BoxBlur(_TILE // 2))).reduce(_TILE)
