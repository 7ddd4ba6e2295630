"""Pictures of which a page shows only a part: something lies over them, or a window cuts them off.

A reader sees the part; a program takes the whole picture out of the file. Told by the order of drawing and by bounds, in favour
of safety: a page that is suspected in vain becomes a picture of itself.
"""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw as pdfium_raw

_Bounds = tuple[float, float, float, float]
_Matrix = tuple[float, float, float, float, float, float]
_LEAST = 4.0
"""Points in both directions that must be covered or cut off: joints and rounding are narrower."""
_DOT, _LEAST_PIXELS = 16.0, 64
"""Square points in which no picture of more pixels shows anything."""
_SOLID = 200
_MOST_OBJECTS, _MOST_DEPTH, _MOST_PICTURES = 20_000, 12, 300
_SAME: _Matrix = (1, 0, 0, 1, 0, 0)
_OPAQUE = {pdfium_raw.FPDF_PAGEOBJ_IMAGE, pdfium_raw.FPDF_PAGEOBJ_SHADING}


class _Part(NamedTuple):
    item: Any
    kind: int
    matrix: _Matrix
    """From where it is drawn to the page."""


def partly_shown(page: pdfium.PdfPage) -> bool:
    """Whether a picture on ``page`` is covered or cut off somewhere."""
    pictures: list[_Bounds] = []
    sheet = page.get_bbox()
    for part in _parts(page):
        bounds = _bounds(part)
        if bounds is None:
            continue
        if _covers(part) and any(_shared(bounds, picture) for picture in pictures):
            return True
        if part.kind == pdfium_raw.FPDF_PAGEOBJ_IMAGE and len(pictures) < _MOST_PICTURES:
            if _reaches_over(bounds, sheet) or _cut(part, bounds) or _a_dot(part, bounds):
                return True
            pictures.append(bounds)
    return False


def _parts(page: pdfium.PdfPage) -> Iterator[_Part]:
    """Everything that is drawn, in its order, forms opened."""
    count = min(pdfium_raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    left = [_MOST_OBJECTS]
    for place in range(count):
        yield from _opened(pdfium_raw.FPDFPage_GetObject(page.raw, place), _SAME, 0, left)


def _opened(item: Any, matrix: _Matrix, depth: int, left: list[int]) -> Iterator[_Part]:  # noqa: ANN401  # a handle
    left[0] -= 1
    if left[0] < 0:
        return
    kind = pdfium_raw.FPDFPageObj_GetType(item)
    if kind != pdfium_raw.FPDF_PAGEOBJ_FORM:
        yield _Part(item, kind, matrix)
    elif depth < _MOST_DEPTH:
        inner = _times(_matrix(item), matrix)
        for place in range(max(0, pdfium_raw.FPDFFormObj_CountObjects(item))):
            yield from _opened(pdfium_raw.FPDFFormObj_GetObject(item, place), inner, depth + 1, left)


def _matrix(item: Any) -> _Matrix:  # noqa: ANN401  # a handle
    found = pdfium_raw.FS_MATRIX()
    if not pdfium_raw.FPDFPageObj_GetMatrix(item, found):
        return _SAME
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _bounds(part: _Part) -> _Bounds | None:
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium_raw.FPDFPageObj_GetBounds(part.item, *edges):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    return _mapped((left, bottom, right, top), part.matrix)


def _mapped(box: _Bounds, matrix: _Matrix) -> _Bounds:
    if matrix == _SAME:
        return box
    a, b, c, d, e, f = matrix
    corners = [(x * a + y * c + e, x * b + y * d + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


def _covers(part: _Part) -> bool:
    if part.kind == pdfium_raw.FPDF_PAGEOBJ_PATH:
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        if not pdfium_raw.FPDFPath_GetDrawMode(part.item, mode, stroked) or not mode.value:
            return False
        return _solid(part.item)
    return part.kind in _OPAQUE


def _solid(item: Any) -> bool:  # noqa: ANN401  # a handle
    colour = [ctypes.c_uint() for _ in range(4)]
    if not pdfium_raw.FPDFPageObj_GetFillColor(item, *colour):
        return True  # a pattern
    return colour[3].value >= _SOLID


def _shared(one: _Bounds, other: _Bounds) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across >= _LEAST and down >= _LEAST


def _a_dot(part: _Part, bounds: _Bounds) -> bool:
    """Whether a picture of some size is drawn so small that nobody sees what it shows."""
    if (bounds[2] - bounds[0]) * (bounds[3] - bounds[1]) > _DOT:
        return False
    across, down = ctypes.c_uint(), ctypes.c_uint()
    known = pdfium_raw.FPDFImageObj_GetImagePixelSize(part.item, across, down)
    return bool(known) and across.value * down.value > _LEAST_PIXELS


def _reaches_over(picture: _Bounds, window: _Bounds) -> bool:
    """Whether the picture reaches beyond the window."""
    over = (window[0] - picture[0], window[1] - picture[1], picture[2] - window[2], picture[3] - window[3])
    return max(over) >= _LEAST


def _cut(part: _Part, picture: _Bounds) -> bool:
    """Whether a clipping path that is narrower than the picture is in force."""
    clip = pdfium_raw.FPDFPageObj_GetClipPath(part.item)
    for path in range(max(0, pdfium_raw.FPDFClipPath_CountPaths(clip)) if clip else 0):
        points = list(_points(clip, path))
        if not points:
            continue
        across, down = zip(*points, strict=True)
        window = _mapped((min(across), min(down), max(across), max(down)), part.matrix)
        if _reaches_over(picture, window):
            return True
    return False


def _points(clip: Any, path: int) -> Iterator[tuple[float, float]]:  # noqa: ANN401  # a handle
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(max(0, pdfium_raw.FPDFClipPath_CountPathSegments(clip, path))):
        segment = pdfium_raw.FPDFClipPath_GetPathSegment(clip, path, place)
        if pdfium_raw.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value
