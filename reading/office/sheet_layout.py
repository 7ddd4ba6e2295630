"""What a workbook says of its sheets beside their values: what its program does not show, formats, formulas without a result."""

import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reading.office.sheet_styles import CellStyle, areas, column_of, elements, styles_of, told

_LINE = re.compile(rb"<(?:\w+:)?(row|col)\b([^>]*)>")
_UNSEEN = re.compile(rb"""\s(?:hidden=["'](?:1|true)["']|(?:ht|width)=["']0(?:\.0+)?["'])""")
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_RESULT = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<]|<(?:\w+:)?is\b")
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_MOST_LINES = 1_048_576
Place = tuple[int, int]
"""Row and column, counted from nought."""


@dataclass(frozen=True)
class SheetLayout:
    """One sheet."""

    sheet: str = ""
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    """Rows and columns that are hidden, folded away, filtered out or without any size."""
    formats: Mapping[Place, str] = field(default_factory=dict)
    """The format code of a number."""
    unseen: frozenset[Place] = frozenset()
    """Cells whose letters have the colour of their ground, or hardly any size."""
    formulas: Mapping[Place, str] = field(default_factory=dict)
    """Formulas whose result was not kept."""
    part: str = ""
    """Where the sheet lies in its file."""


def layouts(data: bytes) -> tuple[SheetLayout, ...]:
    """The layout of each sheet; nothing for a file that is no XLSX."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _styles(archive)
            return tuple(_of_sheet(name, part, archive, styles) for name, part in _parts(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError):
        return ()


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    targets = related(archive, "xl/workbook.xml")
    for body in elements(book, "sheet"):
        part = targets.get(told(body, r"\w+:id"), "")
        if part in archive.namelist():
            yield told(body, "name"), part


def related(archive: zipfile.ZipFile, part: str) -> Mapping[str, str]:
    """Id → the part of the file that it stands for, as ``part`` is related to others."""
    folder, _, name = part.rpartition("/")
    links = f"{folder}/_rels/{name}.rels"
    text = archive.read(links).decode("utf-8", "replace") if links in archive.namelist() else ""
    return {
        told(body, "Id"): posixpath.normpath(posixpath.join("/" + folder, told(body, "Target"))).lstrip("/")
        for body in elements(text, "Relationship")
    }


def _styles(archive: zipfile.ZipFile) -> tuple[CellStyle, ...]:
    if "xl/styles.xml" not in archive.namelist():
        return ()
    return styles_of(archive.read("xl/styles.xml").decode("utf-8", "replace"))


def _of_sheet(name: str, part: str, archive: zipfile.ZipFile, styles: tuple[CellStyle, ...]) -> SheetLayout:
    page = archive.read(part)
    rows, columns = _lines(page)
    formats: dict[Place, str] = {}
    unseen: set[Place] = set()
    formulas: dict[Place, str] = {}
    for place, style, kind, inside in _cells(page, styles):
        if style.code:
            formats[place] = style.code
        if style.unseen:
            unseen.add(place)
        if (formula := _FORMULA.search(inside)) and not (_RESULT.search(inside) or kind == "str"):
            formulas[place] = "=" + (html.unescape((formula[1] or b"").decode("utf-8", "replace")) or "…")
    coloured = _coloured(page, part, archive) if unseen else ()
    return SheetLayout(
        sheet=name,
        rows=rows,
        columns=columns,
        formats=formats,
        unseen=frozenset(place for place in unseen if not any(_inside(place, area) for area in coloured)),
        formulas=formulas,
        part=part,
    )


def _lines(page: bytes) -> tuple[frozenset[int], frozenset[int]]:
    rows: set[int] = set()
    columns: set[int] = set()
    for kind, body in _LINE.findall(page):
        if not _UNSEEN.search(body):
            continue
        text = body.decode("ascii", "replace")
        first, last = (told(text, key) for key in (("r", "r") if kind == b"row" else ("min", "max")))
        if first.isdecimal() and last.isdecimal():
            (rows if kind == b"row" else columns).update(range(int(first) - 1, min(int(last), _MOST_LINES)))
    return frozenset(rows), frozenset(columns)


def _cells(page: bytes, styles: tuple[CellStyle, ...]) -> Iterator[tuple[Place, CellStyle, str, bytes]]:
    """Each cell that says where it is: its style, the kind of its value, and what it holds."""
    for found in _CELL.finditer(page):
        body = found[1].decode("ascii", "replace")
        place = _PLACE.fullmatch(told(body, "r"))
        number = told(body, "s") or "0"
        if place:
            style = styles[int(number)] if number.isdecimal() and int(number) < len(styles) else CellStyle()
            yield (int(place[2]) - 1, column_of(place[1])), style, told(body, "t"), found[2] or b""


def _coloured(page: bytes, part: str, archive: zipfile.ZipFile) -> tuple[tuple[int, int, int, int], ...]:
    """Areas whose ground something else than their cells may colour: a rule, the style of a table."""
    text = page.decode("utf-8", "replace")
    rules = " ".join(told(body, "sqref") for body in elements(text, "conditionalFormatting"))
    tables = (name for name in related(archive, part).values() if "/tables/" in name and name in archive.namelist())
    heads = (archive.read(name).decode("utf-8", "replace") for name in tables)
    return areas(" ".join([rules, *(told(body, "ref") for head in heads for body in elements(head, "table"))]))


def _inside(place: Place, area: tuple[int, int, int, int]) -> bool:
    top, left, bottom, right = area
    return top <= place[0] <= bottom and left <= place[1] <= right
