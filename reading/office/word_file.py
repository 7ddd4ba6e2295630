"""A Word document before it is converted: what nobody sees is taken out and told, numbers and boxes are put where they stand."""

import copy
import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from reading.intake import Refusal
from reading.office.blocks import CHARTS, DELETED, NOTES, UNSEEN, NotShown
from reading.office.word_looks import W, WordStyles, is_on, styles_of
from reading.office.word_numbers import WordNumbers

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KEPT = frozenset({W + "rPr", W + "fldChar", W + "instrText"})
_STRUCK = frozenset({W + "del", W + "moveFrom"})
_PAGES = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes")


def prepared(data: bytes) -> tuple[bytes, tuple[NotShown, ...]]:
    """The document without what nobody sees, and what that was.

    Raises:
        Refusal: ``file-unreadable``.
    """
    told: dict[NotShown, None] = {}
    sink = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(sink, "w") as made:
            names = archive.namelist()
            pages = {
                name: _parsed(archive.read(name)) for name in names if name.startswith(_PAGES) and name.endswith(".xml")
            }
            styles, numbering = (
                _parsed(archive.read(name)) if name in names else None
                for name in ("word/styles.xml", "word/numbering.xml")
            )
            looks = styles_of(styles, next(page for name, page in pages.items() if name.startswith("word/document")))
            for name in dict.fromkeys(names):
                made.writestr(name, _page(pages[name], looks, numbering, told) if name in pages else archive.read(name))
            if any(name.startswith("word/comments") and b":comment " in archive.read(name) for name in names):
                told[NOTES] = None
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        StopIteration,
        RuntimeError,
        ValueError,
        etree.XMLSyntaxError,
    ) as fault:
        raise Refusal("file-unreadable") from fault
    return sink.getvalue(), tuple(told)


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _page(
    root: etree._Element, looks: WordStyles, numbering: etree._Element | None, told: dict[NotShown, None]
) -> bytes:
    if next(root.iter(_CHART, _DIAGRAM), None) is not None:
        told[CHARTS] = None
    _strike(root, told)
    _hide(root, looks, told)
    _lift(root)
    numbers = WordNumbers(looks, numbering)
    for paragraph in root.iter(W + "p"):
        _number(paragraph, numbers)
    for sum_ in list(root.iter(_M + "oMath")):
        _replace(sum_, _run("".join(part.text or "" for part in sum_.iter(_M + "t"))))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _strike(root: etree._Element, told: dict[NotShown, None]) -> None:
    """What was deleted or moved away goes; a mark that only says so of a paragraph or row stays for the converter."""
    for element in list(root.iter(*_STRUCK)):
        parent = element.getparent()
        if parent is None:
            continue
        marks = parent.tag in {W + "rPr", W + "trPr"}
        if parent.tag == W + "trPr" or any(part.text for part in element.iter(W + "delText", W + "t")):
            told[DELETED] = None
        if not marks:
            parent.remove(element)


def _hide(root: etree._Element, looks: WordStyles, told: dict[NotShown, None]) -> None:
    for run in list(root.iter(W + "r")):
        if looks.unseen(run):
            if any(any(map(str.isalnum, part.text or "")) for part in run.iter(W + "t", W + "sym")):
                told[UNSEEN] = None
            for child in [child for child in run if child.tag not in _KEPT]:
                run.remove(child)
    for drawing in [*root.iter(W + "drawing", W + "pict")]:
        if _is_hidden(drawing):
            if any(part.text for part in drawing.iter(W + "t")):
                told[UNSEEN] = None
            _replace(drawing, None)


def _is_hidden(drawing: etree._Element) -> bool:
    named = (one.get("hidden") for one in drawing.iter(_WP + "docPr"))
    styles = (
        one.get("style", "").replace(" ", "") for one in drawing if isinstance(one.tag, str) and one.tag.startswith(_V)
    )
    return any(one in {"1", "true"} for one in named) or any("visibility:hidden" in one for one in styles)


def _lift(root: etree._Element) -> None:
    """Text boxes and letters drawn as pictures stand behind the paragraph in which they are anchored, once each."""
    for paragraph in list(root.iter(W + "p")):
        if next(paragraph.iterancestors(W + "txbxContent"), None) is not None:
            continue
        behind = [part for box in _boxes(paragraph) for part in box]
        words = {drawn.get("string", "") for drawn in paragraph.iter(_V + "textpath")} - {""}
        for box in list(paragraph.iter(W + "txbxContent")):
            _replace(box, None)
        for drawn in list(paragraph.iter(_V + "textpath")):
            _replace(drawn, None)
        for part in reversed([*behind, *(_paragraph(text) for text in sorted(words))]):
            paragraph.addnext(part)


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Each box once, though files keep it in two forms for programs of different ages."""
    for box in list(paragraph.iter(W + "txbxContent")):
        older = next(box.iterancestors(_MC + "Fallback"), None)
        choice = older.getparent().find(_MC + "Choice") if older is not None else None
        newer = choice is not None and next(choice.iter(W + "txbxContent"), None) is not None
        if not newer and next(box.iterancestors(W + "txbxContent"), None) is None:
            yield copy.deepcopy(box)


def _number(paragraph: etree._Element, numbers: WordNumbers) -> None:
    properties = paragraph.find(W + "pPr")
    marks = properties.find(W + "rPr") if properties is not None else None
    if marks is not None and is_on(marks.find(W + "vanish")):
        return
    mark = numbers.before(paragraph)
    if not mark:
        return
    if properties is None:
        properties = etree.Element(W + "pPr")
        paragraph.insert(0, properties)
    for own in properties.findall(W + "numPr"):
        properties.remove(own)
    none = etree.SubElement(etree.SubElement(properties, W + "numPr"), W + "numId")
    none.set(W + "val", "0")
    paragraph.insert(paragraph.index(properties) + 1, _run(mark))


def _run(text: str) -> etree._Element:
    run = etree.Element(W + "r")
    words = etree.SubElement(run, W + "t")
    words.text = text
    words.set(_SPACE, "preserve")
    return run


def _paragraph(text: str) -> etree._Element:
    made = etree.Element(W + "p")
    made.append(_run(text))
    return made


def _replace(element: etree._Element, other: etree._Element | None) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if other is not None:
        other.tail = element.tail
        parent.replace(element, other)
    else:
        parent.remove(element)
