"""Formulas whose result nobody saved: programs write them, and leave the reckoning to an office program.

Of such a cell the reader of workbooks sees nothing. Here it gets a text: what the formula says where it only puts texts together
(``="112-"&"4829307"``, ``HYPERLINK(…)``), else the formula itself, by which everybody below knows that a value is missing.
Nothing is reckoned and nothing fetched. Called in a guarded child only.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from jobs.batch.sheet.cells import Cell

_CHUNK = 1 << 20
_MOST_HELD = 1 << 26
"""Bytes in which a row has to end."""
_MOST_COLUMNS = 2_000
_CELL = re.compile(rb"<(?:\w+:)?c\b")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_KIND = re.compile(rb'\bt="(\w+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>")
_UNRECKONED = frozenset({"", "0.0"})
"""What programs save where they reckoned nothing; an office program writes a zero without a fraction."""
_TOKEN = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([A-Za-z.]+)\s*\(|(\d+(?:\.\d+)?)|([&,;()]))')
_JOINS = frozenset({"CONCATENATE", "CONCAT", "T"})
_DEEPEST, _LONGEST = 8, 2_000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Texts = Mapping[int, Mapping[int, str]]
"""The texts of such cells by row and column, from 0."""


def constant(formula: str) -> str | None:
    """What a formula (``=…``) says that only puts texts together; of a link, the text that is shown. ``None``: it reckons."""
    if not formula.startswith("=") or len(formula) > _LONGEST:
        return None
    tokens = []
    place = 1
    while place < len(formula.rstrip()):
        if (match := _TOKEN.match(formula, place)) is None:
            return None
        tokens.append(match.groups())
        place = match.end()
    try:
        text, end = _joined(tokens, 0, 0)
    except (ValueError, IndexError):
        return None
    return text if end == len(tokens) else None


_Tokens = Sequence[tuple[str | None, ...]]


def _joined(tokens: _Tokens, place: int, depth: int) -> tuple[str, int]:
    text, place = _term(tokens, place, depth)
    while place < len(tokens) and tokens[place][3] == "&":
        more, place = _term(tokens, place + 1, depth)
        text += more
    return text, place


def _term(tokens: _Tokens, place: int, depth: int) -> tuple[str, int]:
    said, name, number, sign = tokens[place]
    if said is not None:
        return said.replace('""', '"'), place + 1
    if number is not None:
        return number, place + 1
    if depth >= _DEEPEST or (name is None and sign != "("):
        raise ValueError(sign)
    texts, place = _arguments(tokens, place + 1, depth + 1)
    function = (name or "T").upper()
    if function == "HYPERLINK":
        return texts[-1], place
    if function not in _JOINS:
        raise ValueError(function)
    return "".join(texts), place


def _arguments(tokens: _Tokens, place: int, depth: int) -> tuple[list[str], int]:
    texts = []
    while True:
        text, place = _joined(tokens, place, depth)
        texts.append(text)
        if tokens[place][3] == ")":
            return texts, place + 1
        if tokens[place][3] not in {",", ";"}:
            raise ValueError(text)
        place += 1


def formula_texts(data: bytes) -> Mapping[str, Texts]:
    """By sheet, the text of each cell of an xlsx workbook whose formula has no saved result, or one that failed."""
    found: dict[str, Texts] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name, path in _parts(book):
            texts: dict[int, dict[int, str]] = {}
            for row, column, text in _texts(book, path):
                texts.setdefault(row, {})[column] = text
            if texts:
                found[name] = texts
    return found


def _parts(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    try:
        relations = ET.fromstring(book.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  # in a guarded child
        sheets = ET.fromstring(book.read("xl/workbook.xml"))  # noqa: S314  # as above
    except (KeyError, ET.ParseError):
        return  # another kind of workbook
    targets = {one.get("Id"): str(one.get("Target")) for one in relations}
    for sheet in sheets.iter():
        target = targets.get(sheet.get(_RELATION)) if sheet.tag.endswith("}sheet") else None
        path = target.removeprefix("/") if target and target.startswith("/") else f"xl/{target}"
        if target and path in book.NameToInfo:
            yield str(sheet.get("name")), path


def _texts(book: zipfile.ZipFile, path: str) -> Iterator[tuple[int, int, str]]:
    rest = b""
    with book.open(path) as source:
        while part := source.read(_CHUNK):
            whole, end, rest = (rest + part).rpartition(b"row>")
            yield from _cells(whole + end)
            if len(rest) > _MOST_HELD:
                return
    yield from _cells(rest)


def _cells(xml: bytes) -> Iterator[tuple[int, int, str]]:
    if not _FORMULA.search(xml) and b't="e"' not in xml:
        return
    for cell in _CELL.split(xml)[1:]:
        head, _, inner = cell.partition(b">")
        kind, at = _KIND.search(head), _PLACE.search(head)
        if inner and at and (text := _text(inner, kind[1] if kind else b"n")) and _column(at[1]) < _MOST_COLUMNS:
            yield int(at[2]) - 1, _column(at[1]), text


def _text(inner: bytes, kind: bytes) -> str | None:
    saved = _inside(inner, _VALUE)
    if kind == b"e":
        return saved or None
    formula = _inside(inner, _FORMULA)
    if formula is None or kind == b"str" or (saved or "") not in _UNRECKONED:
        return None
    return f"={formula}" if (text := constant(f"={formula}")) is None else text


def _inside(xml: bytes, tag: re.Pattern[bytes]) -> str | None:
    """The text behind the first such tag; nothing in a tag that ends itself."""
    if (match := tag.search(xml)) is None:
        return None
    text = b"" if match[0].endswith(b"/>") else xml[match.end() :].partition(b"<")[0]
    return html.unescape(text.decode("utf-8", "replace")).strip()


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64  # A is 1
    return place - 1


def with_texts(rows: Iterable[Sequence[Cell]], texts: Texts) -> Iterator[Sequence[Cell]]:
    """The rows with these texts in their cells, also beyond the last cell that holds a value."""
    source = iter(rows)
    for number in range(max(texts, default=-1) + 1):
        yield _filled(next(source, ()), texts.get(number, {}))
    yield from source


def _filled(row: Sequence[Cell], texts: Mapping[int, str]) -> Sequence[Cell]:
    if not texts:
        return row
    full: list[Cell] = [*row, *[None] * (max(texts) + 1 - len(row))]
    for place, text in texts.items():
        full[place] = text
    return full
