"""How an XLSX says that its cells look: the format of their numbers, and letters that nobody sees on their ground."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from reading.office.number_formats import BUILT_IN

_WHITE, _BLACK = "FFFFFF", "000000"
_INDEXED = {"0": _BLACK, "1": _WHITE, "8": _BLACK, "9": _WHITE, "64": _BLACK, "65": _WHITE}
_THEME = {"0": _WHITE, "1": _BLACK}
"""The ground and the letters of a theme, as all but a few themes have them."""
_SMALLEST = 2.0
_ALIKE = 12


@dataclass(frozen=True, slots=True)
class CellStyle:
    """One style of cells. ``unseen``: letters of the colour of their ground, or too small to be letters."""

    code: str | None = None
    unseen: bool = False


def elements(text: str, name: str) -> list[str]:
    """The attributes of each element of that name."""
    return re.findall(rf"<(?:\w+:)?{name}(\s[^>]*)>", text)


def told(body: str, name: str) -> str:
    """What an attribute says; empty without it."""
    found = re.search(rf"""\s{name}=(?:"([^"]*)"|'([^']*)')""", body)
    return html.unescape(found[1] or found[2] or "") if found else ""


def styles_of(styles: str) -> tuple[CellStyle, ...]:
    """The styles in the order of their numbers (``xl/styles.xml``)."""
    own = {told(body, "numFmtId"): told(body, "formatCode") for body in elements(styles, "numFmt")}
    codes = {**{str(number): code for number, code in BUILT_IN.items()}, **own}
    fonts, fills = _parts(styles, "fonts", "font"), _parts(styles, "fills", "fill")
    return tuple(
        CellStyle(
            codes.get(told(body, "numFmtId")),
            _unseen(_at(fonts, told(body, "fontId")), _at(fills, told(body, "fillId"))),
        )
        for body in elements(_within(styles, "cellXfs"), "xf")
    )


def _within(text: str, name: str) -> str:
    found = re.search(rf"<(?:\w+:)?{name}\b.*?</(?:\w+:)?{name}>", text, re.DOTALL)
    return found[0] if found else ""


def _parts(styles: str, whole: str, part: str) -> list[str]:
    inside = _within(styles, whole)
    return re.findall(rf"<(?:\w+:)?{part}(?:\s[^>]*)?(?:/>|>.*?</(?:\w+:)?{part}>)", inside, re.DOTALL)


def _at(parts: list[str], place: str) -> str:
    return parts[int(place)] if place.isdecimal() and int(place) < len(parts) else ""


def _unseen(font: str, fill: str) -> bool:
    size = next((told(body, "val") for body in elements(font, "sz")), "")
    if re.fullmatch(r"\d+(\.\d+)?", size) and float(size) <= _SMALLEST:
        return True
    inks = elements(font, "color")
    return bool(inks) and _alike(_colour(inks[0]), _ground(fill))


def _ground(fill: str) -> str:
    """The colour behind the letters; empty where it is a pattern or runs from one colour to another."""
    pattern = next((told(body, "patternType") for body in elements(fill, "patternFill")), "none")
    if "gradientFill" in fill:
        return ""
    if pattern == "solid":
        return next((_colour(body) for body in elements(fill, "fgColor")), "")
    return _WHITE if pattern in {"none", ""} else ""


def _colour(body: str) -> str:
    if rgb := told(body, "rgb"):
        return rgb[-6:].upper()
    tint = told(body, "tint")
    if index := told(body, "indexed"):
        return _INDEXED.get(index, f"indexed {index}")
    theme = told(body, "theme")
    plain = not tint or float(tint) == 0
    return _THEME.get(theme, f"theme {theme}") if plain and theme else f"theme {theme} {tint}"


def _alike(one: str, other: str) -> bool:
    if not all(re.fullmatch(r"[0-9A-F]{6}", text) for text in (one, other)):
        return one == other != ""
    return all(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) < _ALIKE for at in (0, 2, 4))


def areas(text: str) -> tuple[tuple[int, int, int, int], ...]:
    """First row, first column, last row, last column of each area of ``A1:C9 E4``, counted from nought."""
    found = re.findall(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::\$?([A-Z]{1,3})\$?([1-9]\d{0,6}))?", text)
    return tuple(
        (int(top) - 1, column_of(left), int(bottom or top) - 1, column_of(right or left))
        for left, top, right, bottom in found
    )


def column_of(name: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


Styles = Mapping[int, CellStyle]
