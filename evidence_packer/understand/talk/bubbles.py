"""Messages in bubbles without names: the owner of the screen on the right, the other on the left, the system in between. Pure.

Only the places of lines are known, not the colours. Lines of a bubble share their left edge; bubbles of one side share the edge of
the page at that side. A list of conversations beside them, or a panel of data, is no side.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casefile import text_folding
from casefile.facts import TimestampSeen
from casefile.fields.files import Box
from casefile.reading import Line, ReadPage
from evidence_packer.understand.talk.furniture import Furniture
from evidence_packer.understand.talk.parts import MessagePart, Side, Who, around, in_row, message_times, tall, wide
from evidence_packer.understand.talk.sent_times import clock_in, clock_of, last_clock
from evidence_packer.understand.talk.speakers import Speakers, could_be_name

_HEAD, _FOOT = 0.07, 0.93
"""Above and below stand the bars of a window."""
_INNER = 0.75
"""Lines of one bubble stand at most so many line heights apart."""
_EDGE, _FAR = 1.6, 3.0
"""Edges nearer than so many signs are one; a bubble keeps so many from the other side's edge."""
_LEVEL = 0.25
"""So many of the lines of a list stand level with lines of the talk beside it."""
_CENTRED, _INDENT = 0.03, 0.3
"""A wide line in the middle of the page that begins so many signs inside the edge of the bubbles is the system's."""
_TITLE = 0.12
"""Above this the bar of a conversation names the other one."""
_SYSTEM = 12
"""Shorter texts between the bubbles are days."""
_A_DAY = re.compile(r"(?=.{6,26}$)(?=.*\b20\d\d\b)[^.!?。！？]*(?:\.[^.!?。！？]{1,8}){0,2}", re.DOTALL)
"""A day between the bubbles, badly read or not."""
_FULL_NAME = re.compile(r"[^\W\d_a-zß-ÿ][\w'’.-]+(?: [^\W\d_a-zß-ÿ][\w'’.-]*){1,2}")
"""Two or three words, each with a capital."""


@dataclass(slots=True)
class _Block:
    """Lines of one bubble."""

    lines: list[Line]

    @property
    def box(self) -> Box:
        return around(line.box for line in self.lines)


