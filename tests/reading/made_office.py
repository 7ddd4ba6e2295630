"""Office files made by hand, with what a reader sees and what nobody sees."""

import io
import struct
import zipfile

from reading.office import samples
from reading.office.compound_samples import compound


def zipped(parts):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return sink.getvalue()


def changed(data, parts):
    """An office file with some of its parts put in, or put in the place of what was there."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | parts)


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def old_workbook(cells, *, rows=(), columns=(), hidden=False, locked=False, extra=b""):
    """An XLS of two sheets: the first with ``cells`` as (row, column, text or number), the second for ``hidden``."""
    begin = lambda kind: record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))  # noqa: E731
    sheets = []
    for told in (cells, [(0, 0, "second")]):
        body = begin(0x10)
        if told is cells:
            body += b"".join(record(0x7D, struct.pack("<6H", at, at, 2560, 0, 1, 0)) for at in columns)
            body += b"".join(record(0x208, struct.pack("<HHHHHHI", at, 0, 9, 255, 0, 0, 0x120)) for at in rows)
        for row, column, value in told:
            head = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                body += record(0x204, head + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
            else:
                body += record(0x203, head + struct.pack("<d", value))
        sheets.append(body + (extra if told is cells else b"") + record(0x0A))
    lock = record(0x2F, bytes(6)) if locked else b""
    styles = record(0x41E, struct.pack("<HHB", 170, 4, 0) + b"0.0%") + record(
        0xE0, struct.pack("<HH", 0, 170) + bytes(16)
    )
    sizes = sum(len(record(0x85, bytes(8 + len(name)))) for name in ("One", "Two"))
    start = len(begin(5)) + len(lock) + len(styles) + sizes + 4
    heads = b""
    for place, (name, state) in enumerate((("One", 0), ("Two", 1 if hidden else 0))):
        at = start + sum(map(len, sheets[:place]))
        heads += record(0x85, struct.pack("<IBB", at, state, 0) + struct.pack("<BB", len(name), 0) + name.encode())
    return compound({"Workbook": begin(5) + lock + styles + heads + record(0x0A) + b"".join(sheets)})


OPEN = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)


def open_document(kind, body, styles="", margins="", manifest="", **parts):
    """An ODT (``text``) or ODS (``spreadsheet``)."""
    content = f"<office:document-content{OPEN}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
    whole = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"{content}<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles{OPEN}>{margins}</office:document-styles>",
        "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
    }
    return zipped(whole | parts)


def word(body, **parts):
    """A DOCX with this body and these parts under ``word/``."""
    return changed(samples.word(body), {f"word/{name.replace('__', '.')}": data for name, data in parts.items()})
