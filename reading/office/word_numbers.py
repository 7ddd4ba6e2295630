"""The numbers before the paragraphs of a Word document, counted as Word counts them (ECMA-376, 17.9)."""

import re
from dataclasses import dataclass, field

from lxml import etree

from reading.office.numbering import chinese, letters, roman
from reading.office.word_looks import W, WordStyles, is_on, value

_CHINESE = frozenset(
    ["chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting"]
)
_LEVELS = 9


@dataclass
class WordNumbers:
    """Asked paragraph by paragraph, in their order."""

    styles: WordStyles
    numbering: etree._Element | None
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    """Abstract list → where each level stands."""
    _begun: set[tuple[str, int]] = field(default_factory=set)
    """Lists and levels that began anew already."""

    def before(self, paragraph: etree._Element) -> str:
        """What stands before a paragraph."""
        number, level = self._list_of(paragraph)
        if self.numbering is None or not number or number == "0":
            return ""
        holder = next((one for one in self.numbering.iterfind(W + "num") if one.get(W + "numId") == number), None)
        abstract = value(holder.find(W + "abstractNumId")) if holder is not None else None
        levels = self._levels(abstract or "")
        if holder is None or abstract is None or level not in levels:
            return ""
        overrides = {
            int(one.get(W + "ilvl", "0")): one
            for one in holder.iterfind(W + "lvlOverride")
            if one.find(W + "lvl") is not None
        }
        levels |= {at: one.find(W + "lvl") for at, one in overrides.items()}
        counts = self._count(abstract, level, levels, self._anew(holder, number, level))
        return _marked(levels, level, counts)

    def _list_of(self, paragraph: etree._Element) -> tuple[str | None, int]:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        styles = (style.find(f"{W}pPr/{W}numPr") for style in self.styles.line(self.styles.paragraph_style(paragraph)))
        told = [one for one in (own, *styles) if one is not None]
        number = next((found for one in told if (found := value(one.find(W + "numId"))) is not None), None)
        level = next((found for one in told if (found := value(one.find(W + "ilvl"))) is not None), "0")
        return number, int(level) if level.isdecimal() else 0

    def _levels(self, abstract: str) -> dict[int, etree._Element]:
        found = (
            (one for one in self.numbering.iterfind(W + "abstractNum") if one.get(W + "abstractNumId") == abstract)
            if self.numbering is not None
            else ()
        )
        return {int(level.get(W + "ilvl", "0")): level for one in found for level in one.iterfind(W + "lvl")}

    def _anew(self, holder: etree._Element, number: str, level: int) -> int | None:
        """Where a list begins anew by its own word, the first time that it is used."""
        told = (one for one in holder.iterfind(W + "lvlOverride") if one.get(W + "ilvl") == str(level))
        start = next((value(one.find(W + "startOverride")) for one in told), None)
        if not start or (number, level) in self._begun:
            return None
        self._begun.add((number, level))
        return int(start)

    def _count(
        self, abstract: str, level: int, levels: dict[int, etree._Element], anew: int | None
    ) -> list[int | None]:
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        for above in range(level):
            if counts[above] is None:
                counts[above] = _start(levels.get(above))
        before = counts[level]
        counts[level] = anew if anew is not None else _start(levels[level]) if before is None else before + 1
        for below in range(level + 1, _LEVELS):
            restart = value(levels[below].find(W + "lvlRestart")) if below in levels else None
            if restart != "0":
                counts[below] = None
        return counts


def _start(level: etree._Element | None) -> int:
    text = value(level.find(W + "start")) if level is not None else None
    return int(text) if text and text.isdecimal() else 1 if level is None or text is None else 0


def _marked(levels: dict[int, etree._Element], level: int, counts: list[int | None]) -> str:
    told = levels[level]
    form = value(told.find(W + "numFmt"))
    if form == "bullet":
        return "• "
    plain = is_on(told.find(W + "isLgl"))

    def counted(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        number = counts[at]
        way = "decimal" if plain else value(levels[at].find(W + "numFmt")) if at in levels else "decimal"
        return "" if number is None else _written(number, way or "decimal")

    text = re.sub(r"%([1-9])", counted, value(told.find(W + "lvlText")) or "")
    return f"{text} " if text.strip() else ""


def _written(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        return letters(number) if form == "lowerLetter" else letters(number).upper()
    if form in {"lowerRoman", "upperRoman"}:
        return roman(number) if form == "lowerRoman" else roman(number).upper()
    if form in _CHINESE:
        return chinese(number)
    return "" if form == "none" else f"{number:02d}" if form == "decimalZero" else str(number)
