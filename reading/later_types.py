"""Types that people do upload and that are known by name, though no intake reads them yet.

"A Word document cannot be read yet, please print it to PDF" helps; "unknown file" does not.
"""

import re

_ZIP_PARTS = ((b"word/", "DOCX"), (b"xl/", "XLSX"), (b"ppt/", "PPTX"), (b"opendocument", "ODF"))
_BRANDS = {b"M4A ": "M4A", b"crx ": "CR3"}

_FIRST_BYTES = (
    (rb"II\+\x00|MM\x00\+", "TIFF"),
    (rb"BM.{4}\x00{4}", "BMP"),
    (rb"RIFF.{4}AVI ", "AVI"),
    (rb"RIFF.{4}WAVE", "WAV"),
    (rb"\x00\x00\x01[\xb3\xba]", "MPEG"),
    (rb"FLV\x01", "FLV"),
    (rb"0&\xb2u\x8ef\xcf\x11", "WMV"),
    (rb"ID3|\xff[\xfb\xf3\xf2]", "MP3"),
    (rb"OggS", "OGG"),
    (rb"#!AMR", "AMR"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC / XLS / MSG"),
    (rb"7z\xbc\xaf\x27\x1c", "7Z"),
    (rb"Rar!\x1a\x07", "RAR"),
    (rb"\x1f\x8b", "GZIP"),
    (rb"8BPS", "PSD"),
    (rb"\x00\x00\x00\x0cJXL |\xff\x0a", "JPEG XL"),
    (rb"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (rb"%!PS", "PostScript"),
    (rb"\{\\rtf", "RTF"),
    (rb"\xef?\xbb?\xbf?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<svg", "SVG"),
    (rb"\xef?\xbb?\xbf?\s*<(!doctype html|html)", "HTML"),
    (rb"\xef?\xbb?\xbf?\s*<\?xml", "XML"),
)
_PATTERNS = tuple((re.compile(pattern, re.DOTALL | re.IGNORECASE), name) for pattern, name in _FIRST_BYTES)


def later_type(data: bytes) -> str | None:
    """The usual name of the type of ``data`` (``DOCX``, ``MP4`` …), or ``None`` when nobody would know it."""
    head = data[:4096]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return office_type(data)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12])
    for pattern, name in _PATTERNS:
        if pattern.match(head):
            return name
    return None


def office_type(data: bytes) -> str | None:
    """The name of the office format whose parts a ZIP holds, if it is one."""
    # Names stand in the local headers at the start and again in the directory at the end.
    seen = data[:65536] + data[-65536:]
    return next((name for part, name in _ZIP_PARTS if part in seen), None)
