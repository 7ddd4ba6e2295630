"""Font programs inside a PDF without the words that come with them: names, makers, remarks, and parts that draw nothing.

Of a TrueType or OpenType program only the tables that draw are kept (ISO 32000-2, 9.9); in the others words give way to as many
letters, so that nothing moves. What cannot be taken apart stays as it is.
"""

import itertools
import re
import struct
from collections.abc import Iterator

_DRAWING = frozenset(
    [
        b"cmap",
        b"cvt ",
        b"fpgm",
        b"glyf",
        b"head",
        b"hhea",
        b"hmtx",
        b"loca",
        b"maxp",
        b"prep",
        b"post",
        b"OS/2",
        b"CFF ",
        b"vhea",
    ]
)
"""Of type that runs downwards the widths stand in the PDF."""
_TYPES = (b"\x00\x01\x00\x00", b"true", b"OTTO")
_MOST_TABLES, _MOST_NAMES = 64, 65_536
_STANDARD_STRINGS = 391
_WORDY = frozenset([(0,), (1,), (2,), (3,), (4,), (12, 0), (12, 21), (12, 22), (12, 38)])
"""Operators whose operand is a text: version, notice, names, weight, copyright (Technote 5176, tables 9 and 10)."""
_BY_NUMBER = (12, 30)
_TOLD = re.compile(rb"/(?:FullName|FamilyName|Notice|Copyright|Weight|version)\s*\(((?:[^\\()]|\\.)*)\)", re.DOTALL)
_CALLED = re.compile(rb"/FontName\s*/([^\s/]+)")
_REMARK = re.compile(rb"%(?!!)([^\r\n]*)")
_TITLE = re.compile(rb"%!(?:PS-AdobeFont-1\.\d|FontType1-1\.\d)?([^\r\n]*)")
_CLEAR = b"eexec"


class _Odd(Exception):
    """It is not built as such programs are."""


def plain_program(data: bytes) -> bytes:
    """The program with what draws alone."""
    try:
        if data[:4] in _TYPES:
            return _plain_tables(data)
        if data[:1] == b"\x01" and data[:4] != b"\x01\x00\x00\x00":
            return _plain_compact(data)
        if data[:2] == b"%!" or data[6:8] == b"%!":
            return _plain_type1(data)
    except (_Odd, struct.error, IndexError):
        pass
    return data


def _plain_tables(data: bytes) -> bytes:
    count = struct.unpack_from(">H", data, 4)[0]
    if not 0 < count <= _MOST_TABLES:
        raise _Odd
    tables = [struct.unpack_from(">4sIII", data, 12 + 16 * place) for place in range(count)]
    kept = [(tag, check, data[start : start + length]) for tag, check, start, length in tables if tag in _DRAWING]
    if any(len(part) < length for (*_, part), length in zip(kept, _lengths(tables), strict=True)):
        raise _Odd  # cut short: readers make of it what they can
    power = 1 << (len(kept).bit_length() - 1) if kept else 0
    head = data[:4] + struct.pack(
        ">HHHH", len(kept), power * 16, max(0, power.bit_length() - 1), (len(kept) - power) * 16
    )
    directory, body, at = b"", b"", 12 + 16 * len(kept)
    for tag, check, found in kept:
        part = _plain_compact(found) if tag == b"CFF " else found
        directory += struct.pack(">4sIII", tag, check, at + len(body), len(part))
        body += part + bytes(-len(part) % 4)
    return head + directory + body


def _lengths(tables: list[tuple[bytes, int, int, int]]) -> list[int]:
    return [length for tag, _, _, length in tables if tag in _DRAWING]


def _plain_compact(data: bytes) -> bytes:
    made = bytearray(data)
    names, after = _index(data, data[2])
    tops, after = _index(data, after)
    strings, _ = _index(data, after)
    operators = [(operator, operands) for start, end in tops for operator, operands in _operators(data, start, end)]
    kept = {number for operator, operands in operators if operator == _BY_NUMBER for number in operands[:2]}
    told = {number for operator, operands in operators if operator in _WORDY for number in operands}
    by_number = any(operator == _BY_NUMBER for operator, _ in operators)
    words = [
        place
        for at, place in enumerate(strings, start=_STANDARD_STRINGS)
        if at not in kept and (by_number or at in told)
    ]
    for start, end in (*names, *words):
        made[start:end] = b"F" * (end - start)
    return bytes(made)


def _index(data: bytes, at: int) -> tuple[list[tuple[int, int]], int]:
    """Where each part of an index begins and ends, and where the index does."""
    count = struct.unpack_from(">H", data, at)[0]
    if not count:
        return [], at + 2
    size = data[at + 2]
    if not 1 <= size <= 4 or count > _MOST_NAMES:
        raise _Odd
    first = at + 3
    offsets = [
        int.from_bytes(data[first + size * place : first + size * (place + 1)], "big") for place in range(count + 1)
    ]
    base = first + size * (count + 1) - 1
    ends = [base + offset for offset in offsets]
    if sorted(ends) != ends or ends[-1] > len(data):
        raise _Odd
    return list(itertools.pairwise(ends)), ends[-1]


def _operators(data: bytes, at: int, end: int) -> Iterator[tuple[tuple[int, ...], list[int]]]:
    """The operators of a dictionary with their whole numbers."""
    operands: list[int] = []
    while at < end:
        first = data[at]
        if first <= 21:
            operator = (first, data[at + 1]) if first == 12 else (first,)
            yield operator, operands
            operands, at = [], at + len(operator)
        elif first == 30:
            at += 1
            while data[at] & 0xF != 0xF and data[at] >> 4 != 0xF:
                at += 1
            at += 1
        else:
            number, length = _number(data, at)
            operands.append(number)
            at += length


def _number(data: bytes, at: int) -> tuple[int, int]:
    first = data[at]
    if first == 28:
        return struct.unpack_from(">h", data, at + 1)[0], 3
    if first == 29:
        return struct.unpack_from(">i", data, at + 1)[0], 5
    if first < 247:
        return first - 139, 1
    sign = 1 if first < 251 else -1
    return sign * ((first - (247 if sign > 0 else 251)) * 256 + data[at + 1] + 108), 2


def _plain_type1(data: bytes) -> bytes:
    end = data.find(_CLEAR)
    if end < 0:
        raise _Odd
    clear = bytearray(data[:end])
    for pattern, letter in ((_TOLD, b" "), (_CALLED, b"F"), (_REMARK, b" "), (_TITLE, b" ")):
        for match in pattern.finditer(bytes(clear)):
            start, stop = match.span(1)
            clear[start:stop] = letter * (stop - start)
    return bytes(clear) + data[end:]
