"""In which voice a page speaks of a parcel: what stands in steps, tabs and legends states nothing. Pure.

Layout comes first: three different states in one row or column, or two cells that say nothing else, without times, are the
furniture of the page. Then a time beside the words makes an event, a label a field, large or first words a headline.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casefile.facts import TimestampSeen
from casefile.fields.files import Box
from casefile.reading import Line, ReadPage
from casefile.statement import Voice
from evidence_packer.understand.entries import Moment
from evidence_packer.understand.parcel_mentions import Mention

_STEPS = 3
_BEGINS = 2
"""A line begins with a state that stands behind at most so many signs, such as a bullet."""
_COLUMN = 0.03
_APART = 9.0
"""Entries of one column stand at most so many line heights apart."""
_TALL = 1.25
_CLOCK = re.compile(r"\d{1,2}\s?[:：h時时点]\s?\d{2}|\d{4}[-/.年]\d{1,2}|\d{1,2}[/.]\d{1,2}")
_MENU, _MENU_WORDS = 5, 4
"""So many cells of so few words each, without a figure, are a menu."""
_LABEL_ENDS = re.compile(r"[:：]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """A mention with its moment and its voice; ``tall``: in larger type than most of what the page says."""

    mention: Mention
    moment: Moment
    voice: Voice
    tall: bool = False


def furniture(
    page: ReadPage, found: Sequence[Mention], times: Sequence[TimestampSeen]
) -> tuple[dict[int, Voice], dict[int, Moment]]:
    """Index of a mention → its silent voice, for rows of steps and tabs; or its moment, where steps print their hour."""
    silent: dict[int, Voice] = {}
    done: dict[int, Moment] = {}
    for row in _rows(found):
        states = {str(found[place].claim.says) for place in row} - {"signed"}
        cells = {id(found[place].line) for place in row}
        few = len(states) == _STEPS - 1 and all(found[place].bare for place in row)
        if len(cells) < 2 or not (len(states) >= _STEPS or few) or _has_time(page, found[row[0]].box):
            continue
        for place in row:
            time = _time_below(found[place].box, times)
            if time is None:
                silent[place] = "step" if len(states) >= _STEPS else "tab"
            else:
                done[place] = Moment(time=time, at=None if time.ambiguous else time.at)
    return silent | _runs(page, found, times) | _menus(page, found), done


def _menus(page: ReadPage, found: Sequence[Mention]) -> dict[int, Voice]:
    """Words in a row of many short cells without a figure: the menu of a page, not what it says."""
    menus: dict[int, Voice] = {}
    for place, one in enumerate(found):
        cells = row_of(page.lines, one.line.box)
        short = all(len(cell.text.split()) <= _MENU_WORDS and not any(map(str.isdigit, cell.text)) for cell in cells)
        if len(cells) >= _MENU and short:
            menus[place] = "menu"
    return menus


def _runs(page: ReadPage, found: Sequence[Mention], times: Sequence[TimestampSeen]) -> dict[int, Voice]:
    """The steps of an upright bar: three different states in lines of one type that follow each other with nothing between."""
    steps: dict[int, Voice] = {}
    run: list[int] = []
    for place, one in enumerate(found):
        if run and not _follows(found[run[-1]], one, page, times):
            steps |= _as_steps(run, found)
            run = []
        if one.bare:
            run.append(place)
    return steps | _as_steps(run, found)


def _as_steps(run: Sequence[int], found: Sequence[Mention]) -> dict[int, Voice]:
    states = {str(found[place].claim.says) for place in run} - {"signed"}
    return dict.fromkeys(run, "step") if len(states) >= _STEPS else {}


def _follows(one: Mention, other: Mention, page: ReadPage, times: Sequence[TimestampSeen]) -> bool:
    """Whether two mentions stand in lines of one edge and one type, neither other words nor a time between or beside them."""
    first, second = one.line.box, other.line.box
    alike = abs(first[0] - second[0]) < _COLUMN / 2 and 0.8 < one.height / other.height < 1.25
    if not (other.bare and alike and 0 < second[1] - first[1] < _APART / 3 * one.height):
        return False
    between = (
        line
        for line in page.lines
        if first[3] - 0.002 <= line.box[1] and line.box[3] <= second[1] + 0.002 and sum(map(str.isalnum, line.text)) > 1
    )
    return next(between, None) is None and not any(_level(time.box, box) for time in times for box in (first, second))


def _rows(found: Sequence[Mention]) -> list[list[int]]:
    rows: list[list[int]] = []
    for place, one in enumerate(found):
        # A photograph may be tilted: each cell is level with the next one.
        row = next((row for row in rows if any(_level(found[other].box, one.box) for other in row)), None)
        if row is None:
            rows.append([place])
        else:
            row.append(place)
    return rows


def _level(one: Box, other: Box) -> bool:
    """Whether two boxes stand at one height of the page."""
    return one[1] < (other[1] + other[3]) / 2 < one[3] and other[1] < (one[1] + one[3]) / 2 < other[3]


def _has_time(page: ReadPage, box: Box) -> bool:
    return any(_level(line.box, box) and _CLOCK.search(line.text) for line in page.lines)


def _time_below(box: Box, times: Sequence[TimestampSeen]) -> TimestampSeen | None:
    """The moment close below or above a step; a day without its hour may be a promise."""
    height, middle = box[3] - box[1], (box[0] + box[2]) / 2
    for time in times:
        near = min(abs(time.box[1] - box[3]), abs(box[1] - time.box[3])) < 2.5 * height
        if near and time.has_time and time.box[0] - 0.03 < middle < time.box[2] + 0.03:
            return time
    return None


def voices(
    page: ReadPage, found: Sequence[Mention], moments: Sequence[Moment], silent: dict[int, Voice]
) -> list[Voiced]:
    """Each mention with its voice."""
    silent = {**silent, **_columns(found, moments, silent)}
    usual = sorted(line.box[3] - line.box[1] for line in page.lines)[len(page.lines) // 2] if page.lines else 0.0
    told: list[Voiced] = []
    for place, (one, moment) in enumerate(zip(found, moments, strict=True)):
        tall = one.height >= _TALL * usual
        voice: Voice = one.claim.silent or silent.get(place) or _asserting(page, one, moment, told)
        told.append(Voiced(mention=one, moment=moment, voice=voice, tall=tall))
    return _without_late_steps(told)


def _asserting(page: ReadPage, one: Mention, moment: Moment, told: Sequence[Voiced]) -> Voice:
    timed = moment.time is not None or moment.at is not None
    if one.claim.label:
        return "field" if timed or one.claim.value else "template"
    if timed:
        return "event"
    if _labelled(page, one):
        return "field"
    first = not any(before.voice in {"headline", "event"} for before in told)
    return "headline" if first else "document"


def _labelled(page: ReadPage, one: Mention) -> bool:
    """Whether a label stands before the words, in their line or left of it."""
    if _LABEL_ENDS.search(one.line.text[: one.claim.start]):
        return True
    left = [line for line in page.lines if _level(line.box, one.line.box) and line.box[2] <= one.line.box[0] + 0.002]
    return bool(left) and len(left[-1].text) < 30


def _columns(found: Sequence[Mention], moments: Sequence[Moment], silent: dict[int, Voice]) -> dict[int, Voice]:
    """The steps of bars that stand upright, and legends: three different states below each other, those without times."""
    steps: dict[int, Voice] = {}
    for column in _upright(found, silent):
        states = {str(found[place].claim.says) for place in column} - {"signed"}
        undated = [place for place in column if moments[place].time is None and moments[place].at is None]
        if len(states) < _STEPS or not undated:
            continue
        if len(undated) == len(column):
            steps |= dict.fromkeys(undated, "step")
        else:
            heading = {column[0]} if _is_heading(found, column) else set()
            steps |= dict.fromkeys(set(undated) - heading, "step")
    return steps


def _is_heading(found: Sequence[Mention], column: Sequence[int]) -> bool:
    """Whether the first of a column is set larger, or stands further away than the others from each other."""
    first, *rest = (found[place] for place in column)
    usual = sorted(one.height for one in rest)[len(rest) // 2]
    return first.height >= 1.15 * usual or not first.bare or rest[0].box[1] - first.box[3] > 4 * first.height


def _upright(found: Sequence[Mention], silent: dict[int, Voice]) -> list[list[int]]:
    """Mentions that say little else, or begin their lines, below each other at one edge."""
    columns: list[list[int]] = []
    for place, one in enumerate(found):
        if place in silent or not (one.bare or one.claim.start <= _BEGINS):
            continue
        near = (
            column
            for column in columns
            if abs(found[column[-1]].line.box[0] - one.line.box[0]) < _COLUMN
            and 0 < one.box[1] - found[column[-1]].box[1] < _APART * one.height
        )
        column = next(near, None)
        if column is None:
            columns.append([place])
        else:
            column.append(place)
    return columns


def _without_late_steps(told: list[Voiced]) -> list[Voiced]:
    """A bare word without time below the headline that says another state is a step, or the caption of a picture."""
    head = next((one for one in told if one.voice == "headline"), None)
    found = []
    for one in told:
        other = head is not None and one.mention.claim.says != head.mention.claim.says
        late = one.voice == "document" and one.mention.bare and (other or head is None)
        found.append(replace(one, voice="step") if late else one)
    return found


def row_of(lines: Sequence[Line], box: Box) -> list[Line]:
    """The lines of the row in which something stands, from left to right."""
    return sorted((line for line in lines if _level(line.box, box)), key=lambda line: line.box[0])
