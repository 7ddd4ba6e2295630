"""Asks a finished PDF: pages, labels, bookmarks, links and text, for proofs and tests; and pictures of its pages."""

import hashlib
import io
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2

from press.pdf.geometry import Rectangle


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link within the document: the page it stands on, the page it leads to (-1: nowhere), the text under it."""

    page: int
    target: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """What a reader program would say of a document; page indexes count from 0."""

    labels: tuple[str, ...]
    outline: tuple[tuple[str, int], ...]
    """Title and page index of every bookmark that has none below it, in order."""
    links: tuple[Link, ...]
    outside_links: tuple[str, ...]
    texts: tuple[str, ...]
    title: str | None

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self.labels)


def page_count(data: bytes) -> int:
    """The number of pages of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


class _Destinations:
    """Finds the page index that a destination, an action or a name leads to; -1 where it leads nowhere."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._index = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        names = pdf.Root.get("/Names")
        tree = names.get("/Dests") if names is not None else None
        self._named = {str(name): target for name, target in pikepdf.NameTree(tree).items()} if tree is not None else {}

    def find(self, destination: object) -> int:
        if isinstance(destination, (pikepdf.String, pikepdf.Name)):
            return self.find(self._named.get(str(destination)))
        if isinstance(destination, pikepdf.Dictionary):
            return self.find(destination.get("/D"))
        if not isinstance(destination, pikepdf.Array):
            return -1
        return self._index.get(destination[0].objgen, -1)


def _outline(pdf: pikepdf.Pdf, destinations: _Destinations) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []

    def walk(items: list[pikepdf.OutlineItem]) -> None:
        for item in items:
            if not item.children:
                found.append((str(item.title), destinations.find(item.destination or item.action)))
            walk(item.children)

    with pdf.open_outline() as outline:
        walk(outline.root)
    return tuple(found)


def _link_annotations(pdf: pikepdf.Pdf) -> Iterator[tuple[int, pikepdf.Object]]:
    for index, page in enumerate(pdf.pages):
        for annotation in page.obj.get("/Annots", []):
            if annotation.get("/Subtype") == pikepdf.Name.Link:
                yield index, annotation


@dataclass(frozen=True, slots=True, kw_only=True)
class _Jump:
    """A link before the words under it are read: the page it stands on, its rectangle, the page it leads to."""

    page: int
    rectangle: tuple[float, ...]
    target: int


def _jumps(pdf: pikepdf.Pdf, destinations: _Destinations) -> tuple[list[_Jump], tuple[str, ...]]:
    inside: list[_Jump] = []
    outside: list[str] = []
    for index, annotation in _link_annotations(pdf):
        action = annotation.get("/A")
        destination = annotation.get("/Dest") if action is None else action.get("/D")
        if destination is not None:
            rectangle = tuple(float(edge) for edge in annotation.Rect)
            inside.append(_Jump(page=index, rectangle=rectangle, target=destinations.find(destination)))
        elif action is not None:
            outside.append(str(action.get("/URI", action.get("/S", ""))))
    return inside, tuple(outside)


def _read(shown: pypdfium2.PdfDocument, jumps: Sequence[_Jump] = ()) -> tuple[tuple[str, ...], tuple[Link, ...]]:
    """The text of each page, and the links with the words under them; each page is opened once."""
    texts, links = [], []
    for index, page in enumerate(shown):
        text_page = page.get_textpage()
        texts.append(str(text_page.get_text_bounded()))
        for jump in (jump for jump in jumps if jump.page == index):
            under = str(text_page.get_text_bounded(*jump.rectangle))
            links.append(Link(page=index, target=jump.target, text=under))
        text_page.close()
        page.close()
    return tuple(texts), tuple(links)


def page_texts(data: bytes) -> tuple[str, ...]:
    """The text of each page, as pdfium reads it."""
    shown = pypdfium2.PdfDocument(data)
    try:
        return _read(shown)[0]
    finally:
        shown.close()


def portrait(data: bytes) -> Portrait:
    """Labels, bookmarks, links and text of a finished document."""
    shown = pypdfium2.PdfDocument(data)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            destinations = _Destinations(pdf)
            jumps, outside = _jumps(pdf, destinations)
            texts, links = _read(shown, jumps)
            return Portrait(
                labels=tuple(page.label for page in pdf.pages),
                outline=_outline(pdf, destinations),
                links=links,
                outside_links=outside,
                texts=texts,
                title=str(pdf.docinfo.get("/Title")) if "/Title" in pdf.docinfo else None,
            )
    finally:
        shown.close()


def texts_within(data: bytes, areas: Mapping[int, Callable[[tuple[float, float]], Rectangle]]) -> Mapping[int, str]:
    """The text layer inside a rectangle of each page that is named; the rectangle follows from the page's size in points."""
    found: dict[int, str] = {}
    with pypdfium2.PdfDocument(data) as document:
        for index, area in areas.items():
            page = document[index]
            rectangle = area(page.get_size())
            texts = page.get_textpage()
            right, top = rectangle.x + rectangle.width, rectangle.y + rectangle.height
            found[index] = str(texts.get_text_bounded(rectangle.x, rectangle.y, right, top))
            texts.close()
            page.close()
    return found


def picture_digests(data: bytes, name: str) -> tuple[str | None, ...]:
    """For each page the SHA-256 of the compressed data of its picture called ``name``, ``None`` where that is no picture."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return tuple(_digest(page, f"/{name}") for page in pdf.pages)


def _digest(page: pikepdf.Page, name: str) -> str | None:
    resources = page.obj.get("/Resources")
    things = resources.get("/XObject") if resources is not None else None
    thing = things.get(name) if things is not None else None
    if thing is None or thing.get("/Subtype") != pikepdf.Name.Image:
        return None
    return hashlib.sha256(thing.read_raw_bytes()).hexdigest()


def densities(data: bytes) -> tuple[tuple[float, tuple[float, float]], ...]:
    """For each page the dots per inch of its densest picture (0 without one), and its size in points as viewers show it."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            told = pypdfium2.raw.FPDF_IMAGEOBJ_METADATA()
            most = 0.0
            for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
                if pypdfium2.raw.FPDFImageObj_GetImageMetadata(item.raw, page.raw, told):
                    most = max(most, told.horizontal_dpi, told.vertical_dpi)
            found.append((most, page.get_size()))
            page.close()
    return tuple(found)


_MOST_PIXELS, _LONGEST = 40_000_000, 20_000


def _scale(size: tuple[float, float], dots_per_inch: int) -> float:
    """Pixels per point: a page of metres is drawn coarser, never larger than a picture may be."""
    width, height = max(1.0, size[0]), max(1.0, size[1])
    return min(dots_per_inch / 72, math.sqrt(0.99 * _MOST_PIXELS / (width * height)), _LONGEST / max(width, height))


def page_picture(data: bytes, index: int, dots_per_inch: int, *, form: str = "PNG", quality: int = 85) -> bytes:
    """One page (index from 0) as a PNG or JPEG picture on white, coarser where it would have more than 40 million pixels."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[index]
        image = page.render(scale=_scale(page.get_size(), dots_per_inch)).to_pil().convert("RGB")
        sink = io.BytesIO()
        image.save(sink, form, **({"quality": quality, "optimize": True} if form == "JPEG" else {}))
        page.close()
        return sink.getvalue()
    finally:
        document.close()
