"""Pages of a finished bundle as a document of their own: labels, bookmarks and links that still lead somewhere stay.

Numbers do not change: page 7 of the bundle is labelled 7 in every part of it.
"""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pikepdf

from press.pdf.accessible import unclaimed
from press.pdf.navigation import BACK, Bookmark, add_bookmarks


def extract(bundle: bytes, indexes: Sequence[int]) -> bytes:
    """The pages (indexes from 0, in order) of ``bundle``; same input, same bytes."""
    with pikepdf.open(io.BytesIO(bundle)) as pdf:
        labels = [page.label for page in pdf.pages]
        bookmarks = _bookmarks(pdf)
        _drop_links(pdf, set(indexes))
        for index in sorted(set(range(len(pdf.pages))) - set(indexes), reverse=True):
            del pdf.pages[index]
        _relabel(pdf, [labels[index] for index in indexes])
        with pdf.open_outline() as outline:
            outline.root.clear()
        add_bookmarks(
            pdf, [replace(mark, page=indexes.index(mark.page) + 1) for mark in bookmarks if mark.page in indexes]
        )
        if pdf.pages and "/OpenAction" in pdf.Root:
            pdf.Root.OpenAction = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.FitH, _top(pdf, 0)])
        untag(pdf)
        pdf.remove_unreferenced_resources()
        sink = io.BytesIO()
        pdf.save(sink, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)
        return sink.getvalue()


def untag(pdf: pikepdf.Pdf) -> None:
    """Take the structure tree away, which would keep pages alive that are gone, and the claim that it can be read aloud."""
    told = pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""
    if (packet := unclaimed(told)) != told:
        pdf.Root.Metadata = pdf.make_stream(packet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    for name in ("/StructTreeRoot", "/MarkInfo"):
        if name in pdf.Root:
            del pdf.Root[name]
    for page in pdf.pages:
        for holder in (page.obj, *page.obj.get("/Annots", [])):
            for name in ("/StructParents", "/StructParent"):
                if name in holder:
                    del holder[name]


def _bookmarks(pdf: pikepdf.Pdf) -> list[Bookmark]:
    """Every bookmark, its page counted from 0; one that gathers others lives on in them."""
    index_of = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    found: list[Bookmark] = []

    def walk(items: list[pikepdf.OutlineItem], within: str) -> None:
        for item in items:
            target = item.destination
            if item.children:
                walk(item.children, str(item.title))
            elif isinstance(target, pikepdf.Array) and target[0].objgen in index_of:
                found.append(Bookmark(title=str(item.title), page=index_of[target[0].objgen], within=within))

    with pdf.open_outline() as outline:
        walk(outline.root, "")
    return found


def _drop_links(pdf: pikepdf.Pdf, kept: set[int]) -> None:
    """Take away links to pages that do not come along."""
    gone = {page.obj.objgen for index, page in enumerate(pdf.pages) if index not in kept}
    for page in pdf.pages:
        annotations = page.obj.get("/Annots")
        if annotations is None:
            continue
        alive = [a for a in annotations if "/Dest" not in a or a.Dest[0].objgen not in gone]
        if len(alive) < len(annotations):
            _drop_back_words(page)
        page.obj.Annots = pikepdf.Array(alive)


def _drop_back_words(page: pikepdf.Page) -> None:
    """The words of a link to an index that does not come along go with it."""
    things = page.obj.Resources.get("/XObject", pikepdf.Dictionary())
    if f"/{BACK}" in things and isinstance(page.obj.Contents, pikepdf.Array):
        del things[f"/{BACK}"]
        page.obj.Contents = page.obj.Contents[0]


def _top(pdf: pikepdf.Pdf, index: int) -> float:
    return float(pdf.pages[index].mediabox[3])


def _relabel(pdf: pikepdf.Pdf, labels: Sequence[str]) -> None:
    """A label range wherever the numbering jumps."""
    places: list[Any] = []
    for index, label in enumerate(labels):
        if not index or int(label) != int(labels[index - 1]) + 1:
            places += [index, pikepdf.Dictionary(S=pikepdf.Name.D, St=int(label))]
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(places))
