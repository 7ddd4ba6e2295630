"""The lines of a platform's page as a mail would have them: each label with its value, whichever side of it that stands on. Pure.

A mail's label is followed by its value. On a page of two columns the line that was read next may be the neighbour's.
"""

from collections.abc import Sequence

from casefile import text_folding
from casefile.facts import PlacedText
from casefile.house import House

_NAMES = ("order_id", "claim_id", "deadline", "opened", "amount", "said")
_EDGE = 0.008
"""A value below its label begins at its edge, as a share of the page's width."""
_UNDER, _GOES_ON = 0.9, 0.6
"""A value stands at most so many line heights under its label; the next line of the same words closer."""
_MOST = 6


def in_order(texts: Sequence[PlacedText], house: House) -> str:
    """The lines of a page as text; a bare label and its value are one line."""
    labels = frozenset(
        text_folding.word(label)
        for words in house.mail_words.values()
        for name in _NAMES
        for label in getattr(words, name)
    )
    bare = [line for line in texts if text_folding.word(line.text).strip(" :：#") in labels]
    if not bare:
        return "\n".join(line.text for line in texts)
    known = {id(line) for line in bare}
    values = {id(label): _in_row(label, bare, texts, known) or _value(label, texts, known) for label in bare}
    taken = {id(line) for value in values.values() for line in value}
    return "\n".join(
        " ".join((f"{line.text.rstrip(' :：')}:", *(one.text for one in values[id(line)])))
        if values.get(id(line))
        else line.text
        for line in texts
        if id(line) not in taken
    )


def _in_row(
    label: PlacedText, bare: Sequence[PlacedText], texts: Sequence[PlacedText], known: set[int]
) -> list[PlacedText]:
    """The value beside a label of a column whose others have their values beside them too."""
    value = _beside(label, texts)
    column = (one for one in bare if one is not label and abs(one.box[0] - label.box[0]) < _EDGE)
    rows = value is not None and id(value) not in known and any(_has_beside(one, texts, known) for one in column)
    return [value] if rows and value is not None else []


def _has_beside(label: PlacedText, texts: Sequence[PlacedText], known: set[int]) -> bool:
    """Whether the value of a label stands beside it: below is nothing, a label, or a line with its own value at the same edge."""
    beside, under = _beside(label, texts), _next(label, texts, _UNDER)
    if beside is None or id(beside) in known or under is None or id(under) in known:
        return beside is not None and id(beside) not in known
    level = _beside(under, texts)
    return level is not None and abs(beside.box[0] - level.box[0]) < _EDGE


def _value(label: PlacedText, texts: Sequence[PlacedText], known: set[int]) -> list[PlacedText]:
    """The lines of a value: those under the label where nothing stands level with both, else what stands beside it."""
    beside = _beside(label, texts)
    under = _next(label, texts, _UNDER)
    if under is not None and id(under) not in known:
        level = _beside(under, texts)
        two_columns = beside is not None and _figures(under) and not _figures(beside)
        if two_columns or beside is None or level is None or abs(beside.box[0] - level.box[0]) > _EDGE:
            return _with_following(under, texts, known)
    return [beside] if beside is not None and id(beside) not in known else []


def _figures(line: PlacedText) -> bool:
    return any(map(str.isdigit, line.text))


def _with_following(first: PlacedText, texts: Sequence[PlacedText], known: set[int]) -> list[PlacedText]:
    found = [first]
    while len(found) < _MOST and (after := _next(found[-1], texts, _GOES_ON)) and id(after) not in known:
        found.append(after)
    return found if any(map(str.isalpha, first.text)) and len(found) > 1 and " " in first.text else [first]


def _beside(line: PlacedText, texts: Sequence[PlacedText]) -> PlacedText | None:
    middle, tall = (line.box[1] + line.box[3]) / 2, line.box[3] - line.box[1]
    row = (
        one
        for one in texts
        if one.page == line.page
        and one.box[0] >= line.box[2] - 0.002
        and abs((one.box[1] + one.box[3]) / 2 - middle) < tall / 3
    )
    return min(row, key=lambda one: one.box[0], default=None)


def _next(line: PlacedText, texts: Sequence[PlacedText], heights: float) -> PlacedText | None:
    tall, middle = line.box[3] - line.box[1], (line.box[1] + line.box[3]) / 2
    column = (
        one
        for one in texts
        if one.page == line.page
        and one.box[1] > middle
        and one.box[1] - line.box[3] < heights * tall
        and abs(one.box[0] - line.box[0]) < _EDGE
    )
    return min(column, key=lambda one: one.box[1], default=None)
