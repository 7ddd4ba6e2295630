"""Which pages of a PDF cannot be carried over as they are and have to be shown as pictures.

A font that is not embedded looks different on every machine, ink colours without a profile look different on every printer,
and a layer that is switched off would be switched on in another document.
"""

import re
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from reading.pdf import inline_pictures, opening

_CMYK_OPERATOR = re.compile(rb"(?:^|[\s\])])(?:[-+.\d]+\s+){4}[kK](?=[\s/\[(<%]|$)")
_TEXT = re.compile(rb"(?:^|[\s>\])])BT(?=[\s/\[(<]|$)")
_CMYK_NAMES = (Name.DeviceCMYK, Name.CMYK)  # no set: a name that is an object of its own cannot be hashed
_FONT_FILES = (Name.FontFile, Name.FontFile2, Name.FontFile3)
_MAX_DEPTH = 24
_LEAST_SIDE, _MOST_SIDE, _FARTHEST = 3.0, 14_400.0, 1_000_000.0
"""Points."""
_LEAST_SOLID = Decimal("0.1")
"""What is more transparent than that is not seen, and still in the file."""
_MAX_CONTENT = 32 * 1024 * 1024


def pages_to_rasterise(document: Pdf) -> frozenset[int]:
    """Numbers (from 1) of the pages that use a font that is not embedded, or DeviceCMYK."""
    known: dict[tuple[int, int], bool] = {}
    return frozenset(
        number
        for number, page in enumerate(document.pages, start=1)
        if _unsafe(page.obj, known, 0) or _paints_cmyk(page)
    )


def _unsafe(thing: Object, known: dict[tuple[int, int], bool], depth: int) -> bool:
    """Whether a page, form or pattern, or anything it draws with, is unsafe."""
    if thing.is_indirect:
        if thing.objgen in known:
            return known[thing.objgen]
        known[thing.objgen] = False
    unsafe = depth > _MAX_DEPTH or _unsafe_parts(thing, known, depth)
    if thing.is_indirect:
        known[thing.objgen] = unsafe
    return unsafe


def _unsafe_parts(thing: Object, known: dict[tuple[int, int], bool], depth: int) -> bool:
    if isinstance(thing, Stream) and (_is_cmyk(thing.get(Name.ColorSpace)) or _form_paints_cmyk(thing)):
        return True
    if isinstance(thing, Stream) and isinstance(thing.get(Name.Mask), Array):
        return True  # one of its colours is not shown, and still in it
    group = thing.get(Name.Group)
    if isinstance(group, Dictionary) and _is_cmyk(group.get(Name.CS)):
        return True
    resources = thing.get(Name.Resources)
    if not isinstance(resources, Dictionary):
        return False
    return (
        any(not _embedded(font) for font in _values(resources, Name.Font))
        or any(_writes(part) for part in _drawn_apart(resources))
        or any(_is_cmyk(space) for space in _colour_spaces(resources))
        or any(_shows_next_to_nothing(state) for state in _dictionaries(resources, Name.ExtGState))
        or any(_unsafe(part, known, depth + 1) for part in _drawn_with(resources))
    )


def _colour_spaces(resources: Dictionary) -> list[Object | None]:
    patterns = [pattern.get(Name.Shading) for pattern in _dictionaries(resources, Name.Pattern)]
    shadings = [*_values(resources, Name.Shading), *patterns]
    own = [shading.get(Name.ColorSpace) for shading in shadings if isinstance(shading, Dictionary | Stream)]
    return [*_values(resources, Name.ColorSpace), *own]


def _drawn_with(resources: Dictionary) -> list[Object]:
    fonts = [font for font in _dictionaries(resources, Name.Font) if font.get(Name.Subtype) == Name.Type3]
    masks = [state.get(Name.SMask) for state in _dictionaries(resources, Name.ExtGState)]
    groups = [mask.G for mask in masks if isinstance(mask, Dictionary) and isinstance(mask.get(Name.G), Stream)]
    return [*_dictionaries(resources, Name.XObject), *_dictionaries(resources, Name.Pattern), *fonts, *groups]


