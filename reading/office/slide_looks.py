"""Whether words on a slide can be seen: their colour, what is painted behind them, their size."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_USUAL = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_THEME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
_PAINTED = tuple(A + kind for kind in ("gradFill", "blipFill", "pattFill", "grpFill"))
_SMALLEST = 250
"""In hundredths of a point."""
_ALIKE = 12
Ground = str | None
"""A colour; ``None`` where nobody can say what lies behind."""
Scheme = Mapping[str, str]
"""The colours of a theme by the names that slides give them."""


def readable(look: Any, ground: Ground, scheme: Scheme) -> bool:  # noqa: ANN401  # elements of a library without types
    """Whether words of this look (``a:rPr``) are seen on their ground."""
    if look is None:
        return True
    size = look.get("sz") or ""
    if size.isdecimal() and int(size) <= _SMALLEST:
        return False
    if look.find(A + "noFill") is not None and look.find(A + "ln") is None:
        return False
    solid = look.find(A + "solidFill")
    if solid is None:
        return True
    shares = [alpha.get("val", "") for alpha in solid.iter(A + "alpha")]
    if any(share.isdecimal() and int(share) < 5_000 for share in shares):
        return False
    ink = _colour(solid, scheme)
    return ink is None or ground is None or not _alike(ink, ground)


def scheme_of(master: Any) -> Scheme:  # noqa: ANN401
    """The colours of the theme of a master, also by the names that it maps to them."""
    parts = [link.target_part for link in master.part.rels.values() if link.reltype == _THEME]
    theme = etree.fromstring(parts[0].blob) if parts else None
    found = theme.find(f"{A}themeElements/{A}clrScheme") if theme is not None else None
    own = {}
    for entry in found if found is not None else ():
        for colour in entry:
            own[etree.QName(entry).localname] = (colour.get("lastClr") or colour.get("val", "")).upper()
    told = master.element.find(f"{_P}clrMap")
    named = dict(told.attrib) if told is not None else _USUAL
    return {**own, **{name: own[target] for name, target in named.items() if target in own}}


def slide_ground(slide: Any, scheme: Scheme) -> Ground:  # noqa: ANN401
    """The colour of a slide: its own, its layout's or its master's."""
    for part in (slide, slide.slide_layout, slide.slide_layout.slide_master):
        ground = part.element.find(f"{_P}cSld/{_P}bg")
        if ground is None:
            continue
        solid, named = ground.find(f"{_P}bgPr/{A}solidFill"), ground.find(f"{_P}bgRef")
        return _colour(solid if solid is not None else named, scheme)
    return scheme.get("bg1")


def ground_of(shape: Any, slide: Ground, scheme: Scheme) -> Ground:  # noqa: ANN401
    """What lies behind the words of a shape: its fill, else the slide where nothing else lies under it."""
    looks = [shape.element.find(f"{_P}spPr")]
    if shape.is_placeholder and (base := getattr(shape, "_base_placeholder", None)) is not None:
        looks.append(base.element.find(f"{_P}spPr"))
    for look in looks:
        if look is None:
            continue
        if (solid := look.find(A + "solidFill")) is not None:
            return _colour(solid, scheme)
        if any(look.find(kind) is not None for kind in _PAINTED):
            return None
        if look.find(A + "noFill") is not None:
            break
    else:
        styled = shape.element.find(f"{_P}style/{A}fillRef")
        if styled is not None and styled.get("idx") not in {None, "0"}:
            return None
    return None if _lies_on_others(shape) else slide


def of_frame(cell: Any, scheme: Scheme) -> Ground:  # noqa: ANN401
    """What lies behind the words of a cell; the style of its table may paint what the cell does not."""
    solid = cell.find(f"{A}tcPr/{A}solidFill")
    return None if solid is None else _colour(solid, scheme)


def _lies_on_others(shape: Any) -> bool:  # noqa: ANN401
    parent = shape.element.getparent()
    if parent is None or not str(parent.tag).endswith("}spTree"):
        return True
    for other in parent:
        if other is shape.element:
            return False
        painted = other.tag == _P + "pic" or any(
            next(other.iter(kind), None) is not None for kind in (A + "solidFill", *_PAINTED)
        )
        if painted and _overlap(_box(other), (shape.left, shape.top, shape.width, shape.height)):
            return True
    return False


def _box(element: Any) -> tuple[int, int, int, int] | None:  # noqa: ANN401
    place, size = next(element.iter(A + "off"), None), next(element.iter(A + "ext"), None)
    if place is None or size is None or not size.get("cx"):
        return None
    return int(place.get("x", 0)), int(place.get("y", 0)), int(size.get("cx")), int(size.get("cy", 0))


def _overlap(one: tuple[int, int, int, int] | None, other: tuple[int | None, ...]) -> bool:
    if one is None or None in other:
        return True
    left, top, width, height = (value or 0 for value in other)
    return one[0] < left + width and left < one[0] + one[2] and one[1] < top + height and top < one[1] + one[3]


def _colour(holder: Any, scheme: Scheme) -> str | None:  # noqa: ANN401
    if holder is None:
        return None
    plain, named = holder.find(A + "srgbClr"), holder.find(A + "schemeClr")
    if plain is not None and not len(plain):
        return str(plain.get("val", "")).upper()
    return scheme.get(named.get("val")) if named is not None and not len(named) else None


def _alike(ink: str, ground: str) -> bool:
    try:
        return all(abs(int(ink[at : at + 2], 16) - int(ground[at : at + 2], 16)) < _ALIKE for at in (0, 2, 4))
    except ValueError:
        return False
