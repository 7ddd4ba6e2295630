"""Exhibit pages in the structure tree: one figure each with its words, so that a screen reader says what it is.

Source: ISO 32000-2, 14.7 (logical structure), 14.8.4.8.5 (Figure), 14.9.3 (alternate descriptions).
"""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_DEEP = 12


class Tags:
    """Adds figures to the structure tree that the front matter brought; without one nothing is tagged."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.Root.get("/StructTreeRoot")
        self._nums: list[Any] = []
        self._figures: list[pikepdf.Object] = []
        tree = self._root.get("/ParentTree") if self._root is not None else None
        self._old: list[Any] = list(tree.Nums) if tree is not None and "/Nums" in tree else []
        self._next = max((int(key) for key in self._old[::2]), default=-1) + 1

    @property
    def used(self) -> bool:
        """Whether pages are tagged."""
        return self._root is not None

    def figure(self, page: pikepdf.Object, words: str) -> None:
        """The marked content 0 of ``page`` is a figure that ``words`` describe."""
        element = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Figure, Pg=page, K=0, Alt=String(words))
        )
        page.StructParents = self._next
        self._nums += [self._next, Array([element])]
        self._next += 1
        self._figures.append(element)

    def link(self, page: pikepdf.Object, annotation: pikepdf.Object, words: str) -> None:
        """An annotation of ``page`` is a link that ``words`` describe."""
        reference = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)
        element = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Link, Pg=page, K=Array([reference]), Alt=String(words))
        )
        annotation.StructParent = self._next
        page.Tabs = Name.S
        self._nums += [self._next, element]
        self._next += 1
        self._figures.append(element)

    def close(self) -> None:
        """Hang figures and links into the tree."""
        if self._root is None or not self._figures:
            return
        self._drop_doubled_links()
        top = self._root.K
        body = top[0] if isinstance(top, Array) else top
        for figure in self._figures:
            figure.P = body
        below = body.get("/K", Array([]))
        body.K = Array([*(below if isinstance(below, Array) else [below]), *self._figures])
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array([*self._old, *self._nums])))
        self._root.ParentTreeNextKey = self._next

    def _drop_doubled_links(self) -> None:
        """The layout engine makes what stands inside a link a link of its own, which is none in the structure: one is enough."""
        held = {int(key): value for key, value in zip(self._old[::2], self._old[1::2], strict=True)}
        for page in self._pdf.pages:
            links = {int(one.StructParent): one for one in page.obj.get("/Annots", []) if "/StructParent" in one}
            doubled = {number: one for number, one in links.items() if _stands_in_a_link(held.get(number))}
            for number, one in doubled.items():
                _forget(held.pop(number), one)
            if doubled:
                page.obj.Annots = Array([a for a in page.obj.Annots if int(a.get("/StructParent", -1)) not in doubled])
        self._old = [part for pair in held.items() for part in pair]


def _stands_in_a_link(element: object) -> bool:
    """Whether an element is no link itself and stands inside one."""
    for depth in range(_DEEP):
        if not isinstance(element, Dictionary):
            return False
        if element.get("/S") == Name.Link:
            return depth > 0
        element = element.get("/P")
    return False


def _forget(element: pikepdf.Object, annotation: pikepdf.Object) -> None:
    """Take the annotation out of what an element holds."""
    held = element.get("/K")
    parts = list(held) if isinstance(held, Array) else [held]
    kept = [part for part in parts if not (isinstance(part, Dictionary) and _holds(part, annotation))]
    element.K = Array(kept)


def _holds(part: pikepdf.Object, annotation: pikepdf.Object) -> bool:
    target = part.get("/Obj")
    return target is not None and target.objgen == annotation.objgen
