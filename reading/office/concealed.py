"""Rows and columns of an XLSX that its program does not show: hidden, folded away, filtered out or without any size."""

import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(rb"<(?:\w+:)?(row|col)\b([^>]*)>")
_UNSEEN = re.compile(rb"""\s(?:hidden=["'](?:1|true)["']|(?:ht|width)=["']0(?:\.0+)?["'])""")
_MOST_LINES = 1_048_576


@dataclass(frozen=True)
class Concealed:
    """Places counted from nought."""

    sheet: str = ""
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


def concealed(data: bytes) -> tuple[Concealed, ...]:
    """What each sheet conceals; nothing for a file that is no XLSX."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(_of_sheet(name, archive.read(part)) for name, part in _parts(archive))
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


def _of_sheet(name: str, page: bytes) -> Concealed:
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
    return Concealed(name, frozenset(rows), frozenset(columns))
