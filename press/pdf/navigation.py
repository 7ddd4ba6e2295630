"""How a reader finds the way in a bundle: labels, bookmarks, links to pages, the way back to the index, where it opens.

Source: ISO 32000-2, 12.3.2 (destinations), 12.3.3 (outline), 12.4.2 (page labels), 12.5.6.5 (links).
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pikepdf

from casefile.errors import ProofFault
from press.pdf.geometry import Rectangle, numbers
from press.pdf.tagging import Tags

PAGE_LINK = "page:"
"""Front matter links to printed page 12 by the address ``page:12``."""
BACK = "Back"
"""Under this name a page draws the words of its link back to the index, in a stream of their own: see ``extract``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackLink:
    """A link that every exhibit page of one size carries: its words drawn as a form, what they say, their place, the target."""

    form: pikepdf.Object
    says: str
    place: Rectangle
    target: int


def top_of(page: pikepdf.Page) -> pikepdf.Array:
    """A jump to the top of a page that leaves the reader's zoom as it is."""
    return pikepdf.Array([page.obj, pikepdf.Name.XYZ, 0, float(page.mediabox[3]), 0])


def open_at_start(pdf: pikepdf.Pdf) -> None:
    """The document opens at its first page, as wide as the window, with its bookmarks beside it."""
    first = pdf.pages[0]
    pdf.Root.OpenAction = pikepdf.Array([first.obj, pikepdf.Name.FitH, float(first.mediabox[3])])
    pdf.Root.PageMode = pikepdf.Name.UseOutlines
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


def label_pages(pdf: pikepdf.Pdf) -> None:
    """Labels that are the numbers of the sheets: what viewers count is what is printed."""
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.D, St=1)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """A title, the printed page it leads to, and the bookmark that gathers it with its neighbours, if one does."""

    title: str
    page: int
    within: str = ""


def add_bookmarks(pdf: pikepdf.Pdf, bookmarks: Sequence[Bookmark]) -> None:
    """Bookmarks after those that are there; neighbours within the same one stand folded below it."""
    with pdf.open_outline() as outline:
        for within, members in itertools.groupby(bookmarks, key=lambda bookmark: bookmark.within):
            items = [(one.page, pikepdf.OutlineItem(one.title, top_of(pdf.pages[one.page - 1]))) for one in members]
            if not within:
                outline.root += [item for _, item in items]
                continue
            above = pikepdf.OutlineItem(within, top_of(pdf.pages[items[0][0] - 1]))
            above.is_closed = True
            above.children += [item for _, item in items]
            outline.root.append(above)


def heading_place(pdf: pikepdf.Pdf, heading: str) -> int | None:
    """The page (from 0) to which the bookmark of a heading leads."""
    with pdf.open_outline() as outline:
        targets = [item.destination for item in outline.root if str(item.title) == heading]
    if not targets or not isinstance(targets[0], pikepdf.Array):
        return None
    return next((i for i, page in enumerate(pdf.pages) if page.obj.objgen == targets[0][0].objgen), None)


def resolve_links(pdf: pikepdf.Pdf, front: int, says: Callable[[int], str]) -> None:
    """Turn each ``page:12`` address on the first ``front`` pages into a jump to that printed page, which ``says`` names.

    Raises:
        ProofFault: ``proof-link``: a link names a page that is not there.
    """
    pages = list(pdf.pages)
    for page in pages[:front]:
        for annotation in page.obj.get("/Annots", []):
            action = annotation.get("/A")
            address = str(action.get("/URI", "")) if action is not None else ""
            if not address.startswith(PAGE_LINK):
                continue
            index = int(address.removeprefix(PAGE_LINK)) - 1
            if not 0 <= index < len(pages):
                raise ProofFault("proof-link", found=address)
            del annotation["/A"]
            annotation.Dest = top_of(pages[index])
            annotation.Contents = pikepdf.String(says(index + 1))


def link_back(pdf: pikepdf.Pdf, page: pikepdf.Object, back: BackLink, tags: Tags | None) -> None:
    """Draw the words of the link on a page that has one content stream, and make them a link."""
    x, y, width, height = back.place.x, back.place.y, back.place.width, back.place.height
    drawn = f"q {numbers(1, 0, 0, 1, x, y)} cm /{BACK} Do Q\n"
    drawn = f"/Artifact BMC\n{drawn}EMC\n" if tags else drawn
    page.Resources.XObject[f"/{BACK}"] = back.form
    page.Contents = pikepdf.Array([page.Contents, pdf.make_stream(drawn.encode("ascii"))])
    link = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, F=4, Border=[0, 0, 0],
            Rect=[round(edge, 2) for edge in (x, y, x + width, y + height)],
            Contents=pikepdf.String(back.says), Dest=top_of(pdf.pages[back.target]),
        )
    )  # fmt: skip
    page.Annots = pikepdf.Array([link])
    if tags:
        tags.link(page, link, back.says)
