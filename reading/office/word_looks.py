"""What the looks of a Word document hide: words that vanish, have the colour of their ground, or hardly a size."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF = frozenset({"0", "false", "off", "none"})
_WHITE, _BLACK = "FFFFFF", "000000"
_THEMES = {"background1": _WHITE, "light1": _WHITE, "bg1": _WHITE, "text1": _BLACK, "dark1": _BLACK, "tx1": _BLACK}
_NAMES = {"white": _WHITE, "black": _BLACK}
_SMALLEST = 4
"""In half points."""
_ALIKE = 12
_UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class WordStyles:
    """The styles of a document, and the colour of its pages."""

    known: Mapping[str, etree._Element] = field(default_factory=dict)
    defaults: etree._Element | None = None
    usual: str = ""
    """The style of paragraphs that name none."""
    page: str = _WHITE

    def line(self, name: str | None) -> Iterator[etree._Element]:
        """A style and those that it is based on."""
        seen: set[str] = set()
        while name and name in self.known and name not in seen:
            seen.add(name)
            yield self.known[name]
            name = value(self.known[name].find(W + "basedOn"))

    def unseen(self, run: etree._Element) -> bool:
        """Whether nobody sees the words of this run."""
        told = list(self._told(run))
        if any(is_on(_first(told, W + name)) for name in ("vanish", "specVanish")):
            return True
        size = value(_first(told, W + "sz")) or ""
        if size.isdecimal() and int(size) <= _SMALLEST:
            return True
        ink = _colour(_first(told, W + "color"))
        return ink is not None and _alike(ink, self._ground(run, told))

    def paragraph_style(self, paragraph: etree._Element) -> str:
        """The name of its style."""
        return value(paragraph.find(f"{W}pPr/{W}pStyle")) or self.usual

    def _told(self, run: etree._Element) -> Iterator[etree._Element]:
        """Every place that says something of a run, the nearest first."""
        own = run.find(W + "rPr")
        if own is not None:
            yield own
            yield from _parts(self.line(value(own.find(W + "rStyle"))), W + "rPr")
        paragraph = next(run.iterancestors(W + "p"), None)
        if paragraph is not None:
            yield from _parts(self.line(self.paragraph_style(paragraph)), W + "rPr")
        if self.defaults is not None:
            yield self.defaults

    def _ground(self, run: etree._Element, told: list[etree._Element]) -> str:
        lit = value(_first(told, W + "highlight"))
        if lit and lit != "none":
            return _NAMES.get(lit, _UNKNOWN)
        if (fill := _fill(_first(told, W + "shd"))) is not None:
            return fill
        for outer in run.iterancestors():
            if (fill := self._behind(outer)) is not None:
                return fill
        return self.page

    def _behind(self, outer: etree._Element) -> str | None:
        """The colour that an element around paints behind words; ``None`` where it paints none."""
        if outer.tag == W + "p":
            own = outer.find(W + "pPr")
            styles = _parts(self.line(self.paragraph_style(outer)), W + "pPr")
            return _fill(_first([*([own] if own is not None else []), *styles], W + "shd"))
        if outer.tag == W + "tc":
            return _fill(outer.find(f"{W}tcPr/{W}shd"))
        if outer.tag == W + "tbl":
            own_fill = _fill(outer.find(f"{W}tblPr/{W}shd"))
            painted = any(
                next(one.iter(W + "shd"), None) is not None
                for one in self.line(value(outer.find(f"{W}tblPr/{W}tblStyle")))
            )
            return own_fill or (_UNKNOWN if painted else None)
        if outer.tag == _WPS + "wsp":
            return _shape(outer.find(_WPS + "spPr"))
        if outer.tag.startswith(_V) and (colour := outer.get("fillcolor")):
            named = colour.split()[0].lower()
            return _NAMES.get(named) or (named[1:].upper() if re.fullmatch(r"#[0-9a-f]{6}", named) else _UNKNOWN)
        return None


def styles_of(styles: etree._Element | None, document: etree._Element) -> WordStyles:
    """The styles of ``word/styles.xml``; the colour of the page from the document."""
    ground = document.find(W + "background")
    page = _hex(ground.get(W + "color", "")) if ground is not None else None
    if styles is None:
        return WordStyles(page=page or _WHITE)
    known = {style.get(W + "styleId", ""): style for style in styles.iter(W + "style")}
    usual = (
        name
        for name, style in known.items()
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true"}
    )
    return WordStyles(known, styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), next(usual, ""), page or _WHITE)


def value(element: etree._Element | None) -> str | None:
    """Its ``w:val``."""
    return None if element is None else element.get(W + "val")


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch is there and on."""
    return element is not None and value(element) not in _OFF


def _parts(styles: Iterator[etree._Element], tag: str) -> list[etree._Element]:
    return [part for style in styles if (part := style.find(tag)) is not None]


def _first(told: list[etree._Element], tag: str) -> etree._Element | None:
    return next((found for one in told if (found := one.find(tag)) is not None), None)


def _colour(element: etree._Element | None) -> str | None:
    """The colour of letters; ``None`` where nothing is said or the program chooses."""
    if element is None:
        return None
    return _of_theme(element, "themeColor", "themeShade", "themeTint") or _hex(value(element) or "")


def _fill(element: etree._Element | None) -> str | None:
    """The colour of a shading; ``None`` where it has none, something unknown where a pattern lies on it."""
    if element is None or element.get(W + "fill") is None:
        return None
    if value(element) not in {None, "clear", "nil"}:
        return _UNKNOWN
    return _of_theme(element, "themeFill", "themeFillShade", "themeFillTint") or _hex(element.get(W + "fill", ""))


def _of_theme(element: etree._Element, name: str, darker: str, lighter: str) -> str | None:
    """The ground or letters of the theme, made darker or lighter as it says (ECMA-376, 17.3.2.6)."""
    base = _THEMES.get(element.get(W + name, ""))
    if base is None:
        return None
    level = int(base[:2], 16)
    shade, tint = (_hex_number(element.get(W + told)) for told in (darker, lighter))
    level = level * shade // 255 if shade is not None else level
    level = 255 - (255 - level) * tint // 255 if tint is not None else level
    return f"{level:02X}" * 3


def _hex_number(text: str | None) -> int | None:
    return int(text, 16) if text and re.fullmatch(r"[0-9a-fA-F]{1,2}", text) else None


def _shape(properties: etree._Element | None) -> str | None:
    if properties is None:
        return None
    solid = properties.find(_A + "solidFill")
    if solid is None:
        kinds = ("gradFill", "blipFill", "pattFill")
        return _UNKNOWN if any(properties.find(_A + kind) is not None for kind in kinds) else None
    plain = solid.find(_A + "srgbClr")
    scheme = solid.find(_A + "schemeClr")
    if plain is not None:
        return _hex(plain.get("val", "")) or _UNKNOWN
    return _THEMES.get(scheme.get("val", ""), _UNKNOWN) if scheme is not None and not len(scheme) else _UNKNOWN


def _hex(text: str) -> str | None:
    return text.upper() if re.fullmatch(r"[0-9a-fA-F]{6}", text) else None


def _alike(ink: str, ground: str) -> bool:
    if ground == _UNKNOWN:
        return False
    return all(abs(int(ink[at : at + 2], 16) - int(ground[at : at + 2], 16)) < _ALIKE for at in (0, 2, 4))