def _drawn_apart(resources: Dictionary) -> list[Object]:
    """Cells of patterns, groups of masks and shapes of letters: what is written in them is copied by some readers, seen by few."""
    masks = [state.get(Name.SMask) for state in _dictionaries(resources, Name.ExtGState)]
    groups = [mask.get(Name.G) for mask in masks if isinstance(mask, Dictionary)]
    fonts = [font for font in _dictionaries(resources, Name.Font) if font.get(Name.Subtype) == Name.Type3]
    shapes = [shape for font in fonts for shape in _of(font.get(Name.CharProcs))]
    cells = [cell for cell in _dictionaries(resources, Name.Pattern) if isinstance(cell, Stream)]
    return [*(group for group in groups if group is not None), *shapes, *cells, *_lettered(fonts)]


def _lettered(fonts: list[Dictionary | Stream]) -> list[Object]:
    return [font for font in fonts if isinstance(font.get(Name.Resources), Dictionary) and Name.Font in font.Resources]


def _of(group: object) -> list[Object]:
    return [group[key] for key in group.keys()] if isinstance(group, Dictionary) else []  # noqa: SIM118


def _shows_next_to_nothing(state: Dictionary | Stream) -> bool:
    solid: object = state.get(Name.ca)  # numbers are not PDF objects here
    return isinstance(solid, int | float | Decimal) and solid < _LEAST_SOLID


def _writes(part: Object) -> bool:
    if not isinstance(part, Stream):
        return True
    resources = part.get(Name.Resources)
    if isinstance(resources, Dictionary) and Name.Font in resources:
        return True
    try:
        return bool(_TEXT.search(part.read_bytes()))
    except (pikepdf.PdfError, RuntimeError):
        return True


def _values(resources: Dictionary, name: Name) -> list[Object]:
    group = resources.get(name)
    return [group[key] for key in group.keys()] if isinstance(group, Dictionary) else []  # noqa: SIM118


def _dictionaries(resources: Dictionary, name: Name) -> list[Dictionary | Stream]:
    return [value for value in _values(resources, name) if isinstance(value, Dictionary | Stream)]


def _embedded(font: Object, depth: int = 0) -> bool:
    if not isinstance(font, Dictionary) or depth > _MAX_DEPTH:
        return False
    if font.get(Name.Subtype) == Name.Type3:
        return True
    if font.get(Name.Subtype) == Name.Type0:
        inner = font.get(Name.DescendantFonts)
        return isinstance(inner, Array) and len(inner) > 0 and all(_embedded(part, depth + 1) for part in inner)
    descriptor = font.get(Name.FontDescriptor)
    return isinstance(descriptor, Dictionary) and any(name in descriptor for name in _FONT_FILES)


def _is_cmyk(space: object, depth: int = 0) -> bool:
    if isinstance(space, Name):
        return space in _CMYK_NAMES
    if not isinstance(space, Array) or not len(space) or depth > _MAX_DEPTH:
        return False
    if space[0] == Name.ICCBased:
        return False
    return any(_is_cmyk(part, depth + 1) for part in space if isinstance(part, Name | Array))


def _form_paints_cmyk(stream: Stream) -> bool:
    drawn = stream.get(Name.Subtype) == Name.Form or stream.get(Name.PatternType) == 1
    return drawn and _content_paints_cmyk(stream)


def _paints_cmyk(page: pikepdf.Page) -> bool:
    contents = page.obj.get(Name.Contents)
    streams = list(contents) if isinstance(contents, Array) else [contents]
    return any(_content_paints_cmyk(stream) for stream in streams if isinstance(stream, Stream))


def _content_paints_cmyk(stream: Stream) -> bool:
    try:
        content = stream.read_bytes()
    except pikepdf.PdfError:
        return True  # what cannot be unpacked cannot be vouched for
    if len(content) > _MAX_CONTENT or _CMYK_OPERATOR.search(content) or b"/DeviceCMYK" in content:
        return True
    return inline_pictures.holds_more(content)


def pages_of_odd_size(document: Pdf) -> frozenset[int]:
    """Numbers of the pages that measure less or more than a page may (ISO 32000-2, annex C), or stand nowhere near the origin.

    A program that places them would have to scale by what its numbers cannot hold.
    """
    return frozenset(number for number, page in enumerate(document.pages, start=1) if not _usual_size(page))


def _usual_size(page: pikepdf.Page) -> bool:
    box = opening.rectangle(page, Name.CropBox) or opening.rectangle(page, Name.MediaBox)
    if box is None:
        return True
    sides = (box[2] - box[0], box[3] - box[1])
    return all(_LEAST_SIDE <= side <= _MOST_SIDE for side in sides) and all(abs(edge) <= _FARTHEST for edge in box)
