"""Labels and values of refunds on a page: beside each other, below each other, or parted by a colon. Pure."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casefile.house import House
from casefile.reading import ReadPage
from evidence_packer.understand.layout import below, beside
from evidence_packer.understand.talk.parts import tall
from evidence_packer.understand.talk.phrases import Phrases, folded_words, languages_of, phrases
from evidence_packer.understand.talk.units import Unit, units

_STACKED, _EDGE = 2.0, 0.02
"""A value below its label stands so many line heights from it, at the same left edge."""
TITLE = 5
"""Words of a title."""
_FIGURE = re.compile(r"\d")


def status_rows(page: ReadPage, house: House) -> list[Unit]:
    """Each label of a status of a refund with the value beside or below it, whatever stands above."""
    found = []
    for line in page.lines:
        words = words_of(line.text, house)
        text = folded_words(line.text.rstrip(" :："))
        if not words.full("status", text):
            continue
        value = beside(line, page.lines) or below(line, page.lines)
        if value is not None and not _FIGURE.search(value.text):
            found.append(Unit(cells=(line.text.rstrip(" :："), value.text), lines=(line, value)))
    return found


def cells_of(unit: Unit) -> tuple[str, str | None]:
    """Label and value of two cells, or of a line with a colon."""
    if len(unit.cells) == 2:
        return unit.cells[0].rstrip(" :："), unit.cells[1]
    label, colon, value = unit.text.partition(":") if ":" in unit.text else unit.text.partition("：")
    return label.strip(), value.strip() if colon and value.strip() else None


def stacked(found: Sequence[Unit], house: House) -> Iterator[Unit]:
    """The units, a label and the value in the line below it made one row."""
    passed = False
    for unit, after in itertools.zip_longest(found, found[1:]):
        if passed:
            passed = False
            continue
        words = words_of(unit.text, house)
        label = folded_words(unit.text.rstrip(" :："))
        lone = len(unit.cells) == 1 and (words.full("status", label) or words.full("done_label", label))
        named = len(label.split()) < TITLE and not _FIGURE.search(label) and words.has("refund", label)
        below = after is not None and len(after.cells) == 1 and _is_below(unit, after)
        passed = below and (
            lone or (named and _FIGURE.search(after.text) is not None and len(after.text.split()) < 2 * TITLE)
        )
        if passed:
            yield Unit(cells=(unit.cells[0], after.cells[0]), lines=(*unit.lines, *after.lines))
        else:
            yield unit


def by_label(unit: Unit, words: Phrases) -> bool:
    """Whether only the label says it: the value is a sum or a moment."""
    value = cells_of(unit)[1]
    return value is not None and not any(
        words.has(meaning, folded_words(value))
        for meaning in ("done", "made", "pending", "failed", "reversed", "promised")
    )


def _is_below(unit: Unit, after: Unit) -> bool:
    gap = after.box[1] - unit.box[3]
    return gap < _STACKED * tall(unit.lines[0]) and abs(after.box[0] - unit.box[0]) < _EDGE


def words_of(text: str, house: House) -> Phrases:
    """The phrases about refunds of the languages in which a text may be: those with a word for it, where there are such."""
    languages, folded = languages_of(text, house, "refunds"), folded_words(text)
    naming = tuple(name for name in languages if phrases(house, "refunds", (name,)).has("refund", folded))
    return phrases(house, "refunds", naming or languages)


def pieces(page: ReadPage, house: House) -> tuple[bool, list[Unit], list[Phrases]]:
    """The rows and sentences of a page with their words, rows of a status first; whether there are such rows."""
    statuses = status_rows(page, house)
    taken = {id(line) for unit in statuses for line in unit.lines}
    rest = replace(page, lines=tuple(line for line in page.lines if id(line) not in taken))
    found = [*statuses, *stacked(units(rest), house)]
    return bool(statuses), found, [words_of(unit.text, house) for unit in found]
