"""One message as its page shows it, before anybody has decided who wrote it: lines, name, side, time. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

from casefile.facts import TimestampSeen
from casefile.fields.files import Box
from casefile.reading import Line, ReadPage

Who = Literal["buyer", "seller", "platform", "unknown"]
Side = Literal["left", "right", "middle"]
_DENSE = 0x2E7F


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePart:
    """Lines that belong together, with what stands beside them.

    ``name`` is as the page prints it; ``quoted`` parts stand inside another message; ``head`` is the place of name and time.
    """

    page: int
    lines: tuple[Line, ...]
    name: str | None = None
    at: str | None = None
    side: Side | None = None
    head: Box | None = None
    quoted: bool = False
    mail: str | None = None
    """Sender and receiver as the header of a mail gives them; ``None`` for what is no mail."""
    who: Who | None = None
    """Where the form of the page itself says so: a relay, a system line."""

    @property
    def text(self) -> str:
        """The words, lines joined."""
        return joined(line.text for line in self.lines)

    @property
    def box(self) -> Box:
        """The whole message with its heading."""
        return around((*(line.box for line in self.lines), *((self.head,) if self.head else ())))

    def named(self, name: str | None) -> Self:
        """The same with this name."""
        return replace(self, name=name)


def joined(texts: Iterable[str]) -> str:
    """Lines as running text: parted by a space, or by nothing between signs of scripts without spaces."""
    whole = ""
    for text in texts:
        glued = whole and text and ord(whole[-1]) > _DENSE and ord(text[0]) > _DENSE
        whole += ("" if glued or not whole else " ") + text
    return whole


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of them."""
    every = list(boxes)
    return (min(b[0] for b in every), min(b[1] for b in every), max(b[2] for b in every), max(b[3] for b in every))


def tall(line: Line) -> float:
    """How tall a line is."""
    return max(line.box[3] - line.box[1], 1e-6)


def wide(line: Line, page: ReadPage) -> float:
    """How wide a sign as tall as the line is, as a share of the page's width."""
    return tall(line) * page.height / max(page.width, 1)


def middle(box: Box) -> float:
    """The height of the middle of a box."""
    return (box[1] + box[3]) / 2


def in_row(box: Box, other: Box) -> bool:
    """Whether ``other`` stands at the height of ``box``."""
    return other[1] < middle(box) < other[3]


def printed_times(page: ReadPage, times: Sequence[TimestampSeen]) -> list[TimestampSeen]:
    """The times of a page that mean one moment, without the clock of the screen."""
    return [t for t in times if t.page == page.number and t.at and not t.ambiguous and not t.desktop_clock]


def message_times(page: ReadPage, times: Sequence[TimestampSeen]) -> list[TimestampSeen]:
    """As ``printed_times``, and those that mean several moments, without any: they head a message all the same."""
    unsure = [t for t in times if t.page == page.number and t.ambiguous and t.has_time and not t.desktop_clock]
    return [*printed_times(page, times), *(replace(t, at=None) for t in unsure)]


def cut(line: Line, time: TimestampSeen) -> tuple[str, str]:
    """What a line says before and behind a time that stands in it."""
    words = time.text.split()
    start = line.text.find(words[0]) if words else -1
    if start < 0:
        share = (time.box[0] - line.box[0]) / max(line.box[2] - line.box[0], 1e-6)
        start = round(share * len(line.text))
    end = line.text.rfind(words[-1], start) if words else -1
    if end < 0:
        share = (time.box[2] - line.box[0]) / max(line.box[2] - line.box[0], 1e-6)
        return line.text[:start].strip(), line.text[round(share * len(line.text)) :].strip()
    return line.text[:start].strip(), line.text[end + len(words[-1]) :].strip()
