"""A saved page as its reader sees it, piece by piece: elements that begin and end, and the words that can be read in them.

The page is parsed as browsers do, so that what was never closed closes where they close it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cssselect2 import ElementWrapper
from lxml import etree

from reading.intake import Refusal
from reading.office.sight import Look, looked
from reading.office.styles import StyleSheets

_SILENT = frozenset(
    [
        "style",
        "script",
        "head",
        "title",
        "template",
        "noscript",
        "object",
        "iframe",
        "svg",
        "datalist",
        "audio",
        "video",
    ]
)
"""What has no words of its own on the page."""


@dataclass(frozen=True, slots=True)
class Begun:
    """An element begins."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ended:
    """An element ends."""

    tag: str


@dataclass(frozen=True, slots=True)
class SeenText:
    """Text, with the white space of the file."""

    text: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """SeenText of the file that its reader does not see stood here."""


Piece = Begun | Ended | SeenText | Unseen


def pieces(page: str) -> Iterator[Piece]:
    """What the page shows, in its order.

    Raises:
        Refusal: ``file-unreadable`` for elements in one another by the thousand.
    """
    root = _parsed(page)
    if root is None:
        return
    sheets = StyleSheets("".join(style.itertext()) for style in root.iter("style"))
    looks: list[Look] = [Look()]
    wrappers = iter(ElementWrapper.from_html_root(root).iter_subtree())
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            look = looks.pop()
            if not look.gone:
                yield Ended(element.tag)
            if element is not root and element.tail:
                yield from _said(element.tail, looks[-1])
            continue
        attributes = dict(element.attrib)
        outer = looks[-1]
        look = _look(outer, element, sheets, next(wrappers))
        looks.append(look)
        if not look.gone and (look.visible or element.tag not in {"img", "input"}):
            yield Begun(element.tag, attributes)
        if element.text and element.tag not in _SILENT:
            yield from _said(element.text, look)


def _look(outer: Look, element: etree._Element, sheets: StyleSheets, wrapper: ElementWrapper) -> Look:
    if outer.gone:
        return outer
    style = sheets.of(wrapper, element.get("style", ""))
    look = looked(outer, style, element.attrib)
    folded = element.tag == "dialog" and "open" not in element.attrib
    inside = element.getparent()
    if inside is not None and inside.tag == "details" and "open" not in inside.attrib:
        folded = element.tag != "summary"
    return Look(gone=True) if folded or element.tag in _SILENT else look


def _said(text: str, look: Look) -> Iterator[Piece]:
    if not look.gone and look.readable:
        yield SeenText(text)
    elif any(char.isalnum() for char in text):
        yield Unseen()


def _parsed(page: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    data = page.replace("\0", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    if any("depth" in fault.message for fault in parser.error_log):
        raise Refusal("file-unreadable")
    return root
