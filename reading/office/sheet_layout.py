"""What an XLSX says of its sheets beside their values: rows and columns that its program does not show, formats of numbers."""

import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reading.office.number_formats import BUILT_IN

_LINE = re.compile(rb"<(?:\w+:)?(row|col)\b([^>]*)>")
_UNSEEN = re.compile(rb"""\s(?:hidden=["'](?:1|true)["']|(?:ht|width)=["']0(?:\.0+)?["'])""")
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*)>")
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_MOST_LINES = 1_048_576


@dataclass(frozen=True)
class SheetLayout:
    """One sheet; places are counted from nought."""

    sheet: str = ""
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    """Rows and columns that are hidden, folded away, filtered out or without any size."""
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Row and column of a number → its format code."""


def layouts(data: bytes) -> tuple[SheetLayout, ...]:
    """The layout of each sheet; nothing for a file that is no XLSX."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            codes = _codes(archive)
            return tuple(_of_sheet(name, archive.read(part), codes) for name, part in _parts(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError):
        return ()


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {_told(body, "Id"): _told(body, "Target") for body in _elements(links, "Relationship")}
    for body in _elements(book, "sheet"):
        target = targets.get(_told(body, r"\w+:id"), "")
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if part in archive.namelist():
            yield _told(body, "name"), part


def _elements(text: str, name: str) -> list[str]:
    return re.findall(rf"<(?:\w+:)?{name}(\s[^>]*)>", text)


def _told(body: str, name: str) -> str:
    found = re.search(rf"""\s{name}=(?:"([^"]*)"|'([^']*)')""", body)
    return html.unescape(found[1] or found[2] or "") if found else ""


def _codes(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Number of a cell's style → the format code of its numbers, where it has one."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    styles = archive.read("xl/styles.xml").decode("utf-8", "replace")
    own = {_told(body, "numFmtId"): _told(body, "formatCode") for body in _elements(styles, "numFmt")}
    known = {**{str(number): code for number, code in BUILT_IN.items()}, **own}
    cells = re.search(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", styles, re.DOTALL)
    used = [_told(body, "numFmtId") for body in _elements(cells[0], "xf")] if cells else []
    return {str(place): known[number] for place, number in enumerate(used) if number in known}


def _formats(page: bytes, codes: Mapping[str, str]) -> Iterator[tuple[tuple[int, int], str]]:
    for found in _CELL.finditer(page) if codes else ():
        code = codes.get(_told(found[1].decode("ascii", "replace"), "s"))
        place = _PLACE.fullmatch(_told(found[1].decode("ascii", "replace"), "r")) if code else None
        if code and place:
            yield (int(place[2]) - 1, _column(place[1])), code


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _of_sheet(name: str, page: bytes, codes: Mapping[str, str]) -> SheetLayout:
    rows: set[int] = set()
    columns: set[int] = set()
    for kind, body in _LINE.findall(page):
        if not _UNSEEN.search(body):
            continue
        first, last = (
            _told(body.decode("ascii", "replace"), key) for key in (("r", "r") if kind == b"row" else ("min", "max"))
        )
        if first.isdecimal() and last.isdecimal():
            (rows if kind == b"row" else columns).update(range(int(first) - 1, min(int(last), _MOST_LINES)))
    return SheetLayout(name, frozenset(rows), frozenset(columns), dict(_formats(page, codes)))
