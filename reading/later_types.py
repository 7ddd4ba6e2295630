"""Types that people do upload and that are known by name, though no intake reads them yet.

"A Word document cannot be read yet, please print it to PDF" helps; "unknown file" does not.
"""

import io
import re
import zipfile

_ZIP_PARTS = (("word/", "DOCX"), ("xl/", "XLSX"), ("ppt/", "PPTX"), ("opendocument", "ODF"))
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
    (rb"7z\xbc\xaf\x27\x1c", "7Z"),
    (rb"Rar!\x1a\x07", "RAR"),
    (rb"\x1f\x8b", "GZIP"),
    (rb"8BPS", "PSD"),
    (rb"\x00\x00\x00\x0cJXL |\xff\x0a", "JPEG XL"),
    (rb"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (rb"%!PS", "PostScript"),
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
    names = _names(data)
    return next((name for part, name in _ZIP_PARTS if any(entry.startswith(part) for entry in names)), None)


def _names(data: bytes) -> list[str]:
    """The names in the archive's directory; of a damaged one, the first name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = archive.namelist()
            if "mimetype" in found and b"opendocument" in data[:200]:
                found.append("opendocument")
            return found
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, OverflowError):
        return [data[30:94].decode("ascii", "replace")]