class _Chat:
    """One page of bubbles."""

    def __init__(
        self, page: ReadPage, times: Sequence[TimestampSeen], speakers: Speakers, furniture: Furniture
    ) -> None:
        self._page, self._speakers, self._furniture = page, speakers, furniture
        self._times = message_times(page, times)
        inside = [line for line in page.lines if line.box[1] > _HEAD and _stands_inside(line, page)]
        lines = [line for line in _without_panes(inside, page) if not furniture.is_part(line)]
        self._lines = sorted(lines, key=lambda line: (line.box[1], line.box[0]))
        self._em = sorted(wide(line, page) for line in self._lines)[len(self._lines) // 2] if self._lines else 0.01

    def parts(self, *, surely: bool) -> Iterator[MessagePart]:
        """The messages from the top; none where nothing shows two sides, unless the page is ``surely`` a chat."""
        blocks = [block for place, block in enumerate(self._blocks()) if not self._is_title(block, place)]
        self._clocked = _all_end_with_clock(blocks)
        self._topped = any(len(one.lines) > 1 and self._speakers.is_exactly(one.lines[0].text) for one in blocks)
        self._left = min((block.box[0] for block in blocks), default=0.0)
        self._right = max((block.box[2] for block in blocks), default=1.0)
        sides = [self._side(block) for block in blocks]
        both = {"left", "right"} <= set(sides)
        if not both and surely:
            sides = self._one_sided(blocks)
        elif not both or sum(side in {"left", "right"} for side in sides) < 2:
            return
        day: str | None = None
        at: str | None = None
        for block, side in zip(blocks, sides, strict=True):
            moment = self._moment(block, day)
            if moment:
                at, day = moment, moment[:10] if "-" in moment else day
                continue
            part, own = self._part(block, side, day)
            if part.lines and not (side == "middle" and (len(part.text) < _SYSTEM or _A_DAY.fullmatch(part.text))):
                yield part if own or not at else _at(part, at)
                at = at[:10] if at and "-" in at else None

    def _blocks(self) -> list[_Block]:
        blocks: list[_Block] = []
        for line in self._lines:
            home = next((block for block in reversed(blocks[-4:]) if self._joins(block, line)), None)
            if home:
                home.lines.append(line)
            else:
                blocks.append(_Block([line]))
        return blocks

    def _is_title(self, block: _Block, place: int) -> bool:
        """Whether a block names the one with whom the owner talks."""
        text = block.lines[0].text.strip()
        if any(map(_has_words, block.lines[1:])) or not could_be_name(text):
            return False
        again = sum(one.text.strip() == text for one in self._page.lines) > 1  # and in the list of conversations
        return self._speakers.is_exactly(text) or (place == 0 and (block.box[1] < _TITLE or again))

    def _joins(self, block: _Block, line: Line) -> bool:
        last, box = block.lines[-1], block.box
        gap = line.box[1] - box[3]
        one_edge = abs(line.box[0] - box[0]) < _EDGE * wide(line, self._page)
        stamp = (
            clock_of(line.text) is not None
            and line.box[0] >= box[0]
            and line.box[2] <= box[2] + 4 * wide(line, self._page)
        )
        alike = 0.55 < tall(line) / tall(last) < 1.8
        return gap < _INNER * min(tall(line), tall(last)) and ((one_edge and alike) or (stamp and gap < tall(last)))

    def _side(self, block: _Block) -> Side | None:
        """The side to whose edge a block keeps, away from the other; the middle where it keeps to neither."""
        left, right = block.box[0] - self._left, self._right - block.box[2]
        near = _EDGE * self._em
        centred = abs((block.box[0] + block.box[2]) / 2 - 0.5) < _CENTRED
        if left <= near and right <= near and left > _INDENT * self._em and centred:
            return "middle"
        if left <= near and right > near:
            return "left"
        if right <= near and left > near:
            return "right"
        if left <= near:
            return None
        if abs(left - right) < _FAR * self._em:
            return "middle"
        return "left" if left < right / 2 else "right" if right < left / 2 else "middle"

    def _one_sided(self, blocks: Sequence[_Block]) -> list[Side | None]:
        """Sides of a page on which only one has written, by the margins of the page itself."""
        left = [block for block in blocks if block.box[0] < 0.22 and block.box[2] < 0.86]
        right = [block for block in blocks if block.box[0] > 0.2 and block.box[2] > 0.82]
        return ["left" if block in left else "right" if block in right else None for block in blocks]

    def _unmarked(self, text: str) -> str:
        """A time of day without the word behind it that says the message was read."""
        clock = clock_in(text)
        return clock if clock and self._furniture.is_mark(text.strip()[len(clock) :]) else text

    def _is_name(self, text: str) -> bool:
        """Whether the first line of a bubble names its writer: as known, or as other bubbles begin with a known one."""
        if not could_be_name(text) or self._speakers.is_exactly(text):
            return could_be_name(text)
        if text[-1].isalpha() and " " not in text and self._speakers.of_case(text):
            return True  # the first name alone
        return self._topped and _FULL_NAME.fullmatch(text) is not None

    def _moment(self, block: _Block, day: str | None) -> str | None:
        """The moment that a block between the bubbles names, if it names nothing else."""
        if len(block.lines) > 1:
            return None
        line = block.lines[0]
        time = next((t for t in self._times if t.box[1] == line.box[1] and t.box[0] >= line.box[0] - 0.002), None)
        if time and len(time.text) > 0.6 * len(line.text) and time.at:
            clock = None if time.has_time else clock_of(line.text[len(time.text) :])
            return f"{time.at}T{clock}:00" if clock else time.at
        if clock := clock_of(line.text):
            return f"{day}T{clock}:00" if day else clock
        return None

    def _printed(self, line: Line) -> TimestampSeen | None:
        """The day and time that a line is, if it is nothing else."""
        said = text_folding.squeezed(line.text)
        row = (
            time
            for time in self._times
            if time.has_time and in_row(line.box, time.box) and text_folding.squeezed(time.text) in said
        )
        return next((time for time in row if len(time.text) > 0.6 * len(line.text)), None)

    def _part(self, block: _Block, side: Side | None, day: str | None) -> tuple[MessagePart, bool]:
        """The message of a block, without the name above it and the time of day in its last line; whether it has a time."""
        lines, name, at = list(block.lines), None, None
        head = block.box
        if len(lines) > 1 and self._is_name(lines[0].text.strip()):
            name = lines.pop(0).text
        if len(lines) > 1 and (time := self._printed(lines[-1]) or self._printed(lines[0])):
            at = time.at
            lines.remove(lines[-1] if self._printed(lines[-1]) else lines[0])
        elif lines and (clock := clock_of(self._unmarked(lines[-1].text))):
            at = f"{day}T{clock}:00" if day else None
            lines.pop()
        elif lines and (match := last_clock(lines[-1].text, ticked=not self._clocked)):
            at = f"{day}T{match[1]}:00" if day and match[1] else None
            last = lines.pop()
            lines.append(Line(text=last.text[: match[0]].rstrip(), box=last.box, score=last.score))
        if lines:
            lines[-1] = replace(lines[-1], text=self._furniture.without_mark(lines[-1].text))
        who: Who | None = "platform" if side == "middle" else None
        part = MessagePart(page=self._page.number, lines=tuple(lines), name=name, at=at, side=side, head=head, who=who)
        return part, at is not None


def _stands_inside(line: Line, page: ReadPage) -> bool:
    """Whether a line stands above the bar at the foot, or is the end of what stands there."""
    if line.box[3] < _FOOT:
        return True
    above = (one for one in page.lines if one.box[3] < _FOOT and abs(one.box[0] - line.box[0]) < wide(line, page))
    return any(-0.3 * tall(line) < line.box[1] - one.box[3] < _INNER * tall(line) for one in above)


def _has_words(line: Line) -> bool:
    return re.search(r"[^\W\d_]{2}", line.text) is not None


def _all_end_with_clock(blocks: Sequence[_Block]) -> bool:
    """Whether several bubbles of words end with a time of day, and none without: then it is the time of sending."""
    said = [block.lines[-1].text for block in blocks if len(block.lines) > 1 or last_clock(block.lines[-1].text)]
    ends = [clock_of(text) is not None or last_clock(text, ticked=False) is not None for text in said]
    return len(ends) > 1 and all(ends)


def _at(part: MessagePart, at: str) -> MessagePart:
    fields = {name: getattr(part, name) for name in ("page", "lines", "name", "side", "head", "who")}
    return MessagePart(**fields, at=at if "-" in at else None)


def _without_panes(lines: Sequence[Line], page: ReadPage) -> list[Line]:
    """The lines of the conversation itself on a wide screen: a list beside it is cut off where a gutter parts it."""
    if page.width < 1.1 * page.height or len(lines) < 6:
        return list(lines)
    kept = list(lines)
    for edge in reversed(_gutters(kept)):
        beside, rest = [one for one in kept if one.box[2] <= edge], [one for one in kept if one.box[0] >= edge]
        if edge < 0.42 and _listed(beside) and _two_edges(rest) and _side_by_side(beside, rest):
            kept = rest
            break
    for edge in _gutters(kept):
        beside, rest = [one for one in kept if one.box[0] >= edge], [one for one in kept if one.box[2] <= edge]
        if edge > 0.55 and _listed(beside) and _two_edges(rest) and _side_by_side(beside, rest):
            kept = rest
            break
    return kept


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Where no line crosses from top to bottom."""
    reached, found = 0.0, list[float]()
    for line in sorted(lines, key=lambda one: one.box[0]):
        if line.box[0] > reached + 0.006 and reached:
            found.append((line.box[0] + reached) / 2)
        reached = max(reached, line.box[2])
    return found


def _listed(lines: Sequence[Line]) -> bool:
    """Whether most lines share their left edge."""
    edges = [line.box[0] for line in lines]
    return len(edges) > 2 and max(sum(abs(edge - one) < 0.012 for edge in edges) for one in edges) >= 0.55 * len(edges)


def _side_by_side(beside: Sequence[Line], rest: Sequence[Line]) -> bool:
    """Whether what stands beside runs on its own; the other side of a talk stands above and below what it answers."""
    level = sum(any(in_row(line.box, other.box) for other in rest) for line in beside)
    return level >= _LEVEL * len(beside)


def _two_edges(lines: Sequence[Line]) -> bool:
    """Whether some lines share the left edge of all, and others the right one."""
    if len(lines) < 2:
        return False
    left, right = min(line.box[0] for line in lines), max(line.box[2] for line in lines)
    width = right - left
    return (
        width > 0.25
        and any(line.box[0] - left < 0.02 and right - line.box[2] > 0.1 * width for line in lines)
        and any(right - line.box[2] < 0.02 and line.box[0] - left > 0.1 * width for line in lines)
    )


def bubbles(
    page: ReadPage, times: Sequence[TimestampSeen], speakers: Speakers, furniture: Furniture, *, surely: bool
) -> Iterator[MessagePart]:
    """The messages of a page of bubbles, from the top; none where the page has no two sides, unless it is ``surely`` a chat."""
    yield from _Chat(page, times, speakers, furniture).parts(surely=surely)
