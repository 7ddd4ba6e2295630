"""A page as placed pieces of text: the lines that a reader would give, and the HTML that a browser draws.

One layout serves both ways of measuring: read at once as lines, or drawn, photographed and read by OCR.
"""

import html
import unicodedata
from dataclasses import dataclass, field

from casefile.reading import Line

LIGHT = {
    "ground": "#ffffff",
    "ink": "#16181a",
    "muted": "#6a6f73",
    "accent": "#00695c",
    "faint": "#b3b8bc",
    "card": "#f3f5f6",
    "own": "#d7f0dd",
}
DARK = {
    "ground": "#17181b",
    "ink": "#e9e9ea",
    "muted": "#a2a6ab",
    "accent": "#4db6ac",
    "faint": "#5c6065",
    "card": "#24262a",
    "own": "#1e4d33",
}


def wide(text: str, size: float) -> float:
    """About how wide ``text`` is drawn, in pixels."""
    return sum(_share(char) for char in text) * size * 1.04


def _share(char: str) -> float:
    if (
        unicodedata.combining(char)
        or ord(char) == 0x0E31
        or 0x0E34 <= ord(char) <= 0x0E3A
        or 0x0E47 <= ord(char) <= 0x0E4E
    ):
        return 0.0
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return 1.0
    return 0.28 if char in " .,:;'|il!" else 0.66 if char.isupper() else 0.55


@dataclass(frozen=True, slots=True)
class Bit:
    """One piece of text on one line."""

    text: str
    x: float
    y: float
    size: float
    tone: str = "ink"
    bold: bool = False

    @property
    def right(self) -> float:
        return self.x + wide(self.text, self.size)


@dataclass(slots=True)
class Sheet:
    """A page under the pen: ``y`` is where the next line goes."""

    width: int
    dark: bool = False
    size: float = 15
    y: float = 18
    bits: list[Bit] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float, str]] = field(default_factory=list)
    height: int = 0

    def put(
        self, text: str, x: float = 24, *, size: float | None = None, tone: str = "ink", bold: bool = False
    ) -> float:
        """Place text at ``x`` on the current line; returns its right edge."""
        bit = Bit(text, x, self.y, size or self.size, tone, bold)
        self.bits.append(bit)
        return bit.right

    def down(self, lines: float = 1, size: float | None = None) -> None:
        """Go down by that many lines of type."""
        self.y += (size or self.size) * 1.55 * lines

    def line(
        self, text: str, x: float = 24, *, size: float | None = None, tone: str = "ink", bold: bool = False
    ) -> None:
        """Place text, then go to the next line."""
        self.put(text, x, size=size, tone=tone, bold=bold)
        self.down(1, size)

    def flow(self, text: str, x: float, room: float, *, size: float | None = None, tone: str = "ink") -> float:
        """Place text on as many lines as it needs; returns the widest."""
        widest = 0.0
        for part in broken(text, room, size or self.size):
            widest = max(widest, wide(part, size or self.size))
            self.line(part, x, size=size, tone=tone)
        return widest

    def box(self, x: float, y: float, right: float, bottom: float, tone: str = "card") -> None:
        """A filled card behind text."""
        self.boxes.append((x, y, right, bottom, tone))

    def lines(self, *, glue: bool = False) -> tuple[Line, ...]:
        """What a reader gives: pieces in rows from the top; with ``glue`` close neighbours become one line, as OCR does."""
        tall = self.height or int(self.y + 24)
        rows: list[list[Bit]] = []
        for bit in sorted(self.bits, key=lambda one: (one.y, one.x)):
            if rows and abs(rows[-1][0].y - bit.y) < 3:
                rows[-1].append(bit)
            else:
                rows.append([bit])
        found = []
        for row in rows:
            row.sort(key=lambda one: one.x)
            text, first, last = row[0].text, row[0], row[0]
            for bit in row[1:]:
                if glue and bit.x - last.right < 1.4 * bit.size:
                    text, last = f"{text} {bit.text}", bit
                else:
                    found.append(self._line(text, first, last, tall))
                    text, first, last = bit.text, bit, bit
            found.append(self._line(text, first, last, tall))
        return tuple(found)

    def _line(self, text: str, first: Bit, last: Bit, tall: int) -> Line:
        size = max(first.size, last.size)
        box = (
            first.x / self.width,
            first.y / tall,
            min(1.0, last.right / self.width),
            min(1.0, (first.y + size * 1.2) / tall),
        )
        return Line(text=text, box=box, score=0.99)

    def html(self, font: str) -> str:
        """The page for a browser."""
        tones = DARK if self.dark else LIGHT
        tall = self.height or int(self.y + 24)
        parts = [
            f'<div style="left:{x}px;top:{y}px;width:{right - x}px;height:{bottom - y}px;background:{tones[tone]};border-radius:9px"></div>'
            for x, y, right, bottom, tone in self.boxes
        ]
        parts += [
            f'<div style="left:{bit.x:.0f}px;top:{bit.y:.0f}px;font-size:{bit.size}px;color:{tones[bit.tone]};'
            f'font-weight:{700 if bit.bold else 400}">{html.escape(bit.text)}</div>'
            for bit in self.bits
        ]
        style = (
            f"body{{margin:0;position:relative;width:{self.width}px;height:{tall}px;background:{tones['ground']};font-family:{font}}}"
            "div{position:absolute;white-space:pre;line-height:1.2}"
        )
        return f'<!doctype html><meta charset="utf-8"><style>{style}</style><body>{"".join(parts)}</body>'


def broken(text: str, room: float, size: float) -> list[str]:
    """``text`` in lines no wider than ``room``: at spaces, or anywhere in scripts without them."""
    spaced = " " in text and not any(0x2E80 <= ord(char) <= 0x9FFF or 0xF900 <= ord(char) <= 0xFFEF for char in text)
    words, mark = (text.split(" "), " ") if spaced else (_clusters(text), "")
    found, line = [], ""
    for word in words:
        longer = f"{line}{mark}{word}" if line else word
        if line and wide(longer, size) > room:
            found.append(line)
            line = word
        else:
            line = longer
    return [*found, line]


def _clusters(text: str) -> list[str]:
    found: list[str] = []
    for char in text:
        if found and (_share(char) == 0 or char in "。，、！？」』）"):
            found[-1] += char
        else:
            found.append(char)
    return found
