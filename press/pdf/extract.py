"""Pages of a finished bundle as a document of their own: labels, bookmarks and links that still lead somewhere stay.

Numbers do not change: page 7 of the bundle is labelled 7 in every part of it.
"""

import io
from collections.abc import Sequence
from typing import Any

import pikepdf


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
            outline.root[:] = [
                pikepdf.OutlineItem(name, indexes.index(index), "Fit") for name, index in bookmarks if index in indexes
            ]
        untag(pdf)
        pdf.remove_unreferenced_resources()
        sink = io.BytesIO()
        pdf.save(sink, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return sink.getvalue()


def untag(pdf: pikepdf.Pdf) -> None:
    """Take the structure tree away: it would keep pages alive that are gone."""
    for name in ("/StructTreeRoot", "/MarkInfo"):
        if name in pdf.Root:
            del pdf.Root[name]
    for page in pdf.pages:
        for holder in (page.obj, *page.obj.get("/Annots", [])):
            for name in ("/StructParents", "/StructParent"):
                if name in holder:
                    del holder[name]


def _bookmarks(pdf: pikepdf.Pdf) -> list[tuple[str, int]]:
    index_of = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    found = []
    with pdf.open_outline() as outline:
        for item in outline.root:
            target = item.destination
            if isinstance(target, pikepdf.Array) and target[0].objgen in index_of:
                found.append((str(item.title), index_of[target[0].objgen]))
    return found


def _drop_links(pdf: pikepdf.Pdf, kept: set[int]) -> None:
    """Take away links to pages that do not come along."""
    gone = {page.obj.objgen for index, page in enumerate(pdf.pages) if index not in kept}
    for page in pdf.pages:
        annotations = page.obj.get("/Annots")
        if annotations is None:
            continue
        alive = [a for a in annotations if "/Dest" not in a or a.Dest[0].objgen not in gone]
        page.obj.Annots = pikepdf.Array(alive)


def _relabel(pdf: pikepdf.Pdf, labels: Sequence[str]) -> None:
    """A label range wherever the numbering jumps or changes its figures."""
    places: list[Any] = []
    roman = 0
    for index, label in enumerate(labels):
        roman = roman + 1 if not label.isdigit() else roman
        follows = index and label.isdigit() and labels[index - 1].isdigit() and int(label) == int(labels[index - 1]) + 1
        if follows or (index and not label.isdigit() and not labels[index - 1].isdigit()):
            continue
        style = (
            pikepdf.Dictionary(S=pikepdf.Name.D, St=int(label))
            if label.isdigit()
            else pikepdf.Dictionary(S=pikepdf.Name.r)
        )
        places += [index, style]
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(places))
