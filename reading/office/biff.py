"""What an XLS (BIFF8) says of its sheets beside their values: hidden rows and columns, texts in boxes, pictures, charts, comments.

The records are those of [MS-XLS] 2.4; whatever is not as it says there is passed over.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from reading.intake import Refusal
from reading.office.blocks import CHARTS, NOTES, Block, Image, Passage
from reading.office.escher import pictures
from reading.office.number_formats import BUILT_IN
from reading.office.sheet_layout import SheetLayout
from reading.plain_text import clean

_BOF, _EOF, _SHEET, _ROW, _COLUMNS, _FORMAT, _STYLE = 0x809, 0x0A, 0x85, 0x208, 0x7D, 0x41E, 0xE0
_NUMBER, _SMALL, _SMALLS, _FORMULA = 0x203, 0x27E, 0xBD, 0x06
_LOCKED = 0x2F
_OBJECT, _TEXT, _CONTINUED, _NOTE, _DRAWINGS = 0x5D, 0x1B6, 0x3C, 0x1C, 0xEB
_IS_CHART, _IS_COMMENT = 0x20, 0x19
Record = tuple[int, bytes]


@dataclass
class OldBook:
    """The workbook: its sheets in their order, and what lies on those that are shown."""

    sheets: list[SheetLayout] = field(default_factory=list)
    things: list[Block] = field(default_factory=list)


def old_book(stream: bytes) -> OldBook:
    """The stream ``Workbook`` of an XLS.

    Raises:
        Refusal: ``file-encrypted``.
    """
    records = list(_records(stream))
    by_place = {place: number for number, (place, _) in enumerate(records)}
    plain = [record for _, record in records]
    if any(kind == _LOCKED for kind, _ in plain[:8]):
        raise Refusal("file-encrypted")
    formats, styles, book = {}, list[int](), OldBook()
    for kind, body in plain:
        if kind == _FORMAT and len(body) > 5:
            formats[struct.unpack_from("<H", body)[0]] = _string(body[2:], wide_count=True)
        elif kind == _STYLE and len(body) >= 4:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    codes = [{**BUILT_IN, **formats}.get(number) for number in styles]
    for kind, body in plain:
        if kind != _SHEET or len(body) < 8:
            continue
        place, state = struct.unpack_from("<IB", body)
        sheet = plain[by_place.get(place, len(plain)) :]
        book.sheets.append(_layout(_string(body[6:]), sheet, codes))
        if not state & 3:
            book.things += _things(sheet)
    book.things += [Image(data) for data in pictures(_joined(plain, _DRAWINGS))]
    return book


def _records(stream: bytes) -> Iterator[tuple[int, Record]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, (kind, stream[at + 4 : at + 4 + size])
        at += 4 + size


def _string(data: bytes, *, wide_count: bool = False) -> str:
    """A text with its count of signs before it, in one byte or two."""
    skip = 2 if wide_count else 1
    count = int.from_bytes(data[:skip], "little")
    wide = len(data) > skip and data[skip] & 1
    return data[skip + 1 : skip + 1 + count * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")


def _of_one(records: list[Record]) -> Iterator[Record]:
    """The records of a sheet without those of the charts in it."""
    depth = 0
    for kind, body in records:
        depth += kind == _BOF
        if depth == 1 and kind not in {_BOF, _EOF}:
            yield kind, body
        depth -= kind == _EOF
        if depth <= 0:
            return


def _layout(name: str, records: list[Record], codes: list[str | None]) -> SheetLayout:
    rows: set[int] = set()
    columns: set[int] = set()
    formats: dict[tuple[int, int], str] = {}
    for kind, body in _of_one(records):
        if kind == _ROW and len(body) >= 14:
            row, height, options = struct.unpack_from("<H4xH4xH", body)
            if options & 0x20 or not height & 0x7FFF:
                rows.add(row)
        elif kind == _COLUMNS and len(body) >= 10:
            first, last, width, _, options = struct.unpack_from("<5H", body)
            if options & 1 or not width:
                columns.update(range(first, min(last, 255) + 1))
        elif kind in {_NUMBER, _SMALL, _FORMULA, _SMALLS}:
            for place, style in _places(kind, body):
                if style < len(codes) and (code := codes[style]):
                    formats[place] = code
    return SheetLayout(name, frozenset(rows), frozenset(columns), formats)


def _places(kind: int, body: bytes) -> Iterator[tuple[tuple[int, int], int]]:
    """Row and column of the numbers in a record, and the style of each."""
    if len(body) < 6:
        return
    row, column, style = struct.unpack_from("<HHH", body)
    if kind != _SMALLS:
        yield (row, column), style
        return
    for place, at in enumerate(range(4, len(body) - 7, 6)):
        yield (row, column + place), struct.unpack_from("<H", body, at)[0]


def _things(records: list[Record]) -> Iterator[Block]:
    if records and records[0][0] == _BOF and records[0][1][2:4] == bytes([_IS_CHART, 0]):
        yield CHARTS
        return
    depth, shape = 0, 0
    for number, (kind, body) in enumerate(records):
        depth += kind == _BOF
        if kind == _BOF and body[2:4] == bytes([_IS_CHART, 0]):
            yield CHARTS
        elif kind == _NOTE:
            yield NOTES
        elif kind == _OBJECT and len(body) >= 6:
            shape = struct.unpack_from("<H", body, 4)[0]
        elif kind == _TEXT and shape != _IS_COMMENT and len(body) >= 12:
            yield from _boxed(struct.unpack_from("<H", body, 10)[0], records[number + 1 : number + 2])
        depth -= kind == _EOF
        if depth <= 0:
            return


def _boxed(count: int, following: list[Record]) -> Iterator[Block]:
    for kind, body in following:
        if kind == _CONTINUED and body and count:
            wide = body[0] & 1
            text = body[1 : 1 + count * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")
            if text := clean(text).strip():
                yield Passage(text)


def _joined(records: list[Record], wanted: int) -> bytes:
    """The bodies of a record and of those that go on with it."""
    parts, going = list[bytes](), False
    for kind, body in records:
        going = kind == wanted or (going and kind == _CONTINUED)
        if going:
            parts.append(body)
    return b"".join(parts)
