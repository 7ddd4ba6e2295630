"""What stands at the head and foot of each page of a Word document: letterheads, numbers of invoices, addresses."""

import html
import io
import re
import zipfile
from collections.abc import Iterator

from reading.plain_text import clean

_REFERENCE = re.compile(r"<w:(header|footer)Reference\b[^>]*>")
_KIND, _ID = re.compile(r'w:type="(\w+)"'), re.compile(r'r:id="([^"]+)"')
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_OWN_ID, _TARGET = re.compile(r'\bId="([^"]+)"'), re.compile(r'\bTarget="/?(?:word/)?([^"]+)"')
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_MERGED = re.compile(r'<w:tc[ >](?:(?!</w:tc>).)*?<w:vMerge(?: w:val="continue")?/>.*?</w:tc>', re.DOTALL)
"""A cell that the one above it takes up: what it still holds is not shown."""
_RUN = re.compile(r"<w:r[ >].*?</w:r>", re.DOTALL)
_WORDS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(tab|br)/>")
_HIDDEN = re.compile(r"<w:(?:web)?[vV]anish/>|<w:vanish w:val=\"(?:1|true|on)\"/>")


def in_margins(data: bytes, kind: str) -> Iterator[str]:
    """The lines of each ``header`` or ``footer`` that pages show, each once."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = archive.read("word/document.xml").decode("utf-8", "replace")
            relations = archive.read("word/_rels/document.xml.rels").decode("utf-8", "replace")
            names = {_of(_OWN_ID, one): _of(_TARGET, one) for one in _RELATION.findall(relations)}
            parts = dict.fromkeys(names.get(told, "") for told in _shown(body, kind))
            texts = [_MERGED.sub("", archive.read("word/" + part).decode("utf-8", "replace")) for part in parts if part]
    except (zipfile.BadZipFile, KeyError):
        return
    yield from dict.fromkeys(line for text in texts for line in map(_line, _PARAGRAPH.findall(text)) if line)


def _shown(body: str, kind: str) -> Iterator[str]:
    for reference in _REFERENCE.finditer(body):
        first = _of(_KIND, reference[0]) == "first"
        if reference[1] == kind and (not first or "<w:titlePg" in body):
            yield _of(_ID, reference[0])


def _of(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _line(paragraph: str) -> str:
    runs = [run for run in _RUN.findall(paragraph) if not _HIDDEN.search(run)]
    words = (" " if match[2] else match[1] for run in runs for match in _WORDS.finditer(run))
    return clean(html.unescape("".join(words))).strip()
