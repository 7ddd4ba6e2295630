"""Breaking a short text into lines without a layout engine: at spaces, between hanzi and kana, never before closing marks.

For labels only, in scripts whose characters stand one after the other; whatever needs shaping is left to the layout engine.
"""

import unicodedata
from collections.abc import Callable, Iterator

_WIDE = 0x2E7F
_CLOSING = frozenset("，。、；：？！）》」』】〉”’…％%)]}.,;:?!")
_SHAPED = ((0x0590, 0x1CFF), (0xA840, 0xABFF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFC), (0x1F000, 0x1FAFF))
"""Hebrew to Balinese, Thai and the Indic scripts among them; presentation forms; pictures. Hangul syllables stand before them."""


def is_plain(text: str) -> bool:
    """Whether every character stands for itself: no marks to place, no joining, no writing from right to left."""
    return all(
        not any(low <= ord(char) <= high for low, high in _SHAPED)
        and unicodedata.category(char) not in {"Mn", "Mc", "Me"}
        for char in text
    )


def _pieces(text: str) -> Iterator[str]:
    """What must stay together, spaces at its end included."""
    piece = ""
    for char in text:
        wide = ord(char) > _WIDE
        if piece and char not in _CLOSING and char != " " and (wide or piece[-1] == " " or ord(piece[-1]) > _WIDE):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def broken(text: str, width: Callable[[str], float], room: float, most: int, first: float = 0.0) -> tuple[str, ...]:
    """``text`` in at most ``most`` lines of ``room``; what does not fit ends in an ellipsis.

    Args:
        text: one paragraph.
        width: the width of a text.
        room: width of a line.
        most: lines.
        first: what is already taken of the first line.
    """
    lines, line, taken = [], "", first
    for piece in _cut(_pieces(" ".join(text.split())), width, room):
        if line and taken + width((line + piece).rstrip()) > room:
            lines.append(line.rstrip())
            line, taken = piece, 0.0
        else:
            line += piece
    lines.append(line.rstrip())
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1] + " " + lines[most]
    while last and width(last.rstrip() + "…") + (first if most == 1 else 0.0) > room:
        last = last[:-1]
    return (*lines[: most - 1], last.rstrip() + "…")


def _cut(pieces: Iterator[str], width: Callable[[str], float], room: float) -> Iterator[str]:
    """The pieces, those wider than a line cut anywhere."""
    for piece in pieces:
        rest = piece
        while len(rest) > 1 and width(rest.rstrip()) > room:
            end = next(place for place in range(len(rest) - 1, 0, -1) if place == 1 or width(rest[:place]) <= room)
            yield rest[:end]
            rest = rest[end:]
        yield rest
