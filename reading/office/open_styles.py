"""What the styles of an OpenDocument file hide: words that are not displayed, have the colour of their ground, or hardly a size."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from reading.intake import Refusal

_URN = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, TABLE, DRAW, OFFICE, STYLE = (_URN % name for name in ("text", "table", "drawing", "office", "style"))
_FO = _URN % "xsl-fo-compatible"
LINK = "{http://www.w3.org/1999/xlink}href"
_WHITE, _BLACK = "#ffffff", "#000000"
_SMALLEST = 2.0
_ALIKE = 12


@dataclass(frozen=True, slots=True)
class OpenLook:
    """How words stand in one place."""

    displayed: bool = True
    ink: str = _BLACK
    ground: str = _WHITE
    size: float = 12.0

    @property
    def readable(self) -> bool:
        """Whether a reader sees them."""
        return self.displayed and self.size > _SMALLEST and not _alike(self.ink, self.ground)


@dataclass(frozen=True, slots=True)
class OpenDocumentParts:
    """The parts of the file that pages are made of."""

    body: etree._Element
    styles: "OpenStyles"
    margins: etree._Element | None
    """The styles of its own file, where heads and feet of pages stand."""
    archive: zipfile.ZipFile

    def picture(self, address: str) -> bytes | None:
        """What lies at an address within the file."""
        name = address.removeprefix("./")
        return self.archive.read(name) if name in self.archive.namelist() else None


@dataclass(frozen=True, slots=True)
class OpenStyles:
    """Every style by family and name."""

    known: Mapping[tuple[str, str], etree._Element] = field(default_factory=dict)

    def look(self, outer: OpenLook, family: str, name: str | None) -> OpenLook:
        """The look inside an element of this style."""
        found = outer
        for style in reversed(list(self._line(family, name))):
            for told in style:
                found = _with(found, told)
        return found

    def says(self, family: str, name: str | None, attribute: str) -> str | None:
        """What the style, or the one that it follows, says of an attribute of its properties."""
        for style in self._line(family, name):
            for told in style:
                if (value := told.get(attribute)) is not None:
                    return str(value)
        return None

    def _line(self, family: str, name: str | None) -> "list[etree._Element]":
        line: list[etree._Element] = []
        while name and (style := self.known.get((family, name))) is not None and style not in line:
            line.append(style)
            name = style.get(STYLE + "parent-style-name")
        return line


def open_file(data: bytes) -> OpenDocumentParts:
    """The file's parts.

    Raises:
        Refusal: ``file-encrypted``, ``file-unreadable``.
    """
    archive = zipfile.ZipFile(io.BytesIO(data))
    try:
        names = archive.namelist()
        manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        if b"encryption-data" in manifest:
            raise Refusal("file-encrypted")
        content = _parsed(archive.read("content.xml"))
        margins = _parsed(archive.read("styles.xml")) if "styles.xml" in names else None
    except (KeyError, RuntimeError, zlib.error, etree.XMLSyntaxError) as fault:
        raise Refusal("file-unreadable") from fault
    roots = [root for root in (margins, content) if root is not None]
    known = {
        (style.get(STYLE + "family", ""), style.get(STYLE + "name", "")): style
        for root in roots
        for style in root.iter(STYLE + "style")
    }
    body = content.find(OFFICE + "body")
    if body is None:
        raise Refusal("file-unreadable")
    return OpenDocumentParts(body=body, styles=OpenStyles(known), margins=margins, archive=archive)


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


def _with(look: OpenLook, told: etree._Element) -> OpenLook:
    if told.get(TEXT + "display") == "none":
        look = replace(look, displayed=False)
    ink, ground, size = (told.get(_FO + name, "") for name in ("color", "background-color", "font-size"))
    if told.get(STYLE + "use-window-font-color") == "true":
        ink = _BLACK
    if re.fullmatch(r"#[0-9a-fA-F]{6}", ink):
        look = replace(look, ink=ink.lower())
    if re.fullmatch(r"#[0-9a-fA-F]{6}", ground):
        look = replace(look, ground=ground.lower())
    if found := re.fullmatch(r"(\d+(?:\.\d+)?)pt", size):
        look = replace(look, size=float(found[1]))
    return look


def _alike(one: str, other: str) -> bool:
    return all(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) < _ALIKE for at in (1, 3, 5))
