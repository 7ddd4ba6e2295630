"""How an element of a saved page looks to its reader: seen, or hidden, beside the screen, tiny, in its ground's colour."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tinycss2 import color3, color4

from reading.office.styles import Style

Colour = tuple[float, float, float]
WHITE: Colour = (1.0, 1.0, 1.0)
_ALIKE = 12 / 255
"""Two colours whose parts differ by less cannot be told apart on paper."""
_SMALLEST = 2.5
"""Letters of this size in CSS pixels are dots."""
_FAR = 900.0
_EM = 16.0
_UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "rem": _EM, "": 1.0}
_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))(px|pt|pc|in|cm|mm|rem|em|ex|%|vw|vh|)(?![\w.])")
_WORDS = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
_NOT_A_PICTURE = re.compile(r"\s*(?:none|initial|unset|)\s*")
_CLIPPED = re.compile(
    r"rect\(\s*0?(?:px)?[\s,]+0?(?:px)?[\s,]|rect\(\s*1px[\s,]+1px[\s,]|inset\(\s*(?:50|100)%|circle\(\s*0"
)
_SHRUNK = re.compile(r"scale(?:3d|x|y)?\(\s*0(?:\.0*)?\s*[,)]|translate\w*\(\s*-\d{4,}")


@dataclass(frozen=True, slots=True)
class Look:
    """One element as it is painted; what stands in it begins with this."""

    gone: bool = False
    """Nothing inside can be seen either."""
    visible: bool = True
    colour: Colour = (0.0, 0.0, 0.0)
    ground: Colour | None = WHITE
    """``None`` where a picture lies behind."""
    size: float = _EM

    @property
    def readable(self) -> bool:
        """Whether letters that stand here can be read."""
        return self.visible and self.size > _SMALLEST and not alike(self.colour, self.ground)


def alike(ink: Colour, ground: Colour | None) -> bool:
    """Whether words in this colour vanish in their ground."""
    return ground is not None and max(abs(a - b) for a, b in zip(ink, ground, strict=True)) < _ALIKE


def looked(parent: Look, style: Style, attributes: Mapping[str, str]) -> Look:
    """The look of an element inside ``parent``."""
    if _is_gone(style) or "hidden" in attributes:
        return replace(parent, gone=True)
    ground = _ground(parent, style, attributes)
    return Look(
        gone=parent.gone,
        visible={"visible": True, "hidden": False, "collapse": False}.get(style.get("visibility", ""), parent.visible),
        colour=_ink(parent, ground, style, attributes),
        ground=ground,
        size=_size(parent.size, style),
    )


def _is_gone(style: Style) -> bool:
    if style.get("display") == "none" or style.get("mso-hide") == "all" or style.get("content-visibility") == "hidden":
        return True
    if (told := _number(style.get("opacity", ""))) is not None and told < 0.05:
        return True
    if _CLIPPED.search(style.get("clip", "") + style.get("clip-path", "")) or _SHRUNK.search(
        style.get("transform", "")
    ):
        return True
    moved = style.get("position") in {"absolute", "fixed", "relative"}
    sides = [*(("left", "top", "right", "bottom") if moved else ()), "text-indent", "margin-left", "margin-top"]
    if any((told := _length(style.get(side, ""))) is not None and told <= -_FAR for side in sides):
        return True
    cut = any("hidden" in style.get(name, "") or "clip" in style.get(name, "") for name in _OVERFLOWS)
    tight = (name for name in _EXTENTS if "min-" + name not in style)
    return cut and any((told := _length(style.get(name, ""))) is not None and told <= 1 for name in tight)


_OVERFLOWS = ("overflow", "overflow-x", "overflow-y")
_EXTENTS = ("width", "height", "max-width", "max-height")


def _number(text: str) -> float | None:
    found = re.fullmatch(r"(-?(?:\d+\.?\d*|\.\d+))(%?)", text.strip())
    return float(found[1]) / (100 if found[2] else 1) if found else None


def _length(text: str, own: float = _EM) -> float | None:
    """In pixels; a share of something else only where it says nothing, or far less than nothing."""
    found = _LENGTH.match(text.strip())
    if found is None:
        return None
    value, unit = float(found[1]), found[2]
    if unit in {"%", "vw", "vh"}:
        return value * 10 if value <= 0 else None
    return value * (own if unit == "em" else own / 2 if unit == "ex" else _UNITS[unit])


def _size(outer: float, style: Style) -> float:
    told = style.get("font-size", "")
    if not told and (font := style.get("font", "")):
        told = next((part.split("/")[0] for part in font.split() if _LENGTH.match(part) and not part.isdigit()), "")
    if told in _WORDS:
        return _WORDS[told]
    if told.endswith("%") and (share := _number(told)) is not None:
        return outer * share
    size = _length(told, outer)
    return outer if size is None else size


def _painted(text: str) -> tuple[Colour, float] | None:
    """A colour and how much of it is seen."""
    old = color3.parse_color(text)
    if isinstance(old, color3.RGBA):
        return (old.red, old.green, old.blue), old.alpha
    new = color4.parse_color(text)
    if not isinstance(new, color4.Color):
        return None
    try:
        red, green, blue = (min(1.0, max(0.0, part or 0.0)) for part in new.to("srgb").coordinates)
    except NotImplementedError:
        return None
    return (red, green, blue), new.alpha


def _over(paint: tuple[Colour, float], ground: Colour | None) -> Colour | None:
    ink, share = paint
    if ground is None:
        return ink if share > 0.5 else None
    red, green, blue = (a * share + b * (1 - share) for a, b in zip(ink, ground, strict=True))
    return red, green, blue


def _ground(parent: Look, style: Style, attributes: Mapping[str, str]) -> Colour | None:
    both = style.get("background", "")
    picture = "url(" in both or "gradient(" in both or attributes.get("background")
    if picture or not _NOT_A_PICTURE.fullmatch(style.get("background-image", "")):
        return None
    for told in (style.get("background-color", ""), *_parts(both), _as_colour(attributes.get("bgcolor", ""))):
        if (paint := _painted(told) if told else None) is not None:
            return _over(paint, parent.ground)
    return parent.ground


def _ink(parent: Look, ground: Colour | None, style: Style, attributes: Mapping[str, str]) -> Colour:
    told = style.get("-webkit-text-fill-color") or style.get("color") or _as_colour(attributes.get("color", ""))
    paint = _painted(told) if told else None
    if paint is None:
        return parent.colour
    return _over(paint, ground) or parent.colour


def _parts(text: str) -> list[str]:
    return re.findall(r"[\w-]+\([^()]*\)|[^\s/,]+", text)


def _as_colour(text: str) -> str:
    """A colour of an old attribute, which may lack its sign."""
    text = text.strip().lower()
    return "#" + text if re.fullmatch(r"[0-9a-f]{6}|[0-9a-f]{3}", text) else text
