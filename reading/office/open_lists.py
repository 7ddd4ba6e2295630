"""What stands before the items of lists in OpenDocument texts, by the list styles of the file."""

from dataclasses import dataclass, field

from lxml import etree

from reading.office.numbering import letters, roman
from reading.office.open_styles import STYLE, TEXT, OpenDocumentParts


@dataclass
class _Open:
    style: str
    kind: etree._Element | None
    number: int = 0
    marked: bool = True
    """Whether the mark of the item at hand was written."""


@dataclass
class OpenLists:
    """The lists that stand open, the innermost last."""

    _open: list[_Open] = field(default_factory=list)
    _last: dict[str, int] = field(default_factory=dict)
    """Style → the number at which its last list ended, for lists that go on."""

    def begin(self, element: etree._Element, file: OpenDocumentParts) -> None:
        """A list begins, inside an open one or for itself."""
        style = element.get(TEXT + "style-name") or (self._open[-1].style if self._open else "")
        level = str(len(self._open) + 1)
        roots = [root for root in (file.body.getroottree().getroot(), file.margins) if root is not None]
        known = (one for root in roots for one in root.iter(TEXT + "list-style") if one.get(STYLE + "name") == style)
        kind = next((each for one in known for each in one if each.get(TEXT + "level") == level), None)
        begun = int(kind.get(TEXT + "start-value", "1")) - 1 if kind is not None else 0
        if element.get(TEXT + "continue-numbering") == "true" or element.get(TEXT + "continue-list"):
            begun = self._last.get(style + level, begun)
        self._open.append(_Open(style, kind, begun))

    def end(self) -> None:
        """The innermost list ends."""
        closed = self._open.pop()
        self._last[closed.style + str(len(self._open) + 1)] = closed.number

    def item(self, *, counted: bool, stated: str | None) -> None:
        """An item begins."""
        if self._open:
            here = self._open[-1]
            here.number = int(stated) if stated and stated.isdecimal() else here.number + counted
            here.marked = not counted

    def mark(self) -> str:
        """What stands before the first paragraph of the item at hand; nothing before others."""
        if not self._open or self._open[-1].marked:
            return ""
        here = self._open[-1]
        here.marked = True
        if here.kind is None or here.kind.tag != TEXT + "list-level-style-number":
            return "• "
        levels = int(here.kind.get(TEXT + "display-levels", "1"))
        text = ".".join(filter(None, (_counted(one) for one in self._open[-levels:])))
        if not text:
            return ""
        return f"{here.kind.get(STYLE + 'num-prefix', '')}{text}{here.kind.get(STYLE + 'num-suffix', '')} "


def _counted(one: _Open) -> str:
    form = one.kind.get(STYLE + "num-format", "") if one.kind is not None else ""
    if not form:
        return ""
    counted = letters(one.number) if form in "aA" else roman(one.number) if form in "iI" else str(one.number)
    return counted.upper() if form.isupper() else counted
