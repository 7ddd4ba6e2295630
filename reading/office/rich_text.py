"""Rich text (RTF) as blocks: what it shows, its tables and pictures where they stand; what nobody sees is told."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reading.intake import Refusal
from reading.office.blocks import DELETED, NOTES, PICTURES, UNSEEN, Block, Image, NotShown, Passage, table
from reading.plain_text import clean

try:
    from striprtf.striprtf import destinations, rtf_to_text
except ImportError:
    rtf_to_text = None  # type: ignore[assignment]  # left out of this installation

_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE | re.DOTALL,
)
_PICTURE, _CELL, _ROW, _BEGUN = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKS = {"cell": _CELL, "row": _ROW, "trowd": _BEGUN}
_SHOWN_AFTER_ALL = frozenset(
    ["shp", "shpgrp", "shpinst", "shppict", "shptxt", "dptxbxtext", "pntext", "listtext", "object", "result"]
)
"""What older programs, and the converter, may pass over and today's show."""
_DROPPED = frozenset({"sp", "shprslt", "nonshppict", "fldinst", "do", "picprop"})
_BESIDE = frozenset({"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "footnote"})
_GROUNDS = frozenset({"highlight", "chcbpat", "cb", "cbpat"})
_DRAWABLE = frozenset({"pngblip", "jpegblip"})
_SMALLEST = 4
"""In half points."""
_ALIKE = 12
_WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class _State:
    """Of one group: how its words look, and what becomes of them."""

    vanished: bool = False
    struck: bool = False
    ink: int | None = None
    """The place of its colour; nothing where the program chooses."""
    ground: int = 0
    """The place of the colour behind it, nought where there is none."""
    size: int = 24
    shaded: bool = False
    """A row whose cells are painted: nobody knows which."""
    aside: bool = False
    """Tables of fonts and the like, that are no text."""
    dropped: bool = False
    picture: int | None = None
    starred: bool = False
    close: str = ""


@dataclass
class RichText:
    """The text as it is read; ``told`` and ``pictures`` fill on the way."""

    text: str
    told: dict[NotShown, None] = field(default_factory=dict)
    pictures: list[list[str]] = field(default_factory=list)
    """Each picture's digits, the first entry its kind."""
    _written: list[str] = field(default_factory=list)
    _stack: list[_State] = field(default_factory=list)
    _state: _State = field(default_factory=_State)
    _colours: list[tuple[int, int, int] | None] = field(default_factory=list)

    def shown(self) -> str:
        """The same text without what nobody sees, signs of our own where pictures, cells and rows are."""
        self._colours = _colours(self.text)
        at = 0
        while (found := _TOKEN.search(self.text, at)) is not None:
            at = found.end()
            word, number, byte, sign, brace, plain = found.groups()
            whole = found[0] + (" " if word and not found[0].endswith(" ") else "")  # what ended the word may go
            if word == "bin" and number:
                at += int(number)
            elif brace:
                self._brace(brace)
            elif sign == "*":
                self._state = replace(self._state, starred=True)
            elif word and word != "u":
                self._word(word, int(number) if number else None, whole)
            elif byte or sign or word or plain:
                self._said(whole, plain)
        return "".join(self._written)

    def _brace(self, brace: str) -> None:
        if brace == "{":
            self._stack.append(self._state)
            self._state = replace(self._state, starred=False, close="")
        else:
            self._write(self._state.close)
            self._state = self._stack.pop() if self._stack else self._state
        self._written.append(brace)

    def _write(self, text: str) -> None:
        if not self._state.dropped:
            self._written.append(text)

    def _word(self, word: str, number: int | None, whole: str) -> None:
        state = self._state
        starred = state.starred
        state = self._state = replace(state, starred=False)
        if word in _DROPPED or word == "pict":
            self._state = replace(state, dropped=True, picture=self._picture() if word == "pict" else None)
        elif word in _BESIDE:
            self._state = replace(state, close="]" if word == "footnote" else r"\par ")
            self._write(" [" if word == "footnote" else "")
        elif state.picture is not None:
            self._kind(word)
        elif not state.dropped and word in _MARKS:
            if word == "row":
                self._state = replace(state, shaded=False)
            self._write(f"\\uc1\\u{ord(_MARKS[word])}?")
        elif word not in _SHOWN_AFTER_ALL:
            if word == "annotation" and starred:
                self.told[NOTES] = None
            aside = starred or word in destinations
            self._state = _looked(replace(state, aside=state.aside or aside), word, number)
            self._write(("\\*" if starred else "") + whole)

    def _picture(self) -> int | None:
        if self._state.dropped or self._state.aside:
            return None
        if self._hidden():
            self.told[UNSEEN] = None
            return None
        self._write(f"\\uc1\\u{ord(_PICTURE)}?")
        self.pictures.append([""])
        return len(self.pictures) - 1

    def _kind(self, word: str) -> None:
        if word.endswith("blip") or word in {"wmetafile", "dibitmap", "wbitmap", "macpict"}:
            self.pictures[self._state.picture or 0][0] = word

    def _said(self, whole: str, plain: str | None) -> None:
        state = self._state
        if state.picture is not None:
            self.pictures[state.picture].append(plain or "")
        elif state.dropped or state.aside or not self._hidden():
            self._write(whole)
        elif plain is None or any(map(str.isalnum, plain)):
            self.told[DELETED if state.struck else UNSEEN] = None

    def _hidden(self) -> bool:
        state = self._state
        if state.vanished or state.struck or state.size <= _SMALLEST:
            return True
        ink = None if state.ink is None else self._colour(state.ink)
        ground = (self._colour(state.ground) if state.ground else None) or _WHITE
        return (
            ink is not None and not state.shaded and max(abs(a - b) for a, b in zip(ink, ground, strict=True)) < _ALIKE
        )

    def _colour(self, place: int) -> tuple[int, int, int] | None:
        return self._colours[place] if 0 <= place < len(self._colours) else None


def _looked(state: _State, word: str, number: int | None) -> _State:
    """The look after a control word."""
    if word == "plain":
        state = replace(state, vanished=False, struck=False, ink=None, ground=0, size=24)
    elif word == "v":
        state = replace(state, vanished=number != 0)
    elif word == "deleted":
        state = replace(state, struck=number != 0)
    elif word == "cf":
        state = replace(state, ink=number or 0)
    elif word == "fs":
        state = replace(state, size=24 if number is None else number)
    elif word in _GROUNDS or word == "pard":
        state = replace(state, ground=(number or 0) if word != "pard" else 0)
    elif word == "clcbpat":
        state = replace(state, shaded=True)
    return state


def _colours(text: str) -> list[tuple[int, int, int] | None]:
    found = re.search(r"\{\\colortbl\s*([^{}]*)\}", text)
    entries = found[1].split(";")[:-1] if found else []
    colours: list[tuple[int, int, int] | None] = []
    for entry in entries:
        parts = [re.search(rf"\\{name}(\d+)", entry) for name in ("red", "green", "blue")]
        known = [int(part[1]) for part in parts if part]
        colours.append((known[0], known[1], known[2]) if len(known) == 3 else None)
    return colours


def blocks(data: bytes) -> Iterator[Block]:
    """The document.

    Raises:
        Refusal: ``file-type-later`` where the library is left out of this installation.
    """
    if rtf_to_text is None:
        raise Refusal("file-type-later", type="RTF")
    rich = RichText(data.decode("latin-1"))
    text = rtf_to_text(rich.shown(), errors="ignore")  # type: ignore[no-untyped-call]  # the library has no types
    yield from _set(text, rich)
    yield from rich.told


def _set(text: str, rich: RichText) -> Iterator[Block]:
    said, cells, rows, inside = "", list[str](), list[list[str]](), False
    pictures = iter(rich.pictures)
    behind: list[Block] = []
    for piece in re.split(f"([{_PICTURE}{_CELL}{_ROW}{_BEGUN}])", text):
        if piece == _PICTURE:
            behind += _picture(next(pictures, ["", ""]), rich)
            if not inside:
                yield from (*_passages(said), *behind)
                said, behind = "", []
        elif piece == _BEGUN:
            if not inside and (said.strip() or not rows):
                yield from (*_table(rows), *behind, *_passages(said))
                rows, behind = [], []
            said, inside = (said, True) if inside else ("", True)
        elif piece == _CELL:
            cells.append(said)
            said = ""
        elif piece == _ROW:
            rows.append(cells)
            said, cells, inside = "", [], False
        elif piece.strip() and not inside and rows:
            yield from (*_table(rows), *behind)
            said, rows, behind = piece, [], []
        else:
            said += piece
    yield from (*_table([*rows, cells]), *behind, *_passages(said))


def _table(rows: list[list[str]]) -> Iterator[Block]:
    if (found := table(rows)) is not None:
        yield found


def _passages(text: str) -> Iterator[Block]:
    if text.strip():
        yield from (Passage(line) for line in clean(text).strip().split("\n"))


def _picture(digits: list[str], rich: RichText) -> Iterator[Block]:
    kind, *parts = digits
    try:
        data = binascii.unhexlify(re.sub(r"\s+", "", "".join(parts)))
    except (binascii.Error, ValueError):
        data = b""
    if kind in _DRAWABLE and data:
        yield Image(data)
    else:
        rich.told[PICTURES] = None
