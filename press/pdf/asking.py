"""Asks a finished PDF: pages, labels, bookmarks, links and text, for proofs and tests; and pictures of its pages."""

import io
from dataclasses import dataclass

import pikepdf
import pypdfium2


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """What a reader program would say of a document; page indexes count from 0."""

    labels: tuple[str, ...]
    outline: tuple[tuple[str, int], ...]
    """Title and page index of every bookmark, depth first."""
    links: tuple[tuple[int, int], ...]
    """Page index a link stands on, page index it leads to."""
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


def _index_of(pdf: pikepdf.Pdf, destination: object) -> int:
    if isinstance(destination, (pikepdf.String, pikepdf.Name)):
        for name, target in pikepdf.NameTree(pdf.Root.Names.Dests).items():
            if str(name) == str(destination):
                return _index_of(pdf, target)
        return -1
    if isinstance(destination, pikepdf.Dictionary):
        return _index_of(pdf, destination.get("/D"))
    target = destination[0]  # type: ignore[index]  # an explicit destination is an array
    return next((index for index, page in enumerate(pdf.pages) if page.obj.objgen == target.objgen), -1)


def _outline(pdf: pikepdf.Pdf) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []

    def walk(items: list[pikepdf.OutlineItem]) -> None:
        for item in items:
            action = item.action
            destination = item.destination if item.destination is not None or action is None else action.get("/D")
            found.append((str(item.title), _index_of(pdf, destination)))
            walk(item.children)

    with pdf.open_outline() as outline:
        walk(outline.root)
    return tuple(found)


def _links(pdf: pikepdf.Pdf) -> tuple[tuple[tuple[int, int], ...], tuple[str, ...]]:
    inside: list[tuple[int, int]] = []
    outside: list[str] = []
    for index, page in enumerate(pdf.pages):
        for annotation in page.obj.get("/Annots", []):
            if annotation.get("/Subtype") != pikepdf.Name.Link:
                continue
            action = annotation.get("/A")
            destination = annotation.get("/Dest") if action is None else action.get("/D")
            if destination is not None:
                inside.append((index, _index_of(pdf, destination)))
            elif action is not None:
                outside.append(str(action.get("/URI", "")))
    return tuple(inside), tuple(outside)


def page_texts(data: bytes) -> tuple[str, ...]:
    """The text of each page, as pdfium reads it."""
    document = pypdfium2.PdfDocument(data)
    try:
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_bounded())
            text_page.close()
            page.close()
        return tuple(texts)
    finally:
        document.close()


def portrait(data: bytes) -> Portrait:
    """Labels, bookmarks, links and text of a finished document."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        inside, outside = _links(pdf)
        return Portrait(
            labels=tuple(page.label for page in pdf.pages),
            outline=_outline(pdf),
            links=inside,
            outside_links=outside,
            texts=page_texts(data),
            title=str(pdf.docinfo.get("/Title")) if "/Title" in pdf.docinfo else None,
        )


def page_picture(data: bytes, index: int, dots_per_inch: int, *, form: str = "PNG", quality: int = 85) -> bytes:
    """One page (index from 0) as a PNG or JPEG picture on white."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[index]
        image = page.render(scale=dots_per_inch / 72).to_pil().convert("RGB")
        sink = io.BytesIO()
        image.save(sink, form, **({"quality": quality, "optimize": True} if form == "JPEG" else {}))
        page.close()
        return sink.getvalue()
    finally:
        document.close()
