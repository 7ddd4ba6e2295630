"""The lines of a page that speak of a parcel, each read together with the lines that it was broken from. Pure."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casefile.case import Case
from casefile.facts import TimestampSeen
from casefile.fields.files import Box
from casefile.house import House
from casefile.reading import Line, ReadPage
from casefile.text_folding import DENSE
from evidence_packer.understand.layout import level
from evidence_packer.understand.parcel_lexing import Vocabulary
from evidence_packer.understand.parcel_lines import ParcelClaim, claims, only_undoes

_ENDS = re.compile(r"[.!?。！？;；:：…]\s*[)）\"”」]*\s*$")
_GOES_ON = re.compile(r"[,，、(（-]\s*$")
_FULL = 0.8
"""A line that reaches so far towards the right edge of the page's text may go on in the next one."""
_GAP = 0.9
"""Lines of one paragraph stand at most so many line heights apart."""
_LONGEST = 400
_EDGE = 2.5
"""Type that stands so few pixels from the edge of a picture was cut with it."""
_SAME_TYPE, _ALIGNED, _BARE = 0.25, 0.02, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A state of a parcel in a line of a page. ``bare``: the line says little else. ``dated``: a time stands in its row."""

    line: Line
    claim: ParcelClaim
    box: Box
    bare: bool
    dated: bool

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.line.text[self.claim.start : self.claim.end]

    @property
    def height(self) -> float:
        """How tall the line is."""
        return self.line.box[3] - self.line.box[1]


@functools.lru_cache(maxsize=64)
def _vocabulary(words: tuple[str, ...]) -> Vocabulary:
    return Vocabulary({"plain": words, "near": ()})


def names_of(case: Case) -> Vocabulary:
    """Words of the case that say nothing about a state: the buyer's name, street and town."""
    buyer = case.buyer
    address = buyer.ship_to if buyer else None
    given = (buyer.name if buyer else None, *(address.lines if address else ()))
    given += (address.city, address.region, address.country) if address else ()
    words = (word for text in given if text for word in (text, *re.split(r"[\s,;/]+", text)) if len(word) > 1)
    return _vocabulary(tuple(sorted(set(words))))


def mentions(page: ReadPage, times: Sequence[TimestampSeen], case: Case, house: House) -> tuple[Mention, ...]:
    """Everything that a page's lines say of parcels, in reading order, silent claims included."""
    names = names_of(case)
    rows = [time.box for time in times if time.page == page.number]
    paragraphs = _Paragraphs(page.lines, rows)
    found = []
    for place, line in enumerate(page.lines):
        dated = any(level(line.box, box) for box in rows)
        said = claims(line.text, house, names, dated=dated)
        before, after = paragraphs.around(place) if said else ("", "")
        whole = claims(f"{before}{line.text}{after}", house, names, dated=dated) if before or after else ()
        letters = sum(map(str.isalnum, line.text)) or 1
        for claim in said:
            told = next((one for one in whole if claim.start <= one.start - len(before) < claim.end), None)
            if told is not None:
                claim = replace(told, start=claim.start, end=claim.end)  # noqa: PLW2901  # the same claim, read in its sentence
            elif whole and not claim.silent:
                claim = replace(claim, silent="help")  # noqa: PLW2901
            denied = claim.says == "delivered" and any(only_undoes(one.text, house) for one in paragraphs.above(place))
            if not claim.silent and (denied or _cut_off(page, line, claim)):
                claim = replace(claim, silent="help")  # noqa: PLW2901  # "Not" stands above, or may beyond the edge
            bare = sum(map(str.isalnum, line.text[claim.start : claim.end])) >= _BARE * letters
            box = line.part(claim.start, claim.end)
            found.append(Mention(line=line, claim=claim, box=box, bare=bare, dated=dated))
    return tuple(sorted(found, key=lambda one: (one.box[1], one.box[0])))


def _cut_off(page: ReadPage, line: Line, claim: ParcelClaim) -> bool:
    """Whether a claim begins or ends where the picture's edge cuts its line: what stood there may say the opposite."""
    if page.text_source != "ocr":
        return False
    begins, ends = line.text[: claim.start].strip(" .·•-"), line.text[claim.end :].strip(" .·•-")
    left, right = line.box[0] * page.width, (1 - line.box[2]) * page.width
    return (left < _EDGE and not begins) or (right < _EDGE and not ends)


class _Paragraphs:
    """Finds the lines between which a sentence was broken."""

    def __init__(self, lines: Sequence[Line], times: Sequence[Box]) -> None:
        self._lines, self._times = lines, times
        self._edge = max((line.box[2] for line in lines), default=1.0)
        self._columns: dict[int, list[Line]] = {}
        for line in lines:
            self._columns.setdefault(round(line.box[0] / _ALIGNED), []).append(line)

    def around(self, place: int) -> tuple[str, str]:
        """What a sentence says before and behind a line, ends of lines as spaces."""
        line = self._lines[place]
        above = next((one for one in self._near(line, -1) if self._goes_on(one, line)), None)
        below = next((one for one in self._near(line, 1) if self._goes_on(line, one)), None)
        before = f"{above.text} " if above else ""
        after = f" {below.text}" if below else ""
        return ("", "") if len(before) + len(line.text) + len(after) > _LONGEST else (before, after)

    def above(self, place: int) -> Iterator[Line]:
        """The lines of one type close above a line."""
        return self._near(self._lines[place], -1)

    def _near(self, line: Line, step: int) -> Iterator[Line]:
        """Lines that begin like this one, close above (-1) or below (1) it, in the same type."""
        height = line.box[3] - line.box[1]
        column = round(line.box[0] / _ALIGNED)
        for other in (one for near in (column - 1, column, column + 1) for one in self._columns.get(near, ())):
            gap = other.box[1] - line.box[3] if step > 0 else line.box[1] - other.box[3]
            if not -0.3 * height < gap < _GAP * height:
                continue
            same = abs((other.box[3] - other.box[1]) / max(height, 1e-6) - 1) < _SAME_TYPE
            if same and abs(other.box[0] - line.box[0]) < _ALIGNED:
                yield other

    def _goes_on(self, first: Line, second: Line) -> bool:
        """Whether the words of one line go on in the next."""
        begin = second.text.lstrip()[:1]
        if not begin or _ENDS.search(first.text) or any(level(second.box, time) for time in self._times):
            return False
        if _GOES_ON.search(first.text) or begin.islower():
            return True
        both = begin > chr(DENSE) and first.text.rstrip()[-1:] > chr(DENSE)
        alone = not any(other is not second and level(second.box, other.box) for other in self._lines)
        return both and alone and first.box[2] >= _FULL * self._edge
