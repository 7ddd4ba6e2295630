"""What lies on the sheets of an XLSX beside their cells: texts in boxes and pictures are shown, charts and comments are told."""

import io
import re
import zipfile
from collections.abc import Iterator

from reading.office.blocks import CHARTS, NOTES, Block, Image, Passage
from reading.office.sheet_layout import SheetLayout, related
from reading.plain_text import clean

_BOX = re.compile(r"<(?:xdr:)?sp[ >].*?</(?:xdr:)?sp>", re.DOTALL)
_HIDDEN = re.compile(r"<(?:xdr:)?cNvPr\b[^>]*\shidden=\"(?:1|true)\"")
_PARAGRAPH = re.compile(r"<a:p[ >].*?</a:p>", re.DOTALL)
_WORDS = re.compile(r"<a:t(?: [^>]*)?>([^<]*)</a:t>|<a:(br)/>")
_ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def blocks(data: bytes, known: tuple[SheetLayout, ...], shown: frozenset[str]) -> Iterator[Block]:
    """Of the sheets that are shown: their boxes, then their pictures; pictures that no sheet names are shown too."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield from _lying(archive, known, shown)


def _lying(archive: zipfile.ZipFile, known: tuple[SheetLayout, ...], shown: frozenset[str]) -> Iterator[Block]:
    names = archive.namelist()
    hidden_pictures: set[str] = set()
    for sheet in known:
        parts = [part for part in related(archive, sheet.part).values() if part in names]
        drawings = [part for part in parts if "/drawings/drawing" in part]
        if sheet.sheet not in shown:
            hidden_pictures |= {part for drawing in drawings for part in related(archive, drawing).values()}
            continue
        for drawing in drawings:
            yield from _texts(archive.read(drawing).decode("utf-8", "replace"))
            if any("/charts/" in part or "/diagrams/" in part for part in related(archive, drawing).values()):
                yield CHARTS
        if any(part.rpartition("/")[2].lower().startswith(("comments", "threadedcomment")) for part in parts):
            yield NOTES
    pictures = (name for name in names if name.startswith("xl/media/") and name not in hidden_pictures)
    yield from (Image(archive.read(name)) for name in sorted(pictures, key=lambda name: (len(name), name)))


def _texts(drawing: str) -> Iterator[Block]:
    for box in _BOX.findall(drawing):
        if not _HIDDEN.search(box):
            lines = (
                "".join(" " if found[2] else found[1] for found in _WORDS.finditer(line))
                for line in _PARAGRAPH.findall(box)
            )
            text = "\n".join(lines)
            for escape, sign in _ESCAPES:
                text = text.replace(escape, sign)
            if text := clean(text).strip():
                yield Passage(text)
